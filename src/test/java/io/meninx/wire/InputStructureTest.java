package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.TreatmentEvent;
import io.meninx.journal.Input;
import io.meninx.wire.avro.BiopsyMolecularResult;
import io.meninx.wire.avro.BodyRegion;
import io.meninx.wire.avro.ClockTick;
import io.meninx.wire.avro.EventHeader;
import io.meninx.wire.avro.KpsUpdate;
import io.meninx.wire.avro.Marker;
import io.meninx.wire.avro.VitalStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract section 3, Structure: what is a dead letter and what is not, with the field it names.
 */
class InputStructureTest {
  private static final String LONG_ID = "é".repeat(129);
  private static final String LONG_TEXT = "x".repeat(10_001);
  private static final String SECRET = "Mustermann";

  private final FactReader reader = new FactReader();
  private final FactWriter writer = new FactWriter();

  static Stream<Arguments> malformed() {
    return Stream.of(
        poison(Facts.csf(" "), PoisonReason.MISSING_VALUE, "header.reportId"),
        poison(Facts.csf("r").event("\t"), PoisonReason.MISSING_VALUE, "header.eventId"),
        poison(Facts.csf("r").patient("  "), PoisonReason.MISSING_VALUE, "header.patientId"),
        poison(Facts.csf(LONG_ID).event("e"), PoisonReason.TEXT_TOO_LONG, "header.reportId"),
        poison(Facts.csf("r").event(LONG_ID), PoisonReason.TEXT_TOO_LONG, "header.eventId"),
        poison(Facts.csf("r").patient(LONG_ID), PoisonReason.TEXT_TOO_LONG, "header.patientId"),
        poison(
            Facts.csf("r").source(LONG_ID, ""), PoisonReason.TEXT_TOO_LONG, "header.source.system"),
        poison(
            Facts.csf("r").source("", LONG_ID),
            PoisonReason.TEXT_TOO_LONG,
            "header.source.messageId"),
        poison(
            Facts.csf("r").observedAt(Instant.parse("+10000-01-01T00:00:00Z")),
            PoisonReason.OUT_OF_RANGE,
            "header.observedAt.instant"),
        poison(
            Facts.csf("r").reportedAt(Instant.parse("0000-12-31T23:59:59Z")),
            PoisonReason.OUT_OF_RANGE,
            "header.reportedAt"),
        poison(Facts.imaging("r").tesla(0), PoisonReason.OUT_OF_RANGE, "tesla"),
        poison(Facts.imaging("r").tesla(-1.5), PoisonReason.OUT_OF_RANGE, "tesla"),
        poison(
            Facts.imaging("r").tesla(Double.POSITIVE_INFINITY), PoisonReason.OUT_OF_RANGE, "tesla"),
        poison(Facts.csf("r").volumeMl(-1), PoisonReason.OUT_OF_RANGE, "volumeMl"),
        poison(Facts.csf("r").volumeMl(Double.NaN), PoisonReason.OUT_OF_RANGE, "volumeMl"),
        poison(Facts.csf("r").proteinMgDl(-0.1), PoisonReason.OUT_OF_RANGE, "proteinMgDl"),
        poison(
            Facts.csf("r").glucoseMgDl(Double.POSITIVE_INFINITY),
            PoisonReason.OUT_OF_RANGE,
            "glucoseMgDl"),
        poison(Facts.csf("r").wbcPerUl(-1), PoisonReason.OUT_OF_RANGE, "wbcPerUl"),
        poison(
            Facts.csf("r").openingPressureCmH2O(Double.NaN),
            PoisonReason.OUT_OF_RANGE,
            "openingPressureCmH2O"),
        poison(Facts.csf("r").mutation(LONG_TEXT), PoisonReason.TEXT_TOO_LONG, "csfMutation"),
        poison(Facts.biopsy("r").site(LONG_TEXT), PoisonReason.TEXT_TOO_LONG, "site"),
        poison(
            Facts.biopsy("r").marker(" ", "NEGATIVE"),
            PoisonReason.MISSING_VALUE,
            "markers[0].gene"),
        poison(
            Facts.biopsy("r").marker("ALK", "NEGATIVE").marker("EGFR", ""),
            PoisonReason.MISSING_VALUE,
            "markers[1].finding"),
        poison(
            Facts.biopsy("r").marker("ALK", LONG_TEXT),
            PoisonReason.TEXT_TOO_LONG,
            "markers[0].finding"),
        poison(manyMarkers(), PoisonReason.LIST_TOO_LONG, "markers"),
        poison(Facts.performance("r").ecog(6), PoisonReason.OUT_OF_RANGE, "ecog"),
        poison(Facts.performance("r").ecog(-1), PoisonReason.OUT_OF_RANGE, "ecog"),
        poison(Facts.assessment("r").signs("HEADACHE", ""), PoisonReason.MISSING_VALUE, "signs[1]"),
        poison(
            Facts.assessment("r")
                .signs(Collections.nCopies(257, "HEADACHE").toArray(String[]::new)),
            PoisonReason.LIST_TOO_LONG,
            "signs"),
        poison(
            Facts.assessment("r").lifeExpectancyDays(-1),
            PoisonReason.OUT_OF_RANGE,
            "lifeExpectancyDays"),
        poison(
            Facts.assessment("r").dexamethasoneMg(-4),
            PoisonReason.OUT_OF_RANGE,
            "dexamethasoneMg"),
        poison(
            Facts.assessment("r").labs(-1, 1, 1, 1),
            PoisonReason.OUT_OF_RANGE,
            "labs.plateletsE9L"),
        poison(Facts.assessment("r").labs(1, -1, 1, 1), PoisonReason.OUT_OF_RANGE, "labs.inr"),
        poison(Facts.assessment("r").labs(1, 1, -1, 1), PoisonReason.OUT_OF_RANGE, "labs.ancE9L"),
        poison(Facts.assessment("r").labs(1, 1, 1, -1), PoisonReason.OUT_OF_RANGE, "labs.egfr"),
        poison(
            Facts.assessment("r").declines("ALL", SECRET),
            PoisonReason.UNRECOGNIZED_ENUM,
            "declines[1]"),
        poison(treatment().order(" "), PoisonReason.MISSING_VALUE, "orderId"),
        poison(treatment().agent(LONG_TEXT), PoisonReason.TEXT_TOO_LONG, "agent"),
        poison(treatment().dose(LONG_TEXT), PoisonReason.TEXT_TOO_LONG, "dose"),
        poison(treatment().doseMg(-15), PoisonReason.OUT_OF_RANGE, "doseMg"),
        poison(treatment().doseGy(-30), PoisonReason.OUT_OF_RANGE, "doseGy"),
        poison(treatment().fractions(0), PoisonReason.OUT_OF_RANGE, "fractions"),
        poison(response(), PoisonReason.MISSING_VALUE, "alertKey"),
        poison(response().gap("G7"), PoisonReason.MISSING_VALUE, "alertKey"),
        poison(response().alertKey(""), PoisonReason.MISSING_VALUE, "alertKey"),
        poison(response().code(SECRET), PoisonReason.UNRECOGNIZED_ENUM, "code"),
        poison(response().code("MRI_DUE").gap(" "), PoisonReason.MISSING_VALUE, "gap"),
        poison(response().code("MRI_DUE").mdtId(" "), PoisonReason.MISSING_VALUE, "mdtId"),
        poison(response().code("MRI_DUE").reason(LONG_TEXT), PoisonReason.TEXT_TOO_LONG, "reason"),
        poison(response().code("MRI_DUE").snoozeDays(0), PoisonReason.OUT_OF_RANGE, "snoozeDays"),
        poison(response().code("MRI_DUE").snoozeDays(8), PoisonReason.OUT_OF_RANGE, "snoozeDays"));
  }

