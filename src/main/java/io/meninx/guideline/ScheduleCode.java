package io.meninx.guideline;

/** What is due again and again, or once by a date. */
public enum ScheduleCode {
  INTRATHECAL_METHOTREXATE,
  MRI_NEUROAXIS,
  NEUROLOGICAL_EXAM,
  REPEAT_LUMBAR_PUNCTURE,
  FLOW_RESTUDY,
  SYSTEMIC_RESTAGING,
  KPS,
  PALLIATIVE_REFERRAL
}
