package io.meninx.service.metrics;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Stage;
import io.meninx.readmodel.Behind;
import io.meninx.readmodel.Figures;
import io.meninx.readmodel.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** What the read model knows of all patients, and how it reads. */
public final class ReadModelMetrics implements Reading {
  private final Meters meters;
  private final Clock clock;
  private final Timer alertLatency;

  /**
   * Nothing was read yet.
   *
   * @param clock of this machine
   */
  public ReadModelMetrics(MeterRegistry registry, Clock clock) {
    this.meters = new Meters(registry);
    this.clock = clock;
    this.alertLatency = meters.histogram(Metric.ALERT_LATENCY);
  }

  /** Adds what there is at present. */
  public void bind(Figures figures, Supplier<Behind> behind) {
    for (Stage stage : Stage.values()) {
      meters.gauge(Metric.PATIENTS, () -> figures.patients(stage), stage.name());
    }
    for (Priority priority : Priority.values()) {
      String tag = priority.name();
      for (AlertCode code : AlertCode.values()) {
        for (Optional<AlertStage> stage : AlertKinds.STAGES) {
          meters.gauge(
              Metric.ALERTS_OPEN,
              () -> figures.open(code, priority, stage),
              code.name(),
              tag,
              AlertKinds.tag(stage));
        }
      }
      meters.gauge(Metric.ALERTS_OVERDUE, () -> figures.overdue(priority), tag);
      meters.gauge(Metric.ALERTS_UNACKNOWLEDGED, () -> figures.unacknowledged(priority), tag);
      meters.gauge(
          Metric.ALERTS_UNACKNOWLEDGED_AGE,
          () -> figures.waitingSince(priority).map(this::secondsSince).orElse(0.0),
          tag);
    }
    meters.gauge(Metric.READ_MODEL_BEHIND, () -> behind.get().records());
    meters.gauge(Metric.READ_MODEL_AGE, () -> StreamMetrics.seconds(behind.get().age()));
    meters.gauge(Metric.READ_MODEL_UNREADABLE, () -> behind.get().unreadable());
    meters.gauge(Metric.READ_MODEL_SKIPPED, () -> behind.get().skipped());
    meters.gauge(
        Metric.READ_MODEL_ALERTS_NOT_READ,
        () -> {
          OptionalLong notRead = behind.get().alertsNotRead();
          return notRead.isPresent() ? notRead.getAsLong() : Double.NaN;
        });
    meters.gauge(Metric.READ_MODEL_SIZE, figures::bytes);
  }

  private double secondsSince(Instant time) {
    return StreamMetrics.seconds(
        StreamMetrics.notNegative(Duration.between(time, clock.instant())));
  }

  @Override
  public void alertReadable(Duration sinceReceipt) {
    alertLatency.record(StreamMetrics.notNegative(sinceReceipt));
  }

  @Override
  public Runnable opened(Consumer<byte[], byte[]> client) {
    KafkaClientMetrics metrics = new KafkaClientMetrics(client);
    metrics.bindTo(meters.registry());
    return metrics::close;
  }
}
