package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RuleRef;
import io.meninx.journal.Input;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes that Confluent's serializer writes and its deserializer reads, written down by hand
 * from the Avro specification and the Confluent wire format; every byte is explained in the files
 * under {@code vectors}. What we read of them and what we write must be these bytes and no others.
 */
class WireVectorsTest {
  private static final Path VECTORS =
      Path.of("src", "test", "resources", "io", "meninx", "wire", "vectors");

  private final FactReader reader = new FactReader();

  static Stream<Arguments> facts() {
    return Stream.of(
        Arguments.of("kps-update", 1, kps()),
        Arguments.of(
            "csf-result",
            0x01020384,
            Facts.csf("csf-1")
                .patient("pat-1")
                .event("ev-ü")
                .amended()
                .observedAt(Instant.parse("2025-01-02T07:30:00.000001Z"))
                .reportedAt(Instant.parse("2025-01-04T08:15:30.250Z"))
                .source("his", "m-1")
                .site(io.meninx.fact.CsfResult.Site.LUMBAR)
                .positive()
                .volumeMl(7.5)
                .minutesToProcessing(25)
                .fixed(false)
                .proteinMgDl(80)
                .openingPressureCmH2O(21.5)
                .mutation("L858R")
                .build()),
        Arguments.of("imaging-report", 2, mri()),
        Arguments.of(
            "biopsy-result",
            3,
            Facts.biopsy("bio-1")
                .patient("pat-1")
                .event("ev-3")
                .observedDay(2)
                .reportedAt(Facts.noon(4))
                .site("lung")
                .histology(io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA)
                .marker("ALK", "NEGATIVE")
                .marker("EGFR", "exon 19 deletion")
                .build()));
  }

  private static Fact kps() {
    return Facts.kps("rep-1", 80).patient("pat-1").event("ev-1").day(2).build();
  }

  private static Fact mri() {
    return Facts.fullMri("mri-1")
        .patient("pat-1")
        .event("ev-2")
        .day(1)
        .tesla(3)
        .pattern(ImagingReport.Pattern.LINEAR)
        .thinDeposits(true)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("facts")
  void aFactIsWrittenAsTheseBytes(String vector, int id, Fact fact) throws Exception {
    assertThat(new FactWriter().encode(fact).framed(id)).isEqualTo(bytes(vector));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("facts")
  void theseBytesAreReadAsAFact(String vector, int id, Fact fact) throws Exception {
    byte[] value = bytes(vector);

    assertThat(Frames.schemaId(value)).isEqualTo(id);
    assertThat(read(FactWriter.topicOf(fact), FactWriter.topicOf(fact).valueSchema(), value))
        .isEqualTo(new Input.OfFact(fact));
  }

  @Test
  void aTickIsTheseBytesBothWays() throws Exception {
    Instant time = Instant.parse("1969-12-31T23:59:00Z");
    byte[] value = bytes("clock-tick");

    assertThat(new FactWriter().encodeTick(time, "instance-1").framed(Integer.MAX_VALUE))
        .isEqualTo(value);
    assertThat(read(Topic.CLOCK_TICKS, Topic.CLOCK_TICKS.valueSchema(), value))
        .isEqualTo(new Input.OfTick(time, "instance-1"));
  }

  @Test
  void anAlertIsTheseBytesBothWays() throws Exception {
    byte[] value = bytes("pathway-alert");
    PatientId patient = new PatientId("pat-1");

    assertThat(new OutputWriter("lm-nsclc", "1.0.0").alert(patient, alert()).framed(300))
        .isEqualTo(value);
    var read =
        new OutputReader()
            .alert(
                Topic.PATHWAY_ALERTS.valueSchema(),
                value,
                Frames.HEADER_LENGTH,
                value.length - Frames.HEADER_LENGTH);
    assertThat(read).isEqualTo(new Published<>(patient, alert(), "lm-nsclc", "1.0.0"));
  }

  private static AlertRevision alert() {
    return new AlertRevision(
        "key-1",
        2,
        AlertCode.MRI_DUE,
        AlertState.ESCALATED,
        Optional.of(AlertStage.OVERDUE),
        Priority.URGENT,
        true,
        Instant.parse("2025-03-01T00:00:00Z"),
        Optional.of(Instant.parse("2025-02-15T00:00:00Z")),
        List.of(Audience.NEURO_ONCOLOGY, Audience.MDT_COORDINATOR),
        "MRI überfällig",
        Optional.empty(),
        false,
        new RuleRef("S33", List.of("S33")),
        List.of(
            new Evidence(
                "mri-1",
                FactKind.IMAGING,
                "MRI, brain",
                ResultStatus.FINAL,
                ObservedAt.day(LocalDate.of(2025, 1, 2)))),
        List.of(),
        Optional.empty());
  }

  @Test
  void aListInSeveralBlocksIsTheSameList() throws Exception {
    assertThat(
            read(
                Topic.IMAGING_REPORTS,
                Topic.IMAGING_REPORTS.valueSchema(),
                bytes("imaging-report-in-blocks")))
        .isEqualTo(new Input.OfFact(mri()));
  }

  @Test
  void anOlderSendersFieldsThatWereNotThereYetHaveTheirDefaults() throws Exception {
    assertThat(
            read(
                Topic.KPS_UPDATES,
                schema("kps-update-of-an-older-sender"),
                bytes("kps-update-of-an-older-sender")))
        .isEqualTo(new Input.OfFact(kps()));
  }

  @Test
  void aNewerSendersFieldsThatNobodyHereKnowsArePassedOver() throws Exception {
    assertThat(
            read(
                Topic.KPS_UPDATES,
                schema("kps-update-of-a-newer-sender"),
                bytes("kps-update-of-a-newer-sender")))
        .isEqualTo(new Input.OfFact(kps()));
  }

  @Test
  void aNewerSendersCodeIsTheEnumsDefaultWhichIsADeadLetter() {
    assertThatThrownBy(
            () ->
                read(
                    Topic.KPS_UPDATES,
                    schema("kps-update-of-a-newer-sender"),
                    bytes("kps-update-with-a-newer-status")))
        .isInstanceOf(PoisonRecordException.class)
        .hasMessage("UNRECOGNIZED_ENUM at header.status");
  }

  private Input read(Topic topic, Schema writerSchema, byte[] value) throws PoisonRecordException {
    return reader.decode(
        topic, writerSchema, value, Frames.HEADER_LENGTH, value.length - Frames.HEADER_LENGTH);
  }

  private static Schema schema(String name) throws IOException {
    return new Schema.Parser().parse(Files.readString(VECTORS.resolve(name + ".avsc")));
  }

  private static byte[] bytes(String vector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line :
        Files.readAllLines(VECTORS.resolve(vector + ".txt"), StandardCharsets.UTF_8)) {
      int comment = line.indexOf('#');
      String hex = comment < 0 ? line : line.substring(0, comment);
      bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
    return bytes.toByteArray();
  }
}
