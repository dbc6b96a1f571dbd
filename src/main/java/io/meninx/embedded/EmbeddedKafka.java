package io.meninx.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka inside the process: one node, broker and controller (KRaft), on free ports of the
 * loopback interface, its log in a directory that goes with it. For {@code demo} and tests.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  /** How long an ending JVM waits for an orderly end before it deletes the log all the same. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(8);

  private final KafkaNode node;
  private final TemporaryDirectory directory;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook;

  private EmbeddedKafka(KafkaNode node, TemporaryDirectory directory, int port) {
    this.node = node;
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
        node.close();
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
      KafkaNode.Plan plan =
          new KafkaNode.Plan(
              1,
              Uuid.randomUuid().toString(),
              directory.path(),
              ports[0],
              List.of(ports[1]),
              Map.of());
      // Made before the server starts, so that an end in the middle of the start leaves nothing
      // behind either.
      EmbeddedKafka kafka = new EmbeddedKafka(KafkaNode.of(plan), directory, ports[0]);
      kafka.startUp();
      return kafka;
    } catch (RuntimeException e) {
      directory.close();
      throw new IllegalStateException("Kafka does not start inside the process", e);
    }
  }

  private void startUp() {
    try {
      node.start();
    } catch (RuntimeException e) {
      close(); // after a failed start its threads would keep the JVM alive
      throw e;
    }
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
