package io.meninx.pathway;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertKeys;
import io.meninx.guideline.Findings.AlertSlot;
import org.jspecify.annotations.Nullable;

/**
 * Keys of alerts that were lately computed: the open alerts of a patient are looked up in every
 * decision, and a key is a hash. Forgets at will; any thread may ask, since an entry never changes.
 */
final class AlertKeyMemo {
  private static final int SIZE = 1 << 12;

  private final @Nullable Entry[] entries = new Entry[SIZE];

  private record Entry(PatientId patient, AlertSlot slot, String anchor, String key) {
    boolean isOf(PatientId otherPatient, AlertSlot otherSlot, String otherAnchor) {
      return patient.equals(otherPatient) && slot.equals(otherSlot) && anchor.equals(otherAnchor);
    }
  }

  /** See {@link AlertKeys#of}. */
  String of(PatientId patient, AlertSlot slot, String anchor) {
    int hash = 31 * (31 * patient.hashCode() + slot.hashCode()) + anchor.hashCode();
    int index = (hash ^ hash >>> 16) & SIZE - 1;
    Entry entry = entries[index];
    if (entry == null || !entry.isOf(patient, slot, anchor)) {
      entry = new Entry(patient, slot, anchor, AlertKeys.of(patient, slot, anchor));
      entries[index] = entry;
    }
    return entry.key();
  }
}
