package io.meninx.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SimulationSenderTest {
  private static final SimulationSender.Pace PACE =
      new SimulationSender.Pace("", 1, OptionalInt.empty(), Optional.empty());

  /** Not hundreds of messages later, when each may have waited for a minute. */
  @Test
  void afterTheFirstMessageThatIsNotTakenNoneIsSent() {
    AtomicInteger sent = new AtomicInteger();
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            true,
            new RoundRobinPartitioner(),
            new ByteArraySerializer(),
            new ByteArraySerializer()) {
          @Override
          @SuppressWarnings("NullAway") // As a producer does: there is no metadata of a failure.
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> message, Callback callback) {
            sent.incrementAndGet();
            callback.onCompletion(null, new TimeoutException("no such topic"));
            return CompletableFuture.failedFuture(new TimeoutException("no such topic"));
          }
        };
    SimulationSender sender =
        new SimulationSender(
            producer, new WireFormat(new InMemoryRegistryClient(), ""), PACE, Clock.systemUTC());
    Population.Arrivals arrivals = new Population(1, 0).arrivals(5);

    assertThatThrownBy(() -> sender.send(arrivals, Long.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not take a message");
    assertThat(sent).hasValue(1);
  }

  @Test
  void aTopicThatIsNotThereIsNamedBeforeAnythingIsSent() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Topic.inputs().stream()
        .filter(topic -> topic != Topic.TREATMENT_EVENTS)
        .forEach(topic -> there(consumer, "x-" + topic.baseName(), 2));

    assertThatThrownBy(() -> SimulationTopics.require(consumer, "x-", 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "There is no topic x-treatment-events; 'meninx topics --create' makes the topics.");

    there(consumer, "x-treatment-events", 1);
    assertThatThrownBy(() -> SimulationTopics.require(consumer, "x-", 2))
        .hasMessageContaining("x-treatment-events has 1 partitions, and topics.partitions is 2");

    there(consumer, "x-treatment-events", 2);
    assertThatCode(() -> SimulationTopics.require(consumer, "x-", 2)).doesNotThrowAnyException();
  }

  private static void there(MockConsumer<byte[], byte[]> consumer, String topic, int partitions) {
    Node node = new Node(0, "here", 1);
    consumer.updatePartitions(
        topic,
        IntStream.range(0, partitions)
            .mapToObj(
                partition ->
                    new PartitionInfo(topic, partition, node, new Node[] {node}, new Node[] {node}))
            .toList());
  }
}
