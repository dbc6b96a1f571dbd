package io.meninx.cli;

import io.meninx.deadletter.DeadLetterBox;
import io.meninx.deadletter.Letter;
import io.meninx.deadletter.LetterText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dlq list}: which there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists dead letters, oldest first, and counts them by reason. Shows nothing of what the"
            + " records hold.")
final class DlqListCommand implements Callable<Integer> {
  private static final String[] COLUMNS = {
    "id", "reason", "class", "field", "received", "bytes", "state", "cameBackAfterReplayOf"
  };

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private DlqSelection selection;

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      defaultValue = "OPEN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private List<Letter.State> states;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "lists the newest N; all are counted (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--json", description = "as JSON")
  private boolean json;

  /** A line of the table; without the bytes, so that any number of letters can be passed over. */
  private record Row(Instant received, Map<String, String> texts) {}

  @Override
  public Integer call() {
    if (limit < 0 || limit > 1_000_000) {
      throw new WrongUseException("--limit must be from 0 to 1000000.");
    }
    Set<Letter.State> wanted = EnumSet.copyOf(states);
    PriorityQueue<Row> newest = new PriorityQueue<>(Comparator.comparing(Row::received));
    Map<String, Integer> counts = new TreeMap<>();
    try (DlqConnection connection = new DlqConnection(config.settings());
        DeadLetterBox box = new DeadLetterBox(connection.clients())) {
      box.each(
          selection.selection(wanted),
          letter -> {
            Map<String, String> texts = LetterText.redacted(letter);
            counts.merge(texts.getOrDefault("reason", ""), 1, Integer::sum);
            newest.add(new Row(letter.content().recordTimestamp(), texts));
            if (newest.size() > limit) {
              newest.remove();
            }
          });
      List<Map<String, String>> rows = new ArrayList<>();
      while (!newest.isEmpty()) {
        rows.add(newest.remove().texts());
      }
      print(rows, counts, box.unreadable());
      return box.unreadable().isEmpty() ? Meninx.DONE : Meninx.FAILED;
    }
  }

  private void print(
      List<Map<String, String>> rows, Map<String, Integer> counts, List<String> unreadable) {
    PrintWriter out = spec.commandLine().getOut();
    int found = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (json) {
      DlqOutput.json(
          out,
          to -> {
            to.writeNumberField("found", found);
            to.writeObjectFieldStart("byReason");
            for (var count : counts.entrySet()) {
              to.writeNumberField(count.getKey(), count.getValue());
            }
            to.writeEndObject();
            to.writeArrayFieldStart("letters");
            for (Map<String, String> row : rows) {
              DlqOutput.object(to, row);
            }
            to.writeEndArray();
          });
    } else {
      DlqOutput.table(out, COLUMNS, rows);
      out.printf("%d found%s%n", found, rows.size() < found ? ", the newest listed" : "");
      counts.forEach((reason, count) -> out.printf("%8d %s%n", count, reason));
    }
    out.flush();
    DlqOutput.unreadable(spec.commandLine().getErr(), unreadable);
  }
}
