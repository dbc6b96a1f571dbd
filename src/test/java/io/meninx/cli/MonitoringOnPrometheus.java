package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.meninx.cli.Deployed.Instance;
import io.meninx.monitoring.Expressions;
import io.meninx.monitoring.Expressions.Expression;
import io.meninx.monitoring.PrometheusProcess;
import io.meninx.service.metrics.LibraryMetric;
import io.meninx.service.metrics.Metric;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus asks the running service while a simulated flow is decided: every metric that
 * the catalogue, a dashboard or a rule names is there, and every expression gives series (profile
 * {@code monitoring}; needs Debian's package {@code prometheus}).
 */
@Timeout(600)
class MonitoringOnPrometheus {
  private static final Path CASES = Path.of("src/test/prometheus/meninx.rules.test.yaml");

  /** For people: what the service said last. */
  private static final Path OUT = Path.of("target/monitoring");

  private static final String PROMTOOL = System.getProperty("promtool", "promtool");

  /** Kafka Streams makes most of its metrics when it runs; Micrometer looks once a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @TempDir private Path directory;

  @Test
  void promtoolTakesTheRulesAndEveryCaseComesOutAsWritten() throws Exception {
    assertThat(run(PROMTOOL, "check", "rules", Expressions.RULES.toString()))
        .contains("SUCCESS: 22 rules found");
    assertThat(run(PROMTOOL, "test", "rules", CASES.toString())).contains("SUCCESS");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void everyExpressionGivesSeriesFromTheRunningService() throws Exception {
    try (Deployed deployed = new Deployed(directory)) {
      Path config = deployed.config("one", oneBroker());
      Files.writeString(
          config,
          Files.readString(config).replace("ticks: false", "ticks: true") + "tickInterval: 2s\n");
      assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
      Instance instance = deployed.run("one", config);
      instance.awaitReady();
      HttpServer node = serve(directory.resolve("meninx.prom"));
      try (PrometheusProcess prometheus =
          PrometheusProcess.start(
              directory,
              Map.of(
                  "meninx",
                  URI.create(instance.address()).getAuthority(),
                  "node",
                  "127.0.0.1:" + node.getAddress().getPort()),
              Duration.ofSeconds(1))) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> prometheus.value("count_over_time(meninx_ready[1m])") > 2);
        flow(deployed, config);

        everythingInTheCatalogue(prometheus);
        everyExpression(prometheus);
        everyRuleIsSound(prometheus);
        String scrape = instance.ask("/metrics").orElseThrow();
        Files.createDirectories(OUT);
        Files.writeString(OUT.resolve("metrics.txt"), scrape);
        Files.writeString(OUT.resolve("service.log"), instance.said());
        assertThat(scrape).startsWith("200").doesNotContain("sim-0");
        assertThat(instance.said()).doesNotContain("MeterRegistry", " ERROR ");
        System.out.printf(
            "monitoring: %.0f series of one instance%n",
            prometheus.value("scrape_samples_scraped{job=\"meninx\"}"));
      } finally {
        node.stop(0);
      }
    }
  }

  /** Inputs as they come, one that cannot be read, and an audit. */
  private void flow(Deployed deployed, Path config) {
    assertThat(
            meninx(
                    "simulate",
                    "--patients",
                    "20",
                    "--tick-every",
                    "0",
                    "--to",
                    "kafka",
                    "--config",
                    config.toString())
                .exit())
        .isZero();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", deployed.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var _ =
          producer.send(
              new ProducerRecord<>(Topic.KPS_UPDATES.baseName(), new byte[] {1}, new byte[] {7}));
    }
    // Ticks go on, so an audit of the topic ends where it was when the audit began.
    Deployed.Said said =
        meninx(
            "replay",
            "--from",
            "kafka",
            "--config",
            config.toString(),
            "--report",
            directory.resolve("report").toString(),
            "--metrics",
            directory.resolve("meninx.prom").toString());
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  /** What the node exporter would do. */
  private static HttpServer serve(Path file) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void everythingInTheCatalogue(PrometheusProcess prometheus) throws IOException {
    Set<String> names = new TreeSet<>();
    Stream.concat(
            Arrays.stream(Metric.values()).flatMap(metric -> metric.seriesNames().stream()),
            Arrays.stream(LibraryMetric.values()).map(LibraryMetric::prometheusName))
        .forEach(names::add);
    for (Expression expression : Expressions.all()) {
      names.addAll(expression.metrics());
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(names)
                    .as("without a series")
                    .allMatch(name -> !prometheus.query("count(" + name + ")").isEmpty()));
  }

  /** A rule gives series only when it fires; its metrics are looked at above. */
  private static void everyExpression(PrometheusProcess prometheus) throws IOException {
    List<Expression> panels = Expressions.ofDashboards();
    assertThat(panels).hasSizeGreaterThan(60);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(panels)
                    .as("without a series")
                    .allMatch(panel -> !prometheus.query(panel.asked()).isEmpty()));
    for (Expression rule : Expressions.ofRules()) {
      prometheus.query(rule.asked());
    }
  }

  private static void everyRuleIsSound(PrometheusProcess prometheus) {
    List<JsonNode> rules = prometheus.rules();
    assertThat(rules).hasSize(22);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
              assertThat(rule.path("lastError").asText()).isEmpty();
            });
    // For the input that could not be read; nothing else is wrong.
    assertThat(rules)
        .filteredOn(rule -> rule.path("state").asText().equals("firing"))
        .extracting(rule -> rule.path("name").asText())
        .contains("MeninxDeadLetters")
        .doesNotContain(
            "MeninxInstanceDown",
            "MeninxStreamStalled",
            "MeninxTickLag",
            "MeninxReadModelBehind",
            "MeninxReplayDiverged",
            "MeninxReplayOld");
  }
}
