package io.meninx.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The commands docker and docker compose, each bounded in time. */
final class Docker {
  private static final Duration SHORT = Duration.ofMinutes(1);

  private final Path directory;
  private final Map<String, String> environment;

  /**
   * Commands with this environment.
   *
   * @param directory for their output
   */
  Docker(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** What a command said, and its exit code. */
  record Said(int exit, String out, String err) {
    /** What it printed; it must have ended well. */
    String good() {
      assertThat(exit).as("exit code; it said: %s%s", out, err).isZero();
      return out.strip();
    }
  }

  Said docker(String... arguments) {
    return within(SHORT, with(List.of("docker"), arguments));
  }

  Said docker(Duration limit, String... arguments) {
    return within(limit, with(List.of("docker"), arguments));
  }

  /** The newer form where there is one, else the program docker-compose. */
  Said compose(Duration limit, String... arguments) {
    boolean plugin = docker("compose", "version").exit() == 0;
    return within(
        limit, with(plugin ? List.of("docker", "compose") : List.of("docker-compose"), arguments));
  }

  private static List<String> with(List<String> program, String... arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    return command;
  }

  private Said within(Duration limit, List<String> command) {
    try {
      Path out = Files.createTempFile(directory, "out", "");
      Path err = Files.createTempFile(directory, "err", "");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      // The older builder, so that the file is shown to need nothing newer.
      builder.environment().put("DOCKER_BUILDKIT", "0");
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(limit)) {
        process.destroyForcibly();
        throw new AssertionError(
            command + " does not end within " + limit + ": " + text(out) + text(err));
      }
      return new Said(process.exitValue(), text(out), text(err));
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
