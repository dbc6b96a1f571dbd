package io.meninx.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed in a topic, from its beginning to what is its end at the start. */
final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls without any record before a cluster counts as away: half a minute. */
  private static final int PATIENCE = 60;

  private final Consumer<byte[], byte[]> consumer;

  TopicScan(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * All of a topic, in order within each partition.
   *
   * @throws DeadLetterException there is no such topic, or no answer
   */
  void all(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    int empty = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      var records = consumer.poll(POLL);
      empty = records.isEmpty() ? empty + 1 : 0;
      if (empty > PATIENCE) {
        throw new DeadLetterException("The topic " + topic + " does not answer.");
      }
      for (ConsumerRecord<byte[], byte[]> row : records) {
        long end = ends.getOrDefault(new TopicPartition(topic, row.partition()), 0L);
        if (row.offset() < end) {
          to.accept(row);
        }
      }
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    if (infos == null || infos.isEmpty()) {
      throw new DeadLetterException(
          "There is no topic " + topic + "; 'meninx topics --create' makes the topics.");
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  /** One record; absent when its topic does not keep it any more. */
  Optional<ConsumerRecord<byte[], byte[]>> one(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    consumer.assign(List.of(at));
    consumer.seek(at, offset);
    try {
      for (int i = 0; i < PATIENCE; i++) {
        for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
          return Optional.of(row).filter(found -> found.offset() == offset);
        }
        if (consumer.position(at) > offset) {
          return Optional.empty();
        }
      }
    } catch (OffsetOutOfRangeException _) {
      return Optional.empty();
    }
    throw new DeadLetterException("The topic " + topic + " does not answer.");
  }
}
