package io.meninx.replay;

/** What is missing of a patient, since entries of an archive were erased on request. */
public enum ErasedPart {
  /** Nothing that was noticed. */
  NOTHING,
  /**
   * Entries with decisions on the patient, who is not the one who was erased: they are made again.
   */
  DECISIONS,
  /** The facts themselves: what was decided since can't be made again. */
  PAST
}
