package io.meninx.service.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka itself says about its settings: type, allowed values, and what is a secret. */
final class KnownSettings {
  static final ConfigDef ADMIN = AdminClientConfig.configDef();
  static final ConfigDef CONSUMER = ConsumerConfig.configDef();
  static final ConfigDef PRODUCER = ProducerConfig.configDef();
  static final ConfigDef STREAMS = StreamsConfig.configDef();

  /** Secrets of the registry's client and of plug-ins, which Kafka knows nothing of. */
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(password|passphrase|secret|jaas\\.config|private\\.key|keystore\\.key)$"
              + "|.*(bearer\\.auth\\.token|basic\\.auth\\.user\\.info)$");

  /** Prefixes in front of a client's setting among those of Kafka Streams. */
  private static final Map<String, List<ConfigDef>> STREAMS_PREFIXES =
      Map.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX, List.of(CONSUMER),
          StreamsConfig.RESTORE_CONSUMER_PREFIX, List.of(CONSUMER),
          StreamsConfig.GLOBAL_CONSUMER_PREFIX, List.of(CONSUMER),
          StreamsConfig.CONSUMER_PREFIX, List.of(CONSUMER),
          StreamsConfig.PRODUCER_PREFIX, List.of(PRODUCER),
          StreamsConfig.ADMIN_CLIENT_PREFIX, List.of(ADMIN));

  private KnownSettings() {}

  /** Whether a setting's value is never to be printed; the name may have a client's prefix. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET.matcher(lower).matches()
        || find(lower, List.of(ADMIN, CONSUMER, PRODUCER, STREAMS))
            .filter(key -> key.type() == Type.PASSWORD)
            .isPresent();
  }

  /** Whether one of these clients knows the setting. */
  static boolean isKnown(String name, List<ConfigDef> clients) {
    return find(name, clients).isPresent()
        || (clients.contains(STREAMS) && name.startsWith(StreamsConfig.TOPIC_PREFIX));
  }

  /** Why the value cannot be used, without the value; nothing when it can, or nobody knows. */
  static Optional<String> objection(String name, String value, List<ConfigDef> clients) {
    return find(name, clients).flatMap(key -> objection(key, value));
  }

  private static Optional<String> objection(ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type());
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return Optional.empty();
    } catch (ConfigException _) {
      String type = key.type().name().toLowerCase(Locale.ROOT);
      return Optional.of(
          key.validator == null || key.validator.toString().contains("@")
              ? "allowed is a value of type " + type
              : "allowed is a value of type " + type + ", " + key.validator);
    }
  }

  private static Optional<ConfigKey> find(String name, List<ConfigDef> clients) {
    Optional<ConfigKey> own = among(name, clients);
    if (own.isPresent() || !clients.contains(STREAMS)) {
      return own;
    }
    Predicate<String> starts = name::startsWith;
    return STREAMS_PREFIXES.keySet().stream()
        .filter(starts)
        .findFirst()
        .flatMap(
            prefix ->
                among(
                    name.substring(prefix.length()),
                    STREAMS_PREFIXES.getOrDefault(prefix, List.of())));
  }

  private static Optional<ConfigKey> among(String name, List<ConfigDef> clients) {
    return clients.stream()
        .flatMap(def -> Optional.ofNullable(def.configKeys().get(name)).stream())
        .findFirst();
  }
}
