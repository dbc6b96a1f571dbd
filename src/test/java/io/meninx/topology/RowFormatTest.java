package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.EventId;
import io.meninx.fact.Facts;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.journal.Sha256;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import io.meninx.wire.StateCodec;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Keys and values of every kind of row of every store as this release and release 1 write them. The
 * values of facts and patients are {@link StateCodec}'s and have their own tests; here they only
 * have to start with a format. {@code -Dgolden.update=true} writes the file if it is not there.
 */
class RowFormatTest {
  private static final Path GOLDENS =
      Path.of("src", "test", "resources", "io", "meninx", "topology");
  private static final Path RELEASE_1 = GOLDENS.resolve("rows-format-1.txt");
  private static final Path GOLDEN = GOLDENS.resolve("rows-format-2.txt");
  private static final String[] STORES = {
    Names.FACTS, Names.PATHWAYS, Names.TIMERS, Names.PARTITION
  };
  private static final PatientId PATIENT = new PatientId("patient-1");
  private static final Instant DUE = Instant.parse("2025-03-04T00:00:00Z");
  private static final Sha256 HASH = Sha256.of("link");
  private static final StoredFact FACT =
      Facts.stored(Facts.csf("report-1").positive().patient(PATIENT.value()));
  private static final PatientState RETAINED =
      new PatientState(
          1,
          ReportList.EMPTY.with(Report.of(FACT)),
          0,
          List.of(),
          List.of(),
          PublicState.EMPTY,
          Optional.empty(),
          Optional.empty());
  private static final PartitionState STATE =
      new PartitionState(
          Optional.of(Instant.parse("2025-01-02T03:04:05.000006Z")),
          Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
          42,
          HASH,
          "hash-of-the-guideline",
          Optional.empty(),
          3,
          5,
          true,
          Optional.of(PATIENT),
          1_735_700_000_123L);

  private final Driven driven = new Driven(new ScriptedEngine());
  private final Tables tables = new Tables(this::store, 0, 1);

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void everyRowIsWrittenAsEverAndStartsWithItsFormat() throws IOException {
    fill();
    tables.flush();
    List<String> rows = rows();
    if (Boolean.getBoolean("golden.update") && Files.notExists(GOLDEN)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, rows, StandardCharsets.US_ASCII);
    }

    assertThat(rows).isEqualTo(Files.readAllLines(GOLDEN, StandardCharsets.US_ASCII));
    for (String name : STORES) {
      assertThat(all(name))
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.value[0]).isBetween((byte) 1, StateCodec.FORMAT));
    }
  }

  @Test
  void everyRowOfRelease1IsRead() throws IOException {
    StateCodec codec = new StateCodec();
    read(
        RELEASE_1,
        name -> name.equals("FACT") ? codec.encode(FACT) : codec.encode(RETAINED),
        StateCodec.WHOLE_PATIENT);

    assertAllIsThere(tables);
    tables.flush();
    assertAllIsThere(new Tables(this::store, 0, 1));
    // What was one row of a patient and one of a version are rows of today's kinds, and no others.
    assertThat(all(Names.FACTS)).hasSize(2);
    assertThat(all(Names.PATHWAYS).getFirst().value).startsWith(StateCodec.FORMAT);
  }

  @Test
  void everyRowOfThisReleaseIsRead() throws IOException {
    StateCodec codec = new StateCodec();
    read(
        GOLDEN,
        name ->
            name.equals("FACT")
                ? codec.encode(PATIENT, List.of(FACT))
                : codec.encode(PatientState.EMPTY),
        StateCodec.FORMAT);

    assertThat(tables.facts().byEventId(PATIENT, FACT.fact().header().eventId())).hasValue(FACT);
  }

  private void read(Path golden, Function<String, byte[]> named, byte format) throws IOException {
    for (String line : Files.readAllLines(golden, StandardCharsets.US_ASCII)) {
      String[] parts = line.split(" ", -1);
      byte[] value;
      if (parts[2].equals("FACT") || parts[2].equals("PATIENT")) {
        value = named.apply(parts[2]);
        value[0] = format; // the schemas of both formats are the same
      } else {
        value = HexFormat.of().parseHex(parts[2]);
      }
      store(parts[0]).put(Bytes.wrap(HexFormat.of().parseHex(parts[1])), value);
    }
  }

  private static void assertAllIsThere(Tables tables) {
    assertThat(tables.pathways().state(PATIENT)).isEqualTo(RETAINED);
    assertThat(tables.facts().byEventId(PATIENT, FACT.fact().header().eventId())).hasValue(FACT);
    assertThat(tables.facts().all(PATIENT)).containsExactly(FACT);
    assertThat(tables.facts().byEventId(PATIENT, new EventId("another"))).isEmpty();
    assertThat(tables.pathways().endedRevision(PATIENT, "alert-1")).isEqualTo(7);
    assertThat(tables.timers().due(Instant.EPOCH, DUE, 9))
        .containsExactly(new TimerTable.Timer(DUE, PATIENT));
    assertThat(tables.partition().state()).isEqualTo(STATE);
    assertThat(tables.partition().firstMeets("hash-of-the-guideline")).isFalse();
    assertHeld(tables.partition().held(3));
  }

  @Test
  void aRowOfALaterReleaseStopsTheProcessWithAClearError() {
    fill();
    tables.flush();
    KeyValueStore<Bytes, byte[]> timers = store(Names.TIMERS);
    all(Names.TIMERS).forEach(row -> timers.put(row.key, new byte[] {2}));

    assertThatThrownBy(() -> tables.timers().due(Instant.EPOCH, DUE, 9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The store timers has rows of format 2; this engine reads format 1 and no other");
  }

  private void fill() {
    tables.pathways().put(PATIENT, RETAINED, Optional.of(FACT));
    tables.pathways().putEnded(PATIENT, "alert-1", 7);
    tables.timers().move(PATIENT, Optional.empty(), Optional.of(DUE));
    tables.partition().put(STATE);
    tables.partition().putHeld(3, held());
    tables.partition().firstMeets("hash-of-the-guideline");
  }

  private static HeldInput held() {
    return new HeldInput(
        41,
        Optional.empty(),
        new InputRecord(
            Topic.KPS_UPDATES,
            0,
            1L << 33,
            1_735_700_000_123L,
            "patient-1".getBytes(StandardCharsets.UTF_8),
            new byte[] {0, 0, 0, 0, 1, 9},
            List.of(
                new InputRecord.Header("trace", new byte[] {5}),
                new InputRecord.Header("none", null))));
  }

  private static void assertHeld(HeldInput read) {
    assertThat(read).usingRecursiveComparison().isEqualTo(held());
  }

  /** Store, key and value, a row in a line. */
  private List<String> rows() {
    List<String> lines = new ArrayList<>();
    for (String name : STORES) {
      for (KeyValue<Bytes, byte[]> row : all(name)) {
        lines.add(name + " " + hex(row.key.get()) + " " + value(name, row));
      }
    }
    return lines;
  }

  private static String value(String store, KeyValue<Bytes, byte[]> row) {
    StateCodec codec = new StateCodec();
    return store.equals(Names.FACTS)
            && java.util.Arrays.equals(row.value, codec.encode(PATIENT, List.of(FACT)))
        ? "FACT"
        : hex(row.value);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private List<KeyValue<Bytes, byte[]>> all(String name) {
    List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> iterator = store(name).all()) {
      iterator.forEachRemaining(rows::add);
    }
    return rows;
  }

  private KeyValueStore<Bytes, byte[]> store(String name) {
    return driven.driver().getKeyValueStore(name);
  }
}
