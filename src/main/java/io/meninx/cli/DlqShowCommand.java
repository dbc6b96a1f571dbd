package io.meninx.cli;

import io.meninx.deadletter.DeadLetterBox;
import io.meninx.deadletter.Letter;
import io.meninx.deadletter.LetterId;
import io.meninx.deadletter.LetterText;
import io.meninx.deadletter.Selection;
import io.meninx.wire.registry.WireFormat;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dlq show}: all that is known of some. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows dead letters one by one: reason, what it means and what to do about it, where the"
          + " record stands, what became of it.",
      "",
      "What the record holds is shown only with --reveal, and then on standard output only."
    })
final class DlqShowCommand implements Callable<Integer> {
  private static final String WARNING =
      "REVEALED: key, headers and value follow as they are; they may hold patient data.";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DlqSelection selection;

  @Option(
      names = "--reveal",
      description = "also show key, headers and value, which may hold patient data")
  private boolean reveal;

  @Option(names = "--json", description = "as JSON, one object for each")
  private boolean json;

  @Override
  public Integer call() {
    Set<LetterId> ids = selection.ids();
    if (ids.isEmpty()) {
      throw new WrongUseException(
          "Name the dead letters, TOPIC:PARTITION:OFFSET; 'meninx dlq list' finds them.");
    }
    Map<LetterId, Letter> found = new LinkedHashMap<>();
    try (DlqConnection connection = new DlqConnection(config.settings());
        DeadLetterBox box = new DeadLetterBox(connection.clients())) {
      Selection wanted = selection.selection(Set.of());
      box.each(wanted, letter -> found.put(letter.id(), letter));
      WireFormat wire =
          new WireFormat(connection.clients().registry(), connection.clients().prefix());
      found.values().forEach(letter -> print(letter, wire));
      PrintWriter err = spec.commandLine().getErr();
      DlqOutput.unreadable(err, box.unreadable());
      ids.stream().filter(id -> !found.containsKey(id)).forEach(id -> DlqOutput.unknown(err, id));
      err.flush();
    }
    return found.keySet().containsAll(ids) ? Meninx.DONE : Meninx.FAILED;
  }

  private void print(Letter letter, WireFormat wire) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> texts = LetterText.redacted(letter);
    Map<String, String> revealed = reveal ? LetterText.revealed(letter, wire) : Map.of();
    if (json) {
      DlqOutput.json(
          out,
          to -> {
            for (var text : texts.entrySet()) {
              to.writeStringField(text.getKey(), text.getValue());
            }
            if (reveal) {
              to.writeStringField("warning", WARNING);
              to.writeFieldName("revealed");
              DlqOutput.object(to, revealed);
            }
          });
    } else {
      texts.forEach((name, text) -> out.printf("%-22s %s%n", name, text));
      if (reveal) {
        out.println(WARNING);
        revealed.forEach((name, text) -> out.printf("%-22s %s%n", name, text));
      }
      out.println();
    }
    out.flush();
  }
}
