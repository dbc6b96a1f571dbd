package io.meninx.wire.registry;

import io.meninx.embedded.EmbeddedRegistry;
import org.junit.jupiter.api.AfterAll;

/** The contract against the registry inside the process. */
class EmbeddedRegistryContractTest extends RegistryContract {
  private static final EmbeddedRegistry REGISTRY = EmbeddedRegistry.start();

  @AfterAll
  static void stop() {
    REGISTRY.close();
  }

  @Override
  String url() {
    return REGISTRY.url();
  }
}
