package io.meninx.bench;

import io.meninx.pathway.PathwayEngine;
import java.util.function.Consumer;

/**
 * How to measure.
 *
 * @param rounds of every row, after one that is not counted
 * @param quick smaller sizes: minutes become seconds, and the figures coarser
 * @param engine that decides
 * @param engineVersion goes into the journal
 * @param progress is told in a line what is being done
 */
public record Plan(
    int rounds,
    boolean quick,
    PathwayEngine engine,
    String engineVersion,
    Consumer<String> progress) {
  public Plan {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be 1 or more");
    }
  }

  /** A size that is another one in a quick run. */
  int size(int whole, int small) {
    return quick ? small : whole;
  }
}
