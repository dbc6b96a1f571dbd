package io.meninx.guideline;

import io.meninx.fact.FactKind;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;

/**
 * A fact a decision rests on.
 *
 * @param factId report id of the fact
 * @param kind of the fact
 * @param value what it said, as field=value
 * @param status of the version that was looked at
 * @param observedAt clinical time
 */
public record Evidence(
    String factId, FactKind kind, String value, ResultStatus status, ObservedAt observedAt) {
  @Override
  public String toString() {
    return "Evidence[" + kind + ", redacted]";
  }
}
