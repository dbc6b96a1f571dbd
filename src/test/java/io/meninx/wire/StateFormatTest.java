package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.journal.Samples;
import io.meninx.pathway.PatientState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/**
 * "May I upgrade without losing state": rows as they were once written, of every format. {@code
 * -Dgolden.update=true} writes the files of a new format; those that are there stay.
 */
class StateFormatTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "io", "meninx", "wire");

  private final StateCodec codec = new StateCodec();

  @Test
  void aPatientsStateIsWrittenAsEver() throws IOException {
    byte[] row = codec.encode(state());
    write("patient-state.hex", HexFormat.of().formatHex(row));

    assertThat(row).isEqualTo(golden(StateCodec.FORMAT, "patient-state.hex"));
  }

  @Test
  void aStoredFactOfEveryKindIsWrittenAsEver() throws IOException {
    for (Fact fact : everyKind()) {
      String file = "stored-" + fact.kind() + ".hex";
      byte[] row = codec.encode(new StoredFact(fact, Facts.at(9, "07:30")));
      write(file, HexFormat.of().formatHex(row));

      assertThat(row).isEqualTo(golden(StateCodec.FORMAT, file));
    }
  }

  /**
   * What changes together of a patient is a row: versions of a report, an alert, what is visible.
   */
  @Test
  void thePartsOfAPatientAreWrittenAsEver() throws IOException {
    PatientState state = state();
    PatientId patient = state.retained().getFirst().header().patientId();
    List<StoredFact> versions =
        state.retained().stream().flatMap(report -> report.versions().stream()).toList();
    byte[] reports = codec.encode(patient, versions);
    byte[] alert = codec.encode(state.alerts().getFirst());
    byte[] visible = codec.encode(state.visible());
    write("part-versions.hex", HexFormat.of().formatHex(reports));
    write("part-alert.hex", HexFormat.of().formatHex(alert));
    write("part-visible.hex", HexFormat.of().formatHex(visible));

    assertThat(reports).isEqualTo(golden(StateCodec.FORMAT, "part-versions.hex"));
    assertThat(alert).isEqualTo(golden(StateCodec.FORMAT, "part-alert.hex"));
    assertThat(visible).isEqualTo(golden(StateCodec.FORMAT, "part-visible.hex"));
    assertThat(codec.decodeVersions(patient, reports)).isEqualTo(versions);
    assertThat(codec.decodeAlert(alert)).isEqualTo(state.alerts().getFirst());
    assertThat(codec.decodeVisible(visible)).isEqualTo(state.visible());
  }

  @Test
  void rowsOfEveryFormatThereEverWasAreRead() throws IOException {
    for (int format = 1; format <= StateCodec.FORMAT; format++) {
      assertThat(codec.decodeState(golden(format, "patient-state.hex"))).isEqualTo(state());
      for (Fact fact : everyKind()) {
        assertThat(codec.decodeFact(golden(format, "stored-" + fact.kind() + ".hex")))
            .isEqualTo(new StoredFact(fact, Facts.at(9, "07:30")));
      }
    }
  }

  /** The parts of a schema that matter to bytes: names, types, order, symbols. */
  @Test
  void theSchemasOfTheFormatAreAsEver() throws Exception {
    String fingerprints =
        fingerprint(io.meninx.wire.avro.PatientState.getClassSchema())
            + "\n"
            + fingerprint(io.meninx.wire.avro.StoredFact.getClassSchema());

    write("schemas.sha256", fingerprints);

    assertThat(fingerprints)
        .as(
            "PatientState, StoredFact or a schema within them changed, so rows are another format."
                + " If format "
                + StateCodec.FORMAT
                + " is not released yet (CHANGELOG.md), delete state-format-"
                + StateCodec.FORMAT
                + " beside this golden file; if it is, raise StateCodec.FORMAT and add the old"
                + " number with its release to StateCodec.EARLIER. Follow a change of fields in"
                + " StateEncoder and StateDecoder, then run this test with -Dgolden.update=true")
        .isEqualTo(Files.readString(file("schemas.sha256")).strip());
  }

  @Test
  void theEmptyStateIsAFewBytes() {
    assertThat(codec.encode(PatientState.EMPTY)).hasSizeLessThan(20);
    assertThat(codec.decodeState(codec.encode(PatientState.EMPTY))).isEqualTo(PatientState.EMPTY);
  }

  @Test
  void anEmptyRowIsAClearError() {
    assertThatThrownBy(() -> codec.decodeFact(new byte[0]))
        .isInstanceOf(StateFormatException.class)
        .hasMessage("an empty row in a store");
  }

  @Test
  void aDamagedRowIsAnErrorThatDoesNotQuoteIt() {
    byte[] row = codec.encode(Facts.stored(Facts.csf("secret-report").positive()));

    assertThatThrownBy(() -> codec.decodeFact(java.util.Arrays.copyOf(row, row.length - 1)))
        .isInstanceOf(StateFormatException.class)
        .hasMessage("a row in a store is damaged");
  }

  /** A reservoir of facts in which every field is stated once. */
  static Fact[] everyKind() {
    return Stream.<Facts.Builder<?>>of(
            Facts.fullMri("mri")
                .tesla(3)
                .pattern(ImagingReport.Pattern.LINEAR)
                .thinDeposits(true)
                .hydrocephalus(false)
                .massEffect(false)
                .flow(ImagingReport.CsfFlow.UNOBSTRUCTED)
                .parenchymalMetastases(true)
                .lungMass(true)
                .levels(ImagingReport.Region.LUMBOSACRAL_SPINE)
                .cordCompression(false)
                .response(ImagingReport.Response.STABLE),
            Facts.csf("csf")
                .day(2)
                .site(io.meninx.fact.CsfResult.Site.LUMBAR)
                .positive()
                .volumeMl(7.5)
                .minutesToProcessing(25)
                .fixed(true)
                .proteinMgDl(80)
                .glucoseMgDl(40)
                .wbcPerUl(12)
                .openingPressureCmH2O(21.5)
                .mutation("L858R")
                .amended(),
            Facts.biopsy("biopsy")
                .day(3)
                .site("lung")
                .histology(io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA)
                .marker("EGFR", "exon 19 deletion")
                .marker("ALK", "NEGATIVE"),
            Facts.kps("kps", 70).ecog(2).time(4, "08:15"),
            Facts.assessment("assessment")
                .day(5)
                .signs("HEADACHE", "GAIT")
                .suspicion(ClinicalAssessment.Suspicion.HIGH)
                .extracranial(ClinicalAssessment.ExtracranialDisease.CONTROLLED)
                .lifeExpectancyDays(120)
                .severeSymptoms(false)
                .exam(ClinicalAssessment.NeurologicalExam.STANDARDIZED)
                .ommayaFeasible(true)
                .labs(140, 1.1, 2.5, 75)
                .restagingDone(true)
                .dexamethasoneMg(8)
                .pleuralEffusion(false)
                .declines("OMMAYA_RESERVOIR")
                .palliativeReferral(false)
                .source("his", "m-1"),
            Facts.methotrexate("dose", TreatmentEvent.Action.ADMINISTERED)
                .day(6)
                .order("order-1")
                .dose("15 mg")
                .doseMg(15)
                .route(TreatmentEvent.Route.OMMAYA)
                .field(TreatmentEvent.Field.FOCAL)
                .doseGy(30)
                .fractions(10)
                .indication(TreatmentEvent.Indication.CORD_COMPRESSION),
            Facts.outcome("outcome", OutcomeReport.Vital.ALIVE).day(7).patient("another-patient"),
            Facts.response("response", AlertResponse.Action.SNOOZED)
                .day(8)
                .alertKey("key-1")
                .code("MRI_DUE")
                .gap("G13")
                .reason("booked")
                .snoozeDays(3)
                .mdtId("mdt-1"))
        .map(Facts.Builder::build)
        .toArray(Fact[]::new);
  }

  static PatientState state() {
    return Samples.ofRelease1(1).patientState(List.of(everyKind()));
  }

  static byte[] golden(int format, String name) throws IOException {
    Path file = GOLDEN.resolve("state-format-" + format).resolve(name);
    return HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }

  private static Path file(String name) {
    return GOLDEN.resolve("state-format-" + StateCodec.FORMAT).resolve(name);
  }

  private static void write(String name, String content) throws IOException {
    Path file = file(name);
    if (Boolean.getBoolean("golden.update") && Files.notExists(file)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content + "\n");
    }
  }

  private static String fingerprint(Schema schema) throws Exception {
    return HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
  }
}
