package io.meninx.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Times work. */
final class Stopwatch {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private Stopwatch() {}

  /** Seconds that it takes. */
  static double seconds(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / NANOS;
  }
}
