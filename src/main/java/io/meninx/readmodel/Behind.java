package io.meninx.readmodel;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the read model is behind the committed ends of the output topics.
 *
 * @param records not read yet, when that was last measured
 * @param measuredAt when that was, by the clock of this machine; absent before the first time. Old
 *     means that the cluster does not answer, and nobody knows how far behind this is
 * @param newest logical time of the newest decision that was read
 * @param unreadable records since the start that this program cannot read; they are left out
 */
public record Behind(
    long records, Optional<Instant> measuredAt, Optional<Instant> newest, long unreadable) {}
