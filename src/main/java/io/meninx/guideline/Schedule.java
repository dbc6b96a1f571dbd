package io.meninx.guideline;

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
}
