package io.meninx.simulate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is left to chance about one patient. Everything is made from uniform numbers by {@link
 * StrictMath}, so that a seed means the same on every platform.
 */
final class Dice {
  private final SplittableRandom random;

  /** The dice of a patient: a function of the seed of the population and the patient's number. */
  Dice(long seed, long index) {
    // Neighbouring numbers must not give neighbouring generators: mixed twice, by different odd
    // constants.
    random = new SplittableRandom(mix(seed ^ mix(index * 0x9E3779B97F4A7C15L + 1)));
  }

  /** The finalizer of MurmurHash3 for 64 bits. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  /** Uniform in 0 (inclusive) to 1 (exclusive). */
  double unit() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Whether something of this probability happens. */
  boolean chance(double probability) {
    return unit() < probability;
  }

  /** A whole number in a range, both ends included. */
  int between(int least, int most) {
    return least + (int) (unit() * (most - least + 1L));
  }

  /** One of these, each as likely as the other. */
  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[between(0, values.length - 1)];
  }

  /** One of these, by weight. */
  <T> T oneOf(List<Weighted<T>> values) {
    double total = 0;
    for (Weighted<T> value : values) {
      total += value.weight();
    }
    double at = unit() * total;
    for (Weighted<T> value : values) {
      at -= value.weight();
      if (at < 0) {
        return value.value();
      }
    }
    return values.getLast().value();
  }

  /**
   * Log-normal: a skewed positive amount.
   *
   * @param median half of all are below it
   * @param spread standard deviation of the logarithm
   */
  double skewed(double median, double spread) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return median * StrictMath.exp(spread * radius * StrictMath.cos(2 * StrictMath.PI * unit()));
  }

  /** Exponential with this median: a waiting time. */
  double waiting(double median) {
    return -StrictMath.log(1 - unit()) * median / StrictMath.log(2);
  }

  /**
   * A value and how often it comes.
   *
   * @param weight relative, not negative
   * @param value itself
   */
  record Weighted<T>(double weight, T value) {
    static <T> Weighted<T> share(double weight, T value) {
      return new Weighted<>(weight, value);
    }
  }
}
