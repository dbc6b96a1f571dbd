package io.meninx.faults;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.topics.Deployment;
import io.meninx.service.topics.Finding;
import io.meninx.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes instances of one application, each with a name. Those whose name starts with "far" come to
 * the brokers by the detour; those whose name starts with "old-" are of the release before and have
 * the state directory of the one without.
 *
 * @param application also in front of the topics' names
 * @param cluster of brokers
 * @param registryPort on the loopback interface
 * @param partitions of every topic
 * @param directory for configurations and state
 */
record InstanceMaker(
    String application, TestCluster cluster, int registryPort, int partitions, Path directory)
    implements Function<String, Instance> {
  private static final Path LOGS = Path.of("target", "faults");

  @Override
  public Instance apply(String name) {
    Path state = directory.resolve(EarlierRelease.withoutMark(name));
    Path file = directory.resolve(name + ".yaml");
    Path log = LOGS.resolve(application + "-" + name + ".log");
    try {
      Files.createDirectories(LOGS);
      Files.deleteIfExists(log);
      Files.writeString(file, configuration(EarlierRelease.withoutMark(name), state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Instance(file, state, log, EarlierRelease.classPath(name));
  }

  /** Makes the topics, as {@code topics --create} does. */
  void createTopics() {
    Path file = directory.resolve("topics.yaml");
    try {
      Files.writeString(file, configuration("topics", directory.resolve("topics")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Deployment deployment = new Deployment(ServiceSettings.load(file, Map.of()))) {
      deployment.create();
      deployment.checkWhatWasMade().stream()
          .filter(Finding::essential)
          .findFirst()
          .ifPresent(
              finding -> {
                throw new IllegalStateException(finding.toString());
              });
    }
  }

  private String configuration(String name, Path state) {
    return """
    applicationId: %s
    instance: %s
    stateDir: %s
    ticks: false
    kafka:
      bootstrapServers: [%s]
    schemaRegistry:
      url: http://127.0.0.1:%d
    topics:
      prefix: %s
      partitions: %d
      replicationFactor: %d
      minInSyncReplicas: %d
    http:
      port: 0
    """
        .formatted(
            application,
            name,
            state,
            name.startsWith("far") ? cluster.detour() : cluster.bootstrapServers(),
            registryPort,
            History.prefix(application),
            partitions,
            cluster.nodes(),
            cluster.nodes() / 2 + 1);
  }
}
