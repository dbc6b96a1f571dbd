package io.meninx.wire.registry;

import io.meninx.journal.Input;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactReader;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Values of records as they stand in topics: the Confluent wire format, with schemas from a
 * registry. Not safe for use by several threads; each has its own.
 */
public final class WireFormat {
  private final RegistryClient registry;
  private final Map<Topic, String> subjects = new EnumMap<>(Topic.class);
  private final FactReader facts = new FactReader();

  /**
   * With the schemas of this registry.
   *
   * @param prefix of the topics of this deployment
   */
  public WireFormat(RegistryClient registry, String prefix) {
    this.registry = registry;
    for (Topic topic : Topic.values()) {
      subjects.put(topic, topic.subject(prefix));
    }
  }

  /**
   * Asks for the id of every output's schema, so that none has to be asked for between deciding and
   * writing.
   *
   * @throws RegistryUnavailableException no registry answers
   * @throws RegistryRefusedException the registry will not have a schema
   */
  public void prepare() {
    Topic.outputs().forEach(topic -> registry.idFor(subject(topic), topic.valueSchema()));
  }

  /**
   * Reads the value of an input record.
   *
   * @throws PoisonRecordException it can never be read
   * @throws RegistryUnavailableException no registry answers: read it again later
   * @throws RegistryRefusedException the registry refuses to answer: an operator must act
   */
  public Input read(Topic topic, byte[] value) throws PoisonRecordException {
    return facts.decode(
        topic,
        writerSchema(topic, value),
        value,
        Frames.HEADER_LENGTH,
        value.length - Frames.HEADER_LENGTH);
  }

  /**
   * The schema the value of a record was written with, of an output too.
   *
   * @throws PoisonRecordException its frame or schema can never be read
   * @throws RegistryUnavailableException no registry answers: ask again later
   * @throws RegistryRefusedException the registry refuses to answer: an operator must act
   */
  public Schema writerSchema(Topic topic, byte[] value) throws PoisonRecordException {
    return schema(Frames.schemaId(value), topic);
  }

  /**
   * Puts an encoded value into its frame.
   *
   * @throws RegistryUnavailableException no registry answers
   * @throws RegistryRefusedException the registry will not have the schema
   */
  public byte[] frame(Encoded encoded) {
    return encoded.framed(registry.idFor(subject(encoded.topic()), encoded.schema()));
  }

  private Schema schema(int id, Topic topic) throws PoisonRecordException {
    try {
      return registry.schemaById(id, subject(topic));
    } catch (SchemaNotFoundException _) {
      throw new PoisonRecordException(PoisonReason.UNKNOWN_SCHEMA_ID);
    } catch (SchemaUnusableException _) {
      throw new PoisonRecordException(PoisonReason.UNUSABLE_SCHEMA);
    }
  }

  private String subject(Topic topic) {
    return String.valueOf(subjects.get(topic));
  }
}
