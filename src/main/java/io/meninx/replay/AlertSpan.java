package io.meninx.replay;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.ResolutionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The life of one alert, from the revision that opened it to the one that ended it. An alert that
 * comes back under the same key has another one.
 *
 * @param position the entry in which it opened
 * @param alertKey its key
 * @param code kind of alert
 * @param gap if it has one
 * @param rule behind the first revision
 * @param summary of the last revision
 * @param steps what happened to it, oldest first; at least one
 */
public record AlertSpan(
    JournalPosition position,
    String alertKey,
    AlertCode code,
    Optional<String> gap,
    String rule,
    String summary,
    List<Step> steps) {

  public AlertSpan {
    steps = List.copyOf(steps);
  }

  /**
   * One revision, as far as the life is concerned.
   *
   * @param at time of the decision
   * @param state from then on
   * @param stage from then on, for alerts that have one
   * @param priority from then on
   * @param notifies whether people were told
   * @param reason why it ended
   * @param text what it tells people from then on
   * @param sequence number of the entry it was decided in; the partition is that of the life
   */
  public record Step(
      Instant at,
      AlertState state,
      Optional<AlertStage> stage,
      Priority priority,
      boolean notifies,
      Optional<ResolutionReason> reason,
      AlertText text,
      long sequence) {

    /** The same with an equal text that is there already. */
    Step saying(AlertText same) {
      return new Step(at, state, stage, priority, notifies, reason, same, sequence);
    }

    /** Whether the same happened at the same time, in whatever entry. */
    boolean same(Step other) {
      return at.equals(other.at)
          && state == other.state
          && stage.equals(other.stage)
          && priority == other.priority
          && notifies == other.notifies
          && reason.equals(other.reason)
          && text.equals(other.text);
    }
  }

  /** The life that begins with this revision. */
  static AlertSpan opened(JournalPosition position, AlertRevision revision) {
    return new AlertSpan(
        position,
        revision.alertKey(),
        revision.code(),
        revision.gap(),
        revision.rule().id(),
        revision.summary(),
        List.of(step(position, revision, AlertText.of(revision))));
  }

  /** The same with one more revision. */
  AlertSpan with(JournalPosition at, AlertRevision revision) {
    List<Step> more = new ArrayList<>(steps);
    AlertText text = AlertText.of(revision);
    AlertText last = steps.getLast().text();
    more.add(step(at, revision, text.equals(last) ? last : text));
    return new AlertSpan(position, alertKey, code, gap, rule, revision.summary(), more);
  }

  private static Step step(JournalPosition position, AlertRevision revision, AlertText text) {
    return new Step(
        revision.at(),
        revision.state(),
        revision.stage(),
        revision.priority(),
        revision.notifies(),
        revision.resolutionReason(),
        text,
        position.sequence());
  }

  /** Whether the same happened to the same alert at the same times, and it said the same. */
  boolean sameLife(AlertSpan other) {
    return alertKey.equals(other.alertKey)
        && steps.size() == other.steps.size()
        && sameSteps(other) == steps.size();
  }

  /** How many steps are the same as those of another life, from the first on. */
  int sameSteps(AlertSpan other) {
    if (!alertKey.equals(other.alertKey)) {
      return 0;
    }
    int shorter = Math.min(steps.size(), other.steps.size());
    int same = 0;
    while (same < shorter && steps.get(same).same(other.steps.get(same))) {
      same++;
    }
    return same;
  }

  /** The step with this index, counted from 0, if it came so far. */
  Optional<Step> step(int index) {
    return index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
  }

  /** The entries in which steps were decided that another life of the same alert does not have. */
  List<JournalPosition> positionsOfStepsNotIn(Optional<AlertSpan> other) {
    List<Step> others =
        other
            .filter(life -> alertKey.equals(life.alertKey))
            .map(AlertSpan::steps)
            .orElse(List.of());
    return steps.stream()
        .filter(step -> others.stream().noneMatch(step::same))
        .map(this::positionOf)
        .toList();
  }

  /** The entry in which a step of it was decided. */
  JournalPosition positionOf(Step step) {
    return new JournalPosition(position.partition(), step.sequence());
  }

  /** When it opened. */
  public Instant openedAt() {
    return steps.getFirst().at();
  }

  /** When it ended; absent while it is open. */
  public Optional<Instant> endedAt() {
    Step last = steps.getLast();
    boolean ended = last.state() == AlertState.RESOLVED || last.state() == AlertState.RETRACTED;
    return ended ? Optional.of(last.at()) : Optional.empty();
  }

  /** When people were first told; absent when they never were. */
  public Optional<Instant> notifiedAt() {
    return steps.stream().filter(Step::notifies).map(Step::at).findFirst();
  }

  /** When it first had this stage. */
  public Optional<Instant> reached(AlertStage stage) {
    return steps.stream()
        .filter(step -> step.stage().filter(stage::equals).isPresent())
        .map(Step::at)
        .findFirst();
  }

  /** The highest priority it ever had. */
  public Priority highest() {
    return steps.stream().map(Step::priority).max(Priority::compareTo).orElseThrow();
  }
}
