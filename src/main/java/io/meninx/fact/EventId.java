package io.meninx.fact;

/**
 * Identifies one message of a source system, that is one version of one report. Prints redacted
 * (invariant 9).
 *
 * @param value never empty
 */
public record EventId(String value) implements Comparable<EventId> {
  public EventId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("eventId is empty");
    }
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "EventId[redacted]";
  }
}
