package io.meninx.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.wire.registry.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A corpus of what hospitals' feeds send by mistake, each with what must become of it (contract
 * sections 2 and 3). Built for one registry, since frames hold its ids; all for one patient, with
 * good records in between.
 */
public final class BadInputs {
  /** A schema id that no registry of a test gives. */
  private static final int NOBODYS_ID = 987_654;

  private final RegistryClient registry;
  private final String patient;
  private final FactWriter writer = new FactWriter();
  private final List<Bad> all = new ArrayList<>();

  /** What must become of a record. */
  public sealed interface Fate {
    /** A dead letter. */
    record Dead(PoisonReason reason, Optional<String> field) implements Fate {}

    /** Kept, with a flag. */
    record Flagged(String reason) implements Fate {}

    /** Kept. */
    record Kept() implements Fate {}

    /** Known already. */
    record Duplicate() implements Fate {}
  }

  /**
   * A record.
   *
   * @param name what is wrong with it
   * @param headers names, whose values are ten bytes
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Bad(
      String name,
      Topic topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<String> headers,
      Fate fate) {
    @Override
    public String toString() {
      return name;
    }
  }

  private BadInputs(RegistryClient registry, String patient) {
    this.registry = registry;
    this.patient = patient;
  }

  /**
   * The corpus for a patient whose partition is the one it is sent to.
   *
   * @param registry where its schemas are known
   */
  public static List<Bad> corpus(RegistryClient registry, String patient) {
    BadInputs corpus = new BadInputs(registry, patient);
    corpus.frames();
    corpus.schemas();
    corpus.bytes();
    corpus.structure();
    corpus.places();
    corpus.sizes();
    corpus.implausible();
    corpus.history();
    corpus.ticks();
    return List.copyOf(corpus.all);
  }

  private void frames() {
    dead("no value", Topic.KPS_UPDATES, null, PoisonReason.NULL_VALUE);
    raw("no key and no value", Topic.CSF_CYTOLOGY_RESULTS, null, null, PoisonReason.NULL_VALUE);
    dead("an empty value", Topic.KPS_UPDATES, new byte[0], PoisonReason.FRAME_TOO_SHORT);
    dead("four bytes", Topic.KPS_UPDATES, new byte[4], PoisonReason.FRAME_TOO_SHORT);
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[5 + random.nextInt(500)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (1 + random.nextInt(255));
      dead("random bytes " + i, Topic.inputs().get(i % 8), bytes, PoisonReason.FRAME_MAGIC);
    }
    dead("JSON", Topic.KPS_UPDATES, "{\"kps\": 80}".getBytes(UTF_8), PoisonReason.FRAME_MAGIC);
    dead("HL7", Topic.KPS_UPDATES, "MSH|^~\\&|LAB|".getBytes(UTF_8), PoisonReason.FRAME_MAGIC);
  }

  private void schemas() {
    byte[] body = good("schemas").body();
    dead(
        "an id nobody knows",
        Topic.KPS_UPDATES,
        Frames.frame(NOBODYS_ID, body),
        PoisonReason.UNKNOWN_SCHEMA_ID);
    dead(
        "a negative id", Topic.KPS_UPDATES, Frames.frame(-1, body), PoisonReason.UNKNOWN_SCHEMA_ID);
    dead(
        "the schema of another subject",
        Topic.KPS_UPDATES,
        framed(encoded(Facts.csf("other").patient(patient).day(1).build())),
        PoisonReason.SCHEMA_MISMATCH);
    dead(
        "the schema of an output",
        Topic.KPS_UPDATES,
        Frames.frame(
            registry.idFor(Topic.PATHWAY_ALERTS.subject(""), Topic.PATHWAY_ALERTS.valueSchema()),
            body),
        PoisonReason.SCHEMA_MISMATCH);
  }

