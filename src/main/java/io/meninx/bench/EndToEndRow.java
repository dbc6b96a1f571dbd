package io.meninx.bench;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.simulate.Population;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.Observer;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;

/** Everything, on a broker and exactly once, against the least a stream can do. */
final class EndToEndRow implements Row {
  private static final int FACTS_PER_PATIENT = 100;
  private static final Duration TICKS = Duration.ofHours(24);
  private static final int THREADS = 2;

  /** A JVM compiles for a minute or two what a service then runs for months. */
  private static final double COMPILED = 0.1;

  private static final int MOST_COLD = 8;

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int facts = plan.size(60_000, 20_000);
    try (BenchCluster cluster = new BenchCluster()) {
      cluster.topic(FloorTopology.OUTPUT);
      Population population = Inputs.population(21, FACTS_PER_PATIENT);
      List<Inputs.One> inputs =
          new Inputs(cluster.wire(), TICKS, BenchCluster.PARTITIONS)
              .take(population.arrivals(facts), facts);
      inputs.forEach(cluster::send);
      cluster.flush();
      Map<TopicPartition, Long> ends =
          cluster.ends(Topic.inputs().stream().map(Topic::baseName).toList());
      Samples samples = new Samples();
      int runs = 0;
      for (boolean cold = true; cold && runs < MOST_COLD; runs++) {
        plan.progress().accept("e2e: until the code is compiled, " + (runs + 1));
        cold = run(plan, cluster, runs, inputs.size(), ends).compiling() > COMPILED;
      }
      for (int round = 1; round <= plan.rounds(); round++, runs++) {
        plan.progress().accept("e2e: round " + round + " of " + plan.rounds());
        Run run = run(plan, cluster, runs, inputs.size(), ends);
        samples.add("end to end / floor", "", Bar.atLeast(0.25), run.meninx() / run.floor());
        samples.add("the same by processor time, start and broker included", "", run.byCpu());
        samples.add("compilers of the JVM / processor time, at most", "", run.compiling());
        samples.add("end to end", "inputs/s", run.meninx());
        samples.add("floor", "inputs/s", run.floor());
        written(cluster, samples, "meninx-" + runs, "floor-" + runs, inputs.size(), runs);
      }
      return new RowResult(
          "e2e",
          samples.figures(),
          List.of(
              inputs.size()
                  + " inputs (ticks included), "
                  + FACTS_PER_PATIENT
                  + " facts a patient on average, "
                  + BenchCluster.PARTITIONS
                  + " partitions, "
                  + THREADS
                  + " threads; broker in the same process, on the same cores",
              Hotspots.of(
                  cluster.directory(),
                  () -> seconds(cluster, "meninx-profile", ends, meninx(plan, cluster)))));
    }
  }

  /**
   * Both streams over all inputs.
   *
   * @param meninx inputs a second
   * @param floor inputs a second
   * @param byCpu processor time of the floor as a part of Meninx's
   * @param compiling time of the JVM's compilers as a part of the processor time of Meninx
   */
  private record Run(double meninx, double floor, double byCpu, double compiling) {}

  private static Run run(
      Plan plan, BenchCluster cluster, int number, int inputs, Map<TopicPartition, Long> ends)
      throws Exception {
    long compiled = Stopwatch.compilerNanos();
    long begin = Stopwatch.cpuNanos();
    double meninx = inputs / seconds(cluster, "meninx-" + number, ends, meninx(plan, cluster));
    double cpu = Stopwatch.cpuNanos() - begin;
    double compiling = (Stopwatch.compilerNanos() - compiled) / cpu;
    long between = Stopwatch.cpuNanos();
    double floor = inputs / seconds(cluster, "floor-" + number, ends, floor(cluster));
    return new Run(meninx, floor, (Stopwatch.cpuNanos() - between) / cpu, compiling);
  }

  /** What a changelog and the outputs took on the broker's disk. */
  private static void written(
      BenchCluster cluster, Samples samples, String meninx, String floor, int inputs, int round)
      throws Exception {
    List<String> outputs = Topic.outputs().stream().map(Topic::baseName).toList();
    samples.add(
        "changelogs on disk",
        "bytes/input",
        (double) cluster.bytes(topic -> topic.startsWith(meninx + "-")) / inputs);
    samples.add(
        "outputs on disk",
        "bytes/input",
        (double) cluster.bytes(outputs::contains) / inputs / (round + 1));
    samples.add(
        "floor: changelog on disk",
        "bytes/input",
        (double) cluster.bytes(topic -> topic.startsWith(floor + "-")) / inputs);
    samples.add(
        "floor: output on disk",
        "bytes/input",
        (double) cluster.bytes(FloorTopology.OUTPUT::equals) / inputs / (round + 1));
    long records = 0;
    for (long end : cluster.ends(outputs).values()) {
      records += end;
    }
    samples.add("output records", "records/input", (double) records / inputs / (round + 1));
  }

  private static Function<Runnable, Topology> meninx(Plan plan, BenchCluster cluster) {
    return onInput ->
        MeninxTopology.build(
            TopologySettings.of(
                    "",
                    BenchCluster.PARTITIONS,
                    DecisionEngine.of(plan.engine()),
                    plan.engineVersion(),
                    cluster.registry())
                .withObserver(new FirstInput(onInput)));
  }

  private static Function<Runnable, Topology> floor(BenchCluster cluster) {
    return onInput -> FloorTopology.build(cluster.registry(), onInput);
  }

  /** Tells of inputs. */
  private record FirstInput(Runnable onInput) implements Observer {
    @Override
    public void processed(
        Topic topic,
        io.meninx.journal.JournalEntry.Disposition disposition,
        Optional<io.meninx.wire.PoisonReason> reason) {
      onInput.run();
    }
  }

  /** From the first input to the commit of the last. */
  private static double seconds(
      BenchCluster cluster,
      String application,
      Map<TopicPartition, Long> ends,
      Function<Runnable, Topology> topology)
      throws Exception {
    AtomicLong first = new AtomicLong();
    Topology built = topology.apply(() -> first.compareAndSet(0, System.nanoTime()));
    ServiceSettings settings = cluster.settings(application, "one", THREADS, 0);
    try (BenchCluster.Running stream = cluster.start(built, settings, Optional.empty())) {
      cluster.awaitCommitted(application, ends, stream);
      return (System.nanoTime() - first.get()) / 1e9;
    }
  }
}
