package io.meninx.guideline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that run together, with what they looked at when they ran last and what they found. As long
 * as nothing of that changed and no time they asked for has come, they would find the same again,
 * and need not run.
 */
final class RuleGroup {

  /** For whom rules run. */
  enum Scope {
    /** For everybody. */
    ALWAYS,
    /** Until death. */
    LIVING,
    /** While the pathway is open. */
    OPEN
  }

  /**
   * A recommendation looked at.
   *
   * @param stands whether it is given; otherwise the reason says what stands against it
   */
  record Considered(Recommendation recommendation, Reason reason, boolean stands) {}

  /**
   * A contraindication that stands.
   *
   * @param code what it stands against
   * @param reason for it
   */
  record Standing(ContraindicationCode code, Reason reason) {}

  private final Scope scope;
  private final Runnable rules;

  private List<Considered> recommendations = List.of();
  private List<Standing> contraindications = List.of();
  private List<Findings.Reasoned<Schedule>> schedules = List.of();
  private List<AlertFinding> alerts = List.of();
  private List<Mdt.Question> questions = List.of();

  private boolean ran;
  private long looked;
  private long differs;
  private @Nullable Instant next;

  RuleGroup(Scope scope, Runnable rules) {
    this.scope = scope;
    this.rules = rules;
  }

  Scope scope() {
    return scope;
  }

  /** Whether they would find the same again. */
  boolean stands(long changed, Instant now) {
    Instant until = next;
    return ran && (looked & changed) == 0 && (until == null || now.isBefore(until));
  }

  /**
   * Runs the rules.
   *
   * @return which of the aspects that other rules can look at differ from what was found before
   */
  long run(Looked reading, Moment moment) {
    ran = false;
    List<Considered> before = recommendations;
    List<Standing> stood = contraindications;
    List<Findings.Reasoned<Schedule>> scheduled = schedules;
    List<AlertFinding> alerted = alerts;
    List<Mdt.Question> asked = questions;
    clear();
    reading.take();
    moment.takeNext();
    rules.run();
    looked = reading.take();
    next = moment.takeNext();
    ran = true;
    differs = 0;
    recommendations = settled(recommendations, before, Aspect.RECOMMENDATIONS);
    contraindications = settled(contraindications, stood, Aspect.CONTRAINDICATIONS);
    schedules = settled(schedules, scheduled, Aspect.SCHEDULES);
    alerts = settled(alerts, alerted, Aspect.ALERTS);
    questions = settled(questions, asked, Aspect.QUESTIONS);
    return differs;
  }

  /** What was found before, if it is the same; otherwise it is noted that it differs. */
  private <T> List<T> settled(List<T> found, List<T> before, Aspect aspect) {
    if (found.equals(before)) {
      return before;
    }
    differs |= aspect.bit();
    return found;
  }

  /** As if they had never run. */
  void forget() {
    ran = false;
    clear();
  }

  private void clear() {
    recommendations = List.of();
    contraindications = List.of();
    schedules = List.of();
    alerts = List.of();
    questions = List.of();
    next = null;
  }

  /** When time alone may change what they find. */
  @Nullable Instant next() {
    return next;
  }

  // ------------------------------------------------------------------ what they find

  void add(Considered considered) {
    recommendations = with(recommendations, considered);
  }

  void add(Standing standing) {
    contraindications = with(contraindications, standing);
  }

  void add(Findings.Reasoned<Schedule> schedule) {
    schedules = with(schedules, schedule);
  }

  void add(AlertFinding alert) {
    alerts = with(alerts, alert);
  }

  void add(Mdt.Question question) {
    questions = with(questions, question);
  }

  private static <T> List<T> with(List<T> list, T added) {
    List<T> longer = list.isEmpty() ? new ArrayList<>(2) : list;
    longer.add(added);
    return longer;
  }

  List<Considered> recommendations() {
    return recommendations;
  }

  List<Standing> contraindications() {
    return contraindications;
  }

  List<Findings.Reasoned<Schedule>> schedules() {
    return schedules;
  }

  List<AlertFinding> alerts() {
    return alerts;
  }

  List<Mdt.Question> questions() {
    return questions;
  }
}
