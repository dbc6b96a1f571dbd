package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

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

  @Test
  void aTickThatWasNotSentIsTriedAgain() {
    try (TickPublisher ticks = publisher()) {
      producer.sendException = new KafkaException("away");
      ticks.publish();
      assertThat(producer.history()).isEmpty();
      producer.sendException = null;

      ticks.publish();

      assertThat(producer.history()).hasSize(2);
    }
  }

  private TickPublisher publisher() {
    return new TickPublisher(
        producer,
        new WireFormat(new InMemoryRegistryClient(), ""),
        new TickPublisher.Settings("", 2, Duration.ofMinutes(1), "i1"),
        clock);
  }
}
