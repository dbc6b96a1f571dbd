package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import java.util.Optional;

/** Takes the entries of a partition in order and decides again. */
interface Recomputation {
  /** What came of an entry. */
  enum Outcome {
    IDENTICAL,
    DIVERGED,
    ENGINE_CHANGED,
    /** What of it differs follows from what is erased. */
    ON_ERASED
  }

  /** A whole entry. */
  Outcome entry(JournalPosition position, JournalEntry entry);

  /** An entry of which only hashes are left. */
  void erased(JournalRecord.Erased entry);

  /** What of a patient is erased, as far as it was noticed. */
  ErasedPart erasedOf(PatientId patient);

  /** Patients whose past is erased. */
  long erasedPatients();

  /** Where a patient stands now; absent before the first tick, and when the past is erased. */
  Optional<Standing> standing(PatientId patient);

  /** Patients who were decided on. */
  long patients();
}
