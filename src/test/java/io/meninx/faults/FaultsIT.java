package io.meninx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.testing.TestCluster;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.SchemaCatalog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing is lost and nothing decided twice, whatever fails: the short form. Every history prints a
 * line with its figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class FaultsIT {
  /**
   * Contract of issue: read_committed output goes on within this time after an instance is gone.
   */
  private static final Duration TAKEOVER = Duration.ofSeconds(30);

  private static final int PATIENTS = 40;
  private static final int PARTITIONS = 4;
  private static final Duration PACE = Duration.ofMillis(150);

  private final PathwayEngine engine =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
  private final SchemaCatalog catalog = new SchemaCatalog();
  private final Traffic traffic =
      Traffic.of(
          7,
          PATIENTS,
          PARTITIONS,
          Duration.ofHours(12),
          catalog,
          List.of("calm", "kills", "away", "zombies").stream().map(History::prefix).toList());
  private final EmbeddedRegistry registry = EmbeddedRegistry.start(catalog);
  private final TestCluster cluster = TestCluster.start(3);
  private final Comparison calm = calm();

  private Comparison calm() {
    try (History history = history("calm", Duration.ZERO)) {
      history.fleet().start("one");
      return checked(history, "no fault", history.finish());
    }
  }

  private History history(String name, Duration pace) {
    return new History(name, cluster, registry, traffic, engine, pace);
  }

  private static Comparison checked(History history, String faults, Comparison comparison) {
    System.out.println("faults: " + history.line(comparison, faults));
    assertThat(comparison.differences()).isEmpty();
    return comparison;
  }

  @AfterAll
  void close() {
    cluster.close();
    registry.close();
  }

  @Test
  void instancesAreKilledJoinAndLeaveAndLoseTheirState() {
    try (History history = history("kills", PACE)) {
      history.fleet().start("one");
      history.fleet().start("two");
      history.takeover();
      Faults faults = new Faults(history);
      faults.kill(3, "one", "two");
      faults.wipe("one");
      faults.join("three", "two");
      checked(
          history,
          "(a) kill -9 x 3, (f) wiped state, (b) one joined and one left",
          history.finish().against(calm));
      assertThat(history.longestTakeover()).isLessThan(TAKEOVER);
    }
  }

  @Test
  void aBrokerOfThreeIsKilledAndTheRegistryGoesAway() {
    try (History history = history("away", PACE)) {
      history.fleet().start("one");
      history.fleet().start("two");
      history.takeover();
      Faults faults = new Faults(history);
      faults.killBroker(1, Duration.ofSeconds(2));
      faults.registryAway(Duration.ofSeconds(12));
      checked(
          history,
          "(c) kill -9 of one of three brokers, (d) registry away for 12 s",
          history.finish().against(calm));
    }
  }

  @Test
  void aZombieComesBackAndAnInstanceIsCutOff() {
    try (History history = history("zombies", PACE)) {
      history.fleet().start("one");
      history.fleet().start("far-two");
      history.takeover();
      Faults faults = new Faults(history);
      faults.pause("one");
      faults.cut();
      checked(
          history,
          "(e) paused past the session time-out, (g) cut off from all brokers",
          history.finish().against(calm));
      assertThat(history.longestTakeover()).isLessThan(TAKEOVER);
    }
  }

  /** A harness that can't fail proves nothing: one record twice is seen, in every output. */
  @Test
  void theComparisonSeesARecordThatIsThereTwice() {
    KafkaSide kafka = new KafkaSide(cluster.bootstrapServers(), History.prefix("calm"), PARTITIONS);
    List<Topic> decisions =
        List.of(
            Topic.PATHWAY_EVENTS, Topic.PATHWAY_ALERTS, Topic.PATIENT_PATHWAYS, Topic.DEAD_LETTERS);
    decisions.forEach(kafka::repeatOne);
    List<String> differences = new Comparison(kafka, engine).differences();

    assertThat(differences).hasSize(decisions.size());
    for (Topic topic : decisions) {
      assertThat(differences).anyMatch(difference -> difference.startsWith(topic.baseName()));
    }

    kafka.repeatOne(Topic.PATHWAY_JOURNAL);
    assertThat(new Comparison(kafka, engine).differences())
        .anyMatch(difference -> difference.startsWith("chain"))
        .anyMatch(difference -> difference.startsWith("sequence"))
        .anyMatch(difference -> difference.startsWith("offsets"));
  }
}
