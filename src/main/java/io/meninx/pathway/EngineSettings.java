package io.meninx.pathway;

import java.time.Duration;

/**
 * Settings of the deployment that are no part of the guideline; journaled with every entry, since
 * they change what is notified.
 *
 * @param debounce how long the first notification of an alert waits, unless it is STAT; zero or
 *     more
 * @param factsPerPatient the most fact versions kept of a patient (contract section 3: 20,000)
 */
public record EngineSettings(Duration debounce, int factsPerPatient) {
  /** The most facts of a patient. */
  public static final int FACTS_PER_PATIENT = 20_000;

  /** Settings of a deployment: notifications wait 10 minutes. */
  public static final EngineSettings STANDARD = withDebounce(Duration.ofMinutes(10));

  public EngineSettings {
    if (debounce.isNegative()) {
      throw new IllegalArgumentException("debounce is negative");
    }
  }

  /** Standard bounds with this debounce. */
  public static EngineSettings withDebounce(Duration debounce) {
    return new EngineSettings(debounce, FACTS_PER_PATIENT);
  }
}
