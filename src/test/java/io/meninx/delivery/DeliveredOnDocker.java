package io.meninx.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.delivery.Docker.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image is built and run, and the compose file with its demo brought up and taken down, with a
 * Docker daemon (profile {@code containers}). Takes the images that the files name, or those of the
 * properties {@code meninx.test.*.image} where they cannot be pulled.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveredOnDocker {
  private static final String PROJECT = "meninx-delivered";
  private static final String IMAGE = "meninx:delivered";
  private static final Duration BUILD = Duration.ofMinutes(4);
  private static final Duration UP = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(12);
  private static final int STARTS = Integer.getInteger("meninx.test.starts", 1);
  private static final Pattern RUNNING =
      Pattern.compile("(?m)^(\\S+) INFO +Service \\[[^]]*] Running$");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;
  private static final Map<String, String> PORTS = new HashMap<>();
  private static Docker docker = new Docker(Path.of("."), Map.of());

  @BeforeAll
  static void build() throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("MENINX_IMAGE", IMAGE);
    property("meninx.test.base.image", "BASE_IMAGE", environment);
    property("meninx.test.kafka.image", "KAFKA_IMAGE", environment);
    property("meninx.test.registry.image", "REGISTRY_IMAGE", environment);
    property("meninx.test.prometheus.image", "PROMETHEUS_IMAGE", environment);
    for (String port :
        List.of("KAFKA_PORT", "REGISTRY_PORT", "MENINX_PORT", "DEMO_PORT", "PROMETHEUS_PORT")) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        PORTS.put(port, String.valueOf(free.getLocalPort()));
      }
    }
    environment.putAll(PORTS);
    docker = new Docker(directory, environment);
    List<String> command = new ArrayList<>(List.of("build", "-t", IMAGE));
    if (environment.containsKey("BASE_IMAGE")) {
      command.addAll(List.of("--build-arg", "BASE=" + environment.get("BASE_IMAGE")));
    }
    command.add(".");
    docker.docker(BUILD, command.toArray(String[]::new)).good();
  }

  private static void property(String name, String variable, Map<String, String> environment) {
    String value = System.getProperty(name, "");
    if (!value.isEmpty()) {
      environment.put(variable, value);
    }
  }

  @AfterAll
  static void leaveNothing() {
    docker.compose(PATIENCE, "-p", PROJECT, "--profile", "demo", "down", "--volumes");
    docker.docker("rmi", IMAGE);
  }

  @Test
  @Order(1)
  void theImageRunsAsNobodyOnAReadOnlyDisk() throws IOException {
    JsonNode image = JSON.readTree(docker.docker("image", "inspect", IMAGE).good()).get(0);
    JsonNode config = image.get("Config");
    assertThat(config.get("User").asText()).isEqualTo("10001:10001");
    assertThat(config.get("Healthcheck").get("Test").toString()).contains("healthcheck");
    assertThat(config.get("Labels").get("org.opencontainers.image.licenses").asText())
        .isEqualTo("Apache-2.0");
    String base = config.get("Labels").get("org.opencontainers.image.base.name").asText();
    long own = image.get("Size").asLong() - size(base);
    System.out.printf(
        "delivered: image %d MB, of that %d MB on %s%n",
        image.get("Size").asLong() / 1_000_000, own / 1_000_000, base);
    assertThat(own).as("bytes of its own").isLessThan(170_000_000);

    String files =
        docker
            .docker(
                "run",
                "--rm",
                "--entrypoint",
                "bash",
                IMAGE,
                "-c",
                "ls /opt/meninx/lib /opt/meninx/licences; command -v javac mvn git curl || true; id"
                    + " -u; umask")
            .good();
    assertThat(files)
        .contains("kafka-streams-", "LICENSE", "NOTICE")
        .doesNotContain("kafka_2.13", "kafka-server", "scala-", "javac", "mvn", "git")
        .contains("10001");

    assertThat(hardened("-e", "MENINX_JAVA_OPTS=-XX:AOTMode=on", IMAGE, "--version").good())
        .as("with the cache, or not at all")
        .startsWith("meninx ");
  }

  private static long size(String image) throws IOException {
    return JSON.readTree(docker.docker("image", "inspect", image).good())
        .get(0)
        .get("Size")
        .asLong();
  }

  private static Said hardened(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--rm",
                "--read-only",
                "--tmpfs",
                "/tmp",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges"));
    command.addAll(List.of(more));
    return docker.docker(command.toArray(String[]::new));
  }

  @Test
  @Order(2)
  void whatIsMissingIsToldWithItsExitCode() {
    Said unset = hardened(IMAGE);
    assertThat(unset.exit()).isEqualTo(2);
    assertThat(unset.err()).contains("kafka.bootstrapServers", "schemaRegistry");

    Said demo = hardened(IMAGE, "demo");
    assertThat(demo.exit()).isEqualTo(2);
    assertThat(demo.err()).contains("this installation leaves out");
  }

  @Test
  @Order(3)
  void theDemoShowsAlertsAndTargetsThatAreUpAndStopsInOrder() throws Exception {
    compose(UP, "up", "-d").good();

    String token = compose(PATIENCE, "run", "--rm", "token").good().lines().toList().getLast();
    String alerts = "http://localhost:" + PORTS.get("DEMO_PORT") + "/api/v1/alerts?limit=5";
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> !ask(alerts, token).path("alerts").isEmpty());
    System.out.println(
        "delivered: first alert " + ask(alerts, token).at("/alerts/0/code").asText());
    assertThat(status(alerts, "none")).isEqualTo(401);

    String targets = "http://localhost:" + PORTS.get("PROMETHEUS_PORT") + "/api/v1/targets";
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ask(targets, "").at("/data/activeTargets"))
                    .hasSize(2)
                    .allSatisfy(
                        target -> assertThat(target.path("health").asText()).isEqualTo("up")));
    String rules = "http://localhost:" + PORTS.get("PROMETHEUS_PORT") + "/api/v1/rules";
    assertThat(ask(rules, "").at("/data/groups")).as("groups of alert rules").isNotEmpty();

    measureStarts();

    long begun = System.nanoTime();
    compose(PATIENCE, "stop", "meninx", "demo").good();
    Duration stopping = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf("delivered: both services stopped in %d ms%n", stopping.toMillis());
    for (String service : List.of("meninx", "demo")) {
      String container = compose(PATIENCE, "ps", "-a", "-q", service).good();
      assertThat(docker.docker("inspect", "-f", "{{.State.ExitCode}}", container).good())
          .as("exit code of %s", service)
          .isEqualTo("0");
    }
    assertThat(stopping).isLessThan(STOP.multipliedBy(2));

    compose(PATIENCE, "down", "--volumes").good();
    String ours = "label=com.docker.compose.project=" + PROJECT;
    assertThat(docker.docker("ps", "-a", "-q", "--filter", ours).good()).isEmpty();
    assertThat(docker.docker("volume", "ls", "-q", "--filter", ours).good()).isEmpty();
    assertThat(docker.docker("network", "ls", "-q", "--filter", ours).good()).isEmpty();
  }

  /** From the start of the container to the service taking records, with the cache and without. */
  private static void measureStarts() throws IOException {
    for (String mode : List.of("on", "off")) {
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < STARTS; i++) {
        millis.add(start(mode, i).toMillis());
      }
      System.out.printf("delivered: start to running with the AOT cache %s: %s ms%n", mode, millis);
    }
  }

  private static Duration start(String mode, int number) throws IOException {
    String name = PROJECT + "-start-" + mode + number;
    try {
      docker
          .docker(
              "run",
              "-d",
              "--name",
              name,
              "--network",
              PROJECT + "_default",
              "--read-only",
              "--tmpfs",
              "/tmp",
              "--tmpfs",
              "/var/lib/meninx:uid=10001,gid=10001",
              "-e",
              "MENINX_KAFKA_BOOTSTRAP_SERVERS=kafka:19092",
              "-e",
              "MENINX_SCHEMA_REGISTRY_URL=http://registry:8080/apis/ccompat/v7",
              "-e",
              "MENINX_TOPICS_PARTITIONS=4",
              "-e",
              "MENINX_TOPICS_REPLICATION_FACTOR=1",
              "-e",
              "MENINX_TOPICS_MIN_IN_SYNC_REPLICAS=1",
              "-e",
              "MENINX_APPLICATION_ID=" + name,
              "-e",
              "MENINX_JAVA_OPTS=-XX:AOTMode=" + mode,
              IMAGE)
          .good();
      Matcher running = RUNNING.matcher("");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> running.reset(docker.docker("logs", name).err()).find());
      Instant begun =
          Instant.parse(docker.docker("inspect", "-f", "{{.State.StartedAt}}", name).good());
      return Duration.between(begun, Instant.parse(running.group(1)));
    } finally {
      docker.docker("rm", "-f", "-v", name);
    }
  }

  private static Said compose(Duration limit, String... arguments) {
    List<String> command = new ArrayList<>(List.of("-p", PROJECT, "--profile", "demo"));
    command.addAll(List.of(arguments));
    return docker.compose(limit, command.toArray(String[]::new));
  }

  private static JsonNode ask(String address, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JSON.readTree(client.send(request(address, token), BodyHandlers.ofString()).body());
    } catch (IOException _) {
      return JSON.createObjectNode();
    }
  }

  private static int status(String address, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(address, token), BodyHandlers.discarding()).statusCode();
    }
  }

  private static HttpRequest request(String address, String token) {
    return HttpRequest.newBuilder(URI.create(address))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + token)
        .build();
  }
}
