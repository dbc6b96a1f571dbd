package io.meninx.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.meninx.deadletter.Desk;
import io.meninx.deadletter.LetterId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** How the commands about dead letters print. */
final class DlqOutput {
  private DlqOutput() {}

  @FunctionalInterface
  interface Fields {
    void to(JsonGenerator json) throws IOException;
  }

  /** One JSON object. */
  static void json(PrintWriter out, Fields fields) {
    try (JsonGenerator to =
        new JsonFactory()
            .createGenerator(out)
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      to.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      to.writeStartObject();
      fields.to(to);
      to.writeEndObject();
      to.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void object(JsonGenerator to, Map<String, String> texts) throws IOException {
    to.writeStartObject();
    for (var text : texts.entrySet()) {
      to.writeStringField(text.getKey(), text.getValue());
    }
    to.writeEndObject();
  }

  static void table(PrintWriter out, String[] columns, List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String column = columns[i];
      widths[i] =
          Math.max(
              column.length(),
              rows.stream().mapToInt(row -> row.getOrDefault(column, "").length()).max().orElse(0));
    }
    line(out, columns, widths);
    for (Map<String, String> row : rows) {
      String[] cells = new String[columns.length];
      for (int i = 0; i < columns.length; i++) {
        cells[i] = row.getOrDefault(columns[i], "");
      }
      line(out, cells, widths);
    }
  }

  private static void line(PrintWriter out, String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.append(cells[i]).repeat(" ", widths[i] - cells[i].length() + 2);
    }
    out.println(line.toString().stripTrailing());
  }

  /** Says what became of a selection; the exit code. */
  static int outcome(
      CommandLine command, String done, Desk.Outcome outcome, List<String> unreadable) {
    PrintWriter out = command.getOut();
    out.printf("%d %s%n", outcome.done(), done);
    if (outcome.before() > 0) {
      out.printf("%d handled before, left alone%n", outcome.before());
    }
    if (outcome.cameBack() > 0) {
      out.printf(
          "%d came back after a replay, left alone; --again sends them once more%n",
          outcome.cameBack());
    }
    out.flush();
    PrintWriter err = command.getErr();
    outcome.impossible().forEach(line -> err.println("meninx: " + line));
    outcome.unknown().forEach(id -> unknown(err, id));
    unreadable(err, unreadable);
    boolean all =
        outcome.impossible().isEmpty() && outcome.unknown().isEmpty() && unreadable.isEmpty();
    return all ? Meninx.DONE : Meninx.FAILED;
  }

  /** Says on the side that one which was named is not there. */
  static void unknown(PrintWriter err, LetterId id) {
    err.println("meninx: there is no dead letter " + id);
  }

  /** Says on the side what could not be read. */
  static void unreadable(PrintWriter err, List<String> records) {
    for (String record : records) {
      err.println("meninx: a record cannot be read: " + record);
    }
    err.flush();
  }
}
