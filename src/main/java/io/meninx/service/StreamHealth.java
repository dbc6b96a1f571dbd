package io.meninx.service;

import io.meninx.readmodel.Behind;
import io.meninx.service.http.HealthPart.Health;
import io.meninx.service.metrics.StreamMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How the stream is. A rebalance does not make an instance that worked unready, since every
 * instance is in it at the same time; restoring a store does. So does a read model that has not
 * caught up once, since people would be told that what is not read is not there; but not for long:
 * it says how far behind it is, and must not hold up a rollout.
 */
final class StreamHealth implements Supplier<Health> {
  /** The longest that the read model is waited for when the stream works. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RestoreProgress restore;
  private final StreamMetrics metrics;
  private final LongSupplier nanoTime;
  private final AtomicReference<Optional<Supplier<State>>> stream =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Supplier<Behind>>> readModel =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Long>> startedAt = new AtomicReference<>(Optional.empty());
  private final AtomicBoolean caughtUp = new AtomicBoolean();

  /**
   * Without a stream, and without a read model.
   *
   * @param nanoTime a clock that does not jump
   */
  StreamHealth(RestoreProgress restore, StreamMetrics metrics, LongSupplier nanoTime) {
    this.restore = restore;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /** There is a read model, which is so far behind. */
  void watchReadModel(Supplier<Behind> behind) {
    readModel.set(Optional.of(behind));
  }

  /** There is a stream now. */
  void watch(Supplier<State> state) {
    stream.set(Optional.of(state));
  }

  /** The stream took records for the first time. */
  void hasStarted() {
    startedAt.compareAndSet(Optional.empty(), Optional.of(nanoTime.getAsLong()));
  }

  private boolean hasCaughtUp(Behind behind) {
    boolean now =
        behind.measuredAt().isPresent()
            && (behind.records() == 0 || behind.alertsNotRead().isPresent());
    if (now) {
      caughtUp.set(true);
    }
    return caughtUp.get();
  }

  private boolean isWaitedFor() {
    return startedAt
        .get()
        .map(since -> nanoTime.getAsLong() - since < PATIENCE.toNanos())
        .orElse(true);
  }

  @Override
  public Health get() {
    State state = stream.get().map(Supplier::get).orElse(State.CREATED);
    boolean started = startedAt.get().isPresent();
    boolean working = state == State.RUNNING || (state == State.REBALANCING && started);
    Optional<Boolean> read = readModel.get().map(Supplier::get).map(this::hasCaughtUp);
    boolean live = state != State.ERROR && state != State.PENDING_ERROR;
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("stream", state.name());
    details.put("restore", restore.details());
    details.put("secondsSinceLastTick", metrics.secondsSinceLastTick().orElse(null));
    read.ifPresent(yes -> details.put("readModelCaughtUp", yes));
    boolean answers = read.orElse(true) || !isWaitedFor();
    return new Health(live, started, working && restore.done() && answers, details);
  }
}
