package io.meninx.service.metrics;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import io.meninx.topology.Decided;
import io.meninx.topology.Decided.AlertChange;
import io.meninx.topology.Decided.Oddity;
import io.meninx.topology.Observer;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts what the topology does. Not part of the transaction: what was done twice after a failure
 * is counted twice (invariant 8). It is here that the machine is asked for the time, since nothing
 * in the topology may (invariant 2).
 */
public final class StreamMetrics implements Observer {
  private final Meters meters;
  private final Clock clock;
  private final Map<Topic, Map<Disposition, Counter>> inputs = new EnumMap<>(Topic.class);
  private final Map<Topic, Timer> latencies = new EnumMap<>(Topic.class);
  private final Map<PoisonReason, Counter> deadLetters;
  private final Map<Cause, Counter> decisions;
  private final Map<EventType, Counter> events;
  private final Map<Oddity, Counter> oddities;
  private final Map<Kind, Counter> raised = new HashMap<>();
  private final Map<Kind, Counter> resolved = new HashMap<>();
  private final Map<Kind, Counter> reached = new HashMap<>();
  private final Map<ResolutionReason, Counter> ended;
  private final Map<Priority, Counter> notifications;
  private final Timer dueLatency;
  private final Counter journalEntries;
  private final Counter journalBytes;
  private final Counter droppedTicks;
  private final Counter futureTicks;
  private final Counter behindTicks;
  private final Counter gaps;
  private final Map<Integer, Moved> partitions = new ConcurrentHashMap<>();
  private final Map<Integer, Boolean> working = new ConcurrentHashMap<>();

  /**
   * Where the time of a partition stands.
   *
   * @param logicalTime that of the last accepted tick; before the first one, when the partition was
   *     taken over
   * @param at when that tick was read by this instance; absent when another one did
   */
  private record Moved(Instant logicalTime, Optional<Instant> at) {}

  /** Alerts that are counted together; without a code, those of every code. */
  private record Kind(Optional<AlertCode> code, Priority priority, Optional<AlertStage> stage) {}

  /**
   * Registers every meter at zero.
   *
   * @param clock of this machine
   */
  public StreamMetrics(MeterRegistry registry, Clock clock) {
    this.meters = new Meters(registry);
    this.clock = clock;
    for (Topic topic : Topic.inputs()) {
      Map<Disposition, Counter> counters = new EnumMap<>(Disposition.class);
      for (Disposition disposition : Disposition.values()) {
        if (ofInputs(disposition, topic)) {
          counters.put(
              disposition,
              meters.counter(
                  Metric.INPUTS, topic.baseName(), disposition.name().toLowerCase(Locale.ROOT)));
        }
      }
      inputs.put(topic, counters);
      if (topic != Topic.CLOCK_TICKS) {
        latencies.put(topic, meters.histogram(Metric.DECISION_LATENCY, topic.baseName()));
      }
    }
    deadLetters = counters(Metric.DEAD_LETTERS, PoisonReason.values());
    decisions = counters(Metric.DECISIONS, Cause.values());
    events = counters(Metric.EVENTS, EventType.values());
    oddities = counters(Metric.ODD_FACTS, Oddity.values());
    ended = counters(Metric.ALERTS_ENDED, ResolutionReason.values());
    notifications = counters(Metric.NOTIFICATIONS, Priority.values());
    registerAlerts();
    dueLatency = meters.histogram(Metric.DUE_LATENCY);
    journalEntries = meters.counter(Metric.JOURNAL_ENTRIES);
    journalBytes = meters.counter(Metric.JOURNAL_WRITTEN);
    droppedTicks = meters.counter(Metric.TICKS_DROPPED);
    futureTicks = meters.counter(Metric.TICKS_FUTURE);
    behindTicks = meters.counter(Metric.TICKS_BEHIND);
    gaps = meters.counter(Metric.TICK_GAPS);
    meters.gauge(Metric.TICK_AGE, () -> secondsSinceLastTick().orElse(-1.0));
  }

  private void registerAlerts() {
    for (Priority priority : Priority.values()) {
      for (AlertCode code : AlertCode.values()) {
        for (Optional<AlertStage> stage : AlertKinds.STAGES) {
          Kind kind = new Kind(Optional.of(code), priority, stage);
          String[] tags = {code.name(), priority.name(), AlertKinds.tag(stage)};
          raised.put(kind, meters.counter(Metric.ALERTS_RAISED, tags));
          resolved.put(kind, meters.counter(Metric.ALERTS_RESOLVED, tags));
        }
      }
      for (AlertStage stage : Set.of(AlertStage.OVERDUE, AlertStage.CRITICAL)) {
        reached.put(
            new Kind(Optional.empty(), priority, Optional.of(stage)),
            meters.counter(Metric.ALERTS_REACHED, stage.name(), priority.name()));
      }
    }
  }

