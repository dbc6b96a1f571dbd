package io.meninx.bench;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.simulate.Arrival;
import io.meninx.wire.Topic;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the start of a JVM with {@code run} to its first committed decision, with and without an AOT
 * cache (JEP 483, 514, 515).
 */
final class StartRow implements Row {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public RowResult measure(Plan plan) throws Exception {
    Samples samples = new Samples();
    try (BenchCluster cluster = new BenchCluster()) {
      Iterator<Arrival> arrivals = Inputs.population(51, 0).arrivals(20);
      new Inputs(cluster.wire(), Duration.ofHours(24), BenchCluster.PARTITIONS)
          .take(arrivals, 100)
          .forEach(cluster::send);
      cluster.flush();
      Path cache = cluster.directory().resolve("meninx.aot");
      plan.progress().accept("start: trains the AOT cache");
      seconds(cluster, "training", List.of("-XX:AOTCacheOutput=" + cache));
      if (!Files.exists(cache)) {
        throw new IllegalStateException(
            "the JVM wrote no AOT cache: bench has to run from the built jar");
      }
      for (int round = 0; round <= plan.rounds(); round++) {
        plan.progress().accept("start: round " + round + " of " + plan.rounds());
        double without = seconds(cluster, "plain-" + round, List.of());
        double with = seconds(cluster, "cached-" + round, List.of("-XX:AOTCache=" + cache));
        if (round > 0) {
          samples.add("with AOT cache / without", "", with / without);
          samples.add("start to first decision", "s", without);
          samples.add("start to first decision, AOT cache", "s", with);
          samples.add("AOT cache", "MiB", Files.size(cache) / 1048576.0);
        }
      }
    }
    return new RowResult(
        "start",
        samples.figures(),
        List.of(
            "a JVM with 'run' from its start to the first committed journal entry of an input that"
                + " waits; a new group and new stores each time; broker and registry in the"
                + " process that measures"));
  }

  /** Starts a JVM, waits for the first decision, and stops it in order. */
  private static double seconds(BenchCluster cluster, String application, List<String> flags)
      throws IOException, InterruptedException {
    ServiceSettings settings = cluster.settings(application, "one", 2, 0);
    try (KafkaConsumer<byte[], byte[]> journal =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      journal.assign(
          IntStream.range(0, BenchCluster.PARTITIONS)
              .mapToObj(
                  partition -> new TopicPartition(Topic.PATHWAY_JOURNAL.baseName(), partition))
              .toList());
      journal.seekToEnd(journal.assignment());
      journal.assignment().forEach(journal::position);
      long start = System.nanoTime();
      Process process = started(cluster, application, flags);
      try {
        while (journal.poll(Duration.ofMillis(10)).isEmpty()) {
          if (!process.isAlive() || System.nanoTime() - start > LIMIT.toNanos()) {
            throw new IllegalStateException("the JVM that was started decided nothing");
          }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        process.destroy();
        process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return seconds;
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process started(BenchCluster cluster, String application, List<String> flags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.meninx.cli.Meninx");
    command.add("run");
    command.add("--config");
    command.add(cluster.file(application, "one").toString());
    File log = cluster.directory().resolve(application + ".log").toFile();
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
  }
}
