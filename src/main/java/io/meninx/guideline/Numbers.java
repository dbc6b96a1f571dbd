package io.meninx.guideline;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Numbers {
  private Numbers() {}

  /** Without a trailing zero: 15 instead of 15.0. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
