package io.meninx.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final int securePort;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread hook;

  /**
   * A second listener, for clients that prove who they are.
   *
   * @param protocol SSL or SASL_SSL
   * @param settings of the broker for it, such as {@code ssl.keystore.location}
   */
  public record SecureListener(String protocol, Map<String, String> settings) {
    public SecureListener {
      settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
      return "SecureListener[" + protocol + "]";
    }
  }

  private EmbeddedKafka(KafkaNode node, TemporaryDirectory directory, int[] ports) {
    this.node = node;
    this.directory = directory;
    this.port = ports[0];
    this.securePort = ports[2];
    this.hook = new Thread(this::closeInBoundedTime, "meninx-stop-kafka");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Whether the broker is there: installations without {@code demo}, such as the image, leave it
   * out.
   */
  public static boolean isInstalled() {
    try {
      Class.forName("kafka.server.KafkaRaftServer", false, EmbeddedKafka.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  /** Starts one; returns when it takes requests, after one to three seconds. */
  public static EmbeddedKafka start() {
    return start(Optional.empty());
  }

  /** Starts one that listens with security too. */
  public static EmbeddedKafka start(SecureListener secure) {
    return start(Optional.of(secure));
  }

  private static EmbeddedKafka start(Optional<SecureListener> secure) {
    RuntimeException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return startOnce(secure);
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

  /** The same of the listener with security, whose host is called localhost. */
  public String secureBootstrapServers() {
    return "localhost:" + securePort;
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

  private static EmbeddedKafka startOnce(Optional<SecureListener> secure) {
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
              secure.map(listener -> listening(listener, ports)).orElse(Map.of()));
      // Made before the server starts, so that an end in the middle of the start leaves nothing
      // behind either.
      EmbeddedKafka kafka = new EmbeddedKafka(KafkaNode.of(plan), directory, ports);
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

  /** All listeners of the node: those it has anyway, and the one with security. */
  private static Map<String, String> listening(SecureListener secure, int[] ports) {
    String plain = "PLAINTEXT://" + loopback() + ":" + ports[0];
    String withSecurity = ",SECURE://localhost:" + ports[2];
    Map<String, String> settings = new HashMap<>(secure.settings());
    settings.put(
        "listeners", plain + ",CONTROLLER://" + loopback() + ":" + ports[1] + withSecurity);
    settings.put("advertised.listeners", plain + withSecurity);
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:" + secure.protocol());
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    return settings;
  }

  private static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  /** Three different free ports: all are held before any is let go. */
  private static int[] freePorts() {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket third = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), other.getLocalPort(), third.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("There is no free port on the loopback interface", e);
    }
  }
}
