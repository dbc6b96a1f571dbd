package io.meninx.wire.registry;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Asks again when no registry answers, with growing pauses and within a bound that fits into a
 * transaction; then gives up. Nothing is skipped meanwhile: the caller holds on to its record
 * (design invariant 12).
 */
public final class RetryingRegistryClient implements RegistryClient {
  /** Of the 10 s that a transaction may take by default. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(6);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final RegistryClient client;
  private final Duration patience;

  /** Asks this client, for at most about this long. */
  public RetryingRegistryClient(RegistryClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  @Override
  public int idFor(String subject, Schema schema) {
    return patiently(() -> client.idFor(subject, schema));
  }

  @Override
  public Schema schemaById(int id, String subject) {
    return patiently(() -> client.schemaById(id, subject));
  }

  @Override
  public boolean compatible(String subject, Schema schema) {
    return patiently(() -> client.compatible(subject, schema));
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * An attempt may take as long as the one before it did, so the next one starts only where that
   * still fits.
   */
  private <T> T patiently(Supplier<T> call) {
    long end = System.nanoTime() + patience.toNanos();
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
