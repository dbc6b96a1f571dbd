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
}
