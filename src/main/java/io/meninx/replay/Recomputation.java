package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import java.time.Instant;
import java.util.Optional;

/** Takes the entries of a partition in order and decides again. */
interface Recomputation {
  /** What came of an entry. */
  enum Outcome {
    IDENTICAL,
    DIVERGED,
    ENGINE_CHANGED,
    /** What of it differs follows from what is erased. */
    ON_ERASED,
    /** What of it differs may follow from entries that are missing before the first one. */
    ON_MISSING
  }

  /**
   * The first entry there is has another number than 0: what came before it is not known. Comes
   * before that entry.
   *
   * @param logicalTime of the partition when it was decided
   * @param disposition what became of its input
   */
  void beginsLate(Optional<Instant> logicalTime, Disposition disposition);

  /** A whole entry. */
  Outcome entry(JournalPosition position, JournalEntry entry);

  /** An entry of which only hashes are left. */
  void erased(JournalRecord.Erased entry);

  /** There are no more entries; call once. */
  default void end() {}

  /** What of a patient is erased, as far as it was noticed. */
  ErasedPart erasedOf(PatientId patient);

  /** Patients whose past is erased. */
  long erasedPatients();

  /** Patients whose past lies, as it seems, in what is missing before the first entry. */
  long missingPatients();

  /**
   * Where a patient stands now; absent before the first tick, and when the past is erased or
   * missing.
   */
  Optional<Standing> standing(PatientId patient);

  /** Patients who were decided on. */
  long patients();
}
