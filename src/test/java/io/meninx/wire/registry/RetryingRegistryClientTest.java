package io.meninx.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryingRegistryClientTest {
  private static final Schema SCHEMA = Schema.create(Schema.Type.INT);

  @Test
  void asksAgainUntilTheRegistryIsBack() {
    Failing registry = new Failing(3, new RegistryUnavailableException("away"));

    assertThat(new RetryingRegistryClient(registry, Duration.ofSeconds(5)).idFor("s", SCHEMA))
        .isEqualTo(1);
    assertThat(registry.asked).isEqualTo(4);
  }

  @Test
  void givesUpWithinItsBoundAndSaysWhy() {
    Failing registry = new Failing(Integer.MAX_VALUE, new RegistryUnavailableException("away"));
    long start = System.nanoTime();

    assertThatThrownBy(
            () -> new RetryingRegistryClient(registry, Duration.ofMillis(400)).idFor("s", SCHEMA))
        .isInstanceOf(RegistryUnavailableException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(registry.asked).isGreaterThan(1);
  }

  @Test
  void doesNotAskAgainWhatWasAnswered() {
    Failing registry = new Failing(1, new SchemaNotFoundException("none"));

    assertThatThrownBy(
            () -> new RetryingRegistryClient(registry, Duration.ofSeconds(5)).schemaById(7, "s"))
        .isInstanceOf(SchemaNotFoundException.class);
    assertThat(registry.asked).isEqualTo(1);
  }

  /** Fails some times, then answers. */
  private static final class Failing implements RegistryClient {
    private final InMemoryRegistryClient client = new InMemoryRegistryClient();
    private final int times;
    private final RegistryException failure;
    private int asked;

    Failing(int times, RegistryException failure) {
      this.times = times;
      this.failure = failure;
    }

    private void ask() {
      if (asked++ < times) {
        throw failure;
      }
    }

    @Override
    public int idFor(String subject, Schema schema) {
      ask();
      return client.idFor(subject, schema);
    }

    @Override
    public Schema schemaById(int id, String subject) {
      ask();
      return client.schemaById(id, subject);
    }

    @Override
    public boolean compatible(String subject, Schema schema) {
      ask();
      return client.compatible(subject, schema);
    }

    @Override
    public Optional<Integer> newestVersion(String subject) {
      ask();
      return client.newestVersion(subject);
    }

    @Override
    public String compatibilityLevel(String subject) {
      ask();
      return client.compatibilityLevel(subject);
    }

    @Override
    public void setCompatibilityLevel(String subject, String level) {
      ask();
      client.setCompatibilityLevel(subject, level);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
