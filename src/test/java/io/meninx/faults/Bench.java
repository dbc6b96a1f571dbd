package io.meninx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.testing.TestCluster;
import io.meninx.wire.registry.SchemaCatalog;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What histories have in common: three brokers, a registry, the same traffic, and how it ends when
 * nothing fails.
 */
final class Bench implements AutoCloseable {
  private static final String CALM = "calm";

  private final PathwayEngine engine =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
  private final SchemaCatalog catalog = new SchemaCatalog();
  private final int partitions;
  private final Duration pace;
  private final Traffic traffic;
  private final EmbeddedRegistry registry = EmbeddedRegistry.start(catalog);
  private final TestCluster cluster;
  private final Comparison calm;

  /**
   * Starts it all, and runs the history without a fault.
   *
   * @param seed of the population
   * @param patients in it
   * @param partitions of every topic
   * @param tick simulated time between two ticks
   * @param pace time between two ticks, nearer the end longer
   * @param histories names of those that will run
   */
  Bench(
      long seed,
      int patients,
      int partitions,
      Duration tick,
      Duration pace,
      List<String> histories) {
    this.partitions = partitions;
    this.pace = pace;
    List<String> prefixes =
        Stream.concat(Stream.of(CALM), histories.stream()).map(History::prefix).toList();
    this.traffic = Traffic.of(seed, patients, partitions, tick, catalog, prefixes);
    this.cluster = TestCluster.start(3);
    try {
      this.calm = calm();
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  /** The smallest cluster, for a history on its own. */
  static TestCluster oneBroker() {
    return TestCluster.start(1);
  }

  private Comparison calm() {
    try (History history = new History(CALM, cluster, registry, traffic, engine, Duration.ZERO)) {
      history.fleet().start("one");
      Comparison comparison = history.finish();
      report(history, comparison, "no fault");
      return comparison;
    }
  }

  /**
   * Runs a history with two instances, and compares.
   *
   * @param faults brings them about, and says which they were
   */
  void history(String name, String one, String two, Function<History, String> faults) {
    try (History history = new History(name, cluster, registry, traffic, engine, pace)) {
      history.fleet().start(one);
      history.fleet().start(two);
      history.awaitDecisions();
      String what = faults.apply(history);
      report(history, history.finish().against(calm), what);
    }
  }

  private static void report(History history, Comparison comparison, String faults) {
    System.out.println("faults: " + history.line(comparison, faults));
    assertThat(comparison.differences()).isEmpty();
  }

  /** The topics of the history without a fault. */
  KafkaSide calmTopics() {
    return new KafkaSide(cluster.bootstrapServers(), History.prefix(CALM), partitions);
  }

  /** What stands in these topics now, compared. */
  Comparison compared(KafkaSide kafka) {
    return new Comparison(kafka, engine, registry.url());
  }

  @Override
  public void close() {
    cluster.close();
    registry.close();
  }
}
