package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.Priority;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.replay.Divergence.FieldChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What another guideline would have decided on the same history.
 *
 * @param guideline the other one
 * @param byCode how decisions change, by kind and code, sorted
 * @param patients those for whom anything changes, sorted by id
 */
public record WhatIf(Guideline guideline, List<CodeCount> byCode, List<PatientChange> patients) {
  public WhatIf {
    byCode = List.copyOf(byCode);
    patients = List.copyOf(patients);
  }

  /** How something changes. Before: as recorded; after: by the other guideline. */
  public enum Change {
    /** It would not have come. */
    GONE,
    /** It would have come and did not. */
    NEW,
    /** It would have come sooner. */
    EARLIER,
    /** It would have come later. */
    LATER,
    /** At the same time it would say something else, or go on otherwise. */
    OTHERWISE
  }

  /**
   * How decisions of one code change.
   *
   * @param subject EVENT, or ALERT for the lives of alerts
   * @param name type and code of the event; code and gap of the alert
   * @param before how many there were
   * @param after how many there would have been
   * @param gone of those before
   * @param added of those after
   * @param earlier moved
   * @param later moved
   * @param otherwise same time, other content
   * @param patients with any change of it
   */
  public record CodeCount(
      Divergence.Subject subject,
      String name,
      long before,
      long after,
      long gone,
      long added,
      long earlier,
      long later,
      long otherwise,
      long patients) {}

  /**
   * A patient for whom something changes.
   *
   * @param patient whom
   * @param partition where
   * @param from the first moment at which anything is otherwise
   * @param decisions events that change, in order of time
   * @param alerts alerts that change, in order of time
   */
  public record PatientChange(
      PatientId patient,
      int partition,
      Instant from,
      List<DecisionChange> decisions,
      List<AlertChange> alerts) {
    public PatientChange {
      decisions = List.copyOf(decisions);
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * A pathway event that changes.
   *
   * @param change how
   * @param name type and code, and gap if it has one
   * @param rule behind it
   * @param position the entry in which it was recorded, or would have been
   * @param before when it came
   * @param after when it would have come
   * @param entriesBefore of the schedule, if it is about one, as it came
   * @param entriesAfter of the schedule, as it would have come
   * @param otherFields what else it would have said otherwise, when it came at the same time
   */
  public record DecisionChange(
      Change change,
      String name,
      String rule,
      JournalPosition position,
      Optional<Instant> before,
      Optional<Instant> after,
      List<ScheduleEntry> entriesBefore,
      List<ScheduleEntry> entriesAfter,
      List<FieldChange> otherFields) {
    public DecisionChange {
      otherFields = List.copyOf(otherFields);
      entriesBefore = List.copyOf(entriesBefore);
      entriesAfter = List.copyOf(entriesAfter);
    }

    /** Whether it is on both sides, with other entries of its schedule. */
    public boolean otherEntries() {
      return before.isPresent() && after.isPresent() && !entriesBefore.equals(entriesAfter);
    }

    /** How much later it would have come; negative: earlier. */
    public Optional<Duration> shift() {
      return before.flatMap(at -> after.map(then -> Duration.between(at, then)));
    }

    /** The earlier of its two times. */
    public Instant at() {
      return earlier(before, after);
    }

    /** The entry with the recorded decision that would be otherwise; none when it is new. */
    List<JournalPosition> recordedIn() {
      return before.isPresent() ? List.of(position) : List.of();
    }
  }

  /**
   * An alert whose life changes. EARLIER and LATER compare when it opened; when that is the same,
   * OTHERWISE: it would have ended, risen or been notified at another time, or told people
   * something else.
   *
   * @param change how
   * @param code of the alert
   * @param gap if it has one
   * @param rule behind it
   * @param position the entry from which on its life is otherwise: in which it opened, or would
   *     have; of two lives that begin alike, that of the first step which is not on both sides
   * @param highest the highest priority of the two lives
   * @param before its life as it was
   * @param after its life as it would have been
   * @param otherFields what it would have told people otherwise, when it opened at the same time
   */
  public record AlertChange(
      Change change,
      AlertCode code,
      Optional<String> gap,
      String rule,
      JournalPosition position,
      Priority highest,
      Optional<AlertSpan> before,
      Optional<AlertSpan> after,
      List<FieldChange> otherFields) {
    public AlertChange {
      otherFields = List.copyOf(otherFields);
    }

    /** How much later it would have opened; negative: earlier. */
    public Optional<Duration> shift() {
      return before.flatMap(
          life -> after.map(then -> Duration.between(life.openedAt(), then.openedAt())));
    }

    /** How much later people would first have been told; negative: earlier. */
    public Optional<Duration> notificationShift() {
      return before
          .flatMap(AlertSpan::notifiedAt)
          .flatMap(
              at -> after.flatMap(AlertSpan::notifiedAt).map(then -> Duration.between(at, then)));
    }

    /**
     * The first moment at which it is otherwise: the earlier of the two openings; of two lives that
     * begin alike, the first step that is not on both sides.
     */
    public Instant at() {
      int same = sameSteps();
      return earlier(
          before.flatMap(life -> life.step(same)).map(AlertSpan.Step::at),
          after.flatMap(life -> life.step(same)).map(AlertSpan.Step::at));
    }

    /**
     * The entries with recorded revisions that would not have been made, or not then, or not so.
     */
    List<JournalPosition> recordedIn() {
      return before.map(life -> life.positionsOfStepsNotIn(after)).orElse(List.of());
    }

    private int sameSteps() {
      return before.flatMap(life -> after.map(life::sameSteps)).orElse(0);
    }
  }

  private static Instant earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isPresent() && other.isPresent()) {
      return one.get().isBefore(other.get()) ? one.get() : other.get();
    }
    return one.or(() -> other).orElseThrow();
  }
}
