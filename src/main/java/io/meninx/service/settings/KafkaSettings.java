package io.meninx.service.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * How clients connect.
 *
 * @param bootstrapServers HOST:PORT, one or more
 * @param common settings of every client, such as {@code security.protocol}
 * @param admin settings of admin clients, over those of every client
 * @param consumer settings of consumers, over those of every client
 * @param producer settings of producers, over those of every client
 * @param streams settings of Kafka Streams, over those of every client
 */
public record KafkaSettings(
    List<String> bootstrapServers,
    ClientSettings common,
    ClientSettings admin,
    ClientSettings consumer,
    ClientSettings producer,
    ClientSettings streams) {
  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
  }

  /** As {@code bootstrap.servers} takes them. */
  public String servers() {
    return String.join(",", bootstrapServers);
  }

  /** Names of settings that no client of Kafka knows: a plug-in's, or a mistake in writing. */
  List<String> unknown() {
    List<String> names = new ArrayList<>();
    var every =
        List.of(
            KnownSettings.ADMIN,
            KnownSettings.CONSUMER,
            KnownSettings.PRODUCER,
            KnownSettings.STREAMS);
    unknown("kafka.common", common, every, names);
    unknown("kafka.admin", admin, List.of(KnownSettings.ADMIN), names);
    unknown("kafka.consumer", consumer, List.of(KnownSettings.CONSUMER), names);
    unknown("kafka.producer", producer, List.of(KnownSettings.PRODUCER), names);
    unknown("kafka.streams", streams, every, names);
    return names;
  }

  private static void unknown(
      String path,
      ClientSettings settings,
      List<org.apache.kafka.common.config.ConfigDef> clients,
      List<String> names) {
    settings.values().keySet().stream()
        .sorted()
        .filter(name -> !KnownSettings.isKnown(name, clients))
        .forEach(name -> names.add(path + "." + name));
  }
}
