package io.meninx.service.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Makes the meters of {@link Metric}, and no others. */
public record Meters(MeterRegistry registry) {

  /**
   * A counter.
   *
   * @param values of its tags, in their order
   */
  public Counter counter(Metric metric, String... values) {
    Counter.Builder builder =
        Counter.builder(metric.key()).description(metric.meaning()).tags(tags(metric, values));
    return (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /**
   * A gauge. What is asked stays alive as long as the registry.
   *
   * @param value now; NaN when nobody knows
   * @param values of its tags, in their order
   */
  public void gauge(Metric metric, DoubleSupplier value, String... values) {
    Gauge.Builder<?> builder =
        Gauge.builder(metric.key(), value, DoubleSupplier::getAsDouble)
            .strongReference(true)
            .description(metric.meaning())
            .tags(tags(metric, values));
    (metric.unit().isEmpty() ? builder : builder.baseUnit(metric.unit())).register(registry);
  }

  /**
   * A histogram of durations.
   *
   * @param values of its tags, in their order
   */
  public Timer histogram(Metric metric, String... values) {
    return Timer.builder(metric.key())
        .description(metric.meaning())
        .serviceLevelObjectives(Metric.BUCKETS.toArray(Duration[]::new))
        .tags(tags(metric, values))
        .register(registry);
  }

  private static Tags tags(Metric metric, String... values) {
    List<Tag> tags = metric.tags();
    if (tags.size() != values.length) {
      throw new IllegalArgumentException(metric + " has " + tags.size() + " tags");
    }
    Tags made = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      Tag tag = tags.get(i);
      if (!tag.allows(values[i])) {
        throw new IllegalArgumentException(metric + " has no such value of " + tag.key());
      }
      made = made.and(tag.key(), values[i]);
    }
    return made;
  }
}
