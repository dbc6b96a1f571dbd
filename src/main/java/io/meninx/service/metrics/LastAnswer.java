package io.meninx.service.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A number that is asked for now and then, as long as it is not too old. */
final class LastAnswer {
  private final Duration good;
  private final LongSupplier nanos;
  private volatile Optional<Told> told = Optional.empty();

  private record Told(long number, long at) {}

  /**
   * Nothing was told yet.
   *
   * @param good so long a number stands without another
   * @param nanos a clock that does not jump, as {@link System#nanoTime}
   */
  LastAnswer(Duration good, LongSupplier nanos) {
    this.good = good;
    this.nanos = nanos;
  }

  void is(long number) {
    told = Optional.of(new Told(number, nanos.getAsLong()));
  }

  /** Not a number when there is none, or an old one. */
  double value() {
    return told.filter(last -> nanos.getAsLong() - last.at <= good.toNanos())
        .map(last -> (double) last.number)
        .orElse(Double.NaN);
  }
}
