package io.meninx.faults;

import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the committed journal as it grows, and knows how far each input was decided. */
final class JournalTail {
  private final KafkaSide kafka;
  private final OutputReader reader = new OutputReader();
  private final Map<TopicPartition, Long> next = new HashMap<>();

  JournalTail(KafkaSide kafka) {
    this.kafka = kafka;
  }

  /**
   * Waits until every input partition was decided up to these offsets; those that are 0 are not
   * waited for.
   */
  void awaitDecided(Map<TopicPartition, Long> upTo, boolean fromTheStart, Duration limit) {
    read(fromTheStart, limit, () -> reached(upTo));
  }

  private boolean reached(Map<TopicPartition, Long> upTo) {
    return upTo.entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private void read(boolean fromTheStart, Duration limit, BooleanSupplier done) {
    long end = System.nanoTime() + limit.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer()) {
      var partitions = kafka.partitions(Topic.PATHWAY_JOURNAL);
      consumer.assign(partitions);
      if (fromTheStart) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      while (!done.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("not decided within " + limit);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(this::see);
      }
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> row) {
    byte[] value = row.value();
    try {
      JournalEntry entry =
          reader
              .journal(
                  Topic.PATHWAY_JOURNAL.valueSchema(),
                  value,
                  Frames.HEADER_LENGTH,
                  value.length - Frames.HEADER_LENGTH)
              .entry();
      entry.coordinates().ifPresent(this::see);
    } catch (PoisonRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private void see(Coordinates at) {
    Topic topic = Topic.of("", at.topic()).orElseThrow();
    next.merge(new TopicPartition(kafka.name(topic), at.partition()), at.offset() + 1, Math::max);
  }
}
