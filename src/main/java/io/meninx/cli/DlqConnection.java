package io.meninx.cli;

import io.meninx.deadletter.DeadLetterClients;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.wire.registry.RegistryClient;

/** Cluster and registry of a deployment, for the commands about dead letters. */
final class DlqConnection implements AutoCloseable {
  private final ServiceSettings settings;
  private final RegistryClient registry;

  DlqConnection(ServiceSettings settings) {
    this.settings = settings;
    this.registry = settings.registryClient();
  }

  DeadLetterClients clients() {
    return new DeadLetterClients(
        settings.consumer(), settings.producer(), registry, settings.prefix());
  }

  @Override
  public void close() {
    registry.close();
  }
}
