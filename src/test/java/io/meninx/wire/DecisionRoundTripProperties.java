package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Fact;
import io.meninx.fact.FactArbitraries;
import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Samples;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class DecisionRoundTripProperties {
  private static final PatientId PATIENT = new PatientId("患者-7");

  private final OutputWriter writer = new OutputWriter("lm-nsclc", "1.2.0");
  private final OutputReader reader = new OutputReader();

  @Property
  void anEventIsReadAsItWasWritten(@ForAll long seed) throws PoisonRecordException {
    PathwayEvent event = new Samples(seed).event();
    Encoded encoded = writer.event(PATIENT, event);

    assertThat(reader.event(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(new Published<>(PATIENT, event, "lm-nsclc", "1.2.0"));
  }

  @Property
  void anAlertIsReadAsItWasWritten(@ForAll long seed) throws PoisonRecordException {
    AlertRevision alert = new Samples(seed).alert();
    Encoded encoded = writer.alert(PATIENT, alert);

    assertThat(reader.alert(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(new Published<>(PATIENT, alert, "lm-nsclc", "1.2.0"));
  }

  @Property
  void aPathwayIsReadAsItWasWritten(@ForAll long seed) throws PoisonRecordException {
    PublicState state = new Samples(seed).state();
    Instant at = Instant.parse("2025-01-03T10:15:30.123456Z");
    Encoded encoded = writer.pathway(PATIENT, at, state);

    assertThat(reader.pathway(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(new OutputReader.Pathway(PATIENT, at, state));
  }

  @Property
  void aJournalEntryIsReadAsItWasWrittenAndItsChainVerifies(@ForAll long seed)
      throws PoisonRecordException {
    JournalEntry entry = new Samples(seed).entry(42);
    OutputWriter.Linked linked = writer.journal(entry, Chain.GENESIS);
    byte[] body = linked.encoded().body();

    assertThat(reader.journal(linked.encoded().schema(), body, 0, body.length))
        .isEqualTo(new LinkedEntry(entry, linked.link()));
    assertThat(Chain.verify(Chain.GENESIS, body)).contains(linked.link());
  }

  /** Outputs are encoded by hand; this holds them to the schemas, byte for byte. */
  @Property(tries = 300)
  void anOutputHasTheBytesThatAvroItselfWrites(@ForAll long seed) throws Exception {
    Samples samples = new Samples(seed);
    Instant at = Instant.parse("2025-01-03T10:15:30.123456Z");
    for (Encoded encoded :
        List.of(
            writer.event(PATIENT, samples.event()),
            writer.alert(PATIENT, samples.alert()),
            writer.pathway(PATIENT, at, samples.state()),
            writer.journal(samples.entry(3), Chain.GENESIS).encoded())) {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(encoded.body(), null);
      Object datum = new GenericDatumReader<>(encoded.schema()).read(null, decoder);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(encoded.schema()).write(datum, encoder);
      encoder.flush();

      assertThat(decoder.isEnd()).isTrue();
      assertThat(out.toByteArray()).isEqualTo(encoded.body());
    }
  }

  /** What makes verification possible without encoding anything again. */
  @Property(tries = 200)
  void theSchemaOfTheJournalPutsTheLinkIntoTheLastBytes(@ForAll long seed) throws Exception {
    OutputWriter.Linked linked = writer.journal(new Samples(seed).entry(0), Chain.GENESIS);
    byte[] bytes = linked.encoded().body();

    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    GenericRecord entry =
        new GenericDatumReader<GenericRecord>(linked.encoded().schema()).read(null, decoder);

    assertThat(decoder.isEnd()).isTrue();
    assertThat(((org.apache.avro.generic.GenericFixed) entry.get("link")).bytes())
        .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - Sha256.LENGTH, bytes.length));
  }

  @Property
  void aPatientsStateIsReadAsItWasWrittenAndTheSameStateGivesTheSameBytes(
      @ForAll long seed, @ForAll("factsOfSeveralPatients") List<Fact> facts) {
    PatientState state = new Samples(seed).patientState(facts);

    byte[] row = new StateCodec().encode(state);

    assertThat(new StateCodec().decodeState(row)).isEqualTo(state);
    assertThat(new StateCodec().encode(new StateCodec().decodeState(row))).isEqualTo(row);
  }

  /** The codec is written by hand; this holds it to the schema. */
  @Property(tries = 300)
  void aRowIsWhatItsSchemaSays(
      @ForAll long seed, @ForAll("factsOfSeveralPatients") List<Fact> facts) throws Exception {
    PatientState state = new Samples(seed).patientState(facts);
    Schema schema = io.meninx.wire.avro.PatientState.getClassSchema();
    byte[] row = new StateCodec().encode(state);

    assertThat(rewrittenBySchema(schema, row)).isEqualTo(row);
    for (Fact fact : facts) {
      byte[] stored = new StateCodec().encode(new StoredFact(fact, Instant.EPOCH));
      assertThat(rewrittenBySchema(io.meninx.wire.avro.StoredFact.getClassSchema(), stored))
          .isEqualTo(stored);
    }
  }

  private static byte[] rewrittenBySchema(Schema schema, byte[] row) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(row, 1, row.length - 1, null);
    GenericRecord datum = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(row[0]);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  @Test
  void aDeadLetterIsReadWithTheBytesThatCameIn() throws PoisonRecordException {
    byte[] key = "key".getBytes(StandardCharsets.UTF_8);
    byte[] value = {0, 1, 2, -1};
    Encoded encoded = writer.deadLetter(letter(Optional.of(key), Optional.of(value)));

    DeadLetter read = reader.deadLetter(encoded.schema(), encoded.body(), 0, encoded.body().length);

    assertThat(read.key()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(key));
    assertThat(read.value()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(value));
    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(letter(Optional.of(key), Optional.of(value)));
  }

  @Test
  void aDeadLetterWithoutKeyAndValueStaysWithout() throws PoisonRecordException {
    Encoded encoded = writer.deadLetter(letter(Optional.empty(), Optional.empty()));

    assertThat(reader.deadLetter(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(letter(Optional.empty(), Optional.empty()));
  }

  private static DeadLetter letter(Optional<byte[]> key, Optional<byte[]> value) {
    return new DeadLetter(
        PoisonReason.UNRECOGNIZED_ENUM.name(),
        Optional.of("header.status"),
        Topic.KPS_UPDATES.baseName(),
        3,
        1L << 40,
        Instant.parse("2025-01-03T10:15:30.123Z"),
        Optional.of(Instant.parse("2025-01-03T10:15:00Z")),
        key,
        value,
        List.of(new DeadLetter.Header("trace", value)),
        "0.1.0",
        PoisonReason.UNRECOGNIZED_ENUM.kind().name(),
        Optional.empty());
  }

  @Test
  void aDeadLetterOfAnInputTooLargeToCopySaysWhatWouldBeThere() throws PoisonRecordException {
    DeadLetter.Omitted omitted =
        new DeadLetter.Omitted(1L << 33, Optional.of(Sha256.of("key")), Optional.empty());
    DeadLetter letter =
        new DeadLetter(
            PoisonReason.RECORD_TOO_LARGE.name(),
            Optional.empty(),
            Topic.KPS_UPDATES.baseName(),
            0,
            7,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            "0.1.0",
            PoisonReason.RECORD_TOO_LARGE.kind().name(),
            Optional.of(omitted));
    Encoded encoded = writer.deadLetter(letter);

    assertThat(reader.deadLetter(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(letter);
  }

  @Test
  void whatAnOperatorDidWithADeadLetterIsReadAsItWasWritten() throws PoisonRecordException {
    HandledLetter handled =
        new HandledLetter(
            "kps-updates",
            3,
            1L << 40,
            HandledLetter.Action.DISCARDED,
            "a.b",
            Optional.of("sent again by the laboratory"),
            Instant.parse("2025-01-03T10:15:30.123Z"),
            "0.1.0");
    HandledLetterCodec codec = new HandledLetterCodec();
    Encoded encoded = codec.encode(handled);

    assertThat(codec.decode(encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(handled);
  }

  @Provide
  Arbitrary<List<Fact>> factsOfSeveralPatients() {
    return FactArbitraries.facts().list().ofMaxSize(5);
  }
}
