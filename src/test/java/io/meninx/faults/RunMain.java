package io.meninx.faults;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.registry.RegistryClient;
import java.nio.file.Path;
import java.time.Duration;

/** The stream as a process. */
final class RunMain {
  private RunMain() {}

  public static void main(String[] args) throws InterruptedException {
    ServiceSettings settings = ServiceSettings.load(Path.of(args[0]), System.getenv());
    RegistryClient registry = settings.registryClient();
    TopologySettings topology =
        TopologySettings.of(
            settings.prefix(), settings.partitions(), settings.decisionEngine(), "test", registry);
    StreamsRuntime runtime = new StreamsRuntime(MeninxTopology.build(topology), settings.streams());
    Runtime.getRuntime().addShutdownHook(new Thread(runtime::close));
    runtime.start();
    runtime.awaitRunning(Duration.ofSeconds(60));
    System.out.println("running");
    runtime.awaitEnd(Duration.ofDays(1));
    runtime
        .failure()
        .ifPresent(
            failure -> {
              System.out.println("ended by " + failure + " / " + failure.getCause());
              Runtime.getRuntime().halt(70);
            });
  }
}
