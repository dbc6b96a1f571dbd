package io.meninx.bench;

import java.util.List;
import java.util.Optional;

/**
 * One measured quantity: a value of every round.
 *
 * @param name what was measured
 * @param unit of the values; empty for a ratio
 * @param values one of every round, in order; at least one
 * @param bar what the median is held against, if anything
 */
public record Figure(String name, String unit, List<Double> values, Optional<Bar> bar) {
  public Figure {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a figure that was not measured is not told");
    }
  }

  /** The middle value; of an even number, the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The smallest value. */
  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest value. */
  public double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether the median meets the bar; empty when there is none. */
  public Optional<Boolean> met() {
    return bar.map(limit -> limit.meets(median()));
  }
}