  private <E extends Enum<E>> Map<E, Counter> counters(Metric metric, E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), value -> meters.counter(metric, value.name())));
  }

  /**
   * Adds what is measured on the partitions of this instance.
   *
   * @param owned which it has at the time
   */
  public void bindPartitions(Supplier<Set<Integer>> owned) {
    meters.gauge(Metric.TICK_LAG, () -> lagSeconds(owned.get()));
    meters.gauge(Metric.PARTITIONS, () -> owned.get().size());
    meters.gauge(Metric.PARTITIONS_WORKING, () -> working(owned.get()));
  }

  private static boolean ofInputs(Disposition disposition, Topic topic) {
    return switch (disposition) {
      case DECIDED -> topic != Topic.CLOCK_TICKS;
      case TICK -> topic == Topic.CLOCK_TICKS;
      case DUPLICATE, DEAD_LETTER -> true;
      default -> false;
    };
  }

  @Override
  public void processed(Topic topic, Disposition disposition, Optional<PoisonReason> reason) {
    Optional.ofNullable(inputs.get(topic))
        .map(counters -> counters.get(disposition))
        .ifPresent(Counter::increment);
    if (disposition == Disposition.DUPLICATE && topic == Topic.CLOCK_TICKS) {
      droppedTicks.increment();
    }
  }

  @Override
  public void decided(Decided decided) {
    count(decisions, decided.cause());
    decided.events().forEach(event -> count(events, event));
    decided.oddities().forEach(oddity -> count(oddities, oddity));
    decided.alerts().forEach(this::changed);
    Optional<Duration> waited =
        decided.since().map(since -> notNegative(Duration.between(since, clock.instant())));
    if (decided.cause() == Cause.TIMER) {
      waited.ifPresent(time -> decided.alerts().forEach(_ -> dueLatency.record(time)));
    } else if (waited.isPresent()) {
      decided.topic().map(latencies::get).ifPresent(latency -> latency.record(waited.get()));
    }
  }

  private void changed(AlertChange change) {
    Kind kind = new Kind(Optional.of(change.code()), change.priority(), change.stage());
    if (change.raised()) {
      count(raised, kind);
    }
    change
        .ended()
        .ifPresentOrElse(
            reason -> {
              count(resolved, kind);
              count(ended, reason);
            },
            () -> {
              if (!change.stage().equals(change.before())) {
                count(reached, new Kind(Optional.empty(), change.priority(), change.stage()));
              }
            });
    if (change.notifies()) {
      count(notifications, change.priority());
    }
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Optional.ofNullable(counters.get(key)).ifPresent(Counter::increment);
  }

  /** The broker's clock may be ahead of ours. */
  static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  @Override
  public void journaled(long bytes) {
    journalEntries.increment();
    journalBytes.increment(bytes);
  }

  @Override
  public void deadLetter(Topic topic, PoisonReason reason) {
    count(deadLetters, reason);
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
    partitions.put(partition, new Moved(logicalTime, Optional.of(clock.instant())));
  }

  @Override
  public void taken(int partition, Optional<Instant> logicalTime) {
    partitions.put(partition, new Moved(logicalTime.orElseGet(clock::instant), Optional.empty()));
  }

  @Override
  public void worked(int partition, int count, boolean more) {
    working.put(partition, more);
  }

  /** Seconds since a tick was last accepted on any partition of this instance. */
  public Optional<Double> secondsSinceLastTick() {
    return partitions.values().stream()
        .flatMap(moved -> moved.at().stream())
        .max(Instant::compareTo)
        .map(at -> seconds(Duration.between(at, clock.instant())));
  }

  private double lagSeconds(Set<Integer> owned) {
    // Not forgotten meanwhile: a partition is taken over before it counts as owned.
    return partitions.entrySet().stream()
        .filter(entry -> owned.contains(entry.getKey()))
        .map(entry -> entry.getValue().logicalTime())
        .min(Instant::compareTo)
        .map(last -> seconds(Duration.between(last, clock.instant())))
        .orElse(0.0);
  }

  private long working(Set<Integer> owned) {
    working.keySet().retainAll(owned);
    return working.values().stream().filter(more -> more).count();
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
