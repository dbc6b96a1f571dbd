package io.meninx.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes records of one generated class; keeps a reader for each writer schema it meets,
 * and its buffers. Not safe for use by several threads.
 *
 * @param <T> the generated class
 */
final class AvroCodec<T extends SpecificRecord> {
  /** More writer schemas than a topic ever has; past it the cache starts anew. */
  private static final int MAX_READERS = 256;

  private final Schema schema;
  private final SpecificData model = model();
  private final Map<Schema, DatumReader<T>> readers = new HashMap<>();
  private final DatumWriter<T> writer;
  private final ByteDecoder decoder = new ByteDecoder();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private @Nullable BinaryEncoder encoder;

  AvroCodec(Schema schema) {
    this.schema = schema;
    this.writer = new SpecificDatumWriter<>(schema, model);
  }

  private static SpecificData model() {
    return withTimes(new SpecificData(AvroCodec.class.getClassLoader()));
  }

  private static <M extends GenericData> M withTimes(M model) {
    model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    return model;
  }

  /**
   * A record of any class, written by its own schema; times may be numbers or instants.
   *
   * @throws RuntimeException it is not what its schema says
   */
  static byte[] bytes(IndexedRecord datum) {
    DatumWriter<IndexedRecord> writer =
        datum instanceof SpecificRecord
            ? new SpecificDatumWriter<>(datum.getSchema(), model())
            : new GenericDatumWriter<>(datum.getSchema(), withTimes(new GenericData()));
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      writer.write(datum, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  Schema schema() {
    return schema;
  }

  byte[] write(T datum) {
    buffer.reset();
    try {
      BinaryEncoder reused = EncoderFactory.get().binaryEncoder(buffer, encoder);
      encoder = reused;
      writer.write(datum, reused);
      reused.flush();
      return buffer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /**
   * Reads one record that fills the given bytes.
   *
   * @throws PoisonRecordException SCHEMA_MISMATCH, UNDECODABLE, TRAILING_BYTES
   */
  T read(Schema writerSchema, byte[] payload, int offset, int length) throws PoisonRecordException {
    decoder.over(payload, offset, length);
    T datum = datum(writerSchema);
    if (decoder.remaining() > 0) {
      throw new PoisonRecordException(PoisonReason.TRAILING_BYTES);
    }
    return datum;
  }

  // What Avro throws on broken bytes is not closed: type errors, index and cast errors, and for a
  // recursive foreign schema
  // a stack overflow. All mean that these bytes can't be read, and their messages may quote the
  // bytes.
  @SuppressWarnings({"PatternMatchingInstanceof", "UnusedException"})
  private T datum(Schema writerSchema) throws PoisonRecordException {
    try {
      return reader(writerSchema).read(null, decoder);
    } catch (AvroTypeException e) {
      throw new PoisonRecordException(PoisonReason.SCHEMA_MISMATCH);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new PoisonRecordException(PoisonReason.UNDECODABLE);
    }
  }

  /**
   * Avro's resolution looks at fields only: a cytology result would pass for a performance status
   * of which nothing is known, since both have a header and all else has a default. The
   * specification asks for the same unqualified name.
   */
  private boolean isOfOneKind(Schema writerSchema) {
    return writerSchema.getType() != Schema.Type.RECORD
        || Objects.equals(writerSchema.getName(), schema.getName());
  }

  private DatumReader<T> reader(Schema writerSchema) throws PoisonRecordException {
    DatumReader<T> known = readers.get(writerSchema);
    if (known != null) {
      return known;
    }
    if (readers.size() >= MAX_READERS) {
      readers.clear();
    }
    if (!isOfOneKind(writerSchema)) {
      throw new PoisonRecordException(PoisonReason.SCHEMA_MISMATCH);
    }
    Optional<String> otherUnit = TimeUnits.differing(writerSchema, schema);
    if (otherUnit.isPresent()) {
      throw new PoisonRecordException(PoisonReason.SCHEMA_MISMATCH, otherUnit.get());
    }
    DatumReader<T> made = new SpecificDatumReader<>(writerSchema, schema, model);
    readers.put(writerSchema, made);
    return made;
  }
}
