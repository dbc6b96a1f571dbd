package io.meninx.cli;

import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: something to run the service on where there is no Kafka yet. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Kafka and a schema registry on free ports of the loopback interface, writes"
          + " the settings that 'topics', 'run' and 'simulate' need to FILE, and stays until it is"
          + " stopped.",
      "",
      "To try the service, not to run it: one broker without security, and when it stops, all of"
          + " it is gone. The settings have 'ticks: false', as 'simulate' needs it."
    })
final class ClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--write",
      required = true,
      paramLabel = "FILE",
      description = "where the settings are written, once everything is up")
  private Path file;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "of every topic, in the settings (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Override
  public Integer call() {
    if (partitions < 1 || partitions > 64) {
      throw new WrongUseException("--partitions must be from 1 to 64.");
    }
    EmbeddedBroker.require("cluster");
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      write(
          """
          # Written by 'meninx cluster', good until that is stopped.
          kafka:
            bootstrapServers: %s
          schemaRegistry:
            url: %s
          ticks: false
          topics:
            partitions: %d
            replicationFactor: 1
            minInSyncReplicas: 1
          """
              .formatted(kafka.bootstrapServers(), registry.url(), partitions));
      PrintWriter screen = spec.commandLine().getOut();
      screen.printf(
          "Kafka at %s, registry at %s; settings in %s; Ctrl-C stops it%n",
          kafka.bootstrapServers(), registry.url(), file);
      screen.flush();
      untilStopped();
    }
    return Meninx.DONE;
  }

  /** At once, so that whoever waits for the file finds all of it. */
  private void write(String settings) {
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, settings);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new WrongUseException("The file " + file + " cannot be written.", e);
    }
  }

  /** A signal ends the process; nothing else does. */
  private static void untilStopped() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
