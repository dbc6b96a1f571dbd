package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.StoredFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What is kept of a long history decides as the whole of it does (invariant 10): every decision is
 * compared with one over all facts ever received.
 */
class RetentionTest {

  @Provide
  Arbitrary<List<Histories.Line>> years() {
    return Histories.overYears();
  }

  @Property(tries = 4, seed = "7", shrinking = ShrinkingMode.OFF)
  void thinnedReportsDecideAsAllReportsDo(@ForAll("years") List<Histories.Line> lines) {
    List<StoredFact> facts = new ArrayList<>(Histories.facts(lines));
    facts.sort(Comparator.comparing(StoredFact::receivedAt));
    Patient patient = Invariants.holdFor(new Patient());
    for (int i = 0; i < facts.size(); i++) {
      patient.arrive(facts.get(i).fact(), facts.get(i).receivedAt());
      if (i % 10 == 0) {
        Invariants.assertUnthinnedGivesTheSame(patient);
      }
    }

    assertThat(patient.state().factCount()).isGreaterThan(200);
    assertThat(patient.state().retained()).hasSizeLessThan(patient.state().factCount());
    assertThat(patient.state().frontier()).isPositive();
    for (int week = 1; week <= 20; week++) {
      patient.until(patient.now().plus(Duration.ofDays(7)));
      Invariants.assertUnthinnedGivesTheSame(patient);
    }
  }
}
