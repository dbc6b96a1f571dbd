package io.meninx.archive;

import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.Sha256;
import io.meninx.replay.JournalRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A row of an archive's file: offset in the topic, length, and the entry exactly as it was written,
 * or what is left of an erased one. The length is there so that the bytes of an entry, which the
 * chain covers, are found without decoding it. Not safe for use by several threads.
 */
final class ArchiveFormat {
  private static final int WHOLE = 0;
  private static final int ERASED = 1;
  private static final int COMPRESSION = 3;
  private static final int MARKER_BYTES = 16;
  private static final Schema LONG_TIME =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));

  private static final Schema ERASED_ENTRY = erasedEntry();

  private final Schema entrySchema;
  private final Schema rowSchema;
  private final GenericDatumReader<GenericRecord> erasedReader;
  private final GenericDatumWriter<GenericRecord> erasedWriter =
      new GenericDatumWriter<>(ERASED_ENTRY);
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);

  /** For entries written with this schema. */
  ArchiveFormat(Schema entrySchema) {
    this.entrySchema = entrySchema;
    this.rowSchema =
        SchemaBuilder.record("ArchivedEntry")
            .namespace("io.meninx.archive")
            .doc("One entry of the journal.")
            .fields()
            .name("offset")
            .doc("Offset in the journal's topic.")
            .type()
            .longType()
            .noDefault()
            .name("length")
            .doc("Bytes the encoded entry takes: the chain covers them without the last 32.")
            .type()
            .intType()
            .noDefault()
            .name("entry")
            .doc("The entry, or what is left of it.")
            .type(Schema.createUnion(entrySchema, ERASED_ENTRY))
            .noDefault()
            .endRecord();
    this.erasedReader = new GenericDatumReader<>(ERASED_ENTRY);
  }

  /** For the rows of a file with this schema. */
  static ArchiveFormat ofRows(Schema rowSchema) {
    Schema.Field entry = rowSchema.getField("entry");
    if (entry == null || entry.schema().getType() != Schema.Type.UNION) {
      throw new ArchiveException("not a file of an archive");
    }
    return new ArchiveFormat(entry.schema().getTypes().get(WHOLE));
  }

  Schema rowSchema() {
    return rowSchema;
  }

  /** How files are compressed. */
  static CodecFactory codec() {
    return CodecFactory.zstandardCodec(COMPRESSION);
  }

  /** The marker between blocks: computed, so that the same entries give the same bytes. */
  static byte[] marker(String fileName) {
    return Arrays.copyOf(Sha256.of(fileName).bytes(), MARKER_BYTES);
  }

  /** A row, encoded. */
  ByteBuffer encode(JournalRecord record) throws IOException {
    buffer.reset();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    encoder.writeLong(record.offset());
    switch (record) {
      case JournalRecord.Whole whole -> {
        encoder.writeInt(whole.encoded().length);
        encoder.writeIndex(WHOLE);
        encoder.writeFixed(whole.encoded());
      }
      case JournalRecord.Erased erased -> {
        encoder.writeInt(0);
        encoder.writeIndex(ERASED);
        erasedWriter.write(generic(erased), encoder);
      }
    }
    encoder.flush();
    return ByteBuffer.wrap(buffer.toByteArray());
  }

  /** The next row. */
  JournalRecord decode(BinaryDecoder decoder) throws IOException {
    long offset = decoder.readLong();
    int length = decoder.readInt();
    if (decoder.readIndex() == ERASED) {
      return erased(offset, erasedReader.read(null, decoder));
    }
    if (length < Sha256.LENGTH) {
      throw new IOException("an entry has no link");
    }
    byte[] encoded = new byte[length];
    decoder.readFixed(encoded);
    return new JournalRecord.Whole(offset, entrySchema, encoded);
  }

  private static GenericRecord generic(JournalRecord.Erased erased) {
    GenericRecord row = new GenericData.Record(ERASED_ENTRY);
    row.put("sequence", erased.sequence());
    row.put("bodySha256", ByteBuffer.wrap(erased.body().bytes()));
    row.put("link", ByteBuffer.wrap(erased.link().bytes()));
    row.put("disposition", erased.disposition().name());
    row.put("topic", erased.coordinates().map(Coordinates::topic).orElse(""));
    row.put("partition", erased.coordinates().map(Coordinates::partition).orElse(-1));
    row.put("inputOffset", erased.coordinates().map(Coordinates::offset).orElse(-1L));
    row.put(
        "recordTimestamp", erased.coordinates().map(at -> micros(at.recordTimestamp())).orElse(0L));
    row.put("hasLogicalTime", erased.logicalTime().isPresent());
    row.put("logicalTime", erased.logicalTime().map(ArchiveFormat::micros).orElse(0L));
    row.put("guidelineHash", erased.guidelineHash());
    row.put("engineVersion", erased.engineVersion());
    return row;
  }

  private static JournalRecord.Erased erased(long offset, GenericRecord row) {
    String topic = row.get("topic").toString();
    Optional<Coordinates> coordinates =
        topic.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Coordinates(
                    topic,
                    (Integer) row.get("partition"),
                    (Long) row.get("inputOffset"),
                    instant(row.get("recordTimestamp"))));
    return new JournalRecord.Erased(
        offset,
        (Long) row.get("sequence"),
        hash(row.get("bodySha256")),
        hash(row.get("link")),
        Disposition.valueOf(row.get("disposition").toString()),
        coordinates,
        (Boolean) row.get("hasLogicalTime")
            ? Optional.of(instant(row.get("logicalTime")))
            : Optional.empty(),
        row.get("guidelineHash").toString(),
        row.get("engineVersion").toString());
  }

  private static Sha256 hash(Object value) {
    ByteBuffer bytes = (ByteBuffer) value;
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Sha256.ofHashBytes(copy);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(Object micros) {
    return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
  }

  private static Schema erasedEntry() {
    return SchemaBuilder.record("ErasedEntry")
        .namespace("io.meninx.archive")
        .doc(
            "What is left of an entry that was about a person who was erased. The chain covers"
                + " bodySha256; the other fields were copied when it was erased.")
        .fields()
        .requiredLong("sequence")
        .requiredBytes("bodySha256")
        .requiredBytes("link")
        .requiredString("disposition")
        .name("topic")
        .doc("Input topic; empty when there was no input.")
        .type()
        .stringType()
        .noDefault()
        .requiredInt("partition")
        .requiredLong("inputOffset")
        .name("recordTimestamp")
        .type(LONG_TIME)
        .noDefault()
        .requiredBoolean("hasLogicalTime")
        .name("logicalTime")
        .type(LONG_TIME)
        .noDefault()
        .requiredString("guidelineHash")
        .requiredString("engineVersion")
        .endRecord();
  }
}
