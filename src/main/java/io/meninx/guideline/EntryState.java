package io.meninx.guideline;

/** State of one entry of a schedule. */
public enum EntryState {
  PLANNED,
  DUE,
  OVERDUE,
  CRITICAL,
  DONE,
  MISSED,
  SUSPENDED,
  UNKNOWN
}
