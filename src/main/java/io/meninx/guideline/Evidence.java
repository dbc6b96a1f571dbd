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

  /** The longest value with the longest id of a report, in UTF-8. */
  static final int MOST_BYTES = 3 * LONGEST + 256;

  public Evidence {
    value = value.length() > LONGEST ? cut(value) : value;
  }

  /** The same, and says that so many more were left out behind it. */
  Evidence andMore(int number) {
    return new Evidence(factId, kind, "(and " + number + " more) " + value, status, observedAt);
  }

  /** Length of its texts in UTF-8. */
  int bytes() {
    return bytes(factId) + bytes(value);
  }

  private static int bytes(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800 && !Character.isSurrogate(c)) {
        bytes += 2;
      } else if (c >= 0x80) {
        bytes++; // of a pair of surrogates each stands for two of the four bytes
      }
    }
    return bytes;
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
