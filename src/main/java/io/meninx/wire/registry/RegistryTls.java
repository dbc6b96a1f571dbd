package io.meninx.wire.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Whom the registry client trusts and how it shows itself: the settings {@code
 * schema.registry.ssl.*}, with the names, defaults and formats (JKS, PKCS12, PEM files and PEM
 * texts) of Kafka's own clients, whose code reads them. Confluent's client does the same.
 *
 * @param context for connections
 * @param parameters protocols and cipher suites
 */
record RegistryTls(SSLContext context, SSLParameters parameters) {
  /** Before every name. */
  static final String PREFIX = "schema.registry.";

  private static final Set<String> NOT_SUPPORTED =
      Set.of(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG);

  private static final ConfigDef DEFINITION = definition();

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    return definition;
  }

  /** Whether there is such a setting, with its prefix. */
  static boolean knows(String name) {
    return name.startsWith(PREFIX)
        && DEFINITION.names().contains(unprefixed(name))
        && !NOT_SUPPORTED.contains(unprefixed(name));
  }

  /**
   * Reads the stores.
   *
   * @param settings by their whole names
   * @throws IllegalArgumentException a value or a file can't be used; no password is repeated
   */
  static RegistryTls from(Map<String, String> settings) {
    requireHostNameCheck(settings);
    Map<String, Object> given = new HashMap<>();
    settings.forEach((name, value) -> given.put(unprefixed(name), value));
    // Its session is not renewed and it holds no file open: there is nothing to close.
    @SuppressWarnings("resource")
    DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
    try {
      factory.configure(DEFINITION.parse(given));
      SSLParameters parameters =
          factory.createClientSslEngine("localhost", 443, "https").getSSLParameters();
      return new RegistryTls(factory.sslContext(), parameters);
    } catch (KafkaException e) {
      throw new IllegalArgumentException(PREFIX + "ssl.*: " + e.getMessage(), e);
    }
  }

  /**
   * Somebody who can answer under the registry's name decides how records are read, so the name is
   * always checked.
   */
  private static void requireHostNameCheck(Map<String, String> settings) {
    String name = PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
    if (!settings.getOrDefault(name, "https").equalsIgnoreCase("https")) {
      throw new IllegalArgumentException(
          name + " must be https: the name in the registry's certificate is always checked");
    }
  }

  private static String unprefixed(String name) {
    return name.substring(PREFIX.length());
  }
}
