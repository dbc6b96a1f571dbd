package io.meninx.pathway;

/** State of an alert (contract section 5). */
public enum AlertState {
  ACTIVE,
  ACKNOWLEDGED,
  SNOOZED,
  OVERRIDDEN,
  ESCALATED,
  RESOLVED,
  RETRACTED;

  /** Every state but RESOLVED and RETRACTED. */
  public boolean open() {
    return this != RESOLVED && this != RETRACTED;
  }
}
