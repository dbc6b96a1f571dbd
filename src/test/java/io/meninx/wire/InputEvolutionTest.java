package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.TreatmentEvent;
import io.meninx.journal.Input;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders with an older, a newer or their own schema. */
class InputEvolutionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FactReader reader = new FactReader();
  private final FactWriter writer = new FactWriter();

  static Stream<Arguments> codedFields() {
    Fact imaging = Facts.fullMri("r").levels(io.meninx.fact.ImagingReport.Region.BRAIN).build();
    Fact treatment =
        Facts.treatment("r", TreatmentEvent.Modality.RADIOTHERAPY, TreatmentEvent.Action.ORDERED)
            .build();
    return Stream.of(
        Arguments.of(imaging, "ResultStatus", "header.status"),
        Arguments.of(imaging, "TimePrecision", "header.observedAt.precision"),
        Arguments.of(imaging, "ImagingModality", "modality"),
        Arguments.of(imaging, "LeptomeningealPattern", "leptomeningealPattern"),
        Arguments.of(imaging, "CsfFlow", "csfFlow"),
        Arguments.of(imaging, "ImagingResponse", "response"),
        Arguments.of(Facts.csf("r").build(), "PunctureSite", "site"),
        Arguments.of(Facts.csf("r").build(), "Cytology", "cytology"),
        Arguments.of(Facts.biopsy("r").build(), "Histology", "histology"),
        Arguments.of(Facts.assessment("r").build(), "Suspicion", "suspicion"),
        Arguments.of(Facts.assessment("r").build(), "ExtracranialDisease", "extracranialDisease"),
        Arguments.of(Facts.assessment("r").build(), "NeurologicalExam", "neurologicalExam"),
        Arguments.of(
            Facts.outcome("r", OutcomeReport.Vital.DEAD).build(), "VitalStatus", "vitalStatus"),
        Arguments.of(treatment, "TreatmentModality", "modality"),
        Arguments.of(treatment, "TreatmentAction", "action"),
        Arguments.of(treatment, "Route", "route"),
        Arguments.of(treatment, "RadiotherapyField", "radiotherapyField"),
        Arguments.of(treatment, "RadiotherapyIndication", "indication"),
        Arguments.of(
            Facts.response("r", io.meninx.fact.AlertResponse.Action.SNOOZED)
                .code("MRI_DUE")
                .build(),
            "AlertAction",
            "action"));
  }

  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("codedFields")
  void aCodeOnlyANewerSenderKnowsIsPoisonAndNotUnknown(Fact fact, String enumName, String field)
      throws Exception {
    Encoded encoded = writer.encode(fact);
    Schema newer = newerSchema(encoded.schema(), enumName);

    PoisonRecordException poison =
        catchThrowableOfType(
            PoisonRecordException.class,
            () ->
                read(encoded.topic(), newer, rewritten(encoded, newer, field, "FROM_THE_FUTURE")));

    assertThat(poison.reason()).isEqualTo(PoisonReason.UNRECOGNIZED_ENUM);
    assertThat(poison.field()).isEqualTo(field);
  }

  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("codedFields")
  void theNewersSendersOtherCodesAreReadAsBefore(Fact fact, String enumName, String field)
      throws Exception {
    Encoded encoded = writer.encode(fact);
    Schema newer = newerSchema(encoded.schema(), enumName);

    byte[] body = rewritten(encoded, newer, field, fieldOf(encoded, field));

    assertThat(read(encoded.topic(), newer, body)).isEqualTo(new Input.OfFact(fact));
  }

  @Test
  void aRegionOnlyANewerSenderKnowsIsPoison() throws Exception {
    Encoded encoded = writer.encode(Facts.fullMri("r").build());
    Schema newer = newerSchema(encoded.schema(), "BodyRegion");
    GenericRecord datum = generic(encoded, newer);
    Schema region = newer.getField("regions").schema().getElementType();
    datum.put("regions", List.of(new GenericData.EnumSymbol(region, "FROM_THE_FUTURE")));

    PoisonRecordException poison =
        catchThrowableOfType(
            PoisonRecordException.class, () -> read(encoded.topic(), newer, bytes(datum, newer)));

    assertThat(poison).hasMessage("UNRECOGNIZED_ENUM at regions");
  }

  @Test
  void anOlderSenderWithoutALaterFieldLeavesItUnknown() throws Exception {
    Fact stated = Facts.csf("r").positive().fixed(true).volumeMl(6).build();
    Encoded encoded = writer.encode(stated);
    Schema older = without(encoded.schema(), "fixed");

    assertThat(read(encoded.topic(), older, bytes(generic(encoded, older), older)))
        .isEqualTo(new Input.OfFact(Facts.csf("r").positive().volumeMl(6).build()));
  }

  @Test
  void everyFieldButTheHeaderMayBeMissingInAnOlderSchemaAndIsThenUnknown() throws Exception {
    for (Fact fact :
        List.of(
            Facts.imaging("r").build(),
            Facts.csf("r").build(),
            Facts.biopsy("r").build(),
            Facts.performance("r").build(),
            Facts.assessment("r").build())) {
      Encoded encoded = writer.encode(fact);
      ObjectNode json = (ObjectNode) JSON.readTree(encoded.schema().toString());
      ArrayNode fields = (ArrayNode) json.get("fields");
      while (fields.size() > 1) {
        fields.remove(1);
      }
      Schema headerOnly = new Schema.Parser().parse(json.toString());

      assertThat(read(encoded.topic(), headerOnly, bytes(generic(encoded, headerOnly), headerOnly)))
          .isEqualTo(new Input.OfFact(fact));
    }
  }

  /** Of every type, each with a default of some length. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"map\",\"values\":\"long\"}, {\"a\":1,\"b\":2}",
        "{\"type\":\"map\",\"values\":\"string\"}, {\"ward\":\"7B\"}",
        "{\"type\":\"array\",\"items\":\"string\"}, [\"one\",\"two\",\"\"]",
        "\"string\", \"a longer text\"",
        "\"bytes\", \"abc\"",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}, \"abc\"",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}, \"B\"",
        "{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"t\",\"type\":\"string\"},{\"name\":\"d\",\"type\":\"double\"}]},"
            + " {\"t\":\"x\",\"d\":1.5}",
        "[\"string\",\"null\"], \"text\"",
        "\"long\", 123456789012",
        "\"float\", 1.5",
        "\"boolean\", true"
      })
  void aFieldOnlyANewerSenderKnowsIsSkipped(String type) throws Exception {
    Fact fact = Facts.kps("r", 80).build();
    Encoded encoded = writer.encode(fact);
    ObjectNode json = (ObjectNode) JSON.readTree(encoded.schema().toString());
    JsonNode later = JSON.readTree("[" + type + "]");
    ObjectNode field = JSON.createObjectNode().put("name", "later");
    field.set("type", later.get(0));
    field.set("default", later.get(1));
    ((ArrayNode) json.get("fields")).insert(1, field);
    Schema newer = new Schema.Parser().parse(json.toString());

    assertThat(read(encoded.topic(), newer, bytes(generic(encoded, newer), newer)))
        .isEqualTo(new Input.OfFact(fact));
  }

  @Test
  void aSendersSchemaWithoutAHeaderIsAMismatch() throws Exception {
    Schema other =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"KpsUpdate\",\"fields\":[{\"name\":\"kps\",\"type\":\"int\"}]}");

    PoisonRecordException poison =
        catchThrowableOfType(
            PoisonRecordException.class, () -> read(Topic.KPS_UPDATES, other, new byte[] {80}));

    assertThat(poison.reason()).isEqualTo(PoisonReason.SCHEMA_MISMATCH);
  }

  @Test
  void aRecordOfAnotherTopicIsAMismatch() throws Exception {
    Encoded kps = writer.encode(Facts.kps("r", 80).build());
    Schema other = new Schema.Parser().parse("\"string\"");

    assertThat(
            catchThrowableOfType(
                PoisonRecordException.class, () -> read(Topic.KPS_UPDATES, other, kps.body())))
        .hasMessage("SCHEMA_MISMATCH");
  }

  /** Both are numbers to Avro: read as if in the same unit it would be a time in 1970. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp-millis",
        "timestamp-nanos",
        "local-timestamp-micros",
        "local-timestamp-millis",
        "time-micros"
      })
  void aTimeInAnotherUnitIsAMismatchAndNotATimeIn1970(String unit) throws Exception {
    Encoded kps = writer.encode(Facts.kps("r", 80).build());
    Encoded tick = writer.encodeTick(Facts.noon(1), "i1");

    assertThat(poison(kps, unit)).hasMessage("SCHEMA_MISMATCH at header.observedAt.instant");
    assertThat(poison(tick, unit)).hasMessage("SCHEMA_MISMATCH at time");
    assertThat(poison(kps, unit)).hasMessage("SCHEMA_MISMATCH at header.observedAt.instant");
  }

  private PoisonRecordException poison(Encoded encoded, String unit) {
    Schema other =
        new Schema.Parser()
            .parse(encoded.schema().toString().replace("\"timestamp-micros\"", '"' + unit + '"'));
    return catchThrowableOfType(
        PoisonRecordException.class, () -> read(encoded.topic(), other, encoded.body()));
  }

  @Test
  void aNumberOfWhichTheSchemaDoesNotSayTheUnitIsReadAsBefore() throws Exception {
    Fact fact = Facts.kps("r", 80).build();
    Encoded kps = writer.encode(fact);
    Schema plain =
        new Schema.Parser()
            .parse(kps.schema().toString().replace(",\"logicalType\":\"timestamp-micros\"", ""));

    assertThat(plain.toString()).doesNotContain("timestamp-micros");
    assertThat(read(kps.topic(), plain, kps.body())).isEqualTo(new Input.OfFact(fact));
  }

  private Input read(Topic topic, Schema writerSchema, byte[] body) throws PoisonRecordException {
    return reader.decode(topic, writerSchema, body, 0, body.length);
  }

  /** The schema with one more symbol in one enum, as a newer version has it. */
  private static Schema newerSchema(Schema schema, String enumName) throws IOException {
    JsonNode json = JSON.readTree(schema.toString());
    json.findParents("symbols").stream()
        .filter(node -> node.get("name").asText().equals(enumName))
        .forEach(node -> ((ArrayNode) node.get("symbols")).insert(0, "FROM_THE_FUTURE"));
    return new Schema.Parser().parse(json.toString());
  }

  private static Schema without(Schema schema, String field) throws IOException {
    JsonNode json = JSON.readTree(schema.toString());
    Iterator<JsonNode> fields = json.get("fields").elements();
    while (fields.hasNext()) {
      if (fields.next().get("name").asText().equals(field)) {
        fields.remove();
      }
    }
    return new Schema.Parser().parse(json.toString());
  }

  private static String fieldOf(Encoded encoded, String path) throws IOException {
    Object value = generic(encoded, encoded.schema());
    for (String name : path.split("\\.", -1)) {
      value = ((GenericRecord) value).get(name);
    }
    return value.toString();
  }

  private static byte[] rewritten(Encoded encoded, Schema newer, String path, String symbol)
      throws IOException {
    GenericRecord root = generic(encoded, newer);
    GenericRecord owner = root;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      owner = (GenericRecord) owner.get(names[i]);
    }
    String last = names[names.length - 1];
    Schema type = owner.getSchema().getField(last).schema();
    Schema symbols = type.isUnion() ? type.getTypes().getLast() : type;
    owner.put(last, new GenericData.EnumSymbol(symbols, symbol));
    return bytes(root, newer);
  }

  private static GenericRecord generic(Encoded encoded, Schema as) throws IOException {
    return new GenericDatumReader<GenericRecord>(encoded.schema(), as)
        .read(
            null,
            DecoderFactory.get().binaryDecoder(new ByteArrayInputStream(encoded.body()), null));
  }

  private static byte[] bytes(GenericRecord datum, Schema schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
