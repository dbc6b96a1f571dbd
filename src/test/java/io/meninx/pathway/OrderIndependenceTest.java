package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Design invariant 4: the state is a function of the set of fact versions and the time. The time of
 * reception is part of a fact (plausibility rests on it); the logical time it is decided at is not.
 */
class OrderIndependenceTest {
  private static final List<Duration> HORIZONS =
      List.of(
          Duration.ZERO,
          Duration.ofMinutes(45),
          Duration.ofDays(1),
          Duration.ofDays(9),
          Duration.ofDays(40),
          Duration.ofDays(120));

  /** The public state without the states of alerts, which people make. */
  private record Compared(PublicState state, List<Line> alerts) {
    private record Line(
        Object code,
        Optional<AlertStage> stage,
        Priority priority,
        Optional<String> gap,
        Optional<Instant> dueAt) {}

    static Compared of(PublicState state) {
      PublicState plain =
          new PublicState(
              state.type(),
              state.certainty(),
              state.statusGroup(),
              state.stage(),
              state.recommendations(),
              state.contraindications(),
              List.of(),
              state.schedules());
      return new Compared(
          plain,
          state.openAlerts().stream()
              .map(a -> new Line(a.code(), a.stage(), a.priority(), a.gap(), a.dueAt()))
              .toList());
    }
  }

  // ------------------------------------------------------------------ the four results

  static Stream<List<Facts.Builder<?>>> allOrdersOfTheFourResults() {
    List<Facts.Builder<?>> results =
        List.of(
            Facts.fullMri("mri")
                .day(2)
                .tesla(3)
                .pattern(ImagingReport.Pattern.LINEAR)
                .thinDeposits(true)
                .flow(ImagingReport.CsfFlow.UNOBSTRUCTED)
                .lungMass(true),
            Facts.csf("csf").day(3).positive().volumeMl(11).minutesToProcessing(20),
            Facts.biopsy("biopsy")
                .day(1)
                .reportedDay(6)
                .histology(BiopsyResult.Histology.ADENOCARCINOMA)
                .marker("EGFR", "L858R")
                .marker("ALK", "NEGATIVE")
                .marker("BRAF", "NEGATIVE")
                .marker("HER2", "NEGATIVE"),
            Facts.kps("kps", 90).day(4));
    return permutations(results).stream();
  }

  @ParameterizedTest
  @MethodSource("allOrdersOfTheFourResults")
  void everyOrderOfTheFourResultsEndsInTheSameState(List<Facts.Builder<?>> order) {
    List<StoredFact> inOrder = new ArrayList<>();
    inOrder.add(Facts.stored(assessment()));
    order.forEach(fact -> inOrder.add(Facts.stored(fact)));
    inOrder.add(Facts.stored(treatment()));
    List<StoredFact> asObserved = new ArrayList<>(inOrder);
    asObserved.sort(Comparator.comparing(StoredFact::receivedAt));

    assertThat(end(inOrder)).isEqualTo(end(asObserved));
    assertThat(end(inOrder).getFirst().state().type().name()).isEqualTo("IA");
  }

  private static Facts.Builder<?> assessment() {
    return Facts.assessment("visit")
        .day(0)
        .signs("HEADACHE")
        .extracranial(ClinicalAssessment.ExtracranialDisease.CONTROLLED)
        .ommayaFeasible(true);
  }

  private static Facts.Builder<?> treatment() {
    return Facts.treatment("start", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
        .agent("osimertinib")
        .day(8);
  }

  private static <T> List<List<T>> permutations(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      List<T> rest = new ArrayList<>(items);
      T first = rest.remove(i);
      for (List<T> tail : permutations(rest)) {
        List<T> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }

  // ------------------------------------------------------------------ generated histories

  @Provide
  Arbitrary<List<Histories.Line>> histories() {
    return Histories.ofSize(2, 16);
  }

  @Property(tries = 60, seed = "20250101")
  void everyOrderOfAnyHistoryEndsInTheSameState(
      @ForAll("histories") List<Histories.Line> lines, @ForAll Random random) {
    List<StoredFact> facts = new ArrayList<>(Histories.facts(lines));
    List<Compared> asWritten = end(facts);

    Collections.reverse(facts);
    assertThat(end(facts)).as("reversed").isEqualTo(asWritten);
    facts.sort(Comparator.comparing(StoredFact::receivedAt));
    assertThat(end(facts)).as("as received").isEqualTo(asWritten);
    Collections.shuffle(facts, random);
    assertThat(end(facts)).as("shuffled").isEqualTo(asWritten);
  }

  /** The state at the same instants after the last fact, every decision held to the invariants. */
  private static List<Compared> end(List<StoredFact> facts) {
    Instant last = facts.stream().map(StoredFact::receivedAt).max(Instant::compareTo).orElseThrow();
    Patient patient = Invariants.holdFor(new Patient());
    for (StoredFact fact : facts) {
      patient.arrive(fact.fact(), fact.receivedAt());
    }
    List<Compared> ends = new ArrayList<>();
    for (Duration later : HORIZONS) {
      ends.add(Compared.of(patient.until(last.plus(later)).visible()));
    }
    return ends;
  }
}
