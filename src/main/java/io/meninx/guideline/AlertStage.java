package io.meninx.guideline;

/** How far a due date has been passed; ordered. */
public enum AlertStage {
  DUE,
  OVERDUE,
  CRITICAL
}
