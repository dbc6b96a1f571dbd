package io.meninx.fact;

/**
 * The life of a report version (contract section 3). Only {@link #FINAL} and {@link #AMENDED}
 * classify or permit.
 */
public enum ResultStatus {
  /** Ordered, no result yet: says only that something is on its way. */
  PENDING(0, false),
  /** Not verified: may block and may raise alerts up to ROUTINE, never classifies or permits. */
  PRELIMINARY(1, false),
  /** Can't be obtained: unknown, never negative. */
  CANCELLED(2, true),
  /** Verified. */
  FINAL(3, true),
  /** Verified and corrected. */
  AMENDED(4, true),
  /** Wrong, for instance another patient's: leaves the picture with all that was built on it. */
  WITHDRAWN(5, true);

  private final int rank;
  private final boolean conclusive;

  ResultStatus(int rank, boolean conclusive) {
    this.rank = rank;
    this.conclusive = conclusive;
  }

  /** Breaks ties between versions with the same reportedAt; greater wins. */
  public int rank() {
    return rank;
  }

  /** Whether a version with this status is never replaced by one that is pending or preliminary. */
  public boolean conclusive() {
    return conclusive;
  }

  /** Whether the values of a version with this status count as findings. */
  public boolean counts() {
    return this == FINAL || this == AMENDED;
  }
}
