package io.meninx.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** Brokers in containers, by Testcontainers. */
final class ContainerBrokers implements Brokers {
  private static final int CLIENTS = 9092;
  private static final int DETOUR = 19092;
  private static final int START_ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String image;
  private final Network network = Network.newNetwork();
  private final List<KafkaContainer> nodes = new ArrayList<>();

  private ContainerBrokers(Plan plan, String image) {
    this.image = image;
    String cluster = Uuid.randomUuid().toString();
    String voters =
        IntStream.rangeClosed(1, plan.nodes())
            .mapToObj(id -> id + "@" + name(id) + ":9094")
            .collect(Collectors.joining(","));
    for (int id = 1; id <= plan.nodes(); id++) {
      nodes.add(node(plan, id, cluster, voters));
    }
  }

  static ContainerBrokers start(Plan plan, String image) {
    ContainerBrokers brokers = new ContainerBrokers(plan, image);
    try {
      Startables.deepStart(brokers.nodes).join();
      return brokers;
    } catch (RuntimeException e) {
      brokers.close();
      throw e;
    }
  }

  /**
   * The ports on the host are chosen here: Docker would give a container other ones when it starts
   * again, and the addresses that a broker tells its clients would be wrong.
   */
  @SuppressWarnings("resource") // Closed with all of them.
  private KafkaContainer node(Plan plan, int id, String cluster, String voters) {
    KafkaContainer node =
        new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"))
            .withNetwork(network)
            .withNetworkAliases(name(id))
            .withCreateContainerCmdModifier(command -> command.withHostName(name(id)))
            .withListener(name(id) + ":" + DETOUR, () -> "localhost:" + plan.detours().get(id - 1))
            .withEnv("CLUSTER_ID", cluster)
            .withEnv("KAFKA_NODE_ID", Integer.toString(id))
            .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", voters)
            .withStartupTimeout(PATIENCE)
            // Its start script is copied while the container waits for it, and may be busy still.
            .withStartupAttempts(START_ATTEMPTS);
    for (Map.Entry<String, String> setting : plan.settings().entrySet()) {
      node.withEnv(
          "KAFKA_" + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT),
          setting.getValue());
    }
    node.addExposedPort(DETOUR);
    node.setPortBindings(List.of(freePort() + ":" + CLIENTS, freePort() + ":" + DETOUR));
    return node;
  }

  private static String name(int id) {
    return "kafka-" + id;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("no free port", e);
    }
  }

  @Override
  public String description() {
    return "Testcontainers, %d x %s".formatted(nodes.size(), image);
  }

  @Override
  public String address(int node) {
    return nodes.get(node - 1).getBootstrapServers();
  }

  @Override
  public int detourPort(int node) {
    return nodes.get(node - 1).getMappedPort(DETOUR);
  }

  @Override
  public void kill(int node) {
    KafkaContainer container = nodes.get(node - 1);
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    Awaitility.await().atMost(PATIENCE).until(() -> !container.isRunning());
  }

  @Override
  public void restart(int node) {
    KafkaContainer container = nodes.get(node - 1);
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(node)))) {
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !admin.describeCluster().nodes().get().isEmpty());
    }
  }

  @Override
  public void close() {
    nodes.forEach(KafkaContainer::stop);
    network.close();
  }
}
