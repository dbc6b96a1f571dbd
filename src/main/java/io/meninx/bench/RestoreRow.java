package io.meninx.bench;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.simulate.Arrival;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Stores rebuilt from their changelogs, and a takeover by an instance that has a copy of them. */
final class RestoreRow implements Row {
  private static final int FACTS_PER_PATIENT = 60;
  private static final Duration TICKS = Duration.ofHours(24);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String APPLICATION = "restore";

  /**
   * What a full copy lacks by the offsets: behind the last row of a changelog stands the marker of
   * its transaction, which is in no store.
   */
  private static final long MARKER = 1;

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int patients = plan.size(2_000, 100);
    Samples samples = new Samples();
    try (BenchCluster cluster = new BenchCluster()) {
      Iterator<Arrival> arrivals = Inputs.population(41, FACTS_PER_PATIENT).arrivals(patients);
      List<Inputs.One> inputs =
          new Inputs(cluster.wire(), TICKS, BenchCluster.PARTITIONS).take(arrivals, Long.MAX_VALUE);
      inputs.forEach(cluster::send);
      cluster.flush();
      Map<TopicPartition, Long> ends =
          cluster.ends(Topic.inputs().stream().map(Topic::baseName).toList());
      ServiceSettings one = cluster.settings(APPLICATION, "one", 2, 1);
      ServiceSettings two = cluster.settings(APPLICATION, "two", 2, 1);
      plan.progress().accept("restore: decides on " + inputs.size() + " inputs");
      try (BenchCluster.Running stream = cluster.start(topology(plan, cluster), one, none())) {
        cluster.awaitCommitted(APPLICATION, ends, stream);
      }
      for (int round = 0; round <= plan.rounds(); round++) {
        plan.progress().accept("restore: round " + round + " of " + plan.rounds());
        delete(cluster.stateDir(APPLICATION, "one"));
        delete(cluster.stateDir(APPLICATION, "two"));
        Restored restored = new Restored();
        try (BenchCluster.Running first =
            cluster.start(topology(plan, cluster), one, Optional.of(restored))) {
          await(() -> active(first) == BenchCluster.PARTITIONS && restored.isDone());
          double takeover = takeover(plan, cluster, first, two);
          if (round > 0) {
            samples.add("cold rebuild", "s", restored.seconds());
            samples.add("cold rebuild", "rows/s", restored.rows() / restored.seconds());
            samples.add(
                "cold rebuild, per million patients",
                "s (extrapolated)",
                restored.seconds() * 1e6 / patients);
            samples.add("takeover with standby", "s", takeover);
          }
        }
      }
    }
    return new RowResult(
        "restore",
        samples.figures(),
        List.of(
            "measured with "
                + patients
                + " patients of about "
                + FACTS_PER_PATIENT
                + " facts, "
                + BenchCluster.PARTITIONS
                + " partitions, one instance with two threads; the figure per million is that"
                + " multiplied, not measured",
            "takeover: an instance with a full copy takes over from one that stops in order; after"
                + " a kill the session time-out (10 s unless set otherwise) comes before it"));
  }

  private static Optional<StateRestoreListener> none() {
    return Optional.empty();
  }

  private static Topology topology(Plan plan, BenchCluster cluster) {
    return MeninxTopology.build(
        TopologySettings.of(
            "",
            BenchCluster.PARTITIONS,
            DecisionEngine.of(plan.engine()),
            plan.engineVersion(),
            cluster.registry()));
  }

  /** Seconds from the stop of the one to the other having everything. */
  private static double takeover(
      Plan plan, BenchCluster cluster, BenchCluster.Running first, ServiceSettings other)
      throws InterruptedException {
    try (BenchCluster.Running second = cluster.start(topology(plan, cluster), other, none())) {
      await(() -> hasEverything(first) && hasEverything(second));
      long start = System.nanoTime();
      first.runtime().close();
      await(
          () ->
              active(second) == BenchCluster.PARTITIONS
                  && second.runtime().streams().state() == KafkaStreams.State.RUNNING);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static long active(BenchCluster.Running stream) {
    return stream.runtime().streams().metadataForLocalThreads().stream()
        .mapToLong(thread -> thread.activeTasks().size())
        .sum();
  }

  /** Whether the instance has every partition of every store, up to its end. */
  private static boolean hasEverything(BenchCluster.Running stream) {
    Map<String, Map<Integer, LagInfo>> lags =
        stream.runtime().streams().allLocalStorePartitionLags();
    return !lags.isEmpty()
        && lags.values().stream()
            .allMatch(
                partitions ->
                    partitions.size() == BenchCluster.PARTITIONS
                        && partitions.values().stream().allMatch(lag -> lag.offsetLag() <= MARKER));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not restored within " + LIMIT);
      }
      Thread.sleep(5);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /**
   * Time in which stores are rebuilt; not the time until a partition is assigned, which may come
   * after others have been rebuilt.
   */
  private static final class Restored implements StateRestoreListener {
    private int open;
    private long since;
    private long nanos;
    private long rows;

    @Override
    public synchronized void onRestoreStart(
        TopicPartition partition, String store, long from, long to) {
      if (open++ == 0) {
        since = System.nanoTime();
      }
    }

    @Override
    public synchronized void onBatchRestored(
        TopicPartition partition, String store, long batchEnd, long restored) {
      rows += restored;
    }

    @Override
    public synchronized void onRestoreSuspended(
        TopicPartition partition, String store, long total) {
      onRestoreEnd(partition, store, total);
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition partition, String store, long total) {
      if (--open == 0) {
        nanos += System.nanoTime() - since;
      }
    }

    synchronized boolean isDone() {
      return open == 0 && rows > 0;
    }

    synchronized double seconds() {
      return nanos / 1e9;
    }

    synchronized long rows() {
      return rows;
    }
  }
}
