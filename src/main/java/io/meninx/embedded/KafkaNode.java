package io.meninx.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node inside the process, broker and controller (KRaft) on the loopback interface, alone
 * or with others in other processes that vote with it. Its log stays when it stops: a node that is
 * started again on the same directory goes on where it was.
 */
public final class KafkaNode implements AutoCloseable {
  private static final String CONTROLLER = "CONTROLLER";

  private final KafkaRaftServer server;

  private KafkaNode(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * What a node is.
   *
   * @param id from 1, its place in {@code controllerPorts}
   * @param clusterId the same for all nodes
   * @param directory of its log
   * @param port for clients
   * @param controllerPorts of all nodes of the cluster, in the order of their ids
   * @param settings of the broker beside those that follow from the rest; these win
   */
  public record Plan(
      int id,
      String clusterId,
      Path directory,
      int port,
      List<Integer> controllerPorts,
      Map<String, String> settings) {
    public Plan {
      controllerPorts = List.copyOf(controllerPorts);
      settings = Map.copyOf(settings);
      if (id < 1 || id > controllerPorts.size()) {
        throw new IllegalArgumentException("a node's id is its place among the controllers");
      }
    }
  }

  /**
   * A node that is not started yet; formats its directory unless that was done.
   *
   * @throws IllegalStateException when the directory can't be formatted
   */
  public static KafkaNode of(Plan plan) {
    format(plan);
    return new KafkaNode(
        new KafkaRaftServer(new KafkaConfig(properties(plan), false), Time.SYSTEM));
  }

  /** Returns when it takes requests, which in a cluster needs a majority of the nodes. */
  public void start() {
    server.startup();
  }

  /** Stops it in order; its log stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /**
   * What makes a small cluster quick, wherever it runs: internal topics small and on every node,
   * and streams groups that do not wait (the defaults make every small run wait 5 s, and a dead
   * member 45 s).
   *
   * @param nodes in the cluster
   */
  public static Map<String, String> smallCluster(int nodes) {
    String replicas = Integer.toString(nodes);
    String inSync = Integer.toString(nodes / 2 + 1);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", replicas);
    settings.put("min.insync.replicas", inSync);
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.assignment.interval.ms", "0");
    settings.put("group.streams.min.heartbeat.interval.ms", "100");
    settings.put("group.streams.heartbeat.interval.ms", "250");
    settings.put("group.streams.min.session.timeout.ms", "1000");
    settings.put("group.streams.session.timeout.ms", "6000");
    return settings;
  }

  private static void format(Plan plan) {
    String directory = plan.directory().toString();
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(plan.id())
          .setClusterId(plan.clusterId())
          .setControllerListenerName(CONTROLLER)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setDirectories(List.of(directory))
          .setMetadataLogDirectory(directory)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("The log of a Kafka node can't be prepared", e);
    }
  }

  private static Properties properties(Plan plan) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    List<Integer> controllers = plan.controllerPorts();
    String broker = "PLAINTEXT://" + host + ":" + plan.port();
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(plan.id()));
    properties.put(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, controllers.size())
            .mapToObj(id -> id + "@" + host + ":" + controllers.get(id - 1))
            .collect(Collectors.joining(",")));
    properties.put("controller.listener.names", CONTROLLER);
    properties.put(
        "listeners",
        broker + "," + CONTROLLER + "://" + host + ":" + controllers.get(plan.id() - 1));
    properties.put("advertised.listeners", broker);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", plan.directory().toString());
    properties.putAll(smallCluster(controllers.size()));
    properties.putAll(plan.settings());
    return properties;
  }
}
