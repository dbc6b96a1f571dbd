package io.meninx.guideline;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logical time a decision is made at. Every comparison of a rule with time goes through it, so
 * that it knows when the answer of any of them changes: that is when the patient must be looked at
 * again.
 */
public final class Moment {
  private final Instant now;
  private final long today;
  private @Nullable Instant next;

  /** At this logical time. */
  public Moment(Instant now) {
    this.now = now;
    this.today = Days.of(now);
  }

  /** The earlier of two times, as far as there are any. */
  public static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty()) {
      return other;
    }
    return other.isEmpty() || one.get().isBefore(other.get()) ? one : other;
  }

  /** The logical time. */
  public Instant now() {
    return now;
  }

  /** Its UTC day. */
  public long today() {
    return today;
  }

  /** Whether the instant has come; if not, it is remembered. */
  public boolean reached(Instant instant) {
    if (!now.isBefore(instant)) {
      return true;
    }
    Instant known = next;
    if (known == null || instant.isBefore(known)) {
      next = instant;
    }
    return false;
  }

  /** Whether 00:00Z of the day has come; if not, it is remembered. */
  public boolean reachedDay(long day) {
    if (today >= day) {
      return true;
    }
    reached(Days.start(day));
    return false;
  }

  /** The earliest instant asked for that has not come yet. */
  public Optional<Instant> next() {
    return Optional.ofNullable(next);
  }

  /** The same, asked for since this was last called. */
  @Nullable Instant takeNext() {
    Instant taken = next;
    next = null;
    return taken;
  }
}
