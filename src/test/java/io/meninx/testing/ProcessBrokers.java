package io.meninx.testing;

import io.meninx.embedded.KafkaNode;
import io.meninx.embedded.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/** Brokers as JVMs of their own, on the loopback interface, with static voters. */
final class ProcessBrokers implements Brokers {
  private static final int HEAP_MEGABYTES = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 3;

  private final TemporaryDirectory directory = TemporaryDirectory.create("brokers");
  private final List<Node> nodes = new ArrayList<>();

  private ProcessBrokers(Plan plan) {
    String cluster = Uuid.randomUuid().toString();
    int count = plan.nodes();
    List<Integer> ports = freePorts(3 * count);
    List<Integer> controllers = ports.subList(0, count);
    for (int id = 1; id <= count; id++) {
      int port = ports.get(count + id - 1);
      int detour = ports.get(2 * count + id - 1);
      Path log = directory.path().resolve("node-" + id);
      Map<String, String> settings = new HashMap<>(plan.settings());
      settings.putAll(listeners(port, detour, controllers.get(id - 1), plan.detours().get(id - 1)));
      nodes.add(
          new Node(new KafkaNode.Plan(id, cluster, log, port, controllers, settings), detour));
    }
  }

  /** Starts them; another process may take a port in between, so this is tried more than once. */
  static ProcessBrokers start(Plan plan) {
    for (int attempt = 1; ; attempt++) {
      ProcessBrokers brokers = new ProcessBrokers(plan);
      try {
        brokers.nodes.forEach(Node::launch);
        brokers.nodes.forEach(Node::awaitReady);
        return brokers;
      } catch (RuntimeException e) {
        brokers.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Map<String, String> listeners(
      int port, int detour, int controller, int advertisedDetour) {
    String host = host();
    String clients = "PLAINTEXT://" + host + ":" + port;
    return Map.of(
        "listeners",
        "%s,DETOUR://%s:%d,CONTROLLER://%s:%d".formatted(clients, host, detour, host, controller),
        "advertised.listeners",
        "%s,DETOUR://%s:%d".formatted(clients, host, advertisedDetour),
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,DETOUR:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name",
        "PLAINTEXT");
  }

  @Override
  public String description() {
    return nodes.size() == 1 ? "1 child process" : nodes.size() + " child processes";
  }

  @Override
  public String address(int node) {
    return host() + ":" + nodes.get(node - 1).plan.port();
  }

  @Override
  public int detourPort(int node) {
    return nodes.get(node - 1).detour;
  }

  @Override
  public void kill(int node) {
    nodes.get(node - 1).kill();
  }

  @Override
  public void restart(int node) {
    for (int attempt = 1; ; attempt++) {
      try {
        nodes.get(node - 1).launch();
        nodes.get(node - 1).awaitReady();
        return;
      } catch (RuntimeException e) {
        nodes.get(node - 1).kill();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(Node::report);
    nodes.forEach(Node::kill);
    directory.close();
  }

  private static String host() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }

  /** All are held before any is let go, so that they differ. */
  private static List<Integer> freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no free ports", e);
    }
  }

  /** One of them. */
  private final class Node {
    private final KafkaNode.Plan plan;
    private final int detour;
    private List<Process> processes = List.of();
    private boolean killed;

    Node(KafkaNode.Plan plan, int detour) {
      this.plan = plan;
      this.detour = detour;
    }

    void launch() {
      try {
        Path file = directory.path().resolve("node-" + plan.id() + ".properties");
        Files.createDirectories(plan.directory());
        Files.deleteIfExists(output());
        BrokerMain.write(file, plan);
        killed = false;
        processes =
            List.of(
                new ProcessBuilder(
                        JavaProcess.command(HEAP_MEGABYTES, BrokerMain.class, file.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(output().toFile())
                    .start());
      } catch (IOException e) {
        throw new UncheckedIOException("broker " + plan.id() + " can't be started", e);
      }
    }

    void awaitReady() {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end && processes.stream().allMatch(Process::isAlive)) {
        if (said().contains(BrokerMain.READY)) {
          return;
        }
        pause();
      }
      throw new IllegalStateException("broker " + plan.id() + " does not start: " + said());
    }

    void kill() {
      killed = true;
      for (Process process : processes) {
        process.destroyForcibly();
        try {
          if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("broker " + plan.id() + " does not die");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }

    /** A broker that died by itself is told of, since what follows from it is hard to explain. */
    void report() {
      boolean died = processes.stream().anyMatch(process -> !process.isAlive());
      if (died && !killed) {
        System.out.println("brokers: broker " + plan.id() + " died by itself: " + said());
      }
    }

    private Path output() {
      return directory.path().resolve("node-" + plan.id() + ".out");
    }

    private String said() {
      try {
        return Files.readString(output());
      } catch (IOException _) {
        return "";
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