  private void bytes() {
    byte[] framed = framed(good("bytes"));
    for (int length = 0; length < Frames.HEADER_LENGTH; length++) {
      dead(
          "cut to " + length,
          Topic.KPS_UPDATES,
          Arrays.copyOf(framed, length),
          PoisonReason.FRAME_TOO_SHORT);
    }
    for (int length = Frames.HEADER_LENGTH; length < framed.length; length += 3) {
      dead(
          "cut to " + length,
          Topic.KPS_UPDATES,
          Arrays.copyOf(framed, length),
          PoisonReason.UNDECODABLE);
    }
    dead(
        "one byte too many",
        Topic.KPS_UPDATES,
        Arrays.copyOf(framed, framed.length + 1),
        PoisonReason.TRAILING_BYTES);
    byte[] forged = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
    dead(
        "a text that claims two gigabytes",
        Topic.KPS_UPDATES,
        Frames.frame(id(Topic.KPS_UPDATES), forged),
        PoisonReason.UNDECODABLE);
    changed(
        "a text that is no UTF-8",
        it -> header(it).put("eventId", new Utf8(new byte[] {'e', (byte) 0xff})),
        PoisonReason.MALFORMED_TEXT,
        "header.eventId");
  }

  private void structure() {
    changed("KPS 75", it -> it.put("kps", 75), PoisonReason.OUT_OF_RANGE, "kps");
    changed("KPS -10", it -> it.put("kps", -10), PoisonReason.OUT_OF_RANGE, "kps");
    changed("KPS 110", it -> it.put("kps", 110), PoisonReason.OUT_OF_RANGE, "kps");
    changed(
        "an empty event id",
        it -> header(it).put("eventId", ""),
        PoisonReason.MISSING_VALUE,
        "header.eventId");
    changed(
        "an empty patient id",
        it -> header(it).put("patientId", ""),
        PoisonReason.MISSING_VALUE,
        "header.patientId");
    changed(
        "a blank report id",
        it -> header(it).put("reportId", "  "),
        PoisonReason.MISSING_VALUE,
        "header.reportId");
    changed(
        "an id of 300 bytes",
        it -> header(it).put("reportId", "r".repeat(300)),
        PoisonReason.TEXT_TOO_LONG,
        "header.reportId");
    changed(
        "reported in the year 300,000",
        it -> header(it).put("reportedAt", Long.MAX_VALUE),
        PoisonReason.OUT_OF_RANGE,
        "header.reportedAt");
    changed(
        "reported before the calendar",
        it -> header(it).put("reportedAt", Long.MIN_VALUE),
        PoisonReason.OUT_OF_RANGE,
        "header.reportedAt");
    changed(
        Facts.csf("volume").volumeMl(5),
        "a volume of -1 mL",
        it -> it.put("volumeMl", -1.0),
        PoisonReason.OUT_OF_RANGE,
        "volumeMl");
    changed(
        Facts.csf("nan").volumeMl(5),
        "a volume that is no number",
        it -> it.put("volumeMl", Double.NaN),
        PoisonReason.OUT_OF_RANGE,
        "volumeMl");
    changed(
        Facts.methotrexate("dose", TreatmentEvent.Action.ADMINISTERED),
        "a document in a field for an agent",
        it -> it.put("agent", "x".repeat(300_000)),
        PoisonReason.TEXT_TOO_LONG,
        "agent");
    changed(
        Facts.assessment("signs").signs("HEADACHE"),
        "ten thousand signs",
        it -> it.put("signs", java.util.Collections.nCopies(10_000, "HEADACHE")),
        PoisonReason.LIST_TOO_LONG,
        "signs");
    newerStatus();
  }

  /** A code that only a newer sender knows: its schema has a symbol more. */
  private void newerStatus() {
    Schema newer =
        new Schema.Parser()
            .parse(
                Topic.KPS_UPDATES
                    .valueSchema()
                    .toString()
                    .replace("\"AMENDED\"", "\"AMENDED\",\"OF_TOMORROW\""));
    GenericRecord datum = generic(good("newer"));
    GenericRecord copy = new GenericData.Record(newer);
    datum.getSchema().getFields().forEach(f -> copy.put(f.name(), datum.get(f.name())));
    GenericRecord head = new GenericData.Record(newer.getField("header").schema());
    header(datum)
        .getSchema()
        .getFields()
        .forEach(f -> head.put(f.name(), header(datum).get(f.name())));
    head.put(
        "status",
        new GenericData.EnumSymbol(head.getSchema().getField("status").schema(), "OF_TOMORROW"));
    copy.put("header", head);
    byte[] value =
        Frames.frame(registry.idFor(Topic.KPS_UPDATES.subject(""), newer), body(newer, copy));
    add(
        "a code of tomorrow",
        Topic.KPS_UPDATES,
        key(),
        value,
        dead(PoisonReason.UNRECOGNIZED_ENUM, "header.status"));
  }

