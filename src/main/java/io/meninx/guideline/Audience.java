package io.meninx.guideline;

/** Who is to read an alert: a role, never a person. */
public enum Audience {
  NEURO_ONCOLOGY,
  TREATING_ONCOLOGIST,
  NEUROSURGERY,
  RADIOLOGY,
  PATHOLOGY,
  RADIATION_ONCOLOGY,
  PALLIATIVE_CARE,
  MDT_COORDINATOR,
  DATA_STEWARD
}
