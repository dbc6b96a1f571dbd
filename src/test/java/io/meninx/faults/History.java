package io.meninx.faults;

import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.pathway.PathwayEngine;
import io.meninx.testing.TcpProxy;
import io.meninx.testing.TestCluster;
import io.meninx.wire.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * One run of the harness: topics of its own, traffic, a fleet of instances, a registry that can be
 * taken away, and whatever faults a test brings about meanwhile.
 */
final class History implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final String name;
  private final TestCluster cluster;
  private final PathwayEngine engine;
  private final EmbeddedRegistry schemas;
  private final KafkaSide kafka;
  private final TcpProxy registry;
  private final TemporaryDirectory directory = TemporaryDirectory.create("faults");
  private final Fleet fleet;
  private final Publisher publisher;
  private final long started = System.nanoTime();
  private Duration longest = Duration.ZERO;
  private Duration left = Duration.ZERO;

  /**
   * Makes the topics and starts to send.
   *
   * @param name also in front of the topics' names
   * @param pause between two steps of the traffic
   */
  History(
      String name,
      TestCluster cluster,
      EmbeddedRegistry schemas,
      Traffic traffic,
      PathwayEngine engine,
      Duration pause) {
    this.name = name;
    this.cluster = cluster;
    this.engine = engine;
    this.schemas = schemas;
    this.kafka = new KafkaSide(cluster.bootstrapServers(), prefix(name), traffic.partitions());
    int port = URI.create(schemas.url()).getPort();
    this.registry =
        new TcpProxy(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    InstanceMaker maker =
        new InstanceMaker(name, cluster, registry.port(), traffic.partitions(), directory.path());
    this.fleet = new Fleet(maker);
    maker.createTopics();
    this.publisher = new Publisher(kafka, traffic, pause);
  }

  /** In front of the topics of a history. */
  static String prefix(String name) {
    return name + ".";
  }

  /** The instances. Those whose name starts with "far" come to the brokers by the detour. */
  Fleet fleet() {
    return fleet;
  }

  /** The brokers. */
  TestCluster cluster() {
    return cluster;
  }

  /** The way to the registry. */
  TcpProxy registry() {
    return registry;
  }

  /** Lets time pass. */
  static void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until, on every partition, a decision on something sent from now on is committed and can
   * be read, and remembers how long that took: the time of a takeover, when an instance has just
   * been killed.
   */
  void takeover() {
    long start = System.nanoTime();
    awaitDecisions();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    longest = took.compareTo(longest) > 0 ? took : longest;
  }

  /** The same, whatever it takes. */
  void awaitDecisions() {
    Map<TopicPartition, Long> later = new HashMap<>(kafka.ends(Topic.CLOCK_TICKS));
    later.replaceAll((_, end) -> end + 1);
    new JournalTail(kafka).awaitDecided(later, false, PATIENCE);
  }

  /** The longest time that {@link #takeover} took. */
  Duration longestTakeover() {
    return longest;
  }

  /** An instance is asked to end, and how long it takes is remembered. */
  void leave(String name) {
    long start = System.nanoTime();
    int exit = fleet.term(name);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (exit != 0) {
      throw new IllegalStateException("an instance that was asked to end ended with " + exit);
    }
    left = took.compareTo(left) > 0 ? took : left;
  }

  /** Sends the rest, waits until all of it is decided, ends the instances, and compares. */
  Comparison finish() {
    publisher.finish(PATIENCE);
    Map<TopicPartition, Long> sent = new HashMap<>();
    Topic.inputs().forEach(topic -> sent.putAll(kafka.ends(topic)));
    new JournalTail(kafka).awaitDecided(sent, true, PATIENCE);
    Map<TopicPartition, Long> committed = kafka.ends(Topic.PATHWAY_JOURNAL);
    Awaitility.await()
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> unchanged(committed));
    fleet.close();
    return new Comparison(kafka, engine, schemas.url());
  }

  private boolean unchanged(Map<TopicPartition, Long> committed) {
    Map<TopicPartition, Long> now = kafka.ends(Topic.PATHWAY_JOURNAL);
    boolean same = now.equals(committed);
    committed.putAll(now);
    return same;
  }

  /** The line that a history leaves in the report. */
  String line(Comparison comparison, String faults) {
    return ("%s: %s; %d s on %s; longest takeover %s; longest stop in order %s;"
            + " ended with a cause and started again %d; %s")
        .formatted(
            name,
            faults,
            Duration.ofNanos(System.nanoTime() - started).toSeconds(),
            cluster.description(),
            seconds(longest),
            seconds(left),
            fleet.startedAgain(),
            comparison.figures());
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  @Override
  public void close() {
    fleet.close();
    registry.close();
    directory.close();
  }
}
