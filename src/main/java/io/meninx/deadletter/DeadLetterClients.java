package io.meninx.deadletter;

import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach the cluster and the registry.
 *
 * @param consumer settings of Kafka's consumer
 * @param producer settings of Kafka's producer
 * @param registry of schemas; closed by its owner
 * @param prefix of the topics
 */
public record DeadLetterClients(
    Map<String, Object> consumer,
    Map<String, Object> producer,
    RegistryClient registry,
    String prefix) {

  /** The topics say what they take; the producer need not. */
  private static final int LARGEST_REQUEST = 64 * 1024 * 1024;

  public DeadLetterClients {
    consumer = Map.copyOf(consumer);
    producer = Map.copyOf(producer);
  }

  String name(Topic topic) {
    return topic.name(prefix);
  }

  /** Without a group: it reads what it is told to, and commits nothing. */
  Consumer<byte[], byte[]> newConsumer() {
    Map<String, Object> config = new HashMap<>(consumer);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The one writer of a deployment: a second one with the same id shuts the first one out. */
  Producer<byte[], byte[]> newProducer() {
    Map<String, Object> config = new HashMap<>(producer);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + "meninx-dlq");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
