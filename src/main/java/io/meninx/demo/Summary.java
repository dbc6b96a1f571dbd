package io.meninx.demo;

import io.meninx.casefile.CaseResult;
import io.meninx.explain.Words;
import io.meninx.guideline.AlertCode;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables at the end: what came of each case, and the alerts by code and state. */
final class Summary {

  private Summary() {}

  /**
   * What came of one case.
   *
   * @param inputs facts that went in
   * @param deadLetters facts that could not be used
   * @param result what was decided
   */
  record Row(int inputs, int deadLetters, CaseResult result) {}

  static void print(Screen screen, Collection<Row> rows) {
    screen.heading("Cases");
    table(screen, cases(rows));
    screen.heading("Alerts, by code and last state");
    table(screen, alerts(rows));
  }

  private static List<List<String>> cases(Collection<Row> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "case",
            "inputs",
            "events",
            "alerts",
            "open",
            "dead letters",
            "type",
            "certainty",
            "stage"));
    int[] sums = new int[5];
    for (Row row : rows) {
      CaseResult result = row.result();
      int[] counts = {
        row.inputs(),
        result.events().size(),
        lastRevisions(result).size(),
        result.state().openAlerts().size(),
        row.deadLetters()
      };
      List<String> cells = new ArrayList<>(List.of(result.caseName()));
      for (int i = 0; i < counts.length; i++) {
        sums[i] += counts[i];
        cells.add(String.valueOf(counts[i]));
      }
      cells.add(result.state().type().name());
      cells.add(result.state().certainty().name());
      cells.add(result.state().stage().name());
      table.add(cells);
    }
    List<String> total = new ArrayList<>(List.of("total"));
    Arrays.stream(sums).mapToObj(String::valueOf).forEach(total::add);
    total.addAll(List.of("", "", ""));
    table.add(total);
    return table;
  }

  private static List<List<String>> alerts(Collection<Row> rows) {
    Map<AlertCode, Map<AlertState, Integer>> counts = new TreeMap<>();
    for (Row row : rows) {
      for (AlertRevision last : lastRevisions(row.result()).values()) {
        counts
            .computeIfAbsent(last.code(), _ -> new EnumMap<>(AlertState.class))
            .merge(last.state(), 1, Integer::sum);
      }
    }
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("alert"));
    Arrays.stream(AlertState.values()).map(Words::lower).forEach(head::add);
    table.add(head);
    counts.forEach(
        (code, states) -> {
          List<String> cells = new ArrayList<>(List.of(code.name()));
          for (AlertState state : AlertState.values()) {
            cells.add(states.containsKey(state) ? String.valueOf(states.get(state)) : "");
          }
          table.add(cells);
        });
    return table;
  }

  private static Map<String, AlertRevision> lastRevisions(CaseResult result) {
    Map<String, AlertRevision> last = new HashMap<>();
    result.alerts().forEach(alert -> last.put(alert.alertKey(), alert));
    return last;
  }

  /** Numbers to the right, words to the left. */
  private static void table(Screen screen, List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        boolean number = !cell.isEmpty() && cell.chars().allMatch(Character::isDigit);
        line.append(
            number ? " ".repeat(widths[i] - cell.length()) + cell : Screen.pad(cell, widths[i]));
        line.append("  ");
      }
      screen.line(line.toString().stripTrailing());
    }
  }
}
