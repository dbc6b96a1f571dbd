package io.meninx.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.service.http.HealthPart.Health;
import io.meninx.service.metrics.StreamMetrics;
import io.meninx.service.settings.HttpSettings;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0);

  @Test
  void eachQuestionOfHealthHasItsOwnAnswer() throws Exception {
    AtomicReference<Health> health =
        new AtomicReference<>(new Health(true, false, false, Map.of("stream", "REBALANCING")));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(new HealthPart(health::get)))) {
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health/started").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health/ready").body())
          .isEqualTo("{\"status\":\"DOWN\",\"stream\":\"REBALANCING\"}");

      health.set(new Health(true, true, true, Map.of()));
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void metricsAreInPrometheusFormatAndCountFromZero() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Instant now = Instant.parse("2026-01-01T12:00:30Z");
    StreamMetrics metrics = new StreamMetrics(registry, Clock.fixed(now, ZoneOffset.UTC));
    metrics.bindPartitions(registry, () -> Set.of(0));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(new MetricsPart(registry)))) {
      metrics.processed(Topic.KPS_UPDATES, Disposition.DECIDED, Optional.empty());
      metrics.processed(
          Topic.KPS_UPDATES, Disposition.DEAD_LETTER, Optional.of(PoisonReason.EVENT_ID_REUSED));
      metrics.deadLetter(Topic.KPS_UPDATES, PoisonReason.EVENT_ID_REUSED);
      metrics.processed(Topic.CLOCK_TICKS, Disposition.TICK, Optional.empty());
      metrics.processed(Topic.CLOCK_TICKS, Disposition.DUPLICATE, Optional.empty());
      metrics.moved(0, now.minusSeconds(30));
      metrics.worked(0, 4, false);

      assertThat(get(server, "/metrics").body().lines())
          .contains(
              "meninx_inputs_total{status=\"decided\",topic=\"kps-updates\"} 1.0",
              "meninx_inputs_total{status=\"dead_letter\",topic=\"kps-updates\"} 1.0",
              "meninx_inputs_total{status=\"tick\",topic=\"clock-ticks\"} 1.0",
              "meninx_inputs_total{status=\"decided\",topic=\"imaging-reports\"} 0.0",
              "meninx_dead_letters_total{reason=\"EVENT_ID_REUSED\"} 1.0",
              "meninx_decisions_total 5.0",
              "meninx_ticks_dropped_total 1.0",
              "meninx_tick_lag_seconds 30.0");
    }
  }

  @Test
  void aFailureInAPartTellsNothingOfItsText() throws Exception {
    HttpServer.Part broken =
        config ->
            config.routes.get(
                "/broken",
                _ -> {
                  throw new IllegalStateException("text of a patient");
                });
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(broken))) {
      HttpResponse<String> answer = get(server, "/broken");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of())) {
      assertThatThrownBy(
              () -> HttpServer.start(new HttpSettings("127.0.0.1", server.port()), List.of()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
    }
  }

  private static HttpResponse<String> get(HttpServer server, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = server.address().resolve(path);
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }
}
