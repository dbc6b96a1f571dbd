package io.meninx.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A moment on the command line: an instant, or a date, which is its beginning in UTC. */
final class TimeArgument {
  private TimeArgument() {}

  /**
   * Reads it.
   *
   * @param option that it is given to
   * @param text as given
   * @throws WrongUseException it is neither
   */
  static Instant read(String option, String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException _) {
      throw new WrongUseException(
          option + " must be an instant such as 2026-01-31T08:00:00Z, or a date.");
    }
  }
}
