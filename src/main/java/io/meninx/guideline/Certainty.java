package io.meninx.guideline;

/** Certainty of the diagnosis (EANO-ESMO). */
public enum Certainty {
  CONFIRMED,
  PROBABLE,
  POSSIBLE,
  LACK_OF_EVIDENCE,
  UNDETERMINED
}
