package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.PatientId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions for the tumour board: the gaps of the guideline that only people can answer (contract
 * section 5).
 */
final class Mdt {
  /**
   * A question that stands.
   *
   * @param gap code
   * @param anchor gap with the report it is about: another report asks anew
   * @param needDay day it arose
   * @param evidence it rests on
   */
  record Question(String gap, String anchor, long needDay, List<Evidence> evidence) {}

  private final Evaluation evaluation;

  /** Of each gap that was asked about. */
  private final Map<String, RuleRef> rules = new HashMap<>(4);

  Mdt(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** A question arises: a recommendation and an alert, both with the gap code. */
  void ask(
      String gap,
      Priority priority,
      Known<?> about,
      long needDay,
      String says,
      List<Evidence> evidence) {
    RuleRef rule = rules.computeIfAbsent(gap, RuleRef::of);
    Recommendation recommendation =
        new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of(gap));
    evaluation.recommend(recommendation, Reason.met(rule, evidence));
    if (evaluation.declines(RecommendationCode.MDT_REVIEW)) {
      return;
    }
    String anchor = gap + ":" + about.id();
    evaluation.alert(
        AlertDraft.of(AlertCode.MDT_REVIEW_NEEDED, anchor, rule)
            .gap(gap)
            .priority(priority)
            .dueOn(
                Days.plusWorkingDays(needDay, evaluation.parameters.schedules().mdtAnswer().due()))
            .to(Audience.MDT_COORDINATOR)
            .says("Tumour board question " + gap + ": " + says)
            .evidence(evidence)
            .because(anchor));
    if (!answered(gap, anchor, about.header().patientId(), needDay)) {
      evaluation.question(new Question(gap, anchor, needDay, evidence));
    }
  }

  /** A board's answer is a response to the alert that carries the board's id. */
  private boolean answered(String gap, String anchor, PatientId patient, long needDay) {
    for (Known<AlertResponse> known : evaluation.picture.responses()) {
      AlertResponse response = known.fact();
      if (response.mdtId().isEmpty() || known.day() < needDay) {
        continue;
      }
      boolean byKey =
          response.alertKey().isPresent()
              && response.alertKey().get().equals(key(gap, anchor, patient));
      boolean byCode =
          response.alertKey().isEmpty()
              && response.code().map(AlertCode.MDT_REVIEW_NEEDED.name()::equals).orElse(false)
              && response.gap().map(gap::equals).orElse(true);
      if (byKey || byCode) {
        return true;
      }
    }
    return false;
  }

  private static String key(String gap, String anchor, PatientId patient) {
    return AlertKeys.of(
        patient, new Findings.AlertSlot(AlertCode.MDT_REVIEW_NEEDED, Optional.of(gap)), anchor);
  }
}
