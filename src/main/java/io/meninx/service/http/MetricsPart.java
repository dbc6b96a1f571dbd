package io.meninx.service.http;

import io.javalin.config.JavalinConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code /metrics}, in Prometheus' text format. */
public final class MetricsPart implements HttpServer.Part {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  /** What this registry has. */
  public MetricsPart(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void addTo(JavalinConfig config) {
    HttpServer.open(
        config,
        "/metrics",
        context ->
            context
                .header("Cache-Control", "no-store")
                .contentType(TYPE)
                .result(registry.scrape(TYPE)));
  }
}
