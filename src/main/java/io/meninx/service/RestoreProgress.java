package io.meninx.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far stores are restored from their changelogs. Called from the threads that restore. */
final class RestoreProgress implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();
  private final AtomicLong restored = new AtomicLong();

  void bindTo(MeterRegistry registry) {
    Gauge.builder("meninx.restore.stores", remaining, Map::size)
        .description("Stores of partitions that are being restored")
        .register(registry);
    Gauge.builder("meninx.restore.remaining", this, RestoreProgress::remaining)
        .baseUnit("records")
        .description("Changelog records that are still to be read before work goes on")
        .register(registry);
    Gauge.builder("meninx.restore.restored", restored, AtomicLong::get)
        .baseUnit("records")
        .description("Changelog records read since the start")
        .register(registry);
  }

  /** Whether nothing is being restored. */
  boolean done() {
    return remaining.isEmpty();
  }

  long remaining() {
    return remaining.values().stream().mapToLong(Long::longValue).sum();
  }

  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("stores", remaining.size());
    details.put("remainingRecords", remaining());
    details.put("restoredRecords", restored.get());
    return details;
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long end) {
    remaining.put(partition, Math.max(0, end - from));
    LOG.info("Restores {} of partition {}: {} records", store, partition.partition(), end - from);
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
    restored.addAndGet(count);
    remaining.computeIfPresent(partition, (_, left) -> Math.max(0, left - count));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    remaining.remove(partition);
    LOG.info("Restored {} of partition {}: {} records", store, partition.partition(), total);
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long total) {
    remaining.remove(partition);
  }
}
