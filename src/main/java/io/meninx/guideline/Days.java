package io.meninx.guideline;

import java.time.Instant;

/** Days as numbers: UTC days since 1970-01-01. Working days are Monday to Friday. */
public final class Days {
  private static final long SECONDS = 86_400L;

  private Days() {}

  /** The UTC day an instant falls on. */
  public static long of(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS);
  }

  /** 00:00Z of a day. */
  public static Instant start(long day) {
    return Instant.ofEpochSecond(day * SECONDS);
  }

  /**
   * The day that is {@code count} working days after {@code day}; 0 gives the day itself, also on a
   * weekend.
   */
  public static long plusWorkingDays(long day, int count) {
    long result = day;
    int left = count;
    while (left > 0) {
      result++;
      if (isWorking(result)) {
        left--;
      }
    }
    return result;
  }

  private static boolean isWorking(long day) {
    // 1970-01-01 was a Thursday: 0 = Monday
    return Math.floorMod(day + 3, 7) < 5;
  }
}
