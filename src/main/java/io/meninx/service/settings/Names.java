package io.meninx.service.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a key is called in the environment: {@code MENINX_} and the path with each word in capitals,
 * words parted by one underscore: {@code kafka.bootstrapServers} is {@code
 * MENINX_KAFKA_BOOTSTRAP_SERVERS}. Below a map of a library's own settings an underscore stands for
 * a dot and two for an underscore: {@code kafka.common."security.protocol"} is {@code
 * MENINX_KAFKA_COMMON_SECURITY_PROTOCOL}. With {@code _FILE} behind it, the variable names a file
 * whose content is the value.
 */
final class Names {
  static final String PREFIX = "MENINX_";
  static final String FILE = "_FILE";

  /** May stand in front of the settings of the registry's client, and need not. */
  private static final String REGISTRY = "schema.registry.";

  /** Of the launcher; no settings. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("MENINX_JAVA_OPTS", "MENINX_CONFIG");

  /** What Kubernetes and Docker put into a container for a service named meninx or meninx-x. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("MENINX_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP).*)?)");

  private Names() {}

  /** The variable of a key. */
  static String variable(String path) {
    return PREFIX
        + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** How a setting of a library ends the name of its variable; the way back of the next. */
  static String ofLibrary(String name) {
    String own = name.startsWith(REGISTRY) ? name.substring(REGISTRY.length()) : name;
    return own.replace("_", "__").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The setting of a library that the rest of a variable's name stands for. */
  static String setting(String rest) {
    return rest.toLowerCase(Locale.ROOT).replace("__", "\0").replace('_', '.').replace('\0', '_');
  }

  /** Whether a variable that is no key may stand in the environment all the same. */
  static boolean isForeign(String variable) {
    return !variable.startsWith(PREFIX)
        || OF_THE_LAUNCHER.contains(variable)
        || SERVICE_LINK.matcher(variable).matches();
  }
}
