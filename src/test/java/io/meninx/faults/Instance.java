package io.meninx.faults;

import io.meninx.testing.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One instance of {@code meninx run} as a process of its own, with a name, a configuration file and
 * a state directory that outlast the process.
 */
final class Instance {
  private static final int HEAP_MEGABYTES = 256;
  private static final int PATIENCE_SECONDS = 30;

  /** What the service logs when it takes records. */
  private static final String RUNNING = "] Running";

  private final Path configuration;
  private final Path state;
  private final Path log;
  private final String classPath;
  private Optional<Process> process = Optional.empty();
  private long said;

  /**
   * An instance that does not run yet.
   *
   * @param configuration for {@code --config}
   * @param state the directory that the configuration names
   * @param log gets all it says, run after run
   * @param classPath of the program
   */
  Instance(Path configuration, Path state, Path log, String classPath) {
    this.configuration = configuration;
    this.state = state;
    this.log = log;
    this.classPath = classPath;
  }

  void start() {
    try {
      said = Files.exists(log) ? Files.size(log) : 0;
      process =
          Optional.of(
              new ProcessBuilder(
                      JavaProcess.command(
                          HEAP_MEGABYTES,
                          List.of("-Dmeninx.log.level=INFO"),
                          classPath,
                          "io.meninx.cli.Meninx",
                          List.of("run", "--config", configuration.toString())))
                  .redirectErrorStream(true)
                  .redirectOutput(Redirect.appendTo(log.toFile()))
                  .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has said, since it was started, that it takes records. */
  boolean running() {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = (int) Math.min(said, all.length);
      return alive()
          && new String(all, from, all.length - from, StandardCharsets.UTF_8).contains(RUNNING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it was started and the process has not ended. */
  boolean alive() {
    return process.filter(Process::isAlive).isPresent();
  }

  /** How it ended. */
  int exitCode() {
    return process.orElseThrow().exitValue();
  }

  /** SIGKILL; returns when it is gone. */
  void kill9() {
    process.ifPresent(
        running -> {
          running.destroyForcibly();
          await(running);
        });
  }

  /** SIGTERM; returns the exit code when it has ended. */
  int term() {
    Process running = process.orElseThrow();
    running.destroy();
    return await(running);
  }

  /** SIGSTOP: it stands still and knows nothing of it. */
  void pause() {
    JavaProcess.signal(process.orElseThrow(), "STOP");
  }

  /** SIGCONT. */
  void resume() {
    JavaProcess.signal(process.orElseThrow(), "CONT");
  }

  /** Deletes its state directory; the process must not run. */
  void wipe() {
    if (!Files.exists(state)) {
      return;
    }
    try (Stream<Path> files = Files.walk(state)) {
      files.sorted(Comparator.reverseOrder()).forEach(Instance::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("an instance does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