  private void places() {
    byte[] value = framed(good("places"));
    raw(
        "under the key of another patient",
        Topic.KPS_UPDATES,
        (patient + "x").getBytes(UTF_8),
        value,
        PoisonReason.KEY_MISMATCH,
        "header.patientId");
    raw(
        "under a key with a blank",
        Topic.KPS_UPDATES,
        (patient + " ").getBytes(UTF_8),
        value,
        PoisonReason.KEY_MISMATCH,
        "header.patientId");
    add("without a key", Topic.KPS_UPDATES, null, value, new Fate.Kept());
    String elsewhere = "somebody-else";
    for (int i = 0; samePartition(elsewhere, patient); i++) {
      elsewhere = "somebody-else-" + i;
    }
    raw(
        "on a partition that is not the patient's",
        Topic.KPS_UPDATES,
        elsewhere.getBytes(UTF_8),
        framed(encoded(Facts.kps("elsewhere", 80).patient(elsewhere).day(1).build())),
        PoisonReason.MISPARTITIONED,
        null);
  }

  /** On two partitions, and so on any number that two divides. */
  private static boolean samePartition(String one, String other) {
    return half(one) == half(other);
  }

  private static int half(String key) {
    return org.apache.kafka.common.utils.Utils.toPositive(
            org.apache.kafka.common.utils.Utils.murmur2(key.getBytes(UTF_8)))
        % 2;
  }

  private void sizes() {
    dead(
        "600 KB",
        Topic.KPS_UPDATES,
        Arrays.copyOf(framed(good("sizes")), 600_000),
        PoisonReason.RECORD_TOO_LARGE);
    raw(
        "a key of 600 KB",
        Topic.KPS_UPDATES,
        "k".repeat(600_000).getBytes(UTF_8),
        framed(good("key")),
        PoisonReason.RECORD_TOO_LARGE,
        null);
    all.add(
        new Bad(
            "a header whose name is 600 KB",
            Topic.KPS_UPDATES,
            key(),
            framed(good("header")),
            List.of("h".repeat(600_000)),
            dead(PoisonReason.RECORD_TOO_LARGE)));
    all.add(
        new Bad(
            "a header whose name is 100 KB",
            Topic.KPS_UPDATES,
            key(),
            framed(good("long-header")),
            List.of("h".repeat(100_000)),
            new Fate.Kept()));
    Facts.Biopsy huge = Facts.biopsy("huge").patient(patient).day(1);
    for (int i = 0; i < 400; i++) {
      huge.marker("GENE" + i, "V600E ".repeat(200));
    }
    add(
        "500 KB of markers",
        Topic.BIOPSY_MOLECULAR_RESULTS,
        key(),
        framed(encoded(huge.build())),
        new Fate.Kept());
  }

  private void implausible() {
    flagged("observed in 2099", "2099-01-01T00:00:00Z", "OBSERVED_IN_FUTURE");
    flagged("observed in 1970", "1970-01-01T00:00:00Z", "OBSERVED_BEFORE_1990");
    flagged("observed in the year 1", "0001-01-01T00:00:00Z", "OBSERVED_BEFORE_1990");
    flagged("observed in 9999", "9999-12-31T23:59:59Z", "OBSERVED_IN_FUTURE");
    Fact before =
        Facts.csf("before").minutesToProcessing(-20).volumeMl(10).patient(patient).day(1).build();
    add(
        "processed before it was collected",
        Topic.CSF_CYTOLOGY_RESULTS,
        key(),
        framed(encoded(before)),
        new Fate.Flagged("PROCESSED_BEFORE_COLLECTED"));
  }

