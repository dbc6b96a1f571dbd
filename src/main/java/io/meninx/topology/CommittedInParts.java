package io.meninx.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * The consumer of the streams protocol (KIP-1071), which asks for the committed offsets of a task
 * in two parts.
 *
 * <p>Kafka's consumer puts a question for committed offsets together with one for the same
 * partitions that is on its way, and loses the later one when the answer is to be asked for again
 * (KAFKA-20765, as of 4.3.1): brokers call offsets unstable while a transaction that a dead
 * instance left open is not aborted, or the member's epoch has moved on. The poll of a consumer
 * that is given one task asks for all partitions of that task, and Kafka Streams asks for the same
 * then; it would wait for the answer until the 60 s of {@code default.api.timeout.ms} are over, and
 * the partition stand still for 80 s. No other question is for a part of a task.
 */
public final class CommittedInParts extends ConsumerWrapper {
  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    parts(partitions).forEach(part -> committed.putAll(super.committed(part)));
    return committed;
  }

  /**
   * {@inheritDoc}
   *
   * @param timeout for each of the two parts
   */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    parts(partitions).forEach(part -> committed.putAll(super.committed(part, timeout)));
    return committed;
  }

  /** One partition, which can't be parted, and the others. */
  private static Set<Set<TopicPartition>> parts(Set<TopicPartition> partitions) {
    if (partitions.size() < 2) {
      return Set.of(partitions);
    }
    TopicPartition first = partitions.iterator().next();
    Set<TopicPartition> others = new HashSet<>(partitions);
    others.remove(first);
    return Set.of(Set.of(first), others);
  }
}
