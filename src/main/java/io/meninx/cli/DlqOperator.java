package io.meninx.cli;

import io.meninx.deadletter.Desk.Author;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who handles dead letters. */
final class DlqOperator {
  private static final int LONGEST = 256;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "who does it, for the record (default: the account on this machine)")
  private @Nullable String by;

  Author author() {
    String name =
        Optional.ofNullable(by).orElseGet(() -> System.getProperty("user.name", "")).strip();
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new WrongUseException("--by must say who does it, in 1 to " + LONGEST + " characters.");
    }
    return new Author(name, Meninx.version(), Clock.systemUTC());
  }
}