  private void history() {
    Fact first = Facts.kps("first", 80).event("reused").patient(patient).day(1).build();
    Fact other = Facts.kps("second", 70).event("reused").patient(patient).day(1).build();
    add("an event", Topic.KPS_UPDATES, key(), framed(encoded(first)), new Fate.Kept());
    add("the same again", Topic.KPS_UPDATES, key(), framed(encoded(first)), new Fate.Duplicate());
    dead("its id again", Topic.KPS_UPDATES, framed(encoded(other)), PoisonReason.EVENT_ID_REUSED);
  }

  private void ticks() {
    dead(
        "a fact among the ticks",
        Topic.CLOCK_TICKS,
        framed(good("tick")),
        PoisonReason.SCHEMA_MISMATCH);
    raw(
        "a tick from 2999",
        Topic.CLOCK_TICKS,
        null,
        framed(writer.encodeTick(Instant.parse("2999-01-01T00:00:00Z"), "i1")),
        PoisonReason.TICK_FROM_FUTURE,
        "time");
    raw(
        "a tick of nobody",
        Topic.CLOCK_TICKS,
        null,
        framed(writer.encodeTick(Instant.parse("2025-01-01T00:00:00Z"), "")),
        PoisonReason.MISSING_VALUE,
        "instance");
  }

  // Building.

  private byte[] key() {
    return patient.getBytes(UTF_8);
  }

  private Encoded good(String report) {
    return encoded(Facts.kps(report, 80).patient(patient).day(1).build());
  }

  private Encoded encoded(Fact fact) {
    try {
      return writer.encode(fact);
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] framed(Encoded encoded) {
    return encoded.framed(id(encoded.topic()));
  }

  private int id(Topic topic) {
    return registry.idFor(topic.subject(""), topic.valueSchema());
  }

  private static GenericRecord header(GenericRecord datum) {
    return (GenericRecord) datum.get("header");
  }

  private static GenericRecord generic(Encoded encoded) {
    try {
      return new GenericDatumReader<GenericRecord>(encoded.schema())
          .read(null, DecoderFactory.get().binaryDecoder(encoded.body(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] body(Schema schema, GenericRecord datum) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void changed(
      String name, Consumer<GenericRecord> change, PoisonReason reason, String field) {
    changed(Facts.kps("kps-" + all.size(), 80), name, change, reason, field);
  }

  private void changed(
      Facts.Builder<?> fact,
      String name,
      Consumer<GenericRecord> change,
      PoisonReason reason,
      String field) {
    Encoded encoded = encoded(fact.patient(patient).day(1).build());
    GenericRecord datum = generic(encoded);
    change.accept(datum);
    byte[] value = Frames.frame(id(encoded.topic()), body(encoded.schema(), datum));
    add(name, encoded.topic(), key(), value, dead(reason, field));
  }

  private void flagged(String name, String observedAt, String reason) {
    Fact fact =
        Facts.kps("flag-" + all.size(), 80)
            .observedAt(Instant.parse(observedAt))
            .reportedDay(1)
            .patient(patient)
            .build();
    add(name, Topic.KPS_UPDATES, key(), framed(encoded(fact)), new Fate.Flagged(reason));
  }

  private static Fate dead(PoisonReason reason) {
    return new Fate.Dead(reason, Optional.empty());
  }

  private static Fate dead(PoisonReason reason, String field) {
    return new Fate.Dead(reason, Optional.of(field));
  }

  private void dead(String name, Topic topic, byte @Nullable [] value, PoisonReason reason) {
    add(name, topic, key(), value, dead(reason));
  }

  private void raw(
      String name,
      Topic topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      PoisonReason reason) {
    add(name, topic, key, value, dead(reason));
  }

  private void raw(
      String name,
      Topic topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      PoisonReason reason,
      @Nullable String field) {
    add(name, topic, key, value, new Fate.Dead(reason, Optional.ofNullable(field)));
  }

  private void add(
      String name, Topic topic, byte @Nullable [] key, byte @Nullable [] value, Fate fate) {
    all.add(new Bad(name, topic, key, value, List.of(), fate));
  }
}
