package io.meninx.guideline;

import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Data that can't be right, or contradict each other (G11, G49, G51). */
final class DataRules {
  private static final RuleRef CONFLICT = RuleRef.of("DATA_CONFLICT", "G11", "G49", "G51");

  private final Evaluation e;

  DataRules(Evaluation evaluation) {
    this.e = evaluation;
  }

  /** One alert names everything that is in conflict now; anchored at the earliest of the facts. */
  void conflicts() {
    List<Evidence> evidence = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Known<Fact> known : e.picture.implausible()) {
      evidence.add(known.evidence("observedAt implausible"));
      names.add("implausible time");
    }
    for (Known<CsfResult> known : e.picture.mistimed()) {
      evidence.add(
          known.evidence(
              "minutesToProcessing=" + known.fact().minutesToProcessing().orElseThrow()));
      names.add("processed before collected");
    }
    for (Known<Fact> known : e.picture.reportedAhead()) {
      if (!e.moment().reached(known.header().reportedAt())) {
        evidence.add(known.evidence("reportedAt=" + known.header().reportedAt()));
        names.add("reported in the future");
      }
    }
    for (Report report : e.picture.amended()) {
      if (tied(report)) {
        evidence.add(
            new Known<>(report, report.current().fact())
                .evidence("two versions of one time differ"));
        names.add("two versions of one time");
      }
    }
    if (e.diagnosis().imaging().letter() == ImagingAxis.Letter.CONFLICT) {
      evidence.addAll(e.diagnosis().imaging().evidence());
      names.add("MRI reports disagree");
    }
    for (Molecular.Result result : e.molecular().genes().values()) {
      if (result.meaning() == Molecular.Meaning.CONTRADICTORY) {
        evidence.add(result.evidence());
        names.add("one report has two results of " + result.gene());
      }
    }
    if (evidence.isEmpty()) {
      return;
    }
    Evidence earliest =
        evidence.stream()
            .min(
                Comparator.comparing((Evidence fact) -> fact.observedAt().instant())
                    .thenComparing(Evidence::factId))
            .orElseThrow();
    AlertDraft draft =
        AlertDraft.of(AlertCode.DATA_CONFLICT, earliest.factId(), CONFLICT)
            .priority(Priority.URGENT)
            .to(Audience.DATA_STEWARD, Audience.NEURO_ONCOLOGY)
            .says("Data in conflict: " + String.join(", ", names.stream().distinct().toList()))
            .evidence(evidence);
    evidence.forEach(fact -> draft.because(fact.factId()));
    e.alert(draft);
  }

  /** G49: the current version and the one before it bear the same time and status, and differ. */
  private static boolean tied(Report report) {
    if (report.earlier().isEmpty() || !report.header().status().counts()) {
      return false;
    }
    StoredFact before = report.earlier().getLast();
    return before.fact().header().reportedAt().equals(report.header().reportedAt())
        && before.fact().header().status() == report.header().status()
        && !before.fact().sameContent(report.current().fact());
  }
}
