package io.meninx.guideline;

import io.meninx.fact.Lists;
import java.util.List;

/**
 * A schedule of a patient.
 *
 * @param code which
 * @param entries sorted by due date
 */
public record Schedule(ScheduleCode code, List<ScheduleEntry> entries) {
  public Schedule {
    entries = List.copyOf(entries);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Schedule that
            && code == that.code
            && Lists.equal(entries, that.entries);
  }

  @Override
  public int hashCode() {
    return 31 * code.ordinal() + entries.hashCode();
  }
}
