package io.meninx.docs;

import io.meninx.service.metrics.LibraryMetric;
import io.meninx.service.metrics.Metric;
import io.meninx.service.metrics.Tag;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** topology-docs/metrics.md: every metric, its type, unit, tags and meaning, from the code. */
public final class MetricsDocument {
  /** Where it is, from the root of the repository. */
  public static final Path FILE = Path.of("topology-docs", "metrics.md");

  /** Sets of more values than this stand in a table of their own. */
  private static final int SHORT = 6;

  private MetricsDocument() {}

  /** The whole page. */
  public static String markdown() {
    return """
    # Metrics

    Written by `meninx docs`; do not edit. `/metrics` has them in Prometheus' text format. Dashboards for Grafana
    are in [helm/meninx/dashboards](../helm/meninx/dashboards), alert rules for Prometheus in
    [helm/meninx/rules](../helm/meninx/rules/meninx.rules.yaml).

    - **No patient is in any tag.** The values of every tag are a closed set; they are all there from the start, at zero.
    - **Counters and histograms** are of one instance since its start: add them up over instances. They are counted when
      something is decided, not when the transaction is committed: what was done again after a failure is counted again.
      Exact numbers come from the journal.
    - **"The same everywhere"** means that it is of all patients, from the read model of the output topics, which every
      instance has: take `max`, never `sum`. It is exact after a restart, and as far behind as
      `meninx_read_model_behind_records` says. With `http.api: false` an instance has no read model and none of these.
    - **Times** are measured outside of the topology, which never asks a clock: receipt is the time the broker put
      into the record, the end is the clock of the instance. Where ticks do not tell the present time (`ticks: false`),
      lags and ages are against the clock all the same and say nothing.
    - Buckets of every histogram (`_bucket`; with `_sum`, `_count` and `_max`, the greatest of the last minutes), in seconds: %s.

    ## Meninx

    | metric | type | unit | tags | meaning |
    |---|---|---|---|---|
    %s
    ## Values of tags

    | tag | values |
    |---|---|
    %s
    ## The last audit

    `replay` is a command that ends, so no instance of the service can tell of it. `replay --metrics FILE.prom` writes the
    metrics named `meninx_replay_...` to a file, in one step, for the textfile collector of Prometheus' node exporter; only
    for an audit of the whole journal by its own guideline. They tell of the journal as it was when that audit ended, no more;
    `MeninxReplayOld` fires when that is long ago.

    ## Of libraries

    Kafka Streams, its clients, the clients of ticks, read model and answers (`kafka_*`), the JVM (`jvm_*`) and the
    process (`process_*`, `system_*`) are measured by Micrometer's binders under their own names, which follow
    [Kafka](https://kafka.apache.org/documentation/#monitoring) and
    [Micrometer](https://docs.micrometer.io/micrometer/reference/reference/jvm.html). Their tags name threads, clients,
    tasks, stores, topics and partitions. The dashboards and rules use these:

    | metric | type | unit | meaning |
    |---|---|---|---|
    %s\
    """
        .formatted(buckets(), own(), values(), libraries());
  }

  private static String buckets() {
    return Metric.BUCKETS.stream().map(MetricsDocument::seconds).collect(Collectors.joining(", "));
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static String own() {
    return Arrays.stream(Metric.values())
        .map(
            metric ->
                "| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                        metric.prometheusName(),
                        metric.type().words(),
                        metric.unit(),
                        metric.tags().stream()
                            .map(MetricsDocument::tag)
                            .collect(Collectors.joining("; ")),
                        metric.meaning()))
        .collect(Collectors.joining());
  }

  private static String tag(Tag tag) {
    if (tag.allowed().isEmpty()) {
      return "`" + tag.key() + "`: one value";
    }
    return tag.allowed().size() <= SHORT
        ? "`" + tag.key() + "`: " + String.join(", ", tag.allowed())
        : "`" + tag.key() + "`: [" + tag.name() + "](#values-of-tags)";
  }

  private static String values() {
    return Arrays.stream(Tag.values())
        .filter(tag -> tag.allowed().size() > SHORT)
        .map(tag -> "| %s | %s |\n".formatted(tag.name(), String.join(", ", tag.allowed())))
        .collect(Collectors.joining());
  }

  private static String libraries() {
    return Arrays.stream(LibraryMetric.values())
        .map(
            metric ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        metric.prometheusName(), metric.type(), metric.unit(), metric.meaning()))
        .collect(Collectors.joining());
  }
}
