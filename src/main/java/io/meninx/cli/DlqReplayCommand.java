package io.meninx.cli;

import io.meninx.deadletter.Desk;
import io.meninx.deadletter.Selection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dlq replay}: sends some back. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters back to the topic and partition they came from: the same key, value and"
          + " headers, and one header more that names the dead letter. Each is sent back once: a"
          + " repeat of the command does nothing.",
      "",
      "What can still not be read becomes a dead letter again, which names the earlier one and is"
          + " only sent back with --again."
    })
final class DlqReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DlqSelection selection;
  @Mixin private DlqOperator operator;

  @Option(names = "--all", description = "all there are, where nothing else is said")
  private boolean all;

  @Option(
      names = "--again",
      description = "also those that were sent back before and came to the same end")
  private boolean again;

  @Override
  public Integer call() {
    Selection wanted = selection.toHandle(all);
    try (DlqConnection connection = new DlqConnection(config.settings());
        Desk desk = new Desk(connection.clients(), operator.author())) {
      Desk.Outcome outcome = desk.replay(wanted, again);
      return DlqOutput.outcome(spec.commandLine(), "sent back", outcome, desk.unreadable());
    }
  }
}
