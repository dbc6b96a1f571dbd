package io.meninx.service.metrics;

import io.meninx.topology.Names;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;

/** How the instance is, and what Kafka Streams measures, added up over its partitions. */
public final class InstanceMetrics {
  private final Meters meters;
  private final Clock clock;

  /** For this registry. */
  public InstanceMetrics(MeterRegistry registry, Clock clock) {
    this.meters = new Meters(registry);
    this.clock = clock;
  }

  /**
   * Adds what is the same as long as it runs.
   *
   * @param version of the program
   * @param guideline id and version
   * @param partitions of every topic
   */
  public void bindBuild(String version, String guideline, int partitions) {
    meters.gauge(Metric.BUILD, () -> 1, version, guideline);
    meters.gauge(Metric.PARTITIONS_CONFIGURED, () -> partitions);
  }

  /** Adds what the health endpoints say. */
  public void bindHealth(BooleanSupplier live, BooleanSupplier ready) {
    meters.gauge(Metric.LIVE, () -> live.getAsBoolean() ? 1 : 0);
    meters.gauge(Metric.READY, () -> ready.getAsBoolean() ? 1 : 0);
  }

  /**
   * Adds inputs not read yet and sizes of stores.
   *
   * @param prefix of the topics
   * @param metrics of Kafka Streams
   * @param fetched inputs that Kafka Streams has fetched and not committed as decided
   */
  public void bindStream(
      String prefix,
      Supplier<? extends Map<MetricName, ? extends org.apache.kafka.common.Metric>> metrics,
      LongSupplier fetched) {
    StreamSums sums = new StreamSums(prefix, metrics, clock);
    meters.gauge(Metric.INPUTS_LAG, () -> sums.now().lag() + fetched.getAsLong());
    for (String store : Names.STORES) {
      meters.gauge(Metric.STORE_SIZE, () -> sums.now().bytes().getOrDefault(store, 0.0), store);
      meters.gauge(Metric.STORE_ROWS, () -> sums.now().rows().getOrDefault(store, 0.0), store);
    }
  }
}
