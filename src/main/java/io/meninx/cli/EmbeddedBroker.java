package io.meninx.cli;

import io.meninx.embedded.EmbeddedKafka;

/** Of commands that start a Kafka of their own. */
final class EmbeddedBroker {
  private EmbeddedBroker() {}

  /**
   * Refuses a command where the broker was left out, as it is in the image.
   *
   * @throws WrongUseException the broker's classes are not there
   */
  static void require(String command) {
    if (!EmbeddedKafka.isInstalled()) {
      throw new WrongUseException(
          "'"
              + command
              + "' starts a Kafka inside the process, which this installation leaves out: use a"
              + " checkout (./meninx "
              + command
              + "), or docker-compose.yml for a cluster with a demo.");
    }
  }
}
