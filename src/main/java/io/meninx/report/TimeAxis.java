package io.meninx.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Time along the width of a drawing, UTC.
 *
 * @param from at the left edge
 * @param to at the right edge
 * @param left coordinate of the left edge
 * @param right coordinate of the right edge
 */
record TimeAxis(Instant from, Instant to, double left, double right) {
  private static final int MOST_TICKS = 9;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
  private static final List<Duration> SHORT_STEPS =
      List.of(
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14));
  private static final List<Period> LONG_STEPS =
      List.of(
          Period.ofMonths(1),
          Period.ofMonths(2),
          Period.ofMonths(3),
          Period.ofMonths(6),
          Period.ofYears(1),
          Period.ofYears(2),
          Period.ofYears(5),
          Period.ofYears(10));

  TimeAxis {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException("an axis has a length");
    }
  }

  /**
   * A mark on the axis.
   *
   * @param at when
   * @param label the time in words
   */
  record Tick(Instant at, String label) {}

  /** Where a time is; times beyond the edges are at the edges. */
  double x(Instant at) {
    double part = (double) millis(from, at) / millis(from, to);
    return left + Math.max(0, Math.min(1, part)) * (right - left);
  }

  private static long millis(Instant from, Instant to) {
    return ChronoUnit.MILLIS.between(from, to);
  }

  /** Round times between the edges, at most {@value #MOST_TICKS}. */
  List<Tick> ticks() {
    Duration length = Duration.between(from, to);
    for (Duration step : SHORT_STEPS) {
      if (length.dividedBy(step) < MOST_TICKS) {
        return shortTicks(step);
      }
    }
    for (Period step : LONG_STEPS) {
      if (length.toDays() / (step.toTotalMonths() * 30) < MOST_TICKS) {
        return longTicks(step);
      }
    }
    return longTicks(Period.ofYears((int) Math.min(1_000_000, length.toDays() / 365 / 5 + 1)));
  }

  private List<Tick> shortTicks(Duration step) {
    long seconds = step.toSeconds();
    DateTimeFormatter format = seconds < Duration.ofDays(1).toSeconds() ? HOUR : DAY;
    List<Tick> ticks = new ArrayList<>();
    long first = Math.ceilDiv(from.getEpochSecond(), seconds) * seconds;
    for (long at = first; at <= to.getEpochSecond(); at += seconds) {
      Instant instant = Instant.ofEpochSecond(at);
      ticks.add(new Tick(instant, format.format(instant.atOffset(ZoneOffset.UTC))));
    }
    return ticks;
  }

  private List<Tick> longTicks(Period step) {
    LocalDateTime start = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
    LocalDateTime at = start.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
    List<Tick> ticks = new ArrayList<>();
    while (!at.toInstant(ZoneOffset.UTC).isAfter(to)) {
      if (!at.isBefore(start)) {
        ticks.add(new Tick(at.toInstant(ZoneOffset.UTC), MONTH.format(at)));
      }
      at = at.plus(step);
    }
    return ticks;
  }
}
