package io.meninx.fact;

/**
 * Identifies one report or result over all its versions. Prints redacted (invariant 9).
 *
 * @param value never empty
 */
public record ReportId(String value) implements Comparable<ReportId> {
  public ReportId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("reportId is empty");
    }
  }

  @Override
  public int compareTo(ReportId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "ReportId[redacted]";
  }
}
