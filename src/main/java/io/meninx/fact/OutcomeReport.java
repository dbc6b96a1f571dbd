package io.meninx.fact;

/**
 * Whether the patient lives.
 *
 * @param header common header
 * @param vital dead or alive
 */
public record OutcomeReport(Header header, Vital vital) implements Fact {
  @Override
  public OutcomeReport withHeader(Header other) {
    return new OutcomeReport(other, vital);
  }

  /** Alive or dead. */
  public enum Vital {
    DEAD,
    ALIVE,
    UNKNOWN
  }
}
