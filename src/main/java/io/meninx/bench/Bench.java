package io.meninx.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** The rows there are, and how they are measured. */
public final class Bench {
  private static final SequencedMap<String, Row> ROWS = rows();

  private Bench() {}

  private static SequencedMap<String, Row> rows() {
    SequencedMap<String, Row> rows = new LinkedHashMap<>();
    rows.put("e2e", new EndToEndRow());
    rows.put("latency", new LatencyRow());
    rows.put("decide", new DecideRow());
    rows.put("tick", new TickRow());
    rows.put("replay", new ReplayRow());
    rows.put("restore", new RestoreRow());
    rows.put("bytes", new BytesRow());
    rows.put("start", new StartRow());
    return rows;
  }

  /** Names of the rows, in the order of the table. */
  public static SequencedSet<String> names() {
    return new LinkedHashSet<>(ROWS.keySet());
  }

  /**
   * Measures rows.
   *
   * @param wanted their names; all when empty
   * @param measured is told of each row as soon as it is measured
   * @throws IllegalArgumentException there is no such row
   * @throws Exception whatever stops a measurement: nothing is told of it then
   */
  public static List<RowResult> measure(
      List<String> wanted, Plan plan, Consumer<RowResult> measured) throws Exception {
    List<RowResult> results = new ArrayList<>();
    for (String name : wanted) {
      if (!ROWS.containsKey(name)) {
        throw new IllegalArgumentException(name + " is no row; there are " + names());
      }
    }
    for (Map.Entry<String, Row> row : ROWS.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(row.getKey())) {
        RowResult result = row.getValue().measure(plan);
        measured.accept(result);
        results.add(result);
      }
    }
    return List.copyOf(results);
  }
}
