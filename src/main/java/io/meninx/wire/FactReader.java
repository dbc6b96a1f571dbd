package io.meninx.wire;

import io.meninx.fact.Fact;
import io.meninx.journal.Input;
import io.meninx.wire.avro.BiopsyMolecularResult;
import io.meninx.wire.avro.ClockTick;
import io.meninx.wire.avro.CsfCytologyResult;
import io.meninx.wire.avro.KpsUpdate;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads inputs: Avro bytes of any writer schema to a checked fact or tick. Whatever the bytes are,
 * the outcome is an input or a {@link PoisonRecordException}. Not safe for use by several threads:
 * it keeps its readers and buffers.
 *
 * <p>Not checked here, since it takes more than the value: the key of the record, its partition,
 * the time of a tick.
 */
public final class FactReader {
  private final Map<Topic, AvroCodec<? extends SpecificRecord>> codecs = new EnumMap<>(Topic.class);
  private final FactsFromAvro facts = new FactsFromAvro();

  /** A reader with nothing cached. */
  public FactReader() {
    codecs.put(Topic.IMAGING_REPORTS, codec(io.meninx.wire.avro.ImagingReport.getClassSchema()));
    codecs.put(Topic.CSF_CYTOLOGY_RESULTS, codec(CsfCytologyResult.getClassSchema()));
    codecs.put(Topic.BIOPSY_MOLECULAR_RESULTS, codec(BiopsyMolecularResult.getClassSchema()));
    codecs.put(Topic.KPS_UPDATES, codec(KpsUpdate.getClassSchema()));
    codecs.put(
        Topic.CLINICAL_ASSESSMENTS, codec(io.meninx.wire.avro.ClinicalAssessment.getClassSchema()));
    codecs.put(Topic.TREATMENT_EVENTS, codec(io.meninx.wire.avro.TreatmentEvent.getClassSchema()));
    codecs.put(Topic.ALERT_RESPONSES, codec(io.meninx.wire.avro.AlertResponse.getClassSchema()));
    codecs.put(Topic.CLOCK_TICKS, codec(ClockTick.getClassSchema()));
  }

  private static AvroCodec<SpecificRecord> codec(Schema schema) {
    return new AvroCodec<>(schema);
  }

  /**
   * Reads one input.
   *
   * @param topic it was read from
   * @param writerSchema it was written with
   * @param payload bytes with the Avro body in it, without the frame
   * @throws PoisonRecordException when it can never be read
   * @throws IllegalArgumentException when the topic is no input
   */
  public Input decode(Topic topic, Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    AvroCodec<? extends SpecificRecord> codec = codecs.get(topic);
    if (codec == null) {
      throw new IllegalArgumentException(topic + " is no input");
    }
    SpecificRecord datum = codec.read(writerSchema, payload, offset, length);
    if (datum instanceof ClockTick tick) {
      return tick(tick);
    }
    Fact fact = facts.fact(datum);
    FactStructure.check(fact);
    return new Input.OfFact(fact);
  }

  /**
   * Reads one input that another class made a record of: by the record's own schema, as if it had
   * been written with it, with all checks.
   *
   * @param topic it was read from
   * @param datum as that class gave it
   * @throws PoisonRecordException when it can never be read
   * @throws IllegalArgumentException when the topic is no input
   */
  @SuppressWarnings("UnusedException") // Its message may quote the record.
  public Input decode(Topic topic, Object datum) throws PoisonRecordException {
    if (!(datum instanceof IndexedRecord record)) {
      throw new PoisonRecordException(PoisonReason.SCHEMA_MISMATCH);
    }
    byte[] body;
    try {
      body = AvroCodec.bytes(record);
    } catch (RuntimeException e) {
      throw new PoisonRecordException(PoisonReason.SCHEMA_MISMATCH);
    }
    return decode(topic, record.getSchema(), body, 0, body.length);
  }

  private static Input tick(ClockTick tick) throws PoisonRecordException {
    FactStructure.instant(tick.getTime(), "time");
    String instance = Values.text(tick.getInstance(), "instance");
    FactStructure.id(instance, "instance");
    return new Input.OfTick(tick.getTime(), instance);
  }
}
