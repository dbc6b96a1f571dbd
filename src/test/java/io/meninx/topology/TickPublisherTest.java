package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TickPublisherTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private Instant now = Instant.parse("2025-01-01T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @Test
  void everyPartitionIsToldOncePerInterval() {
    try (TickPublisher ticks = publisher()) {
      now = Instant.parse("2025-01-01T12:00:59Z");
      ticks.publish();
      ticks.publish();
      assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 1);

      now = Instant.parse("2025-01-01T12:01:00Z");
      ticks.publish();

      assertThat(producer.history())
          .extracting(ProducerRecord::partition)
          .containsExactly(0, 1, 0, 1);
      assertThat(producer.history()).extracting(ProducerRecord::key).containsOnlyNulls();
    }
  }

  @Test
  void aClockThatWasAheadAndIsPutRightIsFollowedAtOnce() {
    try (TickPublisher ticks = publisher()) {
      now = Instant.parse("2025-01-01T15:00:00Z");
      ticks.publish();
      now = Instant.parse("2025-01-01T12:00:00Z");
      ticks.publish();
      now = Instant.parse("2025-01-01T12:00:59Z");
      ticks.publish();

      assertThat(producer.history()).hasSize(4);
    }
  }

  /** The second is a fault of the program; thrown on, it would end the task that publishes. */
  @ParameterizedTest
  @MethodSource
  void aTickThatWasNotSentIsTriedAgain(RuntimeException failure) {
    try (TickPublisher ticks = publisher()) {
      producer.sendException = failure;
      ticks.publish();
      assertThat(producer.history()).isEmpty();
      producer.sendException = null;

      ticks.publish();

      assertThat(producer.history()).hasSize(2);
    }
  }

  static List<RuntimeException> aTickThatWasNotSentIsTriedAgain() {
    return List.of(new KafkaException("away"), new IllegalStateException("a fault"));
  }

  @Test
  void afterAFaultItGoesOnByItself() {
    producer.sendException = new IllegalStateException("a fault");
    try (TickPublisher ticks = publisher(Duration.ofMillis(120))) {
      ticks.start();
      Awaitility.await().during(Duration.ofMillis(200)).until(() -> producer.history().isEmpty());
      producer.sendException = null;

      Awaitility.await().until(() -> producer.history().size() == 2);
    }
  }

  private TickPublisher publisher() {
    return publisher(Duration.ofMinutes(1));
  }

  private TickPublisher publisher(Duration interval) {
    return new TickPublisher(
        producer,
        new WireFormat(new InMemoryRegistryClient(), ""),
        new TickPublisher.Settings("", 2, interval, "i1"),
        clock);
  }
}
