package io.meninx.cli;

import io.meninx.deadletter.Desk;
import io.meninx.deadletter.Selection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dlq discard}: notes that nobody will send some back. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description =
        "Notes that dead letters will not be sent back, who said so and why. They stay where they"
            + " are, and are listed with --state DISCARDED.")
final class DlqDiscardCommand implements Callable<Integer> {
  private static final int LONGEST = 1000;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DlqSelection selection;
  @Mixin private DlqOperator operator;

  @Option(
      names = "--because",
      required = true,
      paramLabel = "TEXT",
      description = "why, for the record; no patient data")
  private String because;

  @Option(names = "--all", description = "all there are, where nothing else is said")
  private boolean all;

  @Override
  public Integer call() {
    Selection wanted = selection.toHandle(all);
    if (because.isBlank() || because.length() > LONGEST) {
      throw new WrongUseException("--because must say why, in 1 to " + LONGEST + " characters.");
    }
    try (DlqConnection connection = new DlqConnection(config.settings());
        Desk desk = new Desk(connection.clients(), operator.author())) {
      Desk.Outcome outcome = desk.discard(wanted, because.strip());
      return DlqOutput.outcome(spec.commandLine(), "discarded", outcome, desk.unreadable());
    }
  }
}
