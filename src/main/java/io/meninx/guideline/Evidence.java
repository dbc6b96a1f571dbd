package io.meninx.guideline;

import io.meninx.fact.FactKind;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;

/**
 * A fact a decision rests on.
 *
 * @param factId report id of the fact
 * @param kind of the fact
 * @param value what it said, as field=value, 1,000 characters at most
 * @param status of the version that was looked at
 * @param observedAt clinical time
 */
public record Evidence(
    String factId, FactKind kind, String value, ResultStatus status, ObservedAt observedAt) {
  /** Longer values are cut: an alert may rest on very many facts, and has to be sent. */
  private static final int LONGEST = 1_000;

  public Evidence {
    value = value.length() > LONGEST ? cut(value) : value;
  }

  /** The same, and says that so many more were left out behind it. */
  Evidence andMore(int number) {
    return new Evidence(factId, kind, "(and " + number + " more) " + value, status, observedAt);
  }

  private static String cut(String value) {
    int end = Character.isHighSurrogate(value.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return value.substring(0, end) + "…";
  }

  @Override
  public String toString() {
    return "Evidence[" + kind + ", redacted]";
  }
}
