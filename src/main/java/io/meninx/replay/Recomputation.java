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
    ENGINE_CHANGED
  }

  /** A whole entry. */
  Outcome entry(JournalPosition position, JournalEntry entry);

  /** An entry of which only hashes are left. */
  void erased(JournalRecord.Erased entry);

  /** Where a patient stands now; absent before the first tick. */
  Optional<Standing> standing(PatientId patient);

  /** Patients who were decided on. */
  long patients();
}
