package io.meninx.service;

import io.meninx.service.settings.LogSettings;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/** Applies the settings of logging; where it goes stands in {@code log4j2.properties}. */
public final class Logging {
  private static final List<String> OF_KAFKA = List.of("org.apache.kafka", "kafka");

  private Logging() {}

  /** From now on, for the whole process. */
  public static void apply(LogSettings settings) {
    Configurator.setLevel(LogManager.ROOT_LOGGER_NAME, level(settings.level()));
    OF_KAFKA.forEach(name -> Configurator.setLevel(name, level(settings.kafka())));
  }

  private static Level level(LogSettings.Level level) {
    return Level.valueOf(level.name());
  }
}
