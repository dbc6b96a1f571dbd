package io.meninx.journal;

import io.meninx.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An input as it was understood. */
public sealed interface Input {
  /**
   * A fact about a patient, or a person's answer to an alert.
   *
   * @param fact the version
   */
  record OfFact(Fact fact) implements Input {}

  /**
   * A tick of the clock.
   *
   * @param time the time it tells
   * @param instance who tells it
   */
  record OfTick(Instant time, String instance) implements Input {
    /** A tick may be this far ahead of its own record time (contract section 2). */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** How far it is ahead of its record time, when that is more than it may be. */
    public Optional<Duration> tooFarAheadOf(Instant recordTime) {
      return Optional.of(Duration.between(recordTime, time))
          .filter(ahead -> ahead.compareTo(TOLERANCE) > 0);
    }
  }
}
