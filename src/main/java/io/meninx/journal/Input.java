package io.meninx.journal;

import io.meninx.fact.Fact;
import java.time.Instant;

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
  record OfTick(Instant time, String instance) implements Input {}
}
