package io.meninx.service.settings;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.types.Password;

/**
 * Settings of a library under their own names, handed on as they are.
 *
 * @param values by name, file references resolved
 */
public record ClientSettings(Map<String, String> values) {
  /** None. */
  public static final ClientSettings NONE = new ClientSettings(Map.of());

  public ClientSettings {
    values = Map.copyOf(values);
  }

  /** As Kafka takes them; what is secret is of a type that does not print. */
  public Map<String, Object> typed() {
    Map<String, Object> typed = new TreeMap<>();
    values.forEach(
        (name, value) ->
            typed.put(name, KnownSettings.isSecret(name) ? new Password(value) : value));
    return typed;
  }

  /** Names, and those values that are no secrets. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(values);
    shown.replaceAll(
        (name, value) -> KnownSettings.isSecret(name) ? Secret.REDACTED : withoutUser(value));
    return shown.toString();
  }

  /** An address may have a user and a password in front of the host. */
  private static String withoutUser(String value) {
    return value.replaceAll("//[^/@]*@", "//" + Secret.REDACTED + "@");
  }
}
