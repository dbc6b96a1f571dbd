package io.meninx.service;

import io.meninx.service.metrics.Meters;
import io.meninx.service.metrics.Metric;
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
    Meters meters = new Meters(registry);
    meters.gauge(Metric.RESTORE_STORES, remaining::size);
    meters.gauge(Metric.RESTORE_REMAINING, this::remaining);
    meters.gauge(Metric.RESTORE_RESTORED, restored::get);
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
