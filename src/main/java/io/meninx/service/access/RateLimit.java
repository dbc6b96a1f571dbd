package io.meninx.service.access;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** So many requests a minute for each who asks, in minutes of the clock. Bounded in memory. */
public final class RateLimit {
  private static final int MOST_NAMES = 100_000;
  private static final int MINUTE_SECONDS = 60;

  private final int perMinute;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> counts = new HashMap<>();
  private long minute;

  /** So many for each. */
  public RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Counts a request; false when it is one too many. */
  public boolean admits(String name) {
    long now = clock.instant().getEpochSecond() / MINUTE_SECONDS;
    lock.lock();
    try {
      if (now != minute) {
        minute = now;
        counts.clear();
      }
      if (counts.size() >= MOST_NAMES && !counts.containsKey(name)) {
        return false;
      }
      return counts.merge(name, 1, Integer::sum) <= perMinute;
    } finally {
      lock.unlock();
    }
  }
}
