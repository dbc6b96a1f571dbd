package io.meninx.guideline;

import java.time.Instant;

/**
 * One entry of a schedule.
 *
 * @param dueAt 00:00Z of the target day; for a done entry of the methotrexate calendar the day
 *     given
 * @param state where it stands
 */
public record ScheduleEntry(Instant dueAt, EntryState state) {}
