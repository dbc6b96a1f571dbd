package io.meninx.service.settings;

/**
 * What is logged, to standard error.
 *
 * @param level of Meninx and its libraries
 * @param kafka level of Kafka's clients and Streams
 */
public record LogSettings(Level level, Level kafka) {
  /** From silent to everything. */
  public enum Level {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }
}
