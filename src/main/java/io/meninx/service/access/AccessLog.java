package io.meninx.service.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.meninx.fact.PatientId;
import io.meninx.wire.Failures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asked what, when, and what became of it: a line of JSON each, in a file for each UTC day,
 * readable by the owner only. Attempts that were refused are in it too; of those that somebody
 * makes beyond the limit in a minute the first has its line, and the others have one together. It
 * has no clinical text, and a patient stands in it as a keyed hash (HMAC-SHA256): who has the key
 * can look for a patient, who has only the file cannot try out identifiers.
 */
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 16;
  private static final String SUFFIX = ".jsonl";
  private static final int MINUTE_SECONDS = 60;

  /** Of whom repeated attempts are counted at once; those of all others are counted together. */
  private static final int MOST_NAMES = 1_000;

  /** Patients that one line of repeated attempts names. */
  private static final int MOST_PATIENTS = 100;

  private static final Who OTHERS = new Who(Optional.empty(), "-");

  private final Path directory;
  private final SecretKeySpec key;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Writing writing;
  private final Map<Who, Repeated> repeated = new LinkedHashMap<>();
  private Optional<Today> today = Optional.empty();

  /** Of {@link #repeated}, since 1970. */
  private long minute;

  /** The file of a day. */
  private record Today(LocalDate day, FileChannel file) {}

  /** How bytes come into a file: some of them, as {@link FileChannel#write(ByteBuffer)}. */
  interface Writing {
    int write(FileChannel file, ByteBuffer bytes) throws IOException;
  }

  /** Who tries beyond the limit, and from where. */
  private record Who(Optional<String> who, String from) {}

  /** What they tried in a minute after the first attempt. */
  private static final class Repeated {
    private final Set<String> patients = new LinkedHashSet<>();
    private Optional<Entry> last = Optional.empty();
    private Instant at = Instant.EPOCH;
    private long count;

    /** Keeps hashes only: what nobody was let in with may be as long as a request can be. */
    void add(Instant now, Entry entry, Function<PatientId, String> hash) {
      at = now;
      count++;
      last = Optional.of(entry.ofNobody());
      entry.patients().stream()
          .limit(Math.max(0, MOST_PATIENTS - patients.size()))
          .map(hash)
          .forEach(patients::add);
    }
  }

  /**
   * Lines of a day.
   *
   * @param lines those that were asked for, each an object of JSON
   * @param next how many lines of the file were gone through, when there are more
   * @param unreadable how many of the day are none, and so may be of anybody
   */
  public record Lines(List<String> lines, Optional<Long> next, long unreadable) {
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line.
   *
   * @param who subject of the token; absent when nobody is known
   * @param roles theirs
   * @param from address of the client
   * @param what method and route
   * @param patients whose data were asked for or given
   * @param alert its key, if one was named
   * @param status of the answer
   */
  public record Entry(
      Optional<String> who,
      Set<Role> roles,
      String from,
      String what,
      Collection<PatientId> patients,
      Optional<String> alert,
      int status) {
    private Entry ofNobody() {
      return new Entry(who, roles, from, what, List.of(), Optional.empty(), status);
    }
  }

  /**
   * A log in this directory.
   *
   * @param secret of the hashes; absent for one that is made once and kept beside the log
   * @throws IOException it cannot be written
   */
  public AccessLog(Path directory, Optional<String> secret, Clock clock) throws IOException {
    this(directory, secret, clock, FileChannel::write);
  }

  AccessLog(Path directory, Optional<String> secret, Clock clock, Writing writing)
      throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.writing = writing;
    this.key = new SecretKeySpec(key(directory, secret), HMAC);
  }

  private static byte[] key(Path directory, Optional<String> secret) throws IOException {
    try {
      Files.createDirectories(directory);
      return secret.isPresent()
          ? secret.get().getBytes(StandardCharsets.UTF_8)
          : kept(directory.resolve("key"));
    } catch (FileSystemException e) {
      throw new IOException(
          "the access log in " + directory + " below stateDir: " + FileProblem.reason(e), e);
    }
  }

  private static byte[] kept(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != KEY_BYTES) {
      throw new IOException(
          "the key of the access log, %s below stateDir, has %d bytes instead of %d: put back the one that was there, or remove it and lose the search in earlier lines"
              .formatted(file, bytes.length, KEY_BYTES));
    }
    return bytes;
  }

  /** There as a whole or not at all, also when the machine stops meanwhile. */
  private static void make(Path file) throws IOException {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    try (FileChannel out = open(unfinished, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
    FileAttribute<?>[] ownerOnly =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(
        file, EnumSet.of(how, StandardOpenOption.WRITE, StandardOpenOption.APPEND), ownerOnly);
  }

  /**
   * Writes a line; when this returns it has left the process.
   *
   * @throws IOException it could not be written: nothing may be answered then
   */
  public void write(Entry entry) throws IOException {
    Instant now = clock.instant();
    lock.lock();
    try {
      tellRepeated(now);
      append(now, entry);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes down an attempt beyond the limit. The first of somebody in a minute is written at once;
   * the others are counted, and written as one line when the minute is over: however fast they
   * come, they do not fill the disk.
   *
   * @throws IOException it could not be written
   */
  public void writeBeyondLimit(Entry entry) throws IOException {
    Instant now = clock.instant();
    lock.lock();
    try {
      tellRepeated(now);
      Who who = new Who(entry.who(), entry.from());
      Who counted = repeated.size() < MOST_NAMES || repeated.containsKey(who) ? who : OTHERS;
      Repeated before = repeated.get(counted);
      if (before == null) {
        append(now, entry);
        if (repeated.isEmpty()) {
          CompletableFuture.delayedExecutor(MINUTE_SECONDS + 1L, TimeUnit.SECONDS)
              .execute(this::minuteIsOver);
        }
        repeated.put(counted, new Repeated());
      } else {
        before.add(now, entry, this::hash);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Though nobody asks for anything any more. */
  private void minuteIsOver() {
    lock.lock();
    try {
      tellRepeated(clock.instant());
    } catch (IOException e) {
      // They stay counted, and the next request tries again.
      LOG.error(
          "The access log cannot be written: {}; {}", FileProblem.reason(e), Failures.told(e));
    } finally {
      lock.unlock();
    }
  }

  private void tellRepeated(Instant now) throws IOException {
    long present = Math.floorDiv(now.getEpochSecond(), MINUTE_SECONDS);
    if (present != minute) {
      tellRepeated();
      minute = present;
    }
  }

  private void tellRepeated() throws IOException {
    for (Iterator<Map.Entry<Who, Repeated>> it = repeated.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<Who, Repeated> one = it.next();
      Repeated attempts = one.getValue();
      if (attempts.last.isPresent()) {
        Entry last = attempts.last.get();
        append(
            attempts.at,
            new Entry(
                one.getKey().who(),
                last.roles(),
                one.getKey().from(),
                last.what(),
                List.of(),
                Optional.empty(),
                last.status()),
            attempts.patients,
            attempts.count);
      }
      it.remove();
    }
  }

  private void append(Instant at, Entry entry) throws IOException {
    append(at, entry, entry.patients().stream().map(this::hash).toList(), 0);
  }

  private void append(Instant at, Entry entry, Collection<String> patients, long repeats)
      throws IOException {
    append(
        file(at.atOffset(ZoneOffset.UTC).toLocalDate()),
        ByteBuffer.wrap(line(at, entry, patients, repeats)));
  }

  /** All of it or nothing: a part of a line would spoil the next one too. */
  private void append(FileChannel file, ByteBuffer bytes) throws IOException {
    long before = -1;
    try {
      before = file.size();
      while (bytes.hasRemaining()) {
        writing.write(file, bytes);
      }
    } catch (IOException e) {
      try {
        if (before < 0) {
          closeFile(); // It is none any more, for instance since a thread was interrupted.
        } else {
          file.truncate(before);
        }
      } catch (IOException again) {
        e.addSuppressed(again);
        closeFile(); // It is looked at when it is opened again.
      }
      throw e;
    }
  }

  private FileChannel file(LocalDate day) throws IOException {
    if (today.isEmpty() || !today.get().day().equals(day)) {
      closeFile();
      boolean cut = endsWithinALine(path(day));
      FileChannel file = open(path(day), StandardOpenOption.CREATE);
      today = Optional.of(new Today(day, file));
      if (cut) {
        try {
          append(file, ByteBuffer.wrap(new byte[] {'\n'}));
        } catch (IOException e) {
          closeFile();
          throw e;
        }
      }
    }
    return today.get().file();
  }

  /** As a process or a machine that stopped while it wrote may leave it. */
  private static boolean endsWithinALine(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.size() > 0 && in.read(last, in.size() - 1) == 1 && last.get(0) != '\n';
    }
  }

  private Path path(LocalDate day) {
    return directory.resolve("access-" + day + SUFFIX);
  }

  private static byte[] line(Instant at, Entry entry, Collection<String> patients, long repeats)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("at", at.toString());
      json.writeStringField("who", entry.who().orElse("-"));
      json.writeArrayFieldStart("roles");
      for (Role role : entry.roles().stream().sorted().toList()) {
        json.writeString(role.word());
      }
      json.writeEndArray();
      json.writeStringField("from", entry.from());
      json.writeStringField("what", entry.what());
      json.writeArrayFieldStart("patients");
      for (String patient : patients) {
        json.writeString(patient);
      }
      json.writeEndArray();
      if (entry.alert().isPresent()) {
        json.writeStringField("alert", entry.alert().get());
      }
      json.writeNumberField("status", entry.status());
      if (repeats > 0) {
        json.writeNumberField("repeated", repeats);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }

  /** How a patient stands in the log: 32 hex digits. */
  public String hash(PatientId patient) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      byte[] hash = mac.doFinal(patient.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /**
   * Lines of a day in which a patient stands, oldest first.
   *
   * @param after lines of the file that were gone through before, 0 at first
   * @param most lines of one answer
   */
  public Lines of(PatientId patient, LocalDate day, long after, int most) throws IOException {
    minuteIsOver();
    String wanted = "\"" + hash(patient) + "\"";
    List<String> lines = new ArrayList<>();
    if (!Files.exists(path(day))) {
      return new Lines(lines, Optional.empty(), 0);
    }
    Optional<Long> next = Optional.empty();
    long last = after;
    long unreadable = 0;
    // A line that was cut off may end within a character.
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path(day)), StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
        if (!isWhole(line)) {
          unreadable++;
        } else if (number > after && line.contains(wanted)) {
          if (lines.size() == most) {
            next = Optional.of(last);
          } else {
            lines.add(line);
            last = number;
          }
        }
      }
    }
    return new Lines(lines, next, unreadable);
  }

  private static boolean isWhole(String line) {
    try (JsonParser json = JSON.createParser(line)) {
      return json.nextToken() == JsonToken.START_OBJECT
          && json.skipChildren().currentToken() == JsonToken.END_OBJECT
          && json.nextToken() == null;
    } catch (IOException _) {
      return false;
    }
  }

  private void closeFile() throws IOException {
    if (today.isPresent()) {
      FileChannel file = today.get().file();
      today = Optional.empty();
      file.close();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      tellRepeated();
    } finally {
      try {
        closeFile();
      } finally {
        lock.unlock();
      }
    }
  }
}
