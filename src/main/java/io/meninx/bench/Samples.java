package io.meninx.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the values of the rounds, figure by figure. */
final class Samples {
  private final Map<String, Column> columns = new LinkedHashMap<>();

  private record Column(String name, String unit, Optional<Bar> bar, List<Double> values) {}

  /** The value of a round. */
  void add(String name, String unit, double value) {
    add(name, unit, Optional.empty(), value);
  }

  /** The value of a round of something that is held against a bar. */
  void add(String name, String unit, Bar bar, double value) {
    add(name, unit, Optional.of(bar), value);
  }

  private void add(String name, String unit, Optional<Bar> bar, double value) {
    columns
        .computeIfAbsent(name + "|" + unit, _ -> new Column(name, unit, bar, new ArrayList<>()))
        .values()
        .add(value);
  }

  /** The figures, in the order in which they were first told. */
  List<Figure> figures() {
    return columns.values().stream()
        .map(column -> new Figure(column.name(), column.unit(), column.values(), column.bar()))
        .toList();
  }
}
