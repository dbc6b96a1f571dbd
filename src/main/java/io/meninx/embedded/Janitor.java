package io.meninx.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;

/**
 * Removes this process's temporary directories when it is killed without a word (SIGKILL, out of
 * memory): a shell that waits for the end of its input, which comes when this process is gone
 * however it went, and then deletes {@code meninx-<pid>-*} and ends. Where there is no such shell,
 * the next start tidies up ({@link TemporaryDirectory}).
 */
public final class Janitor {
  /**
   * $0 is the directory for temporary files, $1 this process's id; signals to the group are left to
   * the process itself.
   */
  private static final String SCRIPT =
      "trap '' INT TERM HUP; cat >/dev/null; rm -rf -- \"$0\"/meninx-\"$1\"-*";

  private Janitor() {}

  /** Hires one for the life of this process; empty where there is no shell. */
  public static Optional<Process> hire() {
    try {
      return Optional.of(
          new ProcessBuilder(
                  "/bin/sh",
                  "-c",
                  SCRIPT,
                  System.getProperty("java.io.tmpdir"),
                  String.valueOf(ProcessHandle.current().pid()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
