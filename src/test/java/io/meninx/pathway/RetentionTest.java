package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertKeys;
import io.meninx.guideline.Findings;
import io.meninx.guideline.GuidelineRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
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
        assertUnthinnedGivesTheSame(patient);
      }
    }

    assertThat(patient.state().factCount()).isGreaterThan(200);
    assertThat(patient.state().retained()).hasSizeLessThan(patient.state().factCount());
    assertThat(patient.state().frontier()).isPositive();
    for (int week = 1; week <= 20; week++) {
      patient.until(patient.now().plus(Duration.ofDays(7)));
      assertUnthinnedGivesTheSame(patient);
    }
  }

  /** The same facts, decided by rules that saw all reports at once. */
  static void assertUnthinnedGivesTheSame(Patient patient) {
    List<Report> all =
        patient.all().stream()
            .collect(Collectors.groupingBy(fact -> fact.fact().header().reportId()))
            .values()
            .stream()
            .map((List<StoredFact> versions) -> Report.of(versions))
            .sorted(Report.FOLD_ORDER)
            .toList();
    assertThat(patient.state().corrections())
        .isEqualTo(
            new GuidelineRules(patient.engine().guideline().parameters())
                .corrections(all, patient.now()));
    var whole = patient.engine().findings(all, patient.state().corrections(), patient.now());
    assertThat(patient.visible().recommendations())
        .containsExactlyElementsOf(whole.recommendations().keySet());
    assertThat(patient.visible().statusGroup()).isEqualTo(whole.statusGroup().value());
    assertThat(patient.visible().type()).isEqualTo(whole.classification().type());
    assertThat(patient.visible().schedules())
        .containsExactlyInAnyOrderElementsOf(
            whole.schedules().values().stream().map(Findings.Reasoned::value).toList());
    assertThat(patient.state().alerts())
        .extracting(alert -> alert.last().alertKey())
        .containsExactlyInAnyOrderElementsOf(
            whole.alertsInOrder().stream()
                .map(finding -> AlertKeys.of(Facts.PATIENT, finding.slot(), finding.anchor()))
                .toList());
  }
}
