package io.meninx.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dlq}: dead letters, the inputs that could not be kept. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|show|replay|discard",
    subcommands = {
      DlqListCommand.class,
      DlqShowCommand.class,
      DlqReplayCommand.class,
      DlqDiscardCommand.class
    },
    description = {
      "Dead letters: inputs that could not be kept, with their untouched bytes.",
      "",
      "Finds them, shows them without what the bytes hold, sends them back once what was wrong is"
          + " put right, or notes that nobody will. A dead letter is named by the coordinates of"
          + " its input, TOPIC:PARTITION:OFFSET, and handled once: a repeat does nothing."
          + " topology-docs/dead-letters.md says what each reason means."
    })
final class DlqCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with dead letters: list, show, replay or discard.");
  }
}
