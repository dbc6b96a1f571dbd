package io.meninx.topology;

import io.meninx.journal.Input;
import io.meninx.wire.FactReader;
import io.meninx.wire.Failures;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.Patience;
import io.meninx.wire.registry.RegistryRefusedException;
import io.meninx.wire.registry.RegistryUnavailableException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values with classes of others, and says of whatever they throw what it means: the record
 * can never be read, something outside is away, or an operator must act. Their messages may quote a
 * record, so none is kept.
 */
final class ForeignDecoder implements AutoCloseable {
  private final Map<Topic, Deserializer<?>> deserializers;
  private final String prefix;
  private final Patience patience;
  private final FactReader facts = new FactReader();

  ForeignDecoder(ForeignSerdes serdes, String prefix, Patience patience) {
    this.deserializers = serdes.open();
    this.prefix = prefix;
    this.patience = patience;
  }

  /** Whether the values of this topic are read here. */
  boolean reads(Topic topic) {
    return deserializers.containsKey(topic);
  }

  /**
   * Reads the value of a record of such a topic.
   *
   * @throws PoisonRecordException it can never be read
   * @throws RegistryUnavailableException what the class needs is away
   * @throws RegistryRefusedException what the class needs refuses: an operator must act
   */
  Input read(InputRecord record, byte[] value) throws PoisonRecordException {
    Deserializer<?> deserializer = deserializers.get(record.topic());
    if (deserializer == null) {
      throw new IllegalArgumentException(record.topic() + " is not read by a foreign class");
    }
    Outcome outcome = patience.with(() -> attempt(deserializer, record, value));
    return switch (outcome) {
      case Outcome.Read read -> facts.decode(record.topic(), read.datum());
      case Outcome.Poison poison -> throw new PoisonRecordException(poison.reason());
    };
  }

  private sealed interface Outcome {
    record Read(Object datum) implements Outcome {}

    record Poison(PoisonReason reason) implements Outcome {}
  }

  /** It gets a copy: what becomes of a record must not change the bytes of its dead letter. */
  @SuppressWarnings("UnusedException") // Its message may quote the record.
  private Outcome attempt(Deserializer<?> deserializer, InputRecord record, byte[] value) {
    try {
      Object datum =
          deserializer.deserialize(record.topic().name(prefix), headers(record), value.clone());
      return datum == null ? new Outcome.Poison(PoisonReason.UNDECODABLE) : new Outcome.Read(datum);
    } catch (RuntimeException | StackOverflowError e) {
      return switch (ForeignFailure.of(e)) {
        case POISON -> new Outcome.Poison(PoisonReason.UNDECODABLE);
        case UNKNOWN_SCHEMA -> new Outcome.Poison(PoisonReason.UNKNOWN_SCHEMA_ID);
        case AWAY ->
            throw new RegistryUnavailableException(told(record, "can't reach what it needs", e));
        case REFUSED ->
            throw new RegistryRefusedException(told(record, "is refused what it needs", e));
      };
    }
  }

  private static String told(InputRecord record, String what, Throwable failure) {
    return "The class that reads %s %s: %s"
        .formatted(record.topic().baseName(), what, Failures.classes(failure));
  }

  private static Headers headers(InputRecord record) {
    Headers headers = new RecordHeaders();
    record.headers().forEach(header -> headers.add(header.name(), header.value()));
    return headers;
  }

  @Override
  public void close() {
    Set.copyOf(deserializers.values()).forEach(Deserializer::close);
  }
}
