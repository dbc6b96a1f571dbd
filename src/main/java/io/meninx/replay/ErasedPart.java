package io.meninx.replay;

/**
 * What is missing of a patient, since entries of an archive were erased on request, or since the
 * journal does not begin with its first entry.
 */
public enum ErasedPart {
  /** Nothing that was noticed. */
  NOTHING,
  /**
   * Entries with decisions on the patient, who is not the one who was erased: they are made again.
   */
  DECISIONS,
  /** The facts themselves: what was decided since can't be made again. */
  PAST,
  /** The facts may lie before the first entry there is: the same holds. */
  MISSING_PAST,
  /** There may be such facts, although what was decided since is decided the same without them. */
  UNSEEN_PAST;

  /** Whether what was decided on the patient can't be made again. */
  public boolean isPast() {
    return this == PAST || this == MISSING_PAST;
  }
}
