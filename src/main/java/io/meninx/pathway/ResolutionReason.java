package io.meninx.pathway;

/** Why an alert ended. */
public enum ResolutionReason {
  CRITERIA_NO_LONGER_MET,
  FACT_AMENDED,
  /** With state RETRACTED. */
  FACT_WITHDRAWN,
  DONE,
  PATHWAY_CLOSED
}
