package io.meninx.guideline;

import io.meninx.fact.Fact;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells of treatments whose basis changed (G46-G48). */
final class CorrectionRules {
  private static final RuleRef RULE = RuleRef.of("G46", "G47", "G48");

  private final Evaluation e;
  private final Mdt mdt;

  CorrectionRules(Evaluation evaluation, Mdt mdt) {
    this.e = evaluation;
    this.mdt = mdt;
  }

  /**
   * Corrections of the last 28 days; the alert stays about the first of the chain they belong to,
   * since the others came on top of it.
   */
  void apply() {
    List<Correction> chain = chain();
    List<Correction> told = told(chain);
    if (told.isEmpty()) {
      return;
    }
    List<Evidence> evidence = new ArrayList<>();
    told.forEach(correction -> evidence.addAll(evidence(correction)));
    boolean stat = told.stream().anyMatch(Correction::newContraindication);
    AlertDraft draft =
        AlertDraft.of(AlertCode.DECISION_BASIS_CHANGED, chain.getFirst().reportId().value(), RULE)
            .priority(stat ? Priority.STAT : Priority.URGENT)
            .to(Audience.TREATING_ONCOLOGIST, Audience.NEURO_ONCOLOGY)
            .says(
                "A result was corrected after treatment was given on it; changed: "
                    + String.join(
                        ", ", told.stream().flatMap(c -> c.differs().stream()).distinct().toList()))
            .evidence(evidence);
    told.forEach(
        correction -> draft.because(correction.reportId().value() + "@" + correction.at()));
    e.alert(draft);
    pauseAsked(told).ifPresent(this::pause);
  }

  private Duration span() {
    return Duration.ofDays(e.parameters.alerts().pastActDays());
  }

  private List<Correction> chain() {
    List<Correction> standing =
        e.corrections().stream().filter(correction -> !allEnded(correction)).toList();
    return Correction.chain(standing, e.moment().now().minus(span()), span());
  }

  private List<Correction> told(List<Correction> chain) {
    List<Correction> told = new ArrayList<>();
    for (Correction correction : chain) {
      if (!e.moment().reached(correction.at().plus(span()))) {
        told.add(correction);
      }
    }
    return told;
  }

  private static Optional<Correction> pauseAsked(List<Correction> told) {
    return told.stream().filter(correction -> correction.gap().equals(Mdt.PAUSE)).findFirst();
  }

  /**
   * What speaks for a pause of intrathecal treatment (G47); nothing when nothing does, cytology is
   * positive all the same, or the board has answered.
   */
  List<Evidence> forPause() {
    return e.diagnosis().csf().is(CsfAxis.Value.POS)
        ? List.of()
        : pauseAsked(told(chain()))
            .filter(correction -> !isAnswered(correction))
            .map(this::evidence)
            .orElse(List.of());
  }

  private boolean isAnswered(Correction correction) {
    return report(correction)
        .filter(
            report ->
                mdt.isAnswered(
                    Mdt.PAUSE,
                    new Known<>(report, report.current().fact()),
                    Days.of(correction.at())))
        .isPresent();
  }

  /** G47: the board looks at a pause of intrathecal treatment the same day. */
  private void pause(Correction correction) {
    report(correction)
        .ifPresent(
            report ->
                mdt.ask(
                    Mdt.PAUSE,
                    Priority.URGENT,
                    new Known<>(report, report.current().fact()),
                    Days.of(correction.at()),
                    "cytology no longer positive after intrathecal treatment began: consider a"
                        + " pause",
                    evidence(correction)));
  }

  private boolean allEnded(Correction correction) {
    for (Act act : e.picture.acts()) {
      if (correction.acts().contains(act.id()) && !e.picture.ended(act)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Report> report(Correction correction) {
    return e.picture.reports().stream()
        .filter(
            report ->
                report.header().reportId().equals(correction.reportId())
                    && !report.earlier().isEmpty()) // another kind of report may have the same id
        .findFirst();
  }

  private List<Evidence> evidence(Correction correction) {
    List<Evidence> evidence = new ArrayList<>();
    report(correction)
        .ifPresent(
            report -> {
              Known<Fact> known = new Known<>(report, report.current().fact());
              boolean withdrawn = report.header().status() == ResultStatus.WITHDRAWN;
              evidence.add(known.evidence(withdrawn ? "withdrawn" : "corrected"));
            });
    for (Act act : e.picture.acts()) {
      if (correction.acts().contains(act.id())) {
        evidence.add(act.evidence());
      }
    }
    return evidence;
  }
}
