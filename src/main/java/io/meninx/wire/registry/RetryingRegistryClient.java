package io.meninx.wire.registry;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;

/** Asks a registry with {@link Patience}. */
public final class RetryingRegistryClient implements RegistryClient {
  /** The usual one. */
  public static final Duration DEFAULT_PATIENCE = Patience.USUAL.limit();

  private final RegistryClient client;
  private final Patience patience;

  /** Asks this client, for at most about this long. */
  public RetryingRegistryClient(RegistryClient client, Duration patience) {
    this.client = client;
    this.patience = new Patience(patience);
  }

  @Override
  public int idFor(String subject, Schema schema) {
    return patience.with(() -> client.idFor(subject, schema));
  }

  @Override
  public Schema schemaById(int id, String subject) {
    return patience.with(() -> client.schemaById(id, subject));
  }

  @Override
  public boolean compatible(String subject, Schema schema) {
    return patience.with(() -> client.compatible(subject, schema));
  }

  @Override
  public Optional<Integer> newestVersion(String subject) {
    return patience.with(() -> client.newestVersion(subject));
  }

  @Override
  public String compatibilityLevel(String subject) {
    return patience.with(() -> client.compatibilityLevel(subject));
  }

  @Override
  public void setCompatibilityLevel(String subject, String level) {
    patience.with(
        () -> {
          client.setCompatibilityLevel(subject, level);
          return level;
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
