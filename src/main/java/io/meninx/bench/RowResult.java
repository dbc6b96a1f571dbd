package io.meninx.bench;

import java.util.List;

/**
 * What was measured for one row.
 *
 * @param row its name
 * @param figures in the order to be shown
 * @param notes what was done with which sizes, and what the time went to
 */
public record RowResult(String row, List<Figure> figures, List<String> notes) {
  public RowResult {
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }
}
