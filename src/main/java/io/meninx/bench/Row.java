package io.meninx.bench;

/** A row of the table: sets up, measures in rounds, and cleans up. */
interface Row {
  /** Measures. */
  RowResult measure(Plan plan) throws Exception;
}
