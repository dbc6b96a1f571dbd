package io.meninx.readmodel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which failures are told: each at once, and the same again when some time has passed. */
final class Repeats {
  /** There are fewer places in the program; one too many makes all of them new. */
  private static final int MOST = 1_000;

  private final Duration pause;
  private final LongSupplier nanos;
  private final Map<String, Long> told = new HashMap<>();

  /**
   * Nothing was told yet.
   *
   * @param pause between two that are the same
   * @param nanos a clock that does not jump, as {@link System#nanoTime}
   */
  Repeats(Duration pause, LongSupplier nanos) {
    this.pause = pause;
    this.nanos = nanos;
  }

  /** Whether it is to be told now; it counts as told then. */
  boolean isDue(String failure) {
    long now = nanos.getAsLong();
    Long last = told.get(failure);
    if (last != null && now - last < pause.toNanos()) {
      return false;
    }
    if (told.size() >= MOST) {
      told.clear();
    }
    told.put(failure, now);
    return true;
  }
}
