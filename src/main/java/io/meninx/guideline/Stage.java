package io.meninx.guideline;

/** Stage of the pathway. */
public enum Stage {
  WORKUP,
  /** Confirmed or probable, nothing started. */
  DIAGNOSED,
  /** From T0. */
  TREATMENT,
  SUPPORTIVE_CARE,
  /** Death. */
  CLOSED
}
