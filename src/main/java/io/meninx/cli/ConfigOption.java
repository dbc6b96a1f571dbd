package io.meninx.cli;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --config}: of every command that talks to a cluster. */
final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description =
          "settings (YAML); environment variables MENINX_... win over it, see"
              + " topology-docs/settings.md")
  private Path file;

  /**
   * The settings, from the file and this process's environment.
   *
   * @throws WrongUseException with all mistakes
   */
  ServiceSettings settings() {
    return settings(file, System.getenv());
  }

  /** The same for commands that need no cluster in every use. */
  static ServiceSettings settings(Path file, Map<String, String> environment) {
    try {
      return ServiceSettings.load(file, environment);
    } catch (SettingsException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()), e);
    }
  }
}
