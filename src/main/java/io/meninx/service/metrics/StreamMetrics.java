package io.meninx.service.metrics;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.topology.Observer;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts what the topology does. Every set of tags is closed, so that the number of time series is
 * known beforehand and no tag can hold a patient. Not part of the transaction: what was done twice
 * after a failure is counted twice (invariant 8).
 */
public final class StreamMetrics implements Observer {
  private final Clock clock;
  private final Map<Topic, Map<Disposition, Counter>> inputs = new EnumMap<>(Topic.class);
  private final Map<PoisonReason, Counter> deadLetters = new EnumMap<>(PoisonReason.class);
  private final Counter decisions;
  private final Counter droppedTicks;
  private final Counter futureTicks;
  private final Counter behindTicks;
  private final Counter gaps;
  private final Map<Integer, Moved> partitions = new ConcurrentHashMap<>();

  /** What the last accepted tick of a partition said, and when it was read. */
  private record Moved(Instant logicalTime, Instant at) {}

  /** Registers every meter at zero. */
  public StreamMetrics(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    for (Topic topic : Topic.inputs()) {
      Map<Disposition, Counter> counters = new EnumMap<>(Disposition.class);
      for (Disposition disposition : Disposition.values()) {
        if (ofInputs(disposition, topic)) {
          counters.put(disposition, inputs(registry, topic, disposition));
        }
      }
      inputs.put(topic, counters);
    }
    for (PoisonReason reason : PoisonReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("meninx.dead.letters")
              .description("Inputs that could not be read, by reason")
              .tag("reason", reason.name())
              .register(registry));
    }
    decisions =
        Counter.builder("meninx.decisions")
            .description(
                "Decisions: on inputs, timers, kept inputs, and after a change of guideline")
            .register(registry);
    droppedTicks =
        Counter.builder("meninx.ticks.dropped")
            .description("Ticks that told nothing newer; other instances' ticks are among them")
            .register(registry);
    futureTicks =
        Counter.builder("meninx.ticks.from.future")
            .description("Ticks more than 5 minutes ahead of their own record time")
            .register(registry);
    behindTicks =
        Counter.builder("meninx.ticks.behind")
            .description("Ticks more than 5 minutes behind the logical time; dropped")
            .register(registry);
    gaps =
        Counter.builder("meninx.ticks.gaps")
            .description("Times that the logical time moved by more than 5 minutes at once")
            .register(registry);
    Gauge.builder("meninx.tick.age", this, metrics -> metrics.secondsSinceLastTick().orElse(-1.0))
        .baseUnit("seconds")
        .description("Time since a tick was last accepted on any partition; -1 before the first")
        .register(registry);
  }

  /**
   * Adds what is measured on the partitions of this instance.
   *
   * @param owned which it has at the time
   */
  public void bindPartitions(MeterRegistry registry, Supplier<Set<Integer>> owned) {
    Gauge.builder("meninx.tick.lag", () -> lagSeconds(owned.get()))
        .baseUnit("seconds")
        .description("How far the logical time of the partition that is last is behind the clock")
        .register(registry);
    Gauge.builder("meninx.partitions", () -> owned.get().size())
        .description("Partitions that this instance decides for")
        .register(registry);
  }

  private static boolean ofInputs(Disposition disposition, Topic topic) {
    return switch (disposition) {
      case DECIDED -> topic != Topic.CLOCK_TICKS;
      case TICK -> topic == Topic.CLOCK_TICKS;
      case DUPLICATE, DEAD_LETTER -> true;
      default -> false;
    };
  }

  private static Counter inputs(MeterRegistry registry, Topic topic, Disposition disposition) {
    return Counter.builder("meninx.inputs")
        .description("Inputs by topic and what became of them")
        .tag("topic", topic.baseName())
        .tag("status", disposition.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void processed(Topic topic, Disposition disposition, Optional<PoisonReason> reason) {
    Optional.ofNullable(inputs.get(topic))
        .map(counters -> counters.get(disposition))
        .ifPresent(Counter::increment);
    if (disposition == Disposition.DECIDED) {
      decisions.increment();
    }
    if (disposition == Disposition.DUPLICATE && topic == Topic.CLOCK_TICKS) {
      droppedTicks.increment();
    }
  }

  @Override
  public void deadLetter(Topic topic, PoisonReason reason) {
    Optional.ofNullable(deadLetters.get(reason)).ifPresent(Counter::increment);
  }

  @Override
  public void tick(int partition, Tick tick, Duration distance) {
    switch (tick) {
      case AHEAD -> futureTicks.increment();
      case BEHIND -> behindTicks.increment();
      case AFTER_GAP -> gaps.increment();
      case ON_TIME, REPEATED -> {}
    }
  }

  @Override
  public void moved(int partition, Instant logicalTime) {
    partitions.put(partition, new Moved(logicalTime, clock.instant()));
  }

  @Override
  public void worked(int partition, int count, boolean more) {
    decisions.increment(count);
  }

  /** Seconds since a tick was last accepted on any partition of this instance. */
  public Optional<Double> secondsSinceLastTick() {
    return partitions.values().stream()
        .map(Moved::at)
        .max(Instant::compareTo)
        .map(at -> seconds(Duration.between(at, clock.instant())));
  }

  private double lagSeconds(Set<Integer> owned) {
    partitions.keySet().retainAll(owned);
    return partitions.values().stream()
        .map(Moved::logicalTime)
        .min(Instant::compareTo)
        .map(last -> seconds(Duration.between(last, clock.instant())))
        .orElse(0.0);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
