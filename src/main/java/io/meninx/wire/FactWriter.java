package io.meninx.wire;

import io.meninx.fact.Fact;
import io.meninx.wire.avro.ClockTick;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes inputs, for playing cases, simulations and tests. Instants are kept to the microsecond.
 * Not safe for use by several threads.
 */
public final class FactWriter {
  private final Map<Topic, AvroCodec<SpecificRecord>> codecs = new EnumMap<>(Topic.class);
  private final FactsToAvro facts = new FactsToAvro();

  /** A writer of all inputs. */
  public FactWriter() {
    Topic.inputs().forEach(topic -> codecs.put(topic, new AvroCodec<>(topic.valueSchema())));
  }

  /** The topic a fact travels on. */
  public static Topic topicOf(Fact fact) {
    return switch (fact.kind()) {
      case IMAGING -> Topic.IMAGING_REPORTS;
      case CSF -> Topic.CSF_CYTOLOGY_RESULTS;
      case BIOPSY -> Topic.BIOPSY_MOLECULAR_RESULTS;
      case PERFORMANCE -> Topic.KPS_UPDATES;
      case ASSESSMENT, OUTCOME -> Topic.CLINICAL_ASSESSMENTS;
      case TREATMENT -> Topic.TREATMENT_EVENTS;
      case RESPONSE_TO_ALERT -> Topic.ALERT_RESPONSES;
    };
  }

  /**
   * Writes a fact for its own topic.
   *
   * @throws PoisonRecordException when the fact is not well-formed: nothing is written that could
   *     not be read
   */
  public Encoded encode(Fact fact) throws PoisonRecordException {
    FactStructure.check(fact);
    return encoded(topicOf(fact), facts.fact(fact));
  }

  /** Writes a tick. */
  public Encoded encodeTick(Instant time, String instance) {
    return encoded(Topic.CLOCK_TICKS, new ClockTick(time, instance));
  }

  private Encoded encoded(Topic topic, SpecificRecord datum) {
    AvroCodec<SpecificRecord> codec = codecs.get(topic);
    if (codec == null) {
      throw new IllegalArgumentException(topic + " is no input");
    }
    return new Encoded(topic, codec.schema(), codec.write(datum));
  }
}
