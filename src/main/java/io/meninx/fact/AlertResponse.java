package io.meninx.fact;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A person's answer to an open alert. Names an alert key, or a code and optionally a gap; without
 * either narrowing it applies to all open alerts of the code.
 *
 * @param header common header; observedAt is when the person answered
 * @param alertKey of one alert
 * @param code of the alerts
 * @param gap narrows the code
 * @param action what the person did
 * @param reason free text
 * @param snoozeDays days, 1 to 7
 * @param mdtId of the deciding tumour board (G27)
 */
public record AlertResponse(
    Header header,
    Optional<String> alertKey,
    Optional<String> code,
    Optional<String> gap,
    Action action,
    Optional<String> reason,
    OptionalInt snoozeDays,
    Optional<String> mdtId)
    implements Fact {

  @Override
  public AlertResponse withHeader(Header other) {
    return new AlertResponse(other, alertKey, code, gap, action, reason, snoozeDays, mdtId);
  }

  /** What a person did with an alert. */
  public enum Action {
    ACKNOWLEDGED,
    SNOOZED,
    OVERRIDDEN
  }
}
