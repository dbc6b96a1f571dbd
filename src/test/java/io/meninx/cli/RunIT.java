package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.cli.Deployed.Instance;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.journal.JournalEntry;
import io.meninx.testing.JavaProcess;
import io.meninx.wire.Topic;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run} as processes of their own, on a real Kafka and a registry over HTTP. */
@Timeout(400)
class RunIT {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final Duration START = Duration.ofSeconds(60);

  /** Of a JVM, beside the takeover. */
  private static final Duration LAUNCH = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private Deployed deployed;

  @BeforeEach
  void start() {
    deployed = new Deployed(directory);
  }

  @AfterEach
  void close() {
    deployed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void whatOneInstanceDoesNotDecideTheOtherDoesAndNothingTwice(
      String protocol, TestReporter reporter) throws Exception {
    String stream = "stream: {groupProtocol: " + protocol + ", threads: 1}";
    Path one = deployed.config("one", oneBroker(), stream);
    Path other = deployed.config("other", oneBroker(), stream);
    assertThat(meninx("topics", "--create", "--config", one.toString()).exit()).isZero();

    Instance first = deployed.run("one", one);
    first.awaitReady();
    assertThat(first.ask("/health/live").orElseThrow()).startsWith("200");
    simulate(one, 1);
    deployed.awaitJournal();
    assertThat(deployed.read(Topic.PATHWAY_EVENTS)).isNotEmpty();
    assertThat(first.ask("/metrics").orElseThrow())
        .contains("meninx_partitions 3.0")
        .containsPattern("meninx_inputs_total\\{status=\"decided\",topic=\"kps-updates\"} [1-9]")
        .contains("kafka_stream_")
        .contains("jvm_memory_used_bytes");

    Instance second = deployed.run("other", other);
    second.awaitReady();
    first.process().destroyForcibly();
    simulate(one, 2);
    Duration takeover = deployed.awaitJournal();
    reporter.publishEntry("takeover with " + protocol, takeover.toMillis() + " ms");
    if (!machineIsBusyWithOthers()) {
      assertThat(takeover).isLessThan(TAKEOVER);
    }

    JavaProcess.signal(second.process(), "TERM");
    assertThat(second.exit(STOP)).isZero();
    assertThat(second.said().lines().toList().getLast()).isEqualTo("meninx: stopped");
    assertThat(second.said()).doesNotContain("sim-0"); // no patient in the log
  }

  /**
   * A dead instance that had sent its offsets but not ended its transaction: until the brokers
   * abort it they answer "unstable" to whoever takes the only partition over, see CommittedInParts.
   */
  @Test
  void offsetsInATransactionThatADeadInstanceLeftOpenHoldNobodyUpForLong() throws Exception {
    deployed.close();
    deployed = new Deployed(directory, 1);
    Path config =
        deployed.config(
            "one",
            "topics: {partitions: 1, replicationFactor: 1, minInSyncReplicas: 1}",
            "stream: {groupProtocol: streams, threads: 1}");
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    simulate(config, 1);
    try (var _ = deployed.leaveOffsetsUncommitted("meninx")) {
      Instance instance = deployed.run("one", config);
      Duration takeover = deployed.awaitJournal();
      if (!machineIsBusyWithOthers()) {
        assertThat(takeover).isLessThan(TAKEOVER.plus(LAUNCH));
      }
      JavaProcess.signal(instance.process(), "TERM");
      assertThat(instance.exit(STOP)).isZero();
    }
  }

  @Test
  void aStopInTheMiddleOfTheWorkLosesAndRepeatsNothing() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    simulate(config, 3);

    Instance first = deployed.run("one", config);
    first.awaitReady();
    JavaProcess.signal(first.process(), "TERM");
    assertThat(first.exit(STOP)).isZero();

    Instance again = deployed.run("one", config);
    deployed.awaitJournal();
    JavaProcess.signal(again.process(), "TERM");
    assertThat(again.exit(STOP)).isZero();
    assertThat(deployed.journal()).extracting(JournalEntry::sequence).hasSizeGreaterThan(100);
  }

