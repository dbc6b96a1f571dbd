package io.meninx.bench;

/**
 * What a figure is held against.
 *
 * @param kind which way
 * @param limit inclusive
 */
public record Bar(Kind kind, double limit) {
  /** Which side of the limit is good. */
  public enum Kind {
    /** The limit or more. */
    AT_LEAST,
    /** The limit or less. */
    AT_MOST
  }

  static Bar atLeast(double limit) {
    return new Bar(Kind.AT_LEAST, limit);
  }

  static Bar atMost(double limit) {
    return new Bar(Kind.AT_MOST, limit);
  }

  /** Whether a value is on the good side. */
  public boolean meets(double value) {
    return kind == Kind.AT_LEAST ? value >= limit : value <= limit;
  }
}
