package io.meninx.testing;

import io.meninx.embedded.KafkaNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;

/**
 * Real brokers for a test: containers (Testcontainers) where a Docker daemon answers, child
 * processes otherwise, with the same settings and the same faults. Says on stdout, and so in the
 * test's report, which it was.
 *
 * <ul>
 *   <li>{@code -Dmeninx.test.brokers=containers|processes} asks for one of them; {@code auto} is
 *       the default.
 *   <li>{@code -Dmeninx.test.kafka.image=NAME:TAG} is the image; the official one by default.
 * </ul>
 *
 * <p>A client that comes by {@link #detour()} can be cut off from all brokers.
 */
public final class TestCluster implements AutoCloseable {
  private static final String BROKERS = "meninx.test.brokers";
  private static final String IMAGE = "meninx.test.kafka.image";

  private final List<TcpProxy> proxies = new ArrayList<>();
  private final Brokers brokers;

  private TestCluster(int nodes, Map<String, String> more) {
    for (int node = 1; node <= nodes; node++) {
      int id = node;
      proxies.add(new TcpProxy(() -> target(id)));
    }
    Map<String, String> settings = new LinkedHashMap<>(KafkaNode.smallCluster(nodes));
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.putAll(more);
    List<Integer> detours = proxies.stream().map(TcpProxy::port).toList();
    try {
      this.brokers = start(new Brokers.Plan(detours, settings));
    } catch (RuntimeException e) {
      proxies.forEach(TcpProxy::close);
      throw e;
    }
  }

  /** Starts a cluster; returns when it takes requests. */
  public static TestCluster start(int nodes) {
    return start(nodes, Map.of());
  }

  /**
   * The same with further settings.
   *
   * @param settings of every broker; win over those a test cluster has
   */
  public static TestCluster start(int nodes, Map<String, String> settings) {
    return new TestCluster(nodes, settings);
  }

  private static Brokers start(Brokers.Plan plan) {
    String wanted = System.getProperty(BROKERS, "auto").toLowerCase(Locale.ROOT);
    Brokers started =
        switch (wanted) {
          case "containers" -> ContainerBrokers.start(plan, image());
          case "processes" -> ProcessBrokers.start(plan);
          case "auto" -> whatIsThere(plan);
          default ->
              throw new IllegalArgumentException(
                  BROKERS + " must be auto, containers or processes");
        };
    System.out.println("brokers: " + started.description());
    return started;
  }

  /** A daemon may answer and have no image, or no way out to get one. */
  private static Brokers whatIsThere(Brokers.Plan plan) {
    try {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        return ContainerBrokers.start(plan, image());
      }
    } catch (RuntimeException e) {
      System.out.println("brokers: a Docker daemon answers, but containers do not start: " + e);
    }
    return ProcessBrokers.start(plan);
  }

  private static String image() {
    return System.getProperty(IMAGE, "apache/kafka:" + AppInfoParser.getVersion());
  }

  /** For {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return IntStream.rangeClosed(1, nodes())
        .mapToObj(brokers::address)
        .collect(Collectors.joining(","));
  }

  /** For {@code bootstrap.servers} of a client that is to be cut off, see {@link #cut}. */
  public String detour() {
    return proxies.stream()
        .map(proxy -> loopback() + ":" + proxy.port())
        .collect(Collectors.joining(","));
  }

  /** How many brokers there are. */
  public int nodes() {
    return proxies.size();
  }

  /** What it runs on. */
  public String description() {
    return brokers.description();
  }

  /** kill -9 of a broker, from 1. */
  public void kill(int node) {
    brokers.kill(node);
  }

  /** Starts a killed broker again, with the log it had. */
  public void restart(int node) {
    brokers.restart(node);
  }

  /** Nothing passes any more between the brokers and those who came by the detour. */
  public void cut() {
    proxies.forEach(TcpProxy::stall);
  }

  /** Everything passes again, also what was sent meanwhile. */
  public void heal() {
    proxies.forEach(TcpProxy::heal);
  }

  @Override
  public void close() {
    proxies.forEach(TcpProxy::close);
    brokers.close();
  }

  private InetSocketAddress target(int node) {
    String host = brokers.address(node).replaceFirst(":\\d+$", "");
    return new InetSocketAddress(host, brokers.detourPort(node));
  }

  private static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }
}
