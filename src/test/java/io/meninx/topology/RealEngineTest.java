package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.noon;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.PublicStateDigest;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.Patient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real engine behind the topology decides what it decides on a patient in memory. */
class RealEngineTest {
  private static final EngineSettings SETTINGS =
      EngineSettings.withDebounce(Duration.ofMinutes(10));
  private static final PathwayEngine ENGINE =
      new PathwayEngine(GuidelineEditions.standard(), SETTINGS);

  private static final List<Fact> COURSE =
      List.of(
          Facts.fullMri("mri-1").day(0).build(),
          Facts.csf("csf-1").day(1).positive().volumeMl(10).build(),
          Facts.kps("kps-1", 90).day(2).build(),
          Facts.biopsy("biopsy-1").day(4).marker("EGFR", "L858R").build(),
          Facts.methotrexate("mtx-1", TreatmentEvent.Action.STARTED).day(8).build(),
          Facts.methotrexate("mtx-2", TreatmentEvent.Action.ADMINISTERED).day(9).build(),
          Facts.kps("kps-2", 50).day(40).build());

  /**
   * How often ticks come changes when a decision appears, never what it says (contract section 2).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 24 * 30})
  void decisionsAreThoseOfAPatientInMemoryHoweverOftenTicksCome(int hours) {
    Patient patient = new Patient(GuidelineEditions.standard(), SETTINGS);
    COURSE.forEach(fact -> patient.arrive(fact, fact.header().reportedAt()));
    patient.until(noon(120));

    List<Group> groups = played(Duration.ofHours(hours));

    List<PathwayEvent> events = groups.stream().flatMap(group -> group.events().stream()).toList();
    List<AlertRevision> alerts = groups.stream().flatMap(group -> group.alerts().stream()).toList();
    assertThat(alerts).isNotEmpty().isEqualTo(patient.alerts);
    assertThat(events).isNotEmpty().isEqualTo(patient.events);
    assertThat(groups.getLast().digest()).isEqualTo(PublicStateDigest.of(patient.visible()));
  }

  @Test
  void theSettingsOfTheEngineAreInEveryEntry() {
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      driven.tick(noon(0));

      assertThat(driven.journal())
          .allSatisfy(
              entry ->
                  assertThat(entry.settings())
                      .containsExactly(
                          new JournalEntry.Setting("debounceMinutes", "10"),
                          new JournalEntry.Setting("factsPerPatient", "20000")));
    }
  }

  private static List<Group> played(Duration interval) {
    try (Driven driven = new Driven(DecisionEngine.of(ENGINE))) {
      Instant next = at(0, "00:00");
      for (Fact fact : COURSE) {
        Instant arrival = fact.header().reportedAt();
        for (; next.isBefore(arrival); next = next.plus(interval)) {
          driven.tick(next);
        }
        driven.tick(arrival);
        driven.fact(fact);
      }
      for (; next.isBefore(noon(120)); next = next.plus(interval)) {
        driven.tick(next);
      }
      driven.tick(noon(120));
      return driven.journal().stream().flatMap(entry -> entry.groups().stream()).toList();
    }
  }
}
