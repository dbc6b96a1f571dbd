package io.meninx.fact;

import java.time.Instant;

/**
 * A fact version as it is kept: with the time it was received.
 *
 * @param fact the version
 * @param receivedAt record time of the input, the broker's append time
 */
public record StoredFact(Fact fact, Instant receivedAt) {}
