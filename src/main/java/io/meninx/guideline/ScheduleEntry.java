package io.meninx.guideline;

import java.time.Instant;

/**
 * One entry of a schedule.
 *
 * @param dueAt 00:00Z of the target day; for a done entry of the methotrexate calendar the day
 *     given
 * @param state where it stands
 */
public record ScheduleEntry(Instant dueAt, EntryState state) {
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof ScheduleEntry that && state == that.state && dueAt.equals(that.dueAt);
  }

  @Override
  public int hashCode() {
    return 31 * dueAt.hashCode() + state.ordinal();
  }
}
