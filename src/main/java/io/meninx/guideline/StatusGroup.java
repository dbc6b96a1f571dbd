package io.meninx.guideline;

/** Performance arm of the source guideline (S8, S18). */
public enum StatusGroup {
  GOOD,
  POOR,
  /** Known, but in no arm. */
  INDETERMINATE,
  /** Data missing. */
  UNKNOWN
}