  private static Arguments poison(Facts.Builder<?> fact, PoisonReason reason, String field) {
    return Arguments.of(fact.build(), reason, field);
  }

  private static Facts.Treatment treatment() {
    return Facts.treatment(
        "r", TreatmentEvent.Modality.RADIOTHERAPY, TreatmentEvent.Action.ORDERED);
  }

  private static Facts.Response response() {
    return Facts.response("r", AlertResponse.Action.SNOOZED);
  }

  private static Facts.Biopsy manyMarkers() {
    Facts.Biopsy biopsy = Facts.biopsy("r");
    for (int i = 0; i <= 500; i++) {
      biopsy.marker("GENE" + i, "NEGATIVE");
    }
    return biopsy;
  }

  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("malformed")
  void aMalformedFactIsPoisonThatNamesItsField(Fact fact, PoisonReason reason, String field) {
    PoisonRecordException poison = refused(FactWriter.topicOf(fact), new FactsToAvro().fact(fact));

    assertThat(poison.reason()).isEqualTo(reason);
    assertThat(poison.field()).isEqualTo(field);
  }

  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("malformed")
  void whatCouldNotBeReadIsNotWritten(Fact fact, PoisonReason reason, String field) {
    PoisonRecordException poison =
        catchThrowableOfType(PoisonRecordException.class, () -> writer.encode(fact));

    assertThat(poison.reason()).isEqualTo(reason);
    assertThat(poison.field()).isEqualTo(field);
  }

