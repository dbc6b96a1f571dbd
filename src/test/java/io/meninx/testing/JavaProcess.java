package io.meninx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs beside that of the test, with its class path, small and quick to start. */
public final class JavaProcess {
  private JavaProcess() {}

  /**
   * A command that starts a class.
   *
   * @param heapMegabytes the most heap
   * @param main with the method {@code main}
   * @param arguments for it
   */
  public static List<String> command(int heapMegabytes, Class<?> main, String... arguments) {
    return command(heapMegabytes, List.of(), main.getName(), List.of(arguments));
  }

  /** The same with further options for the JVM. */
  public static List<String> command(
      int heapMegabytes, List<String> options, String main, List<String> arguments) {
    return command(heapMegabytes, options, System.getProperty("java.class.path"), main, arguments);
  }

  /** The same with another class path. */
  public static List<String> command(
      int heapMegabytes,
      List<String> options,
      String classPath,
      String main,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  /** Sends a signal, by name. */
  public static void signal(Process process, String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
