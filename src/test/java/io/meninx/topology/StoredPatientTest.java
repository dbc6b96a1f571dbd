package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.Facts;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulatedPatient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is kept of a patient is in many rows, each written when it changes: read from the stores by
 * somebody who remembers nothing it is the same as in memory, after every input.
 */
class StoredPatientTest {
  private static final PathwayEngine ENGINE =
      new PathwayEngine(
          GuidelineEditions.standard(), EngineSettings.withDebounce(Duration.ofMinutes(10)));

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void whatTheStoresHaveOfAPatientIsWhatTheEngineKeeps(long index) {
    SimulatedPatient patient = new Population(17, 40).patient(index);
    List<StoredFact> facts = new ArrayList<>();
    MemoryPatient memory =
        new MemoryPatient(ENGINE, (_, _, decision) -> decision.store().ifPresent(facts::add));
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      for (Arrival arrival : patient.arrivals()) {
        driven.tick(arrival.at());
        driven.send(
            io.meninx.wire.FactWriter.topicOf(arrival.fact()),
            patient.patientId().value(),
            driven.bytes(arrival.fact()),
            arrival.at());
        memory.arrive(arrival.fact(), arrival.at());

        Tables read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
        assertThat(read.pathways().state(patient.patientId())).isEqualTo(memory.state());
        assertThat(read.facts().all(patient.patientId())).hasSameElementsAs(facts);
      }
    }
  }

  /** Of a long history most rows are not retained; late and amended ones come back to be. */
  @Test
  void rowsMoveWithWhatIsRetained() {
    int last = 240;
    List<Facts.Builder<?>> told = new ArrayList<>(List.of(Facts.fullMri("mri").day(0)));
    for (int day = 1; day <= last; day++) {
      told.add(Facts.kps("kps" + day, 50).day(day));
      if (day == 100) { // all values since the last one are kept
        told.add(Facts.fullMri("later mri").day(day));
      }
    }
    told.add(Facts.csf("kps" + last).day(last + 1)); // another kind of report with that id
    told.add(Facts.kps("kps" + last, 40).observedDay(last).amended().reportedDay(last + 2));
    told.add(Facts.kps("kps40", 90).observedDay(40).amended().reportedDay(last + 3));
    told.add(Facts.csf("kps41").observedDay(last + 4).reportedDay(last + 4));
    told.add(Facts.kps("kps42", 80).observedDay(42).withdrawn().reportedDay(last + 5));
    MemoryPatient memory = new MemoryPatient(ENGINE, (_, _, _) -> {});
    boolean thinned = false;
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      for (int i = 0; i < told.size(); i++) {
        StoredFact arriving = Facts.stored(told.get(i));
        driven.tick(arriving.receivedAt());
        driven.send(
            io.meninx.wire.FactWriter.topicOf(arriving.fact()),
            Facts.PATIENT.value(),
            driven.bytes(arriving.fact()),
            arriving.receivedAt());
        memory.arrive(arriving.fact(), arriving.receivedAt());
        if (i % 20 == 0 || i > last) {
          Tables read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
          assertThat(read.pathways().state(Facts.PATIENT)).isEqualTo(memory.state());
          thinned |= memory.state().retained().size() < i - 20;
        }
      }
    }
    assertThat(thinned).isTrue();
  }

  /** Answers are not retained, and not counted with what is: their rows have a length too. */
  @Test
  void versionsOfAReportHaveALengthWhetherOrNotItIsRetained() {
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      driven.tick(Facts.noon(1));
      int before = 0;
      for (int version = 1; version <= 3; version++) {
        driven.fact(
            Facts.response("answer", AlertResponse.Action.ACKNOWLEDGED)
                .code("MRI_DUE")
                .reason("x".repeat(1_000 + version))
                .reportedAt(Facts.noon(1).plusSeconds(version))
                .event("version-" + version)
                .build());
        Tables read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
        int length = read.facts().length(Facts.PATIENT, new ReportId("answer"));
        assertThat(length).isGreaterThan(before + 1_000);
        assertThat(read.pathways().length(Facts.PATIENT)).isZero();
        before = length;
      }
    }
  }

  /** Earlier builds wrote no row that tells it: there it is counted. */
  @Test
  void theLengthOfAllFactsIsKnownWhetherOrNotItIsWrittenDown() {
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      driven.tick(Facts.noon(0));
      for (int day = 0; day < 150; day++) {
        driven.fact(Facts.kps("kps" + day, 50).day(day).build());
        driven.fact(
            Facts.response("answer" + day, AlertResponse.Action.ACKNOWLEDGED)
                .code("MRI_DUE")
                .day(day)
                .build());
      }
      driven.fact(Facts.kps("kps10", 90).observedDay(10).amended().reportedDay(151).build());
      long length = lengthOfRows(driven);
      Tables read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
      assertThat(read.facts().others(Facts.PATIENT)).isGreaterThan(1_000);
      assertThat(read.pathways().lengthOfAll(Facts.PATIENT)).isEqualTo(length);

      KeyValueStore<Bytes, byte[]> rows = driven.driver().getKeyValueStore(Names.FACTS);
      Bytes written = Keys.key().sized(Facts.PATIENT.value()).tag(5).bytes();
      assertThat(rows.delete(written)).hasSize(9);
      read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
      assertThat(read.pathways().lengthOfAll(Facts.PATIENT)).isEqualTo(length);

      driven.fact(
          Facts.response("last", AlertResponse.Action.ACKNOWLEDGED)
              .code("MRI_DUE")
              .day(152)
              .build());
      read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
      assertThat(rows.get(written)).hasSize(9);
      assertThat(read.pathways().lengthOfAll(Facts.PATIENT)).isEqualTo(lengthOfRows(driven));
    }
  }

  /** Of the rows of reports. */
  private static long lengthOfRows(Driven driven) {
    KeyValueStore<Bytes, byte[]> rows = driven.driver().getKeyValueStore(Names.FACTS);
    long length = 0;
    for (int tag : new int[] {3, 4}) {
      Bytes prefix = Keys.key().sized(Facts.PATIENT.value()).tag(tag).bytes();
      try (KeyValueIterator<Bytes, byte[]> all = rows.range(prefix, Keys.after(prefix))) {
        while (all.hasNext()) {
          KeyValue<Bytes, byte[]> row = all.next();
          length += row.key.compareTo(Keys.after(prefix)) < 0 ? row.value.length : 0;
        }
      }
    }
    return length;
  }
}
