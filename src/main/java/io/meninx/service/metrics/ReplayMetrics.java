package io.meninx.service.metrics;

import io.meninx.replay.ReplayResult;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;

/**
 * What came of an audit, as a file for the textfile collector of Prometheus' node exporter: an
 * audit is a command that ends, and no instance of the service knows of it.
 */
public final class ReplayMetrics {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private ReplayMetrics() {}

  /**
   * Writes the file, in one step, so that nobody reads half of it.
   *
   * @param file its name must end in {@code .prom} for the node exporter
   * @param result of an audit of the whole journal
   * @param finished when it ended
   * @throws IOException the file cannot be written
   */
  public static void write(Path file, ReplayResult result, Instant finished) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text(result, finished));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(ReplayResult result, Instant finished) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry);
    Map.of(
            "IDENTICAL", result.identical(),
            "DIVERGED", result.diverged(),
            "ENGINE_CHANGED", result.engineChanged(),
            "ERASED", result.erased(),
            "ON_ERASED", result.onErased(),
            "ON_MISSING", result.onMissing(),
            "UNREADABLE", result.unreadable())
        .forEach((verdict, count) -> meters.gauge(Metric.REPLAY_ENTRIES, () -> count, verdict));
    meters.gauge(Metric.REPLAY_DIVERGENCES, () -> result.diverged() + result.engineChanged());
    meters.gauge(
        Metric.REPLAY_CHAIN_BREAKS,
        () -> result.partitions().stream().filter(partition -> !partition.chain().whole()).count());
    meters.gauge(Metric.REPLAY_REPRODUCED, () -> result.reproduced() ? 1 : 0);
    meters.gauge(Metric.REPLAY_FINISHED, finished::getEpochSecond);
    return registry.scrape(TYPE);
  }
}
