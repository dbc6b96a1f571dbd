package io.meninx.guideline;

/** Outcome of a rule. Unknown never permits (invariant 6). */
public enum Outcome {
  /** The condition holds. */
  MET,
  /** The condition does not hold. */
  NOT_MET,
  /** Data are missing; the missing list names them as KIND.field. */
  UNKNOWN,
  /** Facts disagree; the evidence names them. */
  CONFLICT
}
