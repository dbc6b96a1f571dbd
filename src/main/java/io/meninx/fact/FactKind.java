package io.meninx.fact;

/** The kinds of input, as in case files. */
public enum FactKind {
  /** Imaging report, CSF flow studies included. */
  IMAGING,
  /** CSF sample with cytology and chemistry. */
  CSF,
  /** Histology and molecular markers. */
  BIOPSY,
  /** KPS or ECOG. */
  PERFORMANCE,
  /** Clinical assessment. */
  ASSESSMENT,
  /** One act of treatment. */
  TREATMENT,
  /** Alive or dead. */
  OUTCOME,
  /** A person's answer to an alert; no fact about the patient. */
  RESPONSE_TO_ALERT
}
