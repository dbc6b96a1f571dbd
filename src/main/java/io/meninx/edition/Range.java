package io.meninx.edition;

import java.math.BigDecimal;

/**
 * Allowed numbers. A relation to another key narrows a range, always from below: a key that could
 * not be read counts as its lowest value, and so never makes its neighbours wrong too.
 *
 * @param low lowest number
 * @param lowExcluded whether the lowest is itself not allowed
 * @param high highest number, allowed
 * @param step numbers are multiples of it; 0 for any number
 * @param because why it is narrower than usual, or empty
 */
record Range(BigDecimal low, boolean lowExcluded, BigDecimal high, int step, String because) {

  static Range of(int low, int high) {
    return new Range(BigDecimal.valueOf(low), false, BigDecimal.valueOf(high), 0, "");
  }

  static Range of(String low, int high) {
    return new Range(new BigDecimal(low), false, BigDecimal.valueOf(high), 0, "");
  }

  /** Only multiples of a number. */
  Range inStepsOf(int multiple) {
    return new Range(low, lowExcluded, high, multiple, because);
  }

  /** Not below another value, which {@code because} names. */
  Range notBelow(double value, String because) {
    return narrowed(value, false, because);
  }

  /** Strictly above another value, which {@code because} names. */
  Range above(double value, String because) {
    return narrowed(value, true, because);
  }

  private Range narrowed(double value, boolean excluded, String why) {
    BigDecimal bound = BigDecimal.valueOf(value);
    int compared = bound.compareTo(low);
    return compared > 0 || (compared == 0 && excluded)
        ? new Range(bound, excluded, high, step, why)
        : this;
  }

  boolean contains(BigDecimal value) {
    int fromLow = value.compareTo(low);
    return (lowExcluded ? fromLow > 0 : fromLow >= 0)
        && value.compareTo(high) <= 0
        && (step == 0 || value.remainder(BigDecimal.valueOf(step)).signum() == 0);
  }

  /** As read after a noun: "in 0..90". */
  @Override
  public String toString() {
    String bounds =
        lowExcluded
            ? "above " + plain(low) + " and up to " + plain(high)
            : "in " + plain(low) + ".." + plain(high);
    return (step == 0 ? "" : "a multiple of " + step + " ")
        + bounds
        + (because.isEmpty() ? "" : " (" + because + ")");
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
