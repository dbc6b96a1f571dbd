package io.meninx.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.EventType;
import io.meninx.service.http.HealthPart.Health;
import io.meninx.service.metrics.StreamMetrics;
import io.meninx.service.settings.HttpSettings;
import io.meninx.service.settings.Secret;
import io.meninx.topology.Decided;
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
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
  private static final HttpSettings ANY_PORT = HttpSettings.local(0);

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
    metrics.bindPartitions(() -> Set.of(0));
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of(new MetricsPart(registry)))) {
      metrics.processed(Topic.KPS_UPDATES, Disposition.DECIDED, Optional.empty());
      metrics.processed(
          Topic.KPS_UPDATES, Disposition.DEAD_LETTER, Optional.of(PoisonReason.EVENT_ID_REUSED));
      metrics.deadLetter(Topic.KPS_UPDATES, PoisonReason.EVENT_ID_REUSED);
      metrics.processed(Topic.CLOCK_TICKS, Disposition.TICK, Optional.empty());
      metrics.processed(Topic.CLOCK_TICKS, Disposition.DUPLICATE, Optional.empty());
      metrics.moved(0, now.minusSeconds(30));
      metrics.decided(
          new Decided(
              Cause.TIMER,
              Optional.empty(),
              Optional.empty(),
              List.of(EventType.STAGE_CHANGED),
              List.of(),
              Set.of()));

      assertThat(get(server, "/metrics").body().lines())
          .contains(
              "meninx_inputs_total{status=\"decided\",topic=\"kps-updates\"} 1.0",
              "meninx_inputs_total{status=\"dead_letter\",topic=\"kps-updates\"} 1.0",
              "meninx_inputs_total{status=\"tick\",topic=\"clock-ticks\"} 1.0",
              "meninx_inputs_total{status=\"decided\",topic=\"imaging-reports\"} 0.0",
              "meninx_dead_letters_total{reason=\"EVENT_ID_REUSED\"} 1.0",
              "meninx_decisions_total{cause=\"TIMER\"} 1.0",
              "meninx_decisions_total{cause=\"INPUT\"} 0.0",
              "meninx_events_total{type=\"STAGE_CHANGED\"} 1.0",
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
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body())
          .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Server Error\",\"status\":500}");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (HttpServer server = HttpServer.start(ANY_PORT, List.of())) {
      assertThatThrownBy(() -> HttpServer.start(HttpSettings.local(server.port()), List.of()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + server.port());
    }
  }

  @Test
  void withAKeyStoreItSpeaksHttpsAndNothingElse(@TempDir Path directory) throws Exception {
    Path store = keyStore(directory);
    try (HttpServer server = HttpServer.start(withTls(store, "s3cret-1"), List.of());
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      assertThat(server.address().getScheme()).isEqualTo("https");
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(server.address().resolve("/nothing")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();

      URI plain = URI.create("http://127.0.0.1:" + server.port() + "/nothing");
      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKeyStoreThatCannotBeOpenedIsNamed(@TempDir Path directory) throws Exception {
    Path store = keyStore(directory);

    assertThatThrownBy(() -> HttpServer.start(withTls(store, "other"), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(store.toString());
  }

  private static HttpSettings withTls(Path store, String password) {
    HttpSettings local = HttpSettings.local(0);
    return new HttpSettings(
        local.host(),
        0,
        true,
        Optional.of(new HttpSettings.TlsSettings(store, new Secret(password))),
        false,
        Optional.empty(),
        local.requestsPerMinute(),
        Optional.empty());
  }

  private static Path keyStore(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=a",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "s3cret-1"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return store;
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), "s3cret-1".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> get(HttpServer server, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = server.address().resolve(path);
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }
}
