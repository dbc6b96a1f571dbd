package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
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
 * "May I upgrade without losing state": rows of format 1 as they were once written. {@code
 * -Dgolden.rewrite=true} writes the files anew, which is right only until a version with that
 * format is released; afterwards a change is a new format.
 */
class StateFormatTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "io", "meninx", "wire", "state-format-1");

  private final StateCodec codec = new StateCodec();

  @Test
  void aPatientsStateOfFormat1IsReadAndWrittenAsEver() throws IOException {
    PatientState state = new Samples(1).patientState(List.of(everyKind()));

    byte[] golden = golden("patient-state.hex", codec.encode(state));

    assertThat(codec.decodeState(golden)).isEqualTo(state);
    assertThat(codec.encode(state)).isEqualTo(golden);
  }

  @Test
  void aStoredFactOfEveryKindOfFormat1IsReadAndWrittenAsEver() throws IOException {
    for (Fact fact : everyKind()) {
      StoredFact stored = new StoredFact(fact, Facts.at(9, "07:30"));

      byte[] golden = golden("stored-" + fact.kind() + ".hex", codec.encode(stored));

      assertThat(codec.decodeFact(golden)).isEqualTo(stored);
      assertThat(codec.encode(stored)).isEqualTo(golden);
    }
  }

  /** The parts of a schema that matter to bytes: names, types, order, symbols. */
  @Test
  void theSchemasOfFormat1AreAsEver() throws Exception {
    String fingerprints =
        fingerprint(io.meninx.wire.avro.PatientState.getClassSchema())
            + "\n"
            + fingerprint(io.meninx.wire.avro.StoredFact.getClassSchema())
            + "\n";

    Path file = GOLDEN.resolve("schemas.sha256");
    rewrite(file, fingerprints);

    assertThat(fingerprints)
        .as(
            "the internal schemas changed: rows written before can't be read; raise"
                + " StateCodec.FORMAT and keep the old schema")
        .isEqualTo(Files.readString(file));
  }

  @Test
  void theEmptyStateIsAFewBytes() {
    assertThat(codec.encode(PatientState.EMPTY)).hasSizeLessThan(20);
    assertThat(codec.decodeState(codec.encode(PatientState.EMPTY))).isEqualTo(PatientState.EMPTY);
  }

  @Test
  void anUnknownFormatIsAClearError() {
    byte[] row = codec.encode(PatientState.EMPTY);
    row[0] = 2;

    assertThatThrownBy(() -> codec.decodeState(row))
        .isInstanceOf(StateFormatException.class)
        .hasMessage("a row in a store has format 2, this engine reads format 1 and no other");
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
  private static Fact[] everyKind() {
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

  private static byte[] golden(String name, byte[] written) throws IOException {
    Path file = GOLDEN.resolve(name);
    rewrite(file, HexFormat.of().formatHex(written) + "\n");
    return HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }

  private static void rewrite(Path file, String content) throws IOException {
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, content);
    }
  }

  private static String fingerprint(Schema schema) throws Exception {
    return HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
  }
}
