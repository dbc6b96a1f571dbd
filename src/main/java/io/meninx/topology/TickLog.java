package io.meninx.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when the ticks of a partition are not what a right clock would tell: the first
 * time, and then once in so many, since a wrong clock goes on telling. For {@code run}, where ticks
 * come from clocks.
 */
public final class TickLog implements Observer {
  private static final Logger LOG = LoggerFactory.getLogger(TickLog.class);

  /** Ticks of one partition and kind between two lines: an hour of ticks every minute. */
  private static final long EVERY = 60;

  private final Map<Seen, Long> counts = new ConcurrentHashMap<>();

  private record Seen(int partition, Tick tick) {}

  /** A log in which nothing was said yet. */
  public TickLog() {}

  @Override
  public void tick(int partition, Tick tick, Duration distance) {
    switch (tick) {
      case ON_TIME, REPEATED -> {}
      case AFTER_GAP ->
          LOG.warn(
              "Partition {}: no tick for {}; the logical time moves on at once, and what came due"
                  + " meanwhile fires now, each at its own time",
              partition,
              distance);
      case BEHIND -> {
        if (first(partition, tick)) {
          LOG.warn(
              "Partition {}: a tick {} behind the logical time was dropped; check the clocks of the"
                  + " instances",
              partition,
              distance);
        }
      }
      case AHEAD -> {
        if (first(partition, tick)) {
          LOG.warn(
              "Partition {}: a tick {} ahead of its receipt was refused (dead letter"
                  + " TICK_FROM_FUTURE); check the clocks of the instances and brokers",
              partition,
              distance);
        }
      }
    }
  }

  private boolean first(int partition, Tick tick) {
    return counts.merge(new Seen(partition, tick), 1L, Long::sum) % EVERY == 1;
  }
}
