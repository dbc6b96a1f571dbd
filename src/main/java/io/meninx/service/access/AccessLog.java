package io.meninx.service.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meninx.fact.PatientId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who asked what, when, and what became of it: a line of JSON each, in a file for each UTC day,
 * readable by the owner only. Attempts that were refused are in it too. It has no clinical text,
 * and a patient stands in it as a keyed hash (HMAC-SHA256): who has the key can look for a patient,
 * who has only the file cannot try out identifiers.
 */
public final class AccessLog implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 16;
  private static final String SUFFIX = ".jsonl";

  private final Path directory;
  private final SecretKeySpec key;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Today> today = Optional.empty();

  /** The file of a day. */
  private record Today(LocalDate day, FileChannel file) {}

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
      int status) {}

  /**
   * A log in this directory.
   *
   * @param secret of the hashes; absent for one that is made once and kept beside the log
   * @throws IOException it cannot be written
   */
  public AccessLog(Path directory, Optional<String> secret, Clock clock) throws IOException {
    this.directory = directory;
    this.clock = clock;
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
    ByteBuffer line = ByteBuffer.wrap(line(now, entry));
    lock.lock();
    try {
      FileChannel file = file(now.atOffset(ZoneOffset.UTC).toLocalDate());
      while (line.hasRemaining()) {
        file.write(line);
      }
    } finally {
      lock.unlock();
    }
  }

  private FileChannel file(LocalDate day) throws IOException {
    if (today.isEmpty() || !today.get().day().equals(day)) {
      close();
      today = Optional.of(new Today(day, open(path(day), StandardOpenOption.CREATE)));
    }
    return today.get().file();
  }

  private Path path(LocalDate day) {
    return directory.resolve("access-" + day + SUFFIX);
  }

  private byte[] line(Instant now, Entry entry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("at", now.toString());
      json.writeStringField("who", entry.who().orElse("-"));
      json.writeArrayFieldStart("roles");
      for (Role role : entry.roles().stream().sorted().toList()) {
        json.writeString(role.word());
      }
      json.writeEndArray();
      json.writeStringField("from", entry.from());
      json.writeStringField("what", entry.what());
      json.writeArrayFieldStart("patients");
      for (PatientId patient : entry.patients()) {
        json.writeString(hash(patient));
      }
      json.writeEndArray();
      if (entry.alert().isPresent()) {
        json.writeStringField("alert", entry.alert().get());
      }
      json.writeNumberField("status", entry.status());
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
   * @param most so many, the oldest
   */
  public List<String> of(PatientId patient, LocalDate day, int most) throws IOException {
    String wanted = "\"" + hash(patient) + "\"";
    if (!Files.exists(path(day))) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(path(day))) {
      return lines.filter(line -> line.contains(wanted)).limit(most).toList();
    } catch (UncheckedIOException e) {
      throw new IOException("the access log cannot be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (today.isPresent()) {
        today.get().file().close();
        today = Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }
}
