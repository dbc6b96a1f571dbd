package io.meninx.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
  private final Consumer<String> log;

  private record Seen(int partition, Tick tick) {}

  /** A log in which nothing was said yet. */
  public TickLog() {
    this(LOG::warn);
  }

  TickLog(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public void tick(int partition, Tick tick, Duration distance) {
    Optional<String> text =
        switch (tick) {
          case ON_TIME, REPEATED -> Optional.empty();
          case AFTER_GAP ->
              Optional.of(
                  "no tick for %s; the logical time moves on at once, and what came due meanwhile"
                      + " fires now, each at its own time");
          case BEHIND ->
              Optional.of(
                  "a tick %s behind the logical time was dropped; check the clocks of the"
                      + " instances");
          case AHEAD ->
              Optional.of(
                  "a tick %s ahead of its receipt was refused (dead letter TICK_FROM_FUTURE); check"
                      + " the clocks of the instances and brokers");
        };
    text.filter(_ -> tick == Tick.AFTER_GAP || first(partition, tick))
        .ifPresent(line -> log.accept("Partition " + partition + ": " + line.formatted(distance)));
  }

  private boolean first(int partition, Tick tick) {
    return counts.merge(new Seen(partition, tick), 1L, Long::sum) % EVERY == 1;
  }
}
