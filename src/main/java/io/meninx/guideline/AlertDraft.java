package io.meninx.guideline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An alert finding in the making; reads like the row of the contract's table. */
final class AlertDraft {
  private final AlertCode code;
  private final String anchor;
  private Optional<String> gap = Optional.empty();
  private Optional<AlertStage> stage = Optional.empty();
  private Priority priority = Priority.ROUTINE;
  private Optional<Instant> dueAt = Optional.empty();
  private List<Audience> audience = List.of(Audience.NEURO_ONCOLOGY);
  private String summary = "";
  private RuleRef rule;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  private AlertDraft(AlertCode code, String anchor, RuleRef rule) {
    this.code = code;
    this.anchor = anchor;
    this.rule = rule;
  }

  static AlertDraft of(AlertCode code, String anchor, RuleRef rule) {
    return new AlertDraft(code, anchor, rule);
  }

  AlertDraft gap(String value) {
    gap = Optional.of(value);
    return this;
  }

  AlertDraft stage(AlertStage value) {
    stage = Optional.of(value);
    return this;
  }

  AlertDraft priority(Priority value) {
    priority = value;
    return this;
  }

  AlertDraft dueOn(long day) {
    dueAt = Optional.of(Days.start(day));
    return this;
  }

  AlertDraft to(Audience... values) {
    audience = List.of(values);
    return this;
  }

  AlertDraft says(String value) {
    summary = value;
    return this;
  }

  AlertDraft rule(RuleRef value) {
    rule = value;
    return this;
  }

  AlertDraft evidence(List<Evidence> values) {
    evidence.addAll(values);
    return this;
  }

  AlertDraft evidence(Evidence value) {
    evidence.add(value);
    return this;
  }

  AlertDraft missing(List<String> values) {
    missing.addAll(values);
    return this;
  }

  /** A distinct reason: naming another one later wakes a silenced alert. */
  AlertDraft because(String fingerprint) {
    reasons.add(fingerprint);
    return this;
  }

  /**
   * The acts it is about: evidence, and one reason per intrathecal course or, of what else is
   * given, per order; not per dose (contract section 5).
   */
  AlertDraft about(Evaluation e, List<Act> acts) {
    for (Act act : acts) {
      evidence.add(act.evidence());
      reasons.add(
          e.course(act).map(course -> "course:" + course.first().id()).orElseGet(() -> order(act)));
    }
    return this;
  }

  private static String order(Act act) {
    return act.fact()
        .orderId()
        .map(order -> "order:" + order)
        .orElseGet(() -> act.fact().modality() + ":" + act.field() + ":" + act.agent().names());
  }

  AlertFinding finding() {
    return new AlertFinding(
        new Findings.AlertSlot(code, gap),
        anchor,
        stage,
        priority,
        dueAt,
        audience,
        summary,
        Reason.met(rule, evidence, missing),
        reasons,
        false);
  }
}
