package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.PatientId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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

  /**
   * What a question is about.
   *
   * @param report that stays its anchor
   * @param needDay day it arose
   * @param lastDay day the last of its reasons came: after an answer of before, that is when it was
   *     asked
   * @param reasons beside the report: another one wakes a silenced alert
   */
  record Subject(Known<?> report, long needDay, long lastDay, List<String> reasons) {}

  /** Gap of the question whether intrathecal treatment is paused: asked for the same day. */
  static final String PAUSE = "G47";

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
    ask(gap, priority, new Subject(about, needDay, needDay, List.of()), says, evidence);
  }

  /** The same, of a question that may get further reasons. */
  void ask(String gap, Priority priority, Subject subject, String says, List<Evidence> evidence) {
    RuleRef rule = rules.computeIfAbsent(gap, RuleRef::of);
    Recommendation recommendation =
        new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of(gap));
    evaluation.recommend(recommendation, Reason.met(rule, evidence));
    if (evaluation.declines(RecommendationCode.MDT_REVIEW)) {
      return;
    }
    String anchor = gap + ":" + subject.report().id();
    OptionalLong answer = lastAnswer(gap, anchor, subject);
    long asked = answer.isPresent() ? subject.lastDay() : subject.needDay();
    AlertDraft draft =
        AlertDraft.of(AlertCode.MDT_REVIEW_NEEDED, anchor, rule)
            .gap(gap)
            .priority(priority)
            .dueOn(Days.plusWorkingDays(asked, turnaround(gap).due()))
            .to(Audience.MDT_COORDINATOR)
            .says("Tumour board question " + gap + ": " + says)
            .evidence(evidence)
            .because(anchor);
    subject.reasons().forEach(draft::because);
    evaluation.alert(draft);
    if (answer.isEmpty() || answer.getAsLong() < subject.lastDay()) {
      evaluation.question(new Question(gap, anchor, asked, evidence));
    }
  }

  /**
   * How long the board may take for an answer: for a pause of treatment that is given (G47) the day
   * it is asked, and as long as for others from overdue to critical.
   */
  Parameters.Turnaround turnaround(String gap) {
    Parameters.Turnaround answer = evaluation.parameters.schedules().mdtAnswer();
    return gap.equals(PAUSE)
        ? new Parameters.Turnaround(0, answer.overdue() - answer.due())
        : answer;
  }

  /** Whether the board has answered a question since it arose. */
  boolean isAnswered(String gap, Known<?> about, long needDay) {
    return lastAnswer(gap, gap + ":" + about.id(), new Subject(about, needDay, needDay, List.of()))
        .isPresent();
  }

  /**
   * Day of the board's last answer, since the question arose: a response to the alert that carries
   * the board's id.
   */
  private OptionalLong lastAnswer(String gap, String anchor, Subject subject) {
    long last = Long.MIN_VALUE;
    for (Known<AlertResponse> known : evaluation.picture.responses()) {
      AlertResponse response = known.fact();
      if (response.mdtId().isEmpty() || known.day() < subject.needDay()) {
        continue;
      }
      boolean byKey =
          response.alertKey().isPresent()
              && response
                  .alertKey()
                  .get()
                  .equals(key(gap, anchor, subject.report().header().patientId()));
      boolean byCode =
          response.alertKey().isEmpty()
              && response.code().map(AlertCode.MDT_REVIEW_NEEDED.name()::equals).orElse(false)
              && response.gap().map(gap::equals).orElse(true);
      if (byKey || byCode) {
        last = Math.max(last, known.day());
      }
    }
    return last == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last);
  }

  private static String key(String gap, String anchor, PatientId patient) {
    return AlertKeys.of(
        patient, new Findings.AlertSlot(AlertCode.MDT_REVIEW_NEEDED, Optional.of(gap)), anchor);
  }
}
