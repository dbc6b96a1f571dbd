package io.meninx.fact;

/** Yes, no or not known: unknown is not no (invariant 6). */
public enum Tri {
  /** Stated and so. */
  YES,
  /** Stated and not so. */
  NO,
  /** Not stated. */
  UNKNOWN;

  /** Wraps a stated value. */
  public static Tri of(boolean value) {
    return value ? YES : NO;
  }

  /** Whether it was stated at all. */
  public boolean known() {
    return this != UNKNOWN;
  }
}
