package io.meninx.service;

import io.meninx.service.http.HealthPart.Health;
import io.meninx.service.metrics.StreamMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * How the stream is. A rebalance does not make an instance that worked unready, since every
 * instance is in it at the same time; restoring a store does.
 */
final class StreamHealth implements Supplier<Health> {
  private final RestoreProgress restore;
  private final StreamMetrics metrics;
  private final AtomicReference<Optional<Supplier<State>>> stream =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean started = new AtomicBoolean();

  StreamHealth(RestoreProgress restore, StreamMetrics metrics) {
    this.restore = restore;
    this.metrics = metrics;
  }

  /** There is a stream now. */
  void watch(Supplier<State> state) {
    stream.set(Optional.of(state));
  }

  /** The stream took records for the first time. */
  void hasStarted() {
    started.set(true);
  }

  @Override
  public Health get() {
    State state = stream.get().map(Supplier::get).orElse(State.CREATED);
    boolean working = state == State.RUNNING || (state == State.REBALANCING && started.get());
    boolean live = state != State.ERROR && state != State.PENDING_ERROR;
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("stream", state.name());
    details.put("restore", restore.details());
    details.put("secondsSinceLastTick", metrics.secondsSinceLastTick().orElse(null));
    return new Health(live, started.get(), working && restore.done(), details);
  }
}
