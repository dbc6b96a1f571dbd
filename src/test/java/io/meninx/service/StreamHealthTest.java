package io.meninx.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.readmodel.Behind;
import io.meninx.service.metrics.StreamMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

/** An instance takes requests when it can answer them, and waits for its read model for so long. */
class StreamHealthTest {
  private static final Behind UNKNOWN = behind(0, Optional.empty(), OptionalLong.empty());
  private static final Behind READING = behind(7, Optional.of(Instant.EPOCH), OptionalLong.empty());
  private static final Behind READ = behind(0, Optional.of(Instant.EPOCH), OptionalLong.empty());

  /** On a busy cluster something is always on its way. */
  private static final Behind BUSY = behind(7, Optional.of(Instant.EPOCH), OptionalLong.of(0));

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final AtomicReference<Behind> behind = new AtomicReference<>(UNKNOWN);
  private final StreamHealth health =
      new StreamHealth(
          new RestoreProgress(),
          new StreamMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
          nanos::get);

  private static Behind behind(long records, Optional<Instant> measuredAt, OptionalLong notRead) {
    return new Behind(
        records, measuredAt, Duration.ZERO, Optional.empty(), Optional.empty(), 0, 0, notRead);
  }

  private void runs() {
    health.watch(state::get);
    health.hasStarted();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void withoutAReadModelTheStreamAloneCounts() {
    assertThat(health.get().ready()).isFalse();
    runs();

    assertThat(health.get().ready()).isTrue();
    assertThat(health.get().details()).doesNotContainKey("readModelCaughtUp");
  }

  @Test
  void itIsNotReadyUntilTheReadModelHasCaughtUp() {
    health.watchReadModel(behind::get);
    runs();
    assertThat(health.get().ready()).isFalse();
    behind.set(READING);
    assertThat(health.get().ready()).isFalse();
    assertThat(health.get().details().get("readModelCaughtUp")).isEqualTo(false);
    assertThat(health.get().started()).isTrue();
    assertThat(health.get().live()).isTrue();

    behind.set(READ);
    assertThat(health.get().ready()).isTrue();
    assertThat(health.get().details().get("readModelCaughtUp")).isEqualTo(true);
  }

  @Test
  void onABusyClusterItHasCaughtUpWhenAllOfTheStartIsRead() {
    health.watchReadModel(behind::get);
    runs();
    behind.set(BUSY);

    assertThat(health.get().ready()).isTrue();
  }

  @Test
  void whoHasCaughtUpOnceStaysReady() {
    health.watchReadModel(behind::get);
    runs();
    behind.set(READ);
    assertThat(health.get().ready()).isTrue();

    behind.set(READING);
    assertThat(health.get().ready()).isTrue();
    state.set(State.ERROR);
    assertThat(health.get().ready()).isFalse();
  }

  /** Counted from when the stream works: until then it is not ready anyway. */
  @Test
  void theReadModelIsWaitedForTwoMinutesAndNoLonger() {
    health.watchReadModel(behind::get);
    behind.set(READING);
    pass(Duration.ofHours(1));
    runs();
    assertThat(health.get().ready()).isFalse();
    pass(Duration.ofSeconds(119));
    assertThat(health.get().ready()).isFalse();
    health.hasStarted();
    pass(Duration.ofSeconds(1));

    assertThat(health.get().ready()).isTrue();
    assertThat(health.get().details().get("readModelCaughtUp")).isEqualTo(false);
  }

  @Test
  void aReadModelThatHasCaughtUpDoesNotStandForTheStream() {
    health.watchReadModel(behind::get);
    behind.set(READ);
    health.watch(() -> State.CREATED);

    assertThat(health.get().ready()).isFalse();
  }
}
