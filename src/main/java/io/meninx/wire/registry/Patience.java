package io.meninx.wire.registry;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks again when no registry answers, with growing pauses and within a bound that fits into a
 * transaction; then gives up. Nothing is skipped meanwhile: the caller holds on to its record
 * (invariant 12).
 *
 * @param limit for about how long
 */
public record Patience(Duration limit) {
  /** Of the 10 s that a transaction may take by default. */
  public static final Patience USUAL = new Patience(Duration.ofSeconds(6));

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  /**
   * What the call answers in the end. An attempt may take as long as the one before it did, so the
   * next one starts only where that still fits.
   *
   * @throws RegistryUnavailableException as the last attempt threw it
   */
  public <T> T with(Supplier<T> call) {
    long end = System.nanoTime() + limit.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      long start = System.nanoTime();
      try {
        return call.get();
      } catch (RegistryUnavailableException e) {
        long now = System.nanoTime();
        if (end - now < pause.toNanos() + (now - start) || !slept(pause)) {
          throw e;
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
