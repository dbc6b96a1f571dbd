package io.meninx.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the read model is behind the committed ends of the output topics.
 *
 * @param records not read yet, when that was last measured
 * @param measuredAt when that was, by the clock of this machine; absent before the first time
 * @param age since then, or since reading began before the first time, by a clock that does not
 *     jump. Old means that the cluster does not answer, and nobody knows how far behind this is
 * @param newest logical time of the newest decision that was read
 * @param logicalTime of the newest tick that was read: decisions may be far older when nothing
 *     happens; absent before the first one
 * @param unreadable records that could not be read and were left out, since the files were made: a
 *     program with other schemas makes them anew
 * @param skipped records that brokers deleted before they were read, since the files were made
 * @param alertsNotRead open alerts that states of patients name and of which no revision is here:
 *     brokers deleted it before the files were made, or a null erased it before the state was
 *     written again. Absent until all that there was at the start was read, and a few seconds more
 */
public record Behind(
    long records,
    Optional<Instant> measuredAt,
    Duration age,
    Optional<Instant> newest,
    Optional<Instant> logicalTime,
    long unreadable,
    long skipped,
    OptionalLong alertsNotRead) {

  /** The same, when it is so old. */
  Behind aged(Duration time) {
    return new Behind(
        records, measuredAt, time, newest, logicalTime, unreadable, skipped, alertsNotRead);
  }
}
