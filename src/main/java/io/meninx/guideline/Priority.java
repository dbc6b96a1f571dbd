package io.meninx.guideline;

/** How soon a person must look; ordered from low to high. */
public enum Priority {
  /** Days: a work list. */
  ROUTINE,
  /** Hours: must be acknowledged. */
  URGENT,
  /** Minutes. */
  STAT;

  /** The lower of the two. */
  public Priority atMost(Priority limit) {
    return compareTo(limit) <= 0 ? this : limit;
  }
}
