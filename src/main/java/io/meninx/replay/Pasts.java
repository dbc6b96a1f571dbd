package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry.Group;
import java.util.HashMap;
import java.util.Map;

/**
 * Of which patients earlier decisions are not made again, so that what follows from them can't be
 * expected to be, either. For use by one thread.
 */
final class Pasts {
  private final Map<PatientId, Past> pasts = new HashMap<>();

  /** What is known of the earlier decisions on a patient. */
  enum Past {
    /** They were made again. */
    KNOWN,
    /** The patient was met after an entry that is erased, which may have been about nobody else. */
    DOUBTFUL,
    /** They are erased, and the facts they were made on. */
    ERASED,
    /** Another version of the engine made them, and otherwise. */
    OTHER_ENGINE
  }

  /** Of a patient. */
  Past of(PatientId patient) {
    return pasts.getOrDefault(patient, Past.KNOWN);
  }

  /** How many patients have a past that is erased. */
  long erased() {
    return pasts.values().stream().filter(past -> past == Past.ERASED).count();
  }

  /** A patient of whom nothing is known is met, after an entry that is erased. */
  void meets(PatientId patient) {
    pasts.putIfAbsent(patient, Past.DOUBTFUL);
  }

  /** Recorded and recomputed are the same: a patient of whom that is so has no other past. */
  void agrees(Group group) {
    if (!pasts.isEmpty() && !group.digest().equals(ReplayedPatient.NOTHING_KNOWN)) {
      pasts.remove(group.patientId(), Past.DOUBTFUL);
    }
  }

  /**
   * Recorded and recomputed differ.
   *
   * @param otherEngine whether another version of the engine recorded it
   * @return the past that explains it; KNOWN when none does
   */
  Past differs(PatientId patient, boolean otherEngine) {
    Past past = of(patient);
    if (past == Past.DOUBTFUL) {
      past = Past.ERASED;
      pasts.put(patient, past);
    } else if (past == Past.KNOWN && otherEngine) {
      past = Past.OTHER_ENGINE;
      pasts.put(patient, past);
    }
    return past;
  }
}
