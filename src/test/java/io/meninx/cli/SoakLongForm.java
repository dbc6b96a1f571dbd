package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.monitoring.PrometheusProcess;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulationSender;
import io.meninx.testing.JavaProcess;
import io.meninx.testing.TestCluster;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service under a steady load, watched by a real Prometheus (profile {@code soak}; needs
 * Debian's package {@code prometheus} and /proc): 200 inputs a second for 30 minutes, {@code
 * -Dmeninx.soak.minutes=N}, {@code -Dmeninx.soak.rate=N} and {@code -Dmeninx.soak.partitions=N}
 * otherwise. A broker, the service and Prometheus are processes of their own; the flow is that of
 * {@code simulate --to kafka}, with ticks that tell the simulated time. Prints one line with its
 * figures a minute, and at the end.
 *
 * <p>It fails on an error in the log, on a p99 of 250 ms or more from receipt to an alert that can
 * be read, when less comes through than was sent, and when memory grows: the heap after a full
 * collection, and what the process takes of the machine.
 */
class SoakLongForm {
  private static final Duration LONG = Duration.ofMinutes(Long.getLong("meninx.soak.minutes", 30));
  private static final int RATE = Integer.getInteger("meninx.soak.rate", 200);

  /**
   * One instance, and everything else, on two processors: what a commit costs grows with the
   * partitions it writes to.
   */
  private static final int PARTITIONS = Integer.getInteger("meninx.soak.partitions", 4);

  /**
   * The first minute is not measured: classes are loaded, code is compiled. Nor is the time after
   * it until what had to wait meanwhile is decided, this long at the most.
   */
  private static final Duration WARM_UP = Duration.ofMinutes(1);

  private static final Duration CATCH_UP = Duration.ofMinutes(2);

  private static final double P99_SECONDS = 0.250;
  private static final Duration ASKED = Duration.ofSeconds(5);

  /** Stores and caches fill up to their bounds; beyond that nothing may grow. */
  private static final double GROWTH = 1.15;

  private static final double SLACK = 24e6;

  /** As image and chart have it: half of the limit of memory, taken whole at the start. */
  private static final int HEAP_MEGABYTES = 768;

  private static final Pattern ADDRESS = Pattern.compile("Answers at (http://\\S+)");
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Messages a patient: enough that the simulated time does not come to the present. */
  private static final double EXTRA = 140;

  @TempDir private Path directory;

  /** What the process took, once every 10 seconds; and its heap after a full collection. */
  private final List<Double> resident = new ArrayList<>();

  private final List<Double> heaps = new ArrayList<>();

