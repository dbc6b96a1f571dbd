package io.meninx.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A Prometheus of its own (Debian's package {@code prometheus}, or {@code -Dprometheus=PATH}), with
 * the project's rules.
 */
public final class PrometheusProcess implements AutoCloseable {
  private static final String PROGRAM = System.getProperty("prometheus", "prometheus");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path log;
  private final Process process;
  private final int port;

  private PrometheusProcess(Path directory, Map<String, String> targets, Duration every)
      throws IOException {
    this.port = freePort();
    this.log = directory.resolve("prometheus.log");
    Path config = Files.writeString(directory.resolve("prometheus.yml"), config(targets, every));
    this.process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("prometheus-data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /**
   * Starts it.
   *
   * @param directory for its files
   * @param targets {@code host:port} by job
   * @param every how often it asks them, and looks at the rules; whole seconds
   */
  public static PrometheusProcess start(Path directory, Map<String, String> targets, Duration every)
      throws IOException {
    PrometheusProcess started = new PrometheusProcess(directory, targets, every);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .failFast("it ends: " + started.log, () -> !started.process.isAlive())
          .until(started::ready);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static String config(Map<String, String> targets, Duration every) {
    StringBuilder text = new StringBuilder();
    text.append(
        "global: {scrape_interval: %1$ds, scrape_timeout: %1$ds, evaluation_interval: %1$ds}\n"
            .formatted(every.toSeconds()));
    text.append("rule_files: ['").append(Expressions.RULES.toAbsolutePath()).append("']\n");
    text.append("scrape_configs:\n");
    targets.forEach(
        (job, target) ->
            text.append("  - job_name: ")
                .append(job)
                .append("\n    static_configs: [{targets: ['")
                .append(target)
                .append("']}]\n"));
    return text.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean ready() {
    try {
      return ask("/-/ready").startsWith("200");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private String ask(String path) {
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode data(String path) {
    String answer = ask(path);
    try {
      JsonNode body = JSON.readTree(answer.substring(4));
      if (!body.path("status").asText().equals("success") || body.has("warnings")) {
        throw new AssertionError("Prometheus refuses: " + answer);
      }
      return body.path("data");
    } catch (IOException e) {
      throw new UncheckedIOException(answer, e);
    }
  }

  /**
   * What an expression gives now: one element for each series.
   *
   * @throws AssertionError Prometheus says that it is wrong
   */
  public List<JsonNode> query(String expression) {
    List<JsonNode> series = new ArrayList<>();
    data("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
        .path("result")
        .forEach(series::add);
    return series;
  }

  /** The one value of an expression; NaN when there is no series. */
  public double value(String expression) {
    List<JsonNode> series = query(expression);
    if (series.size() > 1) {
      throw new AssertionError("more than one series: " + expression);
    }
    return series.isEmpty()
        ? Double.NaN
        : Double.parseDouble(series.getFirst().path("value").path(1).asText());
  }

  /** Every rule with its health and state. */
  public List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    data("/api/v1/rules").path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
