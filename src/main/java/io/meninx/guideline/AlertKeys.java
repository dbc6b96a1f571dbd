package io.meninx.guideline;

import io.meninx.fact.PatientId;

/** Alert keys are computed, not drawn (invariant 11): from patient, code, gap and episode. */
public final class AlertKeys {
  private AlertKeys() {}

  /** Whether a text has the form of a key. */
  public static boolean isKey(String text) {
    return text.length() == 32
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The key of an alert; 32 lower-case hex digits. */
  public static String of(PatientId patient, Findings.AlertSlot slot, String anchor) {
    return Names.hash("alert", patient.value(), slot.code().name(), slot.gap().orElse(""), anchor);
  }
}
