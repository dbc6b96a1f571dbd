package io.meninx.report;

/**
 * How much goes into a report. What is left out is said, with how to get it.
 *
 * @param timelines patients that are drawn
 * @param timelineCharacters no further patient is drawn once the drawings have so many characters
 * @param patients patients listed by name
 * @param divergences differences shown field by field
 * @param rows of one table about one patient, and marks in one row of a drawing
 */
public record Limits(
    int timelines, long timelineCharacters, int patients, int divergences, int rows) {
  /** About ten megabytes at most. */
  public static final Limits STANDARD = new Limits(60, 6_000_000, 1_000, 200, 300);

  public Limits {
    if (timelines < 0 || timelineCharacters < 0 || patients < 0 || divergences < 0 || rows < 1) {
      throw new IllegalArgumentException("a limit is below what it may be");
    }
  }
}
