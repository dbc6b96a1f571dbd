package io.meninx.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * What an operator did with a dead letter, once and for all.
 *
 * @param topic of the input, without the prefix
 * @param partition of the input
 * @param offset of the input
 * @param action what was done
 * @param by who did it
 * @param note why, in the operator's words
 * @param at when, by the operator's machine; to the millisecond
 * @param engineVersion of the program that did it
 */
public record HandledLetter(
    String topic,
    int partition,
    long offset,
    Action action,
    String by,
    Optional<String> note,
    Instant at,
    String engineVersion) {

  /** What can be done with a dead letter. */
  public enum Action {
    /** Its bytes were sent back, in one transaction with this record. */
    REPLAYED,
    /** Nobody will send it back. */
    DISCARDED
  }

  @Override
  public String toString() {
    return "HandledLetter[" + topic + ":" + partition + ":" + offset + ", " + action + "]";
  }
}
