package io.meninx.service.metrics;

import io.meninx.wire.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

/**
 * Sums over what Kafka Streams measures of each partition and store. All are looked through at
 * once, and not again for every gauge of a scrape.
 */
final class StreamSums {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final String LAG = "records-lag";
  private static final String LAG_GROUP = "consumer-fetch-manager-metrics";
  private static final String STORE_GROUP = "stream-state-metrics";
  private static final String STORE_TAG = "rocksdb-state-id";
  private static final Set<String> SIZES = Set.of("total-sst-files-size", "size-all-mem-tables");
  private static final String ROWS = "estimate-num-keys";

  private final Map<String, String> inputs;
  private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
  private final Clock clock;
  private Instant at = Instant.MIN;
  private Sums last = new Sums(0, Map.of(), Map.of());

  /**
   * The sums at a time.
   *
   * @param lag committed inputs that were not fetched yet, records
   * @param bytes of each store
   * @param rows of each store, estimated
   */
  record Sums(double lag, Map<String, Double> bytes, Map<String, Double> rows) {}

  StreamSums(
      String prefix, Supplier<? extends Map<MetricName, ? extends Metric>> metrics, Clock clock) {
    // Kafka's clients put '_' for '.' into some tags.
    this.inputs =
        Topic.inputs().stream()
            .map(topic -> topic.name(prefix))
            .collect(Collectors.toMap(name -> name.replace('.', '_'), name -> name));
    this.metrics = metrics;
    this.clock = clock;
  }

  synchronized Sums now() {
    Instant now = clock.instant();
    if (at.equals(Instant.MIN) || Duration.between(at, now).abs().compareTo(FRESH) > 0) {
      last = sums();
      at = now;
    }
    return last;
  }

  private Sums sums() {
    Map<TopicPartition, Double> lags = new HashMap<>();
    Map<String, Double> bytes = new HashMap<>();
    Map<String, Double> rows = new HashMap<>();
    metrics
        .get()
        .forEach(
            (name, metric) -> {
              if (name.group().equals(LAG_GROUP) && name.name().equals(LAG)) {
                partition(name.tags()).ifPresent(of -> lags.put(of, number(metric)));
              } else if (name.group().equals(STORE_GROUP)) {
                String store = name.tags().getOrDefault(STORE_TAG, "");
                if (SIZES.contains(name.name())) {
                  bytes.merge(store, number(metric), Double::sum);
                } else if (name.name().equals(ROWS)) {
                  rows.merge(store, number(metric), Double::sum);
                }
              }
            });
    return new Sums(lags.values().stream().mapToDouble(Double::doubleValue).sum(), bytes, rows);
  }

  private Optional<TopicPartition> partition(Map<String, String> tags) {
    String topic = inputs.get(tags.getOrDefault("topic", "").replace('.', '_'));
    String partition = tags.get("partition");
    return topic == null || partition == null
        ? Optional.empty()
        : Optional.of(new TopicPartition(topic, Integer.parseInt(partition)));
  }

  private static double number(Metric metric) {
    return metric.metricValue() instanceof Number value && !Double.isNaN(value.doubleValue())
        ? value.doubleValue()
        : 0;
  }
}
