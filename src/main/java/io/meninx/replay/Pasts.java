package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry.Group;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Of which patients earlier decisions are not made again, so that what follows from them can't be
 * expected to be, either. For use by one thread.
 *
 * <p>Where the oldest entries of a journal are missing, anybody may have a past in them. Decisions
 * that agree do not show that there is none: a value that no decision has named yet, such as one of
 * a laboratory, or an earlier version of a report, counts later. So whoever is met in the first
 * {@link #SETTLING} is never taken for new; who is met after that is, as soon as decisions with an
 * alert agree.
 */
final class Pasts {
  /** For longer than this nobody goes without a decision who has a past that still counts. */
  static final Duration SETTLING = Duration.ofDays(30);

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
    OTHER_ENGINE,
    /** There may be some before the first entry of the journal, whatever agrees. */
    UNSEEN,
    /** There may be some before the first entry, until decisions agree. */
    NEWCOMER,
    /** They are missing, before the first entry. */
    MISSING
  }

  /** Of a patient. */
  Past of(PatientId patient) {
    return pasts.getOrDefault(patient, Past.KNOWN);
  }

  /** How many patients have a past that is erased. */
  long erased() {
    return pasts.values().stream().filter(past -> past == Past.ERASED).count();
  }

  /** How many patients have a past that is missing. */
  long missing() {
    return pasts.values().stream().filter(past -> past == Past.MISSING).count();
  }

  /**
   * A patient of whom nothing is known is met in a journal whose oldest entries are missing.
   *
   * @param settled whether that is longer than {@link #SETTLING} after the first entry
   */
  void meetsAfterMissing(PatientId patient, boolean settled) {
    pasts.putIfAbsent(patient, settled ? Past.NEWCOMER : Past.UNSEEN);
  }

  /** What is decided on a patient can't be made again from here on. */
  void lose(PatientId patient) {
    pasts.put(patient, Past.MISSING);
  }

  /** A patient of whom nothing is known is met, after an entry that is erased. */
  void meets(PatientId patient) {
    pasts.putIfAbsent(patient, Past.DOUBTFUL);
  }

  /** Recorded and recomputed are the same: a patient of whom that is so has no other past. */
  void agrees(Group group) {
    if (!pasts.isEmpty() && !group.digest().equals(ReplayedPatient.NOTHING_KNOWN)) {
      pasts.remove(group.patientId(), Past.DOUBTFUL);
      // Before a pathway opens nothing shows whether there is more: an alert shows that it has.
      if (!group.alerts().isEmpty()) {
        pasts.remove(group.patientId(), Past.NEWCOMER);
      }
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
    } else if (past == Past.UNSEEN || past == Past.NEWCOMER) {
      past = Past.MISSING;
      pasts.put(patient, past);
    } else if (past == Past.KNOWN && otherEngine) {
      past = Past.OTHER_ENGINE;
      pasts.put(patient, past);
    }
    return past;
  }
}
