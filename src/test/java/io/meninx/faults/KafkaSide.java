package io.meninx.faults;

import io.meninx.replay.KafkaJournal;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topics of one history, as the harness sees them: written to and read. */
final class KafkaSide {
  private final String servers;
  private final String prefix;
  private final int partitions;

  KafkaSide(String servers, String prefix, int partitions) {
    this.servers = servers;
    this.prefix = prefix;
    this.partitions = partitions;
  }

  /** A producer that outlasts every fault: what it takes arrives once and in order. */
  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            "180000",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "180000",
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            "5000"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Reads what is committed. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The journal, as {@code replay} reads it. */
  KafkaJournal journal(RegistryClient registry) {
    return new KafkaJournal(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers), prefix, registry, true);
  }

  /** The name of a topic in this history. */
  String name(Topic topic) {
    return topic.name(prefix);
  }

  List<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, partitions)
        .mapToObj(partition -> new TopicPartition(name(topic), partition))
        .toList();
  }

  /** Where a topic's partitions end for one who reads what is committed. */
  Map<TopicPartition, Long> ends(Topic topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return new HashMap<>(consumer.endOffsets(partitions(topic)));
    }
  }

  /** All committed records of a topic, partition by partition, in order. */
  List<List<ConsumerRecord<byte[], byte[]>>> read(Topic topic) {
    List<List<ConsumerRecord<byte[], byte[]>>> rows = new ArrayList<>();
    IntStream.range(0, partitions).forEach(_ -> rows.add(new ArrayList<>()));
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> all = partitions(topic);
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(one -> consumer.position(one) < end(ends, one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(row -> rows.get(row.partition()).add(row));
      }
    }
    return rows;
  }

  /**
   * Writes a copy of the second record of a partition behind its last one; the first one of a
   * journal is no input's.
   */
  void repeatOne(Topic topic) {
    ConsumerRecord<byte[], byte[]> row =
        read(topic).stream().filter(rows -> rows.size() > 1).findFirst().orElseThrow().get(1);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      var _ =
          producer.send(new ProducerRecord<>(row.topic(), row.partition(), row.key(), row.value()));
    }
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    @Nullable Long end = ends.get(partition);
    return end == null ? 0 : end;
  }
}
