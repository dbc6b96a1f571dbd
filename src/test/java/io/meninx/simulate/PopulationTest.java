package io.meninx.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.wire.FactStructure;
import io.meninx.wire.PoisonRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  /** A message is late when it arrives more than this after it was reported. */
  private static final Duration LATE_AFTER = Duration.ofHours(12);

  private static final int MANY = 2_000;
  private static final Population POPULATION = new Population(2025);
  private static final List<SimulatedPatient> PATIENTS =
      LongStream.range(0, MANY).mapToObj(POPULATION::patient).toList();

  // ------------------------------------------------------------------ determinism

  @Test
  void theSameSeedGivesTheSamePatientsInAnyOrderOfAsking() {
    Population again = new Population(2025);
    assertThat(again.patient(17)).isEqualTo(PATIENTS.get(17));
    assertThat(again.patient(3)).isEqualTo(PATIENTS.get(3));
  }

  @Test
  void anotherSeedGivesOtherPatients() {
    assertThat(new Population(2026).patient(3).arrivals()).isNotEqualTo(PATIENTS.get(3).arrivals());
  }

  @Test
  void patientsAreNumberedFromOneAndDiffer() {
    assertThat(PATIENTS.getFirst().patientId().value()).isEqualTo("sim-000001");
    assertThat(PATIENTS.stream().map(SimulatedPatient::patientId)).doesNotHaveDuplicates();
    assertThat(PATIENTS.stream().limit(50).map(it -> Profile.draw(new Dice(2025, index(it)))))
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> POPULATION.patient(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static long index(SimulatedPatient patient) {
    return Long.parseLong(patient.patientId().value().substring(4)) - 1;
  }

  // ------------------------------------------------------------------ form

  @Test
  void everyFactIsWellFormedAndAboutItsPatient() throws PoisonRecordException {
    for (SimulatedPatient patient : PATIENTS) {
      for (Arrival arrival : patient.arrivals()) {
        FactStructure.check(arrival.fact());
        assertThat(arrival.fact().header().patientId()).isEqualTo(patient.patientId());
      }
    }
  }

  @Test
  void nothingArrivesBeforeItWasReportedNorIsObservedInTheFuture() {
    for (SimulatedPatient patient : PATIENTS) {
      Instant last = Population.FIRST;
      for (Arrival arrival : patient.arrivals()) {
        assertThat(arrival.at()).isAfterOrEqualTo(last);
        assertThat(arrival.fact().header().reportedAt()).isBeforeOrEqualTo(arrival.at());
        assertThat(arrival.fact().header().observedAt().instant())
            .isBefore(arrival.at().plus(Duration.ofDays(1)));
        last = arrival.at();
      }
      assertThat(patient.end()).isAfterOrEqualTo(last);
    }
  }

  @Test
  void anEventIdIsUsedForOneContentOnly() {
    for (SimulatedPatient patient : PATIENTS) {
      Map<EventId, Fact> facts = new HashMap<>();
      for (Arrival arrival : patient.arrivals()) {
        Fact other = facts.putIfAbsent(arrival.fact().header().eventId(), arrival.fact());
        assertThat(other == null || other.equals(arrival.fact())).isTrue();
      }
    }
  }

  // ------------------------------------------------------------------ frequencies

  @Test
  void everyKindOfFactAndEveryStatusIsThere() {
    assertThat(facts().stream().map(Fact::kind).distinct())
        .containsExactlyInAnyOrder(FactKind.values());
    assertThat(facts().stream().map(fact -> fact.header().status()).distinct())
        .containsExactlyInAnyOrder(ResultStatus.values());
  }

  /** Le Rhun 2021, n = 254: of those whose CSF was examined, over the punctures of the work-up. */
  @Test
  void theCytologyOfTheWorkUpIsAsPublished() {
    Map<Cytology, Integer> ends = new EnumMap<>(Cytology.class);
    int examined = 0;
    for (SimulatedPatient patient : PATIENTS) {
      Optional<Cytology> end = cytology(patient);
      if (end.isPresent()) {
        examined++;
        ends.merge(end.get(), 1, Integer::sum);
      }
    }
    assertThat(share(ends.getOrDefault(Cytology.POSITIVE, 0), examined)).isCloseTo(73, within(4.0));
    assertThat(share(ends.getOrDefault(Cytology.EQUIVOCAL, 0), examined))
        .isCloseTo(9.5, within(3.0));
    assertThat(share(ends.getOrDefault(Cytology.NEGATIVE, 0), examined))
        .isCloseTo(17.5, within(4.0));
  }

  /** Positive when any is; else what the last sample said. First readings, not the amended ones. */
  private static Optional<Cytology> cytology(SimulatedPatient patient) {
    List<CsfResult> results =
        patient.arrivals().stream()
            .map(Arrival::fact)
            .filter(fact -> fact.header().status() == ResultStatus.FINAL)
            .filter(CsfResult.class::isInstance)
            .map(CsfResult.class::cast)
            .sorted(Comparator.comparing(fact -> fact.header().observedAt().instant()))
            .toList();
    return results.stream().anyMatch(result -> result.cytology() == Cytology.POSITIVE)
        ? Optional.of(Cytology.POSITIVE)
        : results.isEmpty() ? Optional.empty() : Optional.of(results.getLast().cytology());
  }

  @Test
  void signsAndHistologyAreAsPublished() {
    List<Profile> profiles =
        LongStream.range(0, MANY).mapToObj(i -> Profile.draw(new Dice(2025, i))).toList();
    long none = profiles.stream().filter(it -> it.signs().equals(List.of("NONE"))).count();
    Set<String> others = Set.of("NONE", "SEIZURE", "FATIGUE", "DIZZINESS", "MENINGISM");
    long typical =
        profiles.stream().filter(it -> it.signs().stream().noneMatch(others::contains)).count();
    assertThat(share(none, MANY)).isCloseTo(5, within(1.5));
    assertThat(share(typical, MANY)).isCloseTo(89, within(2.0));
    assertThat(
            share(
                profiles.stream()
                    .filter(it -> it.histology() == BiopsyResult.Histology.ADENOCARCINOMA)
                    .count(),
                MANY))
        .isBetween(84.0, 96.0);
    assertThat(
            share(
                profiles.stream()
                    .filter(
                        it ->
                            it.extracranial() == ClinicalAssessment.ExtracranialDisease.PROGRESSIVE)
                    .count(),
                MANY))
        .isCloseTo(70, within(4.0));
  }

  @Test
  void messagesHaveTheFaultsOfRealOnes() {
    int sent = 0;
    int repeated = 0;
    int late = 0;
    int conclusive = 0;
    int amended = 0;
    int withdrawn = 0;
    for (SimulatedPatient patient : PATIENTS) {
      Instant start = patient.arrivals().getFirst().at();
      Set<List<Object>> seen = new HashSet<>();
      for (Arrival arrival : patient.arrivals()) {
        Fact fact = arrival.fact();
        List<Object> version =
            List.of(fact.header().reportId(), fact.header().status(), fact.header().reportedAt());
        if (!seen.add(version)) {
          repeated++;
          continue;
        }
        sent++;
        Instant reported = fact.header().reportedAt();
        // What is from before the first visit comes with it: that is history, not lateness.
        boolean isLate =
            reported.isAfter(start)
                && Duration.between(reported, arrival.at()).compareTo(LATE_AFTER) > 0;
        late += isLate ? 1 : 0;
        switch (fact.header().status()) {
          case FINAL -> conclusive++;
          case AMENDED -> amended++;
          case WITHDRAWN -> withdrawn++;
          case PENDING, PRELIMINARY, CANCELLED -> {}
        }
      }
    }
    assertThat(share(repeated, sent)).isCloseTo(5, within(0.5));
    assertThat(share(late, sent)).isCloseTo(10, within(1.0));
    assertThat(share(amended, conclusive)).isCloseTo(3, within(0.4));
    assertThat(share(withdrawn, conclusive)).isCloseTo(0.2, within(0.08));
  }

  @Test
  void aPendingResultBecomesConclusive() {
    Map<ReportId, List<StoredFact>> reports = new HashMap<>();
    for (SimulatedPatient patient : PATIENTS.subList(0, 200)) {
      for (Arrival arrival : patient.arrivals()) {
        reports
            .computeIfAbsent(arrival.fact().header().reportId(), _ -> new ArrayList<>())
            .add(new StoredFact(arrival.fact(), arrival.at()));
      }
    }
    assertThat(reports.values().stream().map(versions -> Report.of(versions).header().status()))
        .allMatch(ResultStatus::conclusive);
    assertThat(reports.values().stream().filter(versions -> versions.size() > 1))
        .hasSizeGreaterThan(500);
  }

  @Test
  void aFewPatientsHaveMuchOfTheActivity() {
    List<Integer> counts =
        PATIENTS.stream()
            .map(it -> it.arrivals().size())
            .sorted(Comparator.reverseOrder())
            .toList();
    long all = counts.stream().mapToLong(Integer::longValue).sum();
    long tenth = counts.subList(0, MANY / 10).stream().mapToLong(Integer::longValue).sum();
    assertThat(share(tenth, all)).isGreaterThan(25);
    assertThat((double) all / MANY).isCloseTo(60, within(6.0));
  }

  @Test
  void routineMonitoringComesBesideTheStory() {
    Population more = new Population(2025, 100);
    long messages =
        LongStream.range(0, 300).map(index -> more.patient(index).arrivals().size()).sum();
    assertThat(messages / 300.0).isBetween(125.0, 195.0);
    assertThatThrownBy(() -> new Population(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Population(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double share(long part, long whole) {
    return 100.0 * part / whole;
  }

  private static List<Fact> facts() {
    return PATIENTS.stream()
        .flatMap(patient -> patient.arrivals().stream())
        .map(Arrival::fact)
        .toList();
  }

  // ------------------------------------------------------------------ streaming

  @Test
  void arrivalsAreThoseOfAllPatientsInOrder() {
    Population.Arrivals arrivals = POPULATION.arrivals(100);
    List<Arrival> merged = new ArrayList<>();
    arrivals.forEachRemaining(merged::add);
    assertThat(merged).isSortedAccordingTo(Comparator.comparing(Arrival::at));
    assertThat(merged)
        .containsExactlyInAnyOrderElementsOf(
            PATIENTS.subList(0, 100).stream().flatMap(it -> it.arrivals().stream()).toList());
    assertThat(arrivals.active()).isZero();
    assertThatThrownBy(arrivals::next).isInstanceOf(java.util.NoSuchElementException.class);
    assertThat(POPULATION.arrivals(0).hasNext()).isFalse();
  }

  @Test
  void onlyThePatientsWhoAreFollowedAreHeld() {
    int half = most(POPULATION.arrivals(4_000));
    int whole = most(POPULATION.arrivals(8_000));
    assertThat(whole).isBetween(500, 2_500);
    assertThat(whole).isLessThan(half * 5 / 4);
  }

  private static int most(Population.Arrivals arrivals) {
    int most = 0;
    while (arrivals.hasNext()) {
      arrivals.next();
      most = Math.max(most, arrivals.active());
    }
    return most;
  }
}
