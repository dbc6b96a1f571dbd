package io.meninx.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.fact.PatientId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
  private static final PatientId ANNA = new PatientId("anna");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Instant now = Instant.parse("2026-03-01T23:59:30Z");

  @TempDir private Path directory;

  private AccessLog log() throws IOException {
    return new AccessLog(directory.resolve("access"), Optional.empty(), Clock.systemUTC());
  }

  @Test
  void theKeyIsMadeOnceAndKept() throws IOException {
    Files.createDirectories(directory.resolve("access"));
    Files.writeString(directory.resolve("access/key.new"), "of a start that was cut off");
    String hash;
    try (AccessLog log = log()) {
      hash = log.hash(ANNA);
    }

    assertThat(directory.resolve("access/key")).hasSize(32);
    assertThat(directory.resolve("access/key.new")).doesNotExist();
    try (AccessLog again = log()) {
      assertThat(again.hash(ANNA)).isEqualTo(hash);
    }
  }

  /** An empty one ended every start as a failure of the program. */
  @ParameterizedTest
  @ValueSource(ints = {0, 31})
  void aKeyThatIsNotWholeIsRefusedAndNotReplaced(int bytes) throws IOException {
    Files.createDirectories(directory.resolve("access"));
    Path key = Files.write(directory.resolve("access/key"), new byte[bytes]);

    assertThatThrownBy(this::log)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access/key")
        .hasMessageContaining("stateDir")
        .hasMessageContaining(bytes + " bytes instead of 32");
    assertThat(key).hasSize(bytes);
  }

  private static AccessLog.Entry entry(Optional<String> who, PatientId patient, int status) {
    return new AccessLog.Entry(
        who, Set.of(), "10.0.0.1", "GET /", Set.of(patient), Optional.empty(), status);
  }

  private static AccessLog.Entry seen(PatientId patient) {
    return entry(Optional.of("dr-who"), patient, 200);
  }

  /** As a full disk does it: some bytes of a line still had room. */
  @Test
  void ofALineThatCannotBeWrittenNothingIsLeft() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    try (AccessLog log =
        log(
            (file, bytes) -> {
              if (full.get() && bytes.remaining() < 60) {
                throw new IOException("No space left on device");
              }
              int half = full.get() ? bytes.remaining() / 2 : bytes.remaining();
              int written = file.write(bytes.slice(bytes.position(), half));
              bytes.position(bytes.position() + written);
              return written;
            })) {
      log.write(seen(ANNA));
      String line = Files.readString(file());
      full.set(true);
      assertThatThrownBy(() -> log.write(seen(ANNA))).isInstanceOf(IOException.class);
      full.set(false);
      log.write(seen(ANNA));

      assertThat(log.of(ANNA, DAY, 0, 10).unreadable()).isZero();
      assertThat(log.of(ANNA, DAY, 0, 10).lines()).hasSize(2);
      assertThat(file()).content().isEqualTo(line + line);
    }
  }

  @Test
  void aLineThatWasCutOffDoesNotSpoilTheNext() throws IOException {
    try (AccessLog log = log(FileChannel::write)) {
      log.write(seen(ANNA));
    }
    String whole = Files.readString(file());
    byte[] umlaut = "{\"who\":\"ü".getBytes(StandardCharsets.UTF_8);
    Files.write(file(), Arrays.copyOf(umlaut, umlaut.length - 1), StandardOpenOption.APPEND);
    try (AccessLog log = log(FileChannel::write)) {
      log.write(seen(ANNA));

      assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
          .startsWith(whole)
          .endsWith("\n" + whole);
      AccessLog.Lines lines = log.of(ANNA, DAY, 0, 10);
      assertThat(lines.lines()).hasSize(2);
      assertThat(lines.unreadable()).isEqualTo(1);
    }
  }

  /** Of a file that an earlier version wrote on a full disk. */
  @Test
  void aLineThatIsNotJsonIsCountedAndNotTold() throws IOException {
    try (AccessLog log = log(FileChannel::write)) {
      log.write(seen(ANNA));
      String line = Files.readString(file()).strip();
      String glued = line.substring(0, 40) + line + "\n" + line + line + "\n";
      Files.writeString(file(), glued, StandardOpenOption.APPEND);

      AccessLog.Lines lines = log.of(ANNA, DAY, 0, 10);
      assertThat(lines.lines()).containsExactly(line);
      assertThat(lines.unreadable()).isEqualTo(2);
    }
  }

  /** As when a thread is interrupted while it writes, or a volume went and came again. */
  @Test
  void aFileThatIsClosedUnderItIsOpenedAgain() throws IOException {
    AtomicBoolean close = new AtomicBoolean(true);
    try (AccessLog log =
        log(
            (file, bytes) -> {
              int written = file.write(bytes);
              if (close.getAndSet(false)) {
                file.close();
              }
              return written;
            })) {
      log.write(seen(ANNA));
      assertThatThrownBy(() -> log.write(seen(ANNA))).isInstanceOf(IOException.class);
      log.write(seen(ANNA));

      assertThat(log.of(ANNA, DAY, 0, 10).lines()).hasSize(2);
    }
  }

  /** However many attempts there are: an access behind them is in a later part. */
  @Test
  void linesComeInPartsAndEachOnce() throws IOException {
    try (AccessLog log = log(FileChannel::write)) {
      for (int i = 0; i < 12; i++) {
        log.write(entry(Optional.empty(), ANNA, 403));
        log.write(seen(new PatientId("bert")));
      }
      log.write(seen(ANNA));

      List<String> all = new ArrayList<>();
      List<Integer> parts = new ArrayList<>();
      for (Optional<Long> next = Optional.of(0L); next.isPresent(); ) {
        AccessLog.Lines part = log.of(ANNA, DAY, next.get(), 4);
        all.addAll(part.lines());
        parts.add(part.lines().size());
        next = part.next();
      }
      assertThat(parts).containsExactly(4, 4, 4, 1);
      assertThat(all).hasSize(13).noneMatch(line -> line.contains(log.hash(new PatientId("bert"))));
      assertThat(all.getLast()).contains("dr-who");
    }
  }

  @Test
  void attemptsBeyondTheLimitAreOneLineOfAMinuteAndAllAreCounted() throws IOException {
    PatientId bert = new PatientId("bert");
    AccessLog.Entry nobody = entry(Optional.empty(), ANNA, 429);
    AccessLog.Entry other = entry(Optional.of("dr-who"), ANNA, 429);
    try (AccessLog log = log(FileChannel::write)) {
      for (int i = 0; i < 500; i++) {
        log.writeBeyondLimit(nobody);
      }
      log.writeBeyondLimit(entry(Optional.empty(), bert, 429));
      log.writeBeyondLimit(other);
      assertThat(lines()).hasSize(2).noneMatch(line -> line.has("repeated"));

      now = now.plusSeconds(60);
      log.writeBeyondLimit(nobody);

      assertThat(lines()).hasSize(4);
      JsonNode together = lines().get(2);
      assertThat(together.path("repeated").asInt()).isEqualTo(500);
      assertThat(together.path("at").asText()).isEqualTo("2026-03-01T23:59:30Z");
      assertThat(together.path("from").asText()).isEqualTo("10.0.0.1");
      assertThat(together.path("who").asText()).isEqualTo("-");
      assertThat(together.path("status").asInt()).isEqualTo(429);
      assertThat(together.path("patients")).hasSize(2);
      assertThat(log.of(bert, DAY, 0, 10).lines()).hasSize(1);
      log.writeBeyondLimit(nobody);
    }
    assertThat(lines()).hasSize(5);
    assertThat(lines().getLast().path("repeated").asInt()).isEqualTo(1);
    assertThat(lines().stream().mapToInt(line -> line.path("repeated").asInt(1)).sum())
        .isEqualTo(504);
  }

  /** From very many addresses at once: what is kept has an end, and so has what is written. */
  @Test
  void thoseOfVeryManyAddressesAreCountedTogether() throws IOException {
    try (AccessLog log = log(FileChannel::write)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3_000; i++) {
          log.writeBeyondLimit(
              new AccessLog.Entry(
                  Optional.empty(), Set.of(), "a" + i, "-", Set.of(), Optional.empty(), 429));
        }
      }
    }
    assertThat(lines()).hasSize(2_002);
    assertThat(lines().stream().mapToInt(line -> line.path("repeated").asInt(1)).sum())
        .isEqualTo(6_000);
  }

  /** In what follows it is counted still. */
  @Test
  void whatCouldNotBeToldOfAMinuteIsToldLater() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    AccessLog.Entry nobody = entry(Optional.empty(), ANNA, 429);
    try (AccessLog log =
        log(
            (file, bytes) -> {
              if (full.get()) {
                throw new IOException("No space left on device");
              }
              return file.write(bytes);
            })) {
      for (int i = 0; i < 5; i++) {
        log.writeBeyondLimit(nobody);
      }
      now = now.plusSeconds(60);
      full.set(true);
      assertThatThrownBy(() -> log.write(seen(ANNA))).isInstanceOf(IOException.class);
      full.set(false);
      log.write(seen(ANNA));
      assertThat(lines())
          .extracting(line -> line.path("repeated").asInt(1))
          .containsExactlyInAnyOrder(1, 4, 1);
    }
    assertThat(lines()).hasSize(3);
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("access"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  private AccessLog log(AccessLog.Writing writing) throws IOException {
    Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    return new AccessLog(directory.resolve("access"), Optional.empty(), clock, writing);
  }

  private Path file() {
    return directory.resolve("access/access-" + DAY + ".jsonl");
  }

  @Test
  void aFileInThePlaceOfTheLogIsNamedWithTheReason() throws IOException {
    Files.writeString(directory.resolve("access"), "");

    assertThatThrownBy(this::log)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the access log in "
                + directory.resolve("access")
                + " below stateDir: it is a file and no directory");
  }
}