  @Test
  void topicsThatAreNotThereAreToldAndHaveACodeOfTheirOwn() throws Exception {
    Instance instance = deployed.run("one", deployed.config("one", oneBroker()));

    assertThat(instance.exit(START)).isEqualTo(4);
    assertThat(instance.said().lines().toList().getLast())
        .startsWith("meninx: topic imaging-reports: topic: expected to be there, found none");
  }

  @Test
  void topicsWithAnotherNumberOfPartitionsAreToldToo() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    Path wrong = deployed.config("wrong", oneBroker().replace("partitions: 3", "partitions: 4"));

    Instance instance = deployed.run("wrong", wrong);

    assertThat(instance.exit(START)).isEqualTo(4);
    assertThat(instance.said())
        .contains("topic imaging-reports: partitions: expected 4, found 3")
        .contains("topic dead-letters: partitions: expected 4, found 3");
  }

  @Test
  void aRegistryThatIsAwayIsATransientCause() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    deployed.registry.close();

    Instance instance = deployed.run("one", config);

    assertThat(instance.exit(START)).isEqualTo(3);
    assertThat(instance.said().lines().toList().getLast())
        .startsWith("meninx: the schema registry is away")
        .endsWith("nothing was skipped, start again");
  }

  @Test
  void aClusterThatIsAwayIsATransientCause() throws Exception {
    Path config = deployed.config("one", oneBroker());
    deployed.closeCluster();

    Instance instance = deployed.run("one", config);

    assertThat(instance.exit(START)).isEqualTo(3);
    assertThat(instance.said().lines().toList().getLast()).startsWith("meninx: no answer from ");
  }

  @Test
  void aRecordThatIsPutAsideIsADeadLetterAndTheRestIsDecided() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    simulate(config, 1);
    Instance instance = deployed.run("one", config, "--skip", "clinical-assessments:0:0");
    deployed.awaitJournal();
    JavaProcess.signal(instance.process(), "TERM");
    assertThat(instance.exit(STOP)).isZero();

    assertThat(deployed.journal())
        .flatExtracting(entry -> entry.deadLetter().stream().toList())
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("SKIPPED_BY_OPERATOR"));
  }

  /** The row of a report, with all its versions, may be larger than any record of the outputs. */
  @Test
  void aReportWithManyLongVersionsIsKept() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    simulate(config, 1);
    for (int version = 0; version < 7; version++) {
      deployed.send(longVersion(version));
    }
    Instance instance = deployed.run("one", config);
    deployed.awaitJournal();
    JavaProcess.signal(instance.process(), "TERM");
    assertThat(instance.exit(STOP)).isZero();

    assertThat(deployed.journal())
        .flatExtracting(entry -> entry.deadLetter().stream().toList())
        .isEmpty();
  }

  /** Some 450 KB. */
  private static Fact longVersion(int version) {
    Facts.Biopsy biopsy =
        Facts.biopsy("long").patient("long").event("long-" + version).reportedDay(version);
    for (int i = 0; i < 45; i++) {
      biopsy.marker("GENE" + i, "x".repeat(9_990) + version);
    }
    return biopsy.build();
  }

  /** Then it measures the others; a build alone on two cores stays well below. */
  private static boolean machineIsBusyWithOthers() {
    var machine = ManagementFactory.getOperatingSystemMXBean();
    return machine.getSystemLoadAverage() > 4.0 * machine.getAvailableProcessors();
  }

  private static void simulate(Path config, int seed) {
    var said =
        meninx(
            "simulate",
            "--patients",
            "20",
            "--events",
            "300",
            "--seed",
            String.valueOf(seed),
            "--tick-every",
            "1440",
            "--to",
            "kafka",
            "--config",
            config.toString());
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("300 messages about 20 patients in kafka");
  }
}
