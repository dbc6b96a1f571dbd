package io.meninx.service.topics;

/**
 * Something that is not as it has to be.
 *
 * @param subject what: a topic, the group, a subject of the registry
 * @param setting which of its settings
 * @param expected what is needed
 * @param found what is there
 * @param essential whether {@code run} does not start with it
 */
public record Finding(
    String subject, String setting, String expected, String found, boolean essential) {
  @Override
  public String toString() {
    return subject + ": " + setting + ": expected " + expected + ", found " + found;
  }
}
