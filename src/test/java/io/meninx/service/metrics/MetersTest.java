package io.meninx.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Stage;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import io.meninx.readmodel.Behind;
import io.meninx.readmodel.Samples;
import io.meninx.readmodel.StoredReadModel;
import io.meninx.topology.Decided;
import io.meninx.topology.Decided.AlertChange;
import io.meninx.topology.Decided.Oddity;
import io.meninx.topology.Names;
import io.meninx.wire.Topic;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetersTest {
  private static final Instant NOW = Samples.START.plus(Duration.ofHours(1));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  private List<String> scrape() {
    return registry.scrape("text/plain; version=0.0.4; charset=utf-8").lines().toList();
  }

  @Test
  void aValueThatIsNotInTheSetIsNoTag() {
    assertThatThrownBy(() -> meters.counter(Metric.DECISIONS, "patient-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("patient-1");
    assertThatThrownBy(() -> meters.counter(Metric.DECISIONS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decisionsAreCountedByWhatTheyAre() {
    StreamMetrics metrics = new StreamMetrics(registry, CLOCK);

    metrics.decided(
        new Decided(
            Cause.INPUT,
            Optional.of(Topic.KPS_UPDATES),
            Optional.of(NOW.minusMillis(120)),
            List.of(EventType.STAGE_CHANGED, EventType.STATUS_GROUP_CHANGED),
            List.of(
                new AlertChange(
                    AlertCode.MRI_DUE,
                    Priority.URGENT,
                    Optional.of(AlertStage.OVERDUE),
                    Optional.of(AlertStage.DUE),
                    false,
                    Optional.empty(),
                    true),
                new AlertChange(
                    AlertCode.LUMBAR_PUNCTURE_UNSAFE,
                    Priority.STAT,
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    Optional.empty(),
                    true),
                new AlertChange(
                    AlertCode.BIOPSY_NEEDED,
                    Priority.ROUTINE,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.of(ResolutionReason.DONE),
                    false)),
            Set.of(Oddity.LATE)));

    assertThat(scrape())
        .contains(
            "meninx_decisions_total{cause=\"INPUT\"} 1.0",
            "meninx_events_total{type=\"STAGE_CHANGED\"} 1.0",
            "meninx_events_total{type=\"RECOMMENDATION_ISSUED\"} 0.0",
            "meninx_facts_odd_total{kind=\"LATE\"} 1.0",
            "meninx_alerts_reached_total{priority=\"URGENT\",stage=\"OVERDUE\"} 1.0",
            "meninx_alerts_raised_total{code=\"LUMBAR_PUNCTURE_UNSAFE\",priority=\"STAT\",stage=\"NONE\"}"
                + " 1.0",
            "meninx_alerts_raised_total{code=\"MRI_DUE\",priority=\"URGENT\",stage=\"OVERDUE\"}"
                + " 0.0",
            "meninx_alerts_resolved_total{code=\"BIOPSY_NEEDED\",priority=\"ROUTINE\",stage=\"NONE\"}"
                + " 1.0",
            "meninx_alerts_ended_total{reason=\"DONE\"} 1.0",
            "meninx_alerts_notifications_total{priority=\"STAT\"} 1.0",
            "meninx_alerts_notifications_total{priority=\"ROUTINE\"} 0.0",
            "meninx_decision_latency_seconds_bucket{topic=\"kps-updates\",le=\"0.1\"} 0",
            "meninx_decision_latency_seconds_bucket{topic=\"kps-updates\",le=\"0.15\"} 1",
            "meninx_due_latency_seconds_count 0");
  }

  @Test
  void whatComesDueIsMeasuredFromTheTickAndAClockAheadOfOursIsNoTimeAtAll() {
    StreamMetrics metrics = new StreamMetrics(registry, CLOCK);
    AlertChange due =
        new AlertChange(
            AlertCode.MRI_DUE,
            Priority.ROUTINE,
            Optional.of(AlertStage.DUE),
            Optional.empty(),
            true,
            Optional.empty(),
            true);
    for (Optional<Instant> tick :
        List.of(
            Optional.of(NOW.minusSeconds(4)),
            Optional.of(NOW.plusSeconds(9)),
            Optional.<Instant>empty())) {
      metrics.decided(
          new Decided(Cause.TIMER, Optional.empty(), tick, List.of(), List.of(due), Set.of()));
    }

    assertThat(scrape())
        .contains(
            "meninx_due_latency_seconds_bucket{le=\"0.005\"} 1",
            "meninx_due_latency_seconds_bucket{le=\"5.0\"} 2",
            "meninx_due_latency_seconds_count 2",
            "meninx_decision_latency_seconds_count{topic=\"kps-updates\"} 0");
  }

  @Test
  void theReadModelTellsOfAllPatients(@TempDir Path directory) {
    ReadModelMetrics metrics = new ReadModelMetrics(registry, CLOCK);
    try (StoredReadModel model = new StoredReadModel(directory)) {
      metrics.bind(model.figures(), model::behind);
      model.pathway(Samples.pathway("anna", 1, Samples.line(AlertCode.BIOPSY_NEEDED)));
      model.alert(
          Samples.alert("anna", "a", 1, AlertCode.MRI_DUE, AlertState.ACTIVE, Priority.STAT, 15));
      metrics.alertReadable(Duration.ofMillis(80));

      assertThat(scrape())
          .contains(
              "meninx_patients{stage=\"DIAGNOSED\"} 1.0",
              "meninx_patients{stage=\"" + Stage.CLOSED + "\"} 0.0",
              "meninx_alerts_open{code=\"MRI_DUE\",priority=\"STAT\",stage=\"DUE\"} 1.0",
              "meninx_alerts_overdue{priority=\"STAT\"} 0.0",
              "meninx_alerts_unacknowledged{priority=\"STAT\"} 1.0",
              "meninx_alerts_unacknowledged_age_seconds{priority=\"STAT\"} 2700.0",
              "meninx_alerts_unacknowledged_age_seconds{priority=\"URGENT\"} 0.0",
              "meninx_read_model_behind_records 3.0",
              "meninx_read_model_age_seconds 3600.0",
              "meninx_read_model_skipped_records 0.0",
              "meninx_read_model_alerts_not_read 1.0",
              "meninx_alert_latency_seconds_bucket{le=\"0.075\"} 0",
              "meninx_alert_latency_seconds_bucket{le=\"0.1\"} 1");
      assertThat(scrape()).noneMatch(line -> line.contains("anna"));
    }
  }

  /** A clock that was ahead when it was measured, and was put right since. */
  @Test
  void howOldTheReadModelIsIsNotToldByTheClockOfTheMachine(@TempDir Path directory) {
    ReadModelMetrics metrics = new ReadModelMetrics(registry, CLOCK);
    try (StoredReadModel model = new StoredReadModel(directory)) {
      metrics.bind(
          model.figures(),
          () ->
              new Behind(
                  0,
                  Optional.of(NOW.plus(Duration.ofHours(1))),
                  Duration.ofSeconds(70),
                  Optional.empty(),
                  Optional.empty(),
                  0,
                  0,
                  OptionalLong.empty()));

      assertThat(scrape()).contains("meninx_read_model_age_seconds 70.0");
    }
  }

  /** Partitions and threads are added up; topics of others and doubled tags are not. */
  @Test
  void whatKafkaStreamsMeasuresIsAddedUp() {
    Map<MetricName, KafkaMetric> measured =
        List.of(
                measured(
                    "records-lag",
                    "consumer-fetch-manager-metrics",
                    3,
                    Map.of("topic", "a_kps-updates", "partition", "0")),
                measured(
                    "records-lag",
                    "consumer-fetch-manager-metrics",
                    3,
                    Map.of("topic", "a.kps-updates", "partition", "0", "client-id", "c")),
                measured(
                    "records-lag",
                    "consumer-fetch-manager-metrics",
                    4,
                    Map.of("topic", "a.kps-updates", "partition", "1")),
                measured(
                    "records-lag",
                    "consumer-fetch-manager-metrics",
                    50,
                    Map.of("topic", "meninx-facts-changelog", "partition", "0")),
                measured(
                    "records-lag",
                    "consumer-fetch-manager-metrics",
                    Double.NaN,
                    Map.of("topic", "a.clock-ticks", "partition", "0")),
                measured(
                    "total-sst-files-size",
                    "stream-state-metrics",
                    100,
                    Map.of("rocksdb-state-id", Names.FACTS, "task-id", "0_0")),
                measured(
                    "size-all-mem-tables",
                    "stream-state-metrics",
                    10,
                    Map.of("rocksdb-state-id", Names.FACTS, "task-id", "0_1")),
                measured(
                    "estimate-num-keys",
                    "stream-state-metrics",
                    7,
                    Map.of("rocksdb-state-id", Names.TIMERS, "task-id", "0_1")))
            .stream()
            .collect(Collectors.toMap(KafkaMetric::metricName, metric -> metric));

    new InstanceMetrics(registry, CLOCK).bindStream("a.", () -> measured, () -> 5);

    assertThat(scrape())
        .contains(
            "meninx_inputs_lag_records 12.0",
            "meninx_store_size_bytes{store=\"facts\"} 110.0",
            "meninx_store_size_bytes{store=\"pathways\"} 0.0",
            "meninx_store_rows{store=\"timers\"} 7.0");
  }

  private static KafkaMetric measured(
      String name, String group, double value, Map<String, String> tags) {
    return new KafkaMetric(
        new Object(),
        new MetricName(name, group, "", tags),
        (Gauge<Double>) (_, _) -> value,
        new MetricConfig(),
        Time.SYSTEM);
  }

  /** Nor does a takeover hide that it stands still. */
  @Test
  void theTimeOfAPartitionIsBehindFromItsTakeoverOn() {
    StreamMetrics metrics = new StreamMetrics(registry, CLOCK);
    metrics.bindPartitions(() -> Set.of(3, 4));

    metrics.taken(3, Optional.of(NOW.minusSeconds(7_200)));
    metrics.taken(4, Optional.empty());
    metrics.taken(5, Optional.of(NOW.minusSeconds(999_999))); // of another instance by now
    assertThat(scrape()).contains("meninx_tick_lag_seconds 7200.0", "meninx_tick_age_seconds -1.0");

    metrics.moved(3, NOW.minusSeconds(30));
    assertThat(scrape()).contains("meninx_tick_lag_seconds 30.0", "meninx_tick_age_seconds 0.0");
  }

  /** The number of series does not depend on what was decided. */
  @Test
  void everySeriesIsThereFromTheStart() {
    StreamMetrics metrics = new StreamMetrics(registry, CLOCK);
    List<Meter.Id> before = registry.getMeters().stream().map(Meter::getId).toList();

    for (Cause cause : Cause.values()) {
      for (AlertCode code : AlertCode.values()) {
        metrics.decided(
            new Decided(
                cause,
                Optional.of(Topic.CSF_CYTOLOGY_RESULTS),
                Optional.of(NOW),
                List.of(EventType.values()),
                List.of(
                    new AlertChange(
                        code,
                        Priority.STAT,
                        Optional.of(AlertStage.CRITICAL),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        true)),
                Set.of(Oddity.values())));
      }
    }

    assertThat(registry.getMeters().stream().map(Meter::getId).toList()).isEqualTo(before);
  }
}
