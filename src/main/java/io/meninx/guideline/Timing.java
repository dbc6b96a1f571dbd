package io.meninx.guideline;

import java.util.Optional;

/**
 * Where one entry of a schedule stands: DUE from 00:00Z of the window's first day, OVERDUE and
 * CRITICAL from 00:00Z of the day after the previous limit (contract section 6).
 *
 * @param targetDay the day dueAt names
 * @param stage empty while the window is not open yet
 */
record Timing(long targetDay, Optional<AlertStage> stage) {

  /** A window in days after day 0. */
  static Timing days(Moment moment, long dayZero, Parameters.Window window) {
    return at(
        moment,
        dayZero + window.target(),
        dayZero + window.from(),
        dayZero + window.due(),
        dayZero + window.overdue());
  }

  /** A window in working days after day 0. */
  static Timing workingDays(Moment moment, long dayZero, Parameters.Window window) {
    return at(
        moment,
        Days.plusWorkingDays(dayZero, window.target()),
        Days.plusWorkingDays(dayZero, window.from()),
        Days.plusWorkingDays(dayZero, window.due()),
        Days.plusWorkingDays(dayZero, window.overdue()));
  }

  /** A window around a target day. */
  static Timing around(Moment moment, long targetDay, Parameters.Grace grace) {
    return at(
        moment,
        targetDay,
        targetDay - grace.beforeDays(),
        targetDay + grace.lateDays(),
        targetDay + grace.overdueDays());
  }

  /** From explicit days: first due, last due, last overdue. */
  static Timing at(Moment moment, long targetDay, long from, long due, long overdue) {
    if (!moment.reachedDay(from)) {
      return new Timing(targetDay, Optional.empty());
    }
    if (!moment.reachedDay(due + 1)) {
      return new Timing(targetDay, Optional.of(AlertStage.DUE));
    }
    if (!moment.reachedDay(overdue + 1)) {
      return new Timing(targetDay, Optional.of(AlertStage.OVERDUE));
    }
    return new Timing(targetDay, Optional.of(AlertStage.CRITICAL));
  }

  /** As an entry of a schedule; a declined one is suspended, not deleted (G60). */
  ScheduleEntry entry(boolean suspended) {
    EntryState state =
        suspended
            ? EntryState.SUSPENDED
            : stage
                .map(
                    value ->
                        switch (value) {
                          case DUE -> EntryState.DUE;
                          case OVERDUE -> EntryState.OVERDUE;
                          case CRITICAL -> EntryState.CRITICAL;
                        })
                .orElse(EntryState.PLANNED);
    return new ScheduleEntry(Days.start(targetDay), state);
  }
}
