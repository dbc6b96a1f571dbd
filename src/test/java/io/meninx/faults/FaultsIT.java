package io.meninx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing is lost and nothing decided twice, whatever fails: the short form, every fault once or a
 * few times. Every history prints a line with its figures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class FaultsIT {
  /** Committed output goes on within this time after an instance is gone. */
  private static final Duration TAKEOVER = Duration.ofSeconds(30);

  private final Bench bench =
      new Bench(
          7,
          30,
          4,
          Duration.ofHours(24),
          Duration.ofMillis(250),
          List.of("kills", "away", "zombies"));

  @AfterAll
  void close() {
    bench.close();
  }

  @Test
  void instancesAreKilledJoinAndLeaveAndLoseTheirState() {
    bench.history(
        "kills",
        "one",
        "two",
        history -> {
          Faults faults = new Faults(history);
          faults.kill(3, "one", "two");
          faults.wipe("one");
          faults.join("three", "two");
          assertThat(history.longestTakeover()).isLessThan(TAKEOVER);
          return "(a) kill -9 x 3, (f) state wiped, (b) one joined and one left";
        });
  }

  @Test
  void aBrokerOfThreeIsKilledAndTheRegistryGoesAway() {
    bench.history(
        "away",
        "one",
        "two",
        history -> {
          Faults faults = new Faults(history);
          faults.killBroker(1, Duration.ofSeconds(2));
          faults.registryAway(Duration.ofSeconds(12), "two");
          return "(c) kill -9 of one of three brokers, (d) registry away for 12 s";
        });
  }

  @Test
  void aZombieComesBackAndAnInstanceIsCutOff() {
    bench.history(
        "zombies",
        "one",
        "far-two",
        history -> {
          Faults faults = new Faults(history);
          faults.pause("one");
          faults.cut();
          return "(e) SIGSTOP past the session time-out, (g) cut off from all brokers";
        });
  }

  /** A harness that can't fail proves nothing: one record twice is seen, in every output. */
  @Test
  void theComparisonSeesARecordThatIsThereTwice() {
    KafkaSide kafka = bench.calmTopics();
    List<Topic> decisions =
        List.of(
            Topic.PATHWAY_EVENTS, Topic.PATHWAY_ALERTS, Topic.PATIENT_PATHWAYS, Topic.DEAD_LETTERS);
    decisions.forEach(kafka::repeatOne);
    List<String> differences = bench.compared(kafka).differences();

    assertThat(differences).hasSize(decisions.size());
    for (Topic topic : decisions) {
      assertThat(differences).anyMatch(difference -> difference.startsWith(topic.baseName()));
    }

    kafka.repeatOne(Topic.PATHWAY_JOURNAL);
    assertThat(bench.compared(kafka).differences())
        .anyMatch(difference -> difference.startsWith("chain"))
        .anyMatch(difference -> difference.startsWith("sequence"))
        .anyMatch(difference -> difference.startsWith("offsets"))
        .anyMatch(difference -> difference.startsWith("replay"));
  }
}
