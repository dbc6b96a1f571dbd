package io.meninx.fact;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Clinical time: when the thing was so, not when it was reported or received. Days are UTC dates.
 *
 * @param instant for precision DAY 00:00Z of the day
 * @param precision how exactly it is known
 */
public record ObservedAt(Instant instant, Precision precision) {
  private static final long SECONDS_PER_DAY = 86_400;

  /** How exactly a clinical time is known. */
  public enum Precision {
    /** Only the day. */
    DAY,
    /** The instant. */
    INSTANT
  }

  public ObservedAt {
    if (precision == Precision.DAY) {
      instant = instant.truncatedTo(ChronoUnit.DAYS);
    }
  }

  /** A day, known no more exactly. */
  public static ObservedAt day(LocalDate day) {
    return new ObservedAt(day.atStartOfDay(ZoneOffset.UTC).toInstant(), Precision.DAY);
  }

  /** An exact instant. */
  public static ObservedAt at(Instant instant) {
    return new ObservedAt(instant, Precision.INSTANT);
  }

  /** The UTC date. */
  public LocalDate date() {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /**
   * Whether {@code earlier} was at most {@code limit} before this, compared at the coarser of the
   * two precisions; false when it came after this.
   */
  public boolean atMostAfter(ObservedAt earlier, Duration limit) {
    if (precision == Precision.DAY || earlier.precision == Precision.DAY) {
      long days = day(instant) - day(earlier.instant);
      return days >= 0 && Duration.ofDays(days).compareTo(limit) <= 0;
    }
    Duration age = Duration.between(earlier.instant, instant);
    return !age.isNegative() && age.compareTo(limit) <= 0;
  }

  /**
   * Whether something reported at {@code reportedAt} was known by this time, at this time's own
   * precision.
   */
  public boolean knew(Instant reportedAt) {
    return precision == Precision.DAY
        ? day(reportedAt) <= day(instant)
        : !reportedAt.isAfter(instant);
  }

  /**
   * Up to where what was reported was known by this time; the first instant of which it was not.
   */
  public Instant knownUntil() {
    return precision == Precision.DAY ? instant.plus(1, ChronoUnit.DAYS) : instant.plusNanos(1);
  }

  /** The UTC day of an instant, counted from 1970; without a calendar, since it is asked often. */
  private static long day(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS_PER_DAY);
  }
}