  static Stream<Facts.Builder<?>> wellFormed() {
    return Stream.of(
        Facts.csf("r").minutesToProcessing(-30),
        Facts.csf("r").volumeMl(0),
        Facts.csf("r").openingPressureCmH2O(-3),
        Facts.csf("r").observedAt(Instant.parse("1850-01-01T00:00:00Z")),
        Facts.csf("r").reportedAt(Instant.parse("9999-12-31T23:59:59Z")),
        Facts.csf("é".repeat(128)).event("e"),
        Facts.csf("r").mutation("x".repeat(10_000)),
        Facts.kps("r", 0),
        Facts.kps("r", 100),
        Facts.performance("r").ecog(0),
        Facts.performance("r"),
        Facts.assessment("r").signs("SOMETHING_NEW"),
        Facts.assessment("r").declines(),
        Facts.assessment("r").declines("ALL", "BIOPSY_LUNG_MASS"),
        treatment().doseMg(0).fractions(1),
        response().alertKey("k").snoozeDays(7),
        response().code("MRI_DUE"),
        Facts.outcome("r", OutcomeReport.Vital.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void implausibleOrAtTheEdgeIsStillWellFormed(Facts.Builder<?> fact) throws PoisonRecordException {
    Encoded encoded = writer.encode(fact.build());

    assertThat(
            reader.decode(
                encoded.topic(), encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(new Input.OfFact(fact.build()));
  }

  static Stream<Integer> wrongKps() {
    return Stream.of(75, -10, 110, 1, Integer.MIN_VALUE);
  }

  @ParameterizedTest
  @MethodSource("wrongKps")
  void aKpsThatIsNoTenIn0To100IsPoison(int kps) {
    assertPoison(
        Topic.KPS_UPDATES, new KpsUpdate(header(), kps, null), PoisonReason.OUT_OF_RANGE, "kps");
  }

  @Test
  void emptyIdsArePoison() {
    assertPoison(
        Topic.KPS_UPDATES, kps(header("", "p", "r")), PoisonReason.MISSING_VALUE, "header.eventId");
    assertPoison(
        Topic.KPS_UPDATES,
        kps(header("e", "", "r")),
        PoisonReason.MISSING_VALUE,
        "header.patientId");
    assertPoison(
        Topic.KPS_UPDATES,
        kps(header("e", "p", "")),
        PoisonReason.MISSING_VALUE,
        "header.reportId");
  }

  @Test
  void notANumberIsNotTheSameAsNoFieldStrength() {
    io.meninx.wire.avro.ImagingReport datum =
        (io.meninx.wire.avro.ImagingReport) new FactsToAvro().fact(Facts.imaging("r").build());
    datum.put("tesla", Double.NaN);

    assertPoison(Topic.IMAGING_REPORTS, datum, PoisonReason.OUT_OF_RANGE, "tesla");
  }

  @Test
  void aGeneNamedTwiceIsPoison() {
    BiopsyMolecularResult datum =
        new BiopsyMolecularResult(
            header(),
            null,
            io.meninx.wire.avro.Histology.UNKNOWN,
            List.of(new Marker("EGFR", "NEGATIVE"), new Marker("EGFR", "L858R")));

    assertPoison(
        Topic.BIOPSY_MOLECULAR_RESULTS, datum, PoisonReason.REPEATED_KEY, "markers[1].gene");
  }

  @Test
  void anOutcomeThatAlsoAssessesIsPoisonSinceOneOfTheTwoWouldBeLost() {
    io.meninx.wire.avro.ClinicalAssessment datum =
        (io.meninx.wire.avro.ClinicalAssessment)
            new FactsToAvro().fact(Facts.assessment("r").pleuralEffusion(false).build());
    datum.put("vitalStatus", VitalStatus.DEAD);

    assertPoison(Topic.CLINICAL_ASSESSMENTS, datum, PoisonReason.CONTRADICTION, "vitalStatus");
  }

  @Test
  void aTextThatIsNoUnicodeIsPoisonAndNotAnotherText() {
    Utf8 broken = new Utf8(new byte[] {'p', (byte) 0xc3, '1'});

    assertPoison(
        Topic.KPS_UPDATES,
        kps(header("e", broken, "r")),
        PoisonReason.MALFORMED_TEXT,
        "header.patientId");
  }

  @Test
  void halfASurrogatePairIsNotWrittenAsAnotherCharacter() {
    PoisonRecordException poison =
        catchThrowableOfType(
            PoisonRecordException.class,
            () -> writer.encode(Facts.csf("r").patient("p\ud835").build()));

    assertThat(poison.reason()).isEqualTo(PoisonReason.MALFORMED_TEXT);
    assertThat(poison.field()).isEqualTo("header.patientId");
  }

  @Test
  void spineIsReadAsTheThreeSpinalRegions() throws PoisonRecordException {
    io.meninx.wire.avro.ImagingReport datum =
        (io.meninx.wire.avro.ImagingReport) new FactsToAvro().fact(Facts.imaging("r").build());
    datum.put("regions", List.of(BodyRegion.BRAIN, BodyRegion.SPINE));

    assertThat(read(Topic.IMAGING_REPORTS, datum))
        .isEqualTo(new Input.OfFact(Facts.imaging("r").neuroaxis().build()));
  }

  @Test
  void moreRegionsThanABodyHasArePoison() {
    io.meninx.wire.avro.ImagingReport datum =
        (io.meninx.wire.avro.ImagingReport) new FactsToAvro().fact(Facts.imaging("r").build());
    datum.put("enhancementLevels", Collections.nCopies(65, BodyRegion.BRAIN));

    assertPoison(Topic.IMAGING_REPORTS, datum, PoisonReason.LIST_TOO_LONG, "enhancementLevels");
  }

  @Test
  void aTickOfNobodyOrOfNoYearIsPoison() {
    assertPoison(
        Topic.CLOCK_TICKS,
        new ClockTick(Facts.noon(0), ""),
        PoisonReason.MISSING_VALUE,
        "instance");
    assertPoison(
        Topic.CLOCK_TICKS,
        new ClockTick(Instant.parse("+20000-01-01T00:00:00Z"), "i"),
        PoisonReason.OUT_OF_RANGE,
        "time");
  }

  @Test
  void negativeZeroIsZeroSoThatEqualAmountsAreEqualContent() throws PoisonRecordException {
    Encoded encoded = writer.encode(Facts.csf("r").volumeMl(-0.0).build());

    assertThat(
            reader.decode(
                encoded.topic(), encoded.schema(), encoded.body(), 0, encoded.body().length))
        .isEqualTo(new Input.OfFact(Facts.csf("r").volumeMl(0.0).build()));
  }

  @Test
  void bytesAfterTheRecordArePoison() throws PoisonRecordException {
    Encoded encoded = writer.encode(Facts.kps("r", 70).build());
    byte[] longer = java.util.Arrays.copyOf(encoded.body(), encoded.body().length + 1);

    PoisonRecordException poison =
        catchThrowableOfType(
            PoisonRecordException.class,
            () -> reader.decode(encoded.topic(), encoded.schema(), longer, 0, longer.length));

    assertThat(poison.reason()).isEqualTo(PoisonReason.TRAILING_BYTES);
  }

  @Test
  void theMessageNamesReasonAndFieldAndNeverTheValue() {
    PoisonRecordException poison =
        refused(Topic.ALERT_RESPONSES, new FactsToAvro().fact(response().code(SECRET).build()));

    assertThat(poison).hasMessage("UNRECOGNIZED_ENUM at code").hasNoCause();
    assertThat(poison.toString().toLowerCase(Locale.ROOT))
        .doesNotContain(SECRET.toLowerCase(Locale.ROOT));
  }

  private static EventHeader header() {
    return header("e", "p", "r");
  }

  private static EventHeader header(CharSequence event, CharSequence patient, CharSequence report) {
    return new EventHeader(
        event,
        patient,
        report,
        io.meninx.wire.avro.ResultStatus.FINAL,
        new io.meninx.wire.avro.ObservedAt(Facts.noon(0), io.meninx.wire.avro.TimePrecision.DAY),
        Facts.noon(0),
        new io.meninx.wire.avro.EventSource("", ""));
  }

  private static KpsUpdate kps(EventHeader header) {
    return new KpsUpdate(header, 70, null);
  }

  private void assertPoison(Topic topic, SpecificRecord datum, PoisonReason reason, String field) {
    PoisonRecordException poison = refused(topic, datum);
    assertThat(poison.reason()).isEqualTo(reason);
    assertThat(poison.field()).isEqualTo(field);
  }

  private PoisonRecordException refused(Topic topic, SpecificRecord datum) {
    return catchThrowableOfType(PoisonRecordException.class, () -> read(topic, datum));
  }

  private Input read(Topic topic, SpecificRecord datum) throws PoisonRecordException {
    byte[] body = new AvroCodec<SpecificRecord>(topic.valueSchema()).write(datum);
    return reader.decode(topic, topic.valueSchema(), body, 0, body.length);
  }
}
