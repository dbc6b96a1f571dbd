package io.meninx.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka inside the process: one node, broker and controller (KRaft), on free ports of the
 * loopback interface, its log in a directory that goes with it. For {@code demo} and tests.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  /** How long an ending JVM waits for an orderly end before it deletes the log all the same. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(8);

  private final KafkaRaftServer server;
  private final TemporaryDirectory directory;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook;

  private EmbeddedKafka(KafkaRaftServer server, TemporaryDirectory directory, int port) {
    this.server = server;
    this.directory = directory;
    this.port = port;
    this.hook = new Thread(this::closeInBoundedTime, "meninx-stop-kafka");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts one; returns when it takes requests, after one to three seconds. */
  public static EmbeddedKafka start() {
    RuntimeException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return startOnce();
      } catch (
          RuntimeException e) { // another process may take a port between our finding and using it
        last = e;
      }
    }
    throw new IllegalStateException("Kafka does not start inside the process", last);
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return loopback() + ":" + port;
  }

  /** Stops it and deletes its log. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is ending: the hook is running, or finds it closed.
    }
  }

  private void stop() {
    if (closed.compareAndSet(false, true)) {
      try {
        server.shutdown();
        server.awaitShutdown();
      } finally {
        directory.close();
      }
    }
  }

  private void closeInBoundedTime() {
    Thread stopper = new Thread(this::stop, "meninx-stop-kafka-orderly");
    stopper.setDaemon(true);
    stopper.start();
    try {
      stopper.join(LAST_WAIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    directory.close();
  }

  private static EmbeddedKafka startOnce() {
    TemporaryDirectory directory = TemporaryDirectory.withoutHook("kafka");
    try {
      int[] ports = freePorts();
      format(directory.path().toString());
      KafkaConfig config =
          new KafkaConfig(properties(directory.path().toString(), ports[0], ports[1]), false);
      // Made before the server starts, so that an end in the middle of the start leaves nothing
      // behind either.
      EmbeddedKafka kafka =
          new EmbeddedKafka(new KafkaRaftServer(config, Time.SYSTEM), directory, ports[0]);
      kafka.startUp();
      return kafka;
    } catch (Exception e) {
      directory.close();
      throw new IllegalStateException("Kafka does not start inside the process", e);
    }
  }

  private void startUp() {
    try {
      server.startup();
    } catch (RuntimeException e) {
      close(); // after a failed start its threads would keep the JVM alive
      throw e;
    }
  }

  private static void format(String directory) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setDirectories(List.of(directory))
        .setMetadataLogDirectory(directory)
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties properties(String directory, int port, int controllerPort) {
    String broker = "PLAINTEXT://" + loopback() + ":" + port;
    String controller = loopback() + ":" + controllerPort;
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listeners", broker + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", broker);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", directory);
    properties.put("auto.create.topics.enable", "false");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // The defaults of streams groups make every small run wait 5 s, and a dead member 45 s.
    properties.put("group.streams.initial.rebalance.delay.ms", "0");
    properties.put("group.streams.assignment.interval.ms", "0");
    properties.put("group.streams.min.heartbeat.interval.ms", "100");
    properties.put("group.streams.heartbeat.interval.ms", "250");
    properties.put("group.streams.min.session.timeout.ms", "1000");
    properties.put("group.streams.session.timeout.ms", "6000");
    return properties;
  }

  private static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  /** Two different free ports: both are held before either is let go. */
  private static int[] freePorts() {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("There is no free port on the loopback interface", e);
    }
  }
}