  @Test
  void itWorksAsWellAtTheEndAsAtTheBeginning() throws Exception {
    try (TestCluster cluster = TestCluster.start(1);
        EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      Path config = config(cluster, registry);
      assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
      Path log = directory.resolve("service.log");
      Process service = start(config, log);
      try {
        String address = awaitAddress(service, log);
        try (PrometheusProcess prometheus =
            PrometheusProcess.start(
                directory, Map.of("meninx", URI.create(address).getAuthority()), ASKED)) {
          Awaitility.await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> prometheus.value("meninx_ready") == 1);
          under(cluster, registry, prometheus, service);
        }
        judge(service, log);
      } finally {
        service.destroyForcibly();
      }
    }
  }

  private Path config(TestCluster cluster, EmbeddedRegistry registry) throws IOException {
    return Files.writeString(
        directory.resolve("soak.yaml"),
        """
        kafka: {bootstrapServers: "%s"}
        schemaRegistry: {url: "%s"}
        instance: soak
        stateDir: %s
        ticks: false
        topics: {partitions: %d, replicationFactor: 1, minInSyncReplicas: 1}
        stream: {rocksdbMemory: 32MiB}
        http: {port: 0}
        """
            .formatted(
                cluster.bootstrapServers(),
                registry.url(),
                directory.resolve("state"),
                PARTITIONS));
  }

  private static Process start(Path config, Path log) throws IOException {
    ProcessBuilder service =
        new ProcessBuilder(
            JavaProcess.command(
                HEAP_MEGABYTES,
                List.of(
                    "-Xms" + HEAP_MEGABYTES + "m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:TieredStopAtLevel=4",
                    "-XX:-UseSerialGC",
                    "-XX:+UseG1GC"),
                Meninx.class.getName(),
                List.of("run", "--config", config.toString())));
    service.environment().put("MALLOC_ARENA_MAX", "2"); // as in the image
    return service.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static String awaitAddress(Process service, Path log) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .failFast("it ends", () -> !service.isAlive())
        .until(() -> ADDRESS.matcher(Files.readString(log)).find());
    try {
      Matcher address = ADDRESS.matcher(Files.readString(log));
      assertThat(address.find()).isTrue();
      return address.group(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void under(
      TestCluster cluster, EmbeddedRegistry registry, PrometheusProcess prometheus, Process service)
      throws Exception {
    long messages = RATE * (WARM_UP.plus(CATCH_UP).plus(LONG).toSeconds() + 5);
    CompletableFuture<Long> sent =
        CompletableFuture.supplyAsync(() -> send(cluster, registry, messages));
    wait(WARM_UP, service, sent);
    Awaitility.await()
        .atMost(CATCH_UP)
        .pollInterval(ASKED)
        .until(() -> prometheus.value("meninx_inputs_lag_records") < RATE);
    double before = prometheus.value(decided());
    collect(service, prometheus);
    Duration part = LONG.dividedBy(3);
    for (int third = 1; third <= 3; third++) {
      for (Duration left = part; left.isPositive(); left = left.minusMinutes(1)) {
        wait(
            left.compareTo(Duration.ofMinutes(1)) < 0 ? left : Duration.ofMinutes(1),
            service,
            sent);
        say(figures(prometheus, Duration.ofMinutes(1)));
      }
      collect(service, prometheus);
    }
    String all = figures(prometheus, LONG);
    double decided = prometheus.value(decided()) - before;
    double p99 = prometheus.value(p99("meninx_alert_latency_seconds", LONG));
    say(
        "%d minutes at %d/s: %s, heap after collections %s MB, resident %s MB"
            .formatted(
                LONG.toMinutes(),
                RATE,
                all,
                heaps.stream().map(SoakLongForm::megabytes).toList(),
                List.of(megabytes(median(1)), megabytes(median(2)), megabytes(median(3)))));
    assertThat(sent.get(5, TimeUnit.MINUTES)).isEqualTo(messages);
    assertThat(decided / LONG.toSeconds()).as("inputs decided a second").isGreaterThan(0.97 * RATE);
    assertThat(p99).as("p99 from receipt to alert, seconds").isLessThan(P99_SECONDS);
    assertThat(prometheus.value("sum(meninx_dead_letters_total)")).isZero();
    assertThat(prometheus.value("min_over_time(up[" + LONG.toSeconds() + "s])")).isEqualTo(1);
  }

  private long send(TestCluster cluster, EmbeddedRegistry registry, long messages) {
    try (RegistryClient client =
            new HttpRegistryClient(
                RegistrySettings.from(Map.of("schema.registry.url", registry.url())));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      return new SimulationSender(
              producer,
              new WireFormat(client, ""),
              new SimulationSender.Pace(
                  "", PARTITIONS, OptionalInt.of(RATE), Optional.of(Duration.ofHours(1))),
              Clock.systemUTC())
          .send(new Population(5, EXTRA).arrivals(Long.MAX_VALUE), messages);
    }
  }

  private void wait(Duration duration, Process service, CompletableFuture<Long> sent)
      throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      Thread.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 10_000));
      assertThat(service.isAlive()).as("the service runs").isTrue();
      assertThat(sent.isCompletedExceptionally()).as("inputs are sent").isFalse();
      if (!heaps.isEmpty()) {
        resident.add(resident(service));
      }
    }
  }

  private static double resident(Process service) throws IOException {
    Matcher found = RSS.matcher(Files.readString(Path.of("/proc/" + service.pid() + "/status")));
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1)) * 1024;
  }

  private void collect(Process service, PrometheusProcess prometheus) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    int exit =
        new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
    // What has survived is in the old generation; the others fill again at once.
    Thread.sleep(ASKED.plusSeconds(1).toMillis());
    heaps.add(
        prometheus.value("sum(jvm_memory_used_bytes{area=\"heap\", id=~\".*(Old|Tenured).*\"})"));
  }

  private double median(int third) {
    int size = resident.size() / 3;
    return resident.stream()
        .skip((long) (third - 1) * size)
        .limit(size)
        .sorted()
        .skip(size / 2)
        .findFirst()
        .orElseThrow();
  }

  private void judge(Process service, Path log) throws Exception {
    service.destroy();
    assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
    assertThat(service.exitValue()).isIn(0, 143);
    assertThat(heaps.getLast())
        .as("heap after a collection, at the end and after a third")
        .isLessThan(heaps.get(1) * GROWTH + SLACK);
    assertThat(median(3))
        .as("memory of the process, last and middle third")
        .isLessThan(median(2) * GROWTH);
  }

  private static String decided() {
    return "sum(meninx_inputs_total{status=~\"decided|duplicate\", topic!=\"clock-ticks\"})";
  }

  private static String p99(String histogram, Duration over) {
    return "histogram_quantile(0.99, sum by (le) (increase(%s_bucket[%ds])))"
        .formatted(histogram, over.toSeconds());
  }

  private static String figures(PrometheusProcess prometheus, Duration over) {
    return String.format(
        Locale.ROOT,
        "%.0f inputs and %.1f alerts a second; p99 to decision %.0f ms, to alert %.0f ms, tick to"
            + " due alert %.0f ms; %.0f inputs wait; %.0f patients, %.0f open alerts; stores %s MB;"
            + " %.2f of the processors",
        prometheus.value(
            "sum(rate(meninx_inputs_total{topic!=\"clock-ticks\"}[" + over.toSeconds() + "s]))"),
        prometheus.value(
            "sum(rate(meninx_alert_latency_seconds_count[" + over.toSeconds() + "s]))"),
        1000 * prometheus.value(p99("meninx_decision_latency_seconds", over)),
        1000 * prometheus.value(p99("meninx_alert_latency_seconds", over)),
        1000 * prometheus.value(p99("meninx_due_latency_seconds", over)),
        prometheus.value("sum(meninx_inputs_lag_records)"),
        prometheus.value("sum(meninx_patients)"),
        prometheus.value("sum(meninx_alerts_open)"),
        megabytes(prometheus.value("sum(meninx_store_size_bytes)")),
        prometheus.value("avg_over_time(process_cpu_usage[" + over.toSeconds() + "s])"));
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / 1e6);
  }

  private static void say(String line) {
    System.out.println("soak: " + line);
  }
}
