package io.meninx.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was measured in one run, as a table and as JSON.
 *
 * @param engineVersion of the program
 * @param rounds of every figure
 * @param quick whether sizes were small
 * @param rows in the order of the table
 */
public record BenchReport(String engineVersion, int rounds, boolean quick, List<RowResult> rows) {
  private static final String LINE = "%-8s %-46s %12s  %-25s %s";

  public BenchReport {
    rows = List.copyOf(rows);
  }

  /** The machine, in a line. */
  public static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%d cores, heap up to %d MiB, Java %s, %s %s",
        runtime.availableProcessors(),
        runtime.maxMemory() >> 20,
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** What stands above the table. */
  public static List<String> head(String engineVersion, int rounds, boolean quick) {
    return List.of(
        "meninx "
            + engineVersion
            + ", "
            + rounds
            + " rounds"
            + (quick ? ", quick" : "")
            + ", "
            + machine(),
        "",
        String.format(Locale.ROOT, LINE, "row", "figure", "median", "least .. most", "bar")
            .stripTrailing());
  }

  /** A row of the table with its notes, line by line. */
  public static List<String> lines(RowResult row) {
    List<String> lines = new ArrayList<>();
    for (Figure figure : row.figures()) {
      lines.add(line(row.row(), figure));
    }
    row.notes().forEach(note -> lines.add("         " + note));
    lines.add("");
    return lines;
  }

  private static String line(String row, Figure figure) {
    String bar =
        figure
            .bar()
            .map(
                limit ->
                    (limit.kind() == Bar.Kind.AT_LEAST ? "at least " : "at most ")
                        + number(limit.limit())
                        + (limit.meets(figure.median()) ? ": met" : ": MISSED"))
            .orElse("");
    return String.format(
            Locale.ROOT,
            LINE,
            row,
            figure.name() + (figure.unit().isEmpty() ? "" : ", " + figure.unit()),
            number(figure.median()),
            number(figure.least()) + " .. " + number(figure.most()),
            bar)
        .stripTrailing();
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  /**
   * Writes it as JSON.
   *
   * @throws IOException the file can't be written
   */
  public void write(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    root.put("engineVersion", engineVersion);
    root.put("machine", machine());
    root.put("rounds", rounds);
    root.put("quick", quick);
    ArrayNode table = root.putArray("rows");
    for (RowResult row : rows) {
      ObjectNode node = table.addObject();
      node.put("row", row.row());
      ArrayNode figures = node.putArray("figures");
      row.figures().forEach(figure -> write(figures.addObject(), figure));
      ArrayNode notes = node.putArray("notes");
      row.notes().forEach(notes::add);
    }
    Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static void write(ObjectNode node, Figure figure) {
    node.put("name", figure.name().strip());
    node.put("unit", figure.unit());
    node.put("median", figure.median());
    node.put("least", figure.least());
    node.put("most", figure.most());
    ArrayNode values = node.putArray("values");
    figure.values().forEach(values::add);
    Optional<Bar> bar = figure.bar();
    if (bar.isPresent()) {
      ObjectNode limit = node.putObject("bar");
      limit.put("kind", bar.get().kind().name());
      limit.put("limit", bar.get().limit());
      limit.put("met", bar.get().meets(figure.median()));
    }
  }
}
