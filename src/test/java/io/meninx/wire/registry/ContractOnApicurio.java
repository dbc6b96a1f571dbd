package io.meninx.wire.registry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract against a real server, by way of its interface like Confluent's. Runs in the profile
 * {@code registry}, which fetches the server.
 */
class ContractOnApicurio extends RegistryContract {
  private static ApicurioRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = ApicurioRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  String url() {
    return registry.url();
  }
}
