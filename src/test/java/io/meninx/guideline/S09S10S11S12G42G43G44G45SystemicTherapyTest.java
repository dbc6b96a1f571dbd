package io.meninx.guideline;

import static io.meninx.guideline.RecommendationCode.CNS_PENETRANT_ALK_INHIBITOR;
import static io.meninx.guideline.RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE;
import static io.meninx.guideline.RecommendationCode.THIRD_GENERATION_EGFR_TKI;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Response;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.Patient;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S9 to S12, G42 to G45: the systemic class by histology and molecular profile. */
class S09S10S11S12G42G43G44G45SystemicTherapyTest {
  private static final Set<RecommendationCode> CLASSES =
      EnumSet.of(
          THIRD_GENERATION_EGFR_TKI, CNS_PENETRANT_ALK_INHIBITOR, PLATINUM_CHEMOTHERAPY_CNS_ACTIVE);

  private static Facts.Biopsy adenocarcinoma() {
    return Given.histology(0, Histology.ADENOCARCINOMA);
  }

  private static Patient good(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus().with(facts);
  }

  private static void assertClasses(Patient patient, RecommendationCode... expected) {
    for (RecommendationCode code : CLASSES) {
      assertThat(patient.recommends(code))
          .as("%s", code)
          .isEqualTo(Set.of(expected).contains(code));
    }
  }

  // ------------------------------------------------------------------ the three classes

  @ParameterizedTest
  @ValueSource(strings = {"exon 19 deletion", "L858R", "EX19DEL", "T790M"})
  void egfrMutant(String mutation) {
    assertClasses(good(adenocarcinoma().marker("EGFR", mutation)), THIRD_GENERATION_EGFR_TKI);
  }

  @Test
  void alkPositive() {
    assertClasses(
        good(adenocarcinoma().marker("ALK", "EML4-ALK fusion")), CNS_PENETRANT_ALK_INHIBITOR);
  }

  @Test
  void nonMutatedAdenocarcinoma() {
    assertClasses(good(Given.adenocarcinomaWithoutDriver(0)), PLATINUM_CHEMOTHERAPY_CNS_ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "EGFR, PENDING", "EGFR, FAILED", "EGFR, NOT_TESTED",
    "ALK, PENDING", "ALK, FAILED", "ALK, NOT_TESTED",
    "BRAF, PENDING", "BRAF, FAILED", "BRAF, NOT_TESTED",
    "HER2, PENDING", "HER2, FAILED", "HER2, NOT_TESTED",
  })
  void whatIsNotFinalNegativeIsNotNegative(String gene, String result) {
    assertClasses(good(Given.adenocarcinomaWithoutDriver(0).marker(gene, result)));
  }

  @Test
  void geneNotMentionedIsNotNegative() {
    assertClasses(
        good(
            adenocarcinoma()
                .marker("EGFR", "NEGATIVE")
                .marker("ALK", "NEGATIVE")
                .marker("BRAF", "NEGATIVE")));
  }

  @Test
  void chemotherapyClassIsForAdenocarcinomaOnly() {
    assertClasses(good(Given.adenocarcinomaWithoutDriver(0).histology(Histology.NSCLC_NOS)));
    assertClasses(good(Given.adenocarcinomaWithoutDriver(0).histology(Histology.UNKNOWN)));
  }

  @Test
  void preliminaryMarkerPermitsNothing() {
    assertClasses(good(adenocarcinoma().marker("EGFR", "L858R").preliminary()));
  }

  @Test
  void preliminaryDriverBlocksTheClassForNonMutated() {
    assertClasses(
        good(
            Given.adenocarcinomaWithoutDriver(0),
            Facts.biopsy("again").day(2).marker("EGFR", "L858R").preliminary()));
  }

  @Test
  void newestConclusiveResultOfAGeneCounts() {
    assertClasses(
        good(
            Given.adenocarcinomaWithoutDriver(0),
            Facts.biopsy("again").day(2).marker("EGFR", "L858R")),
        THIRD_GENERATION_EGFR_TKI);
    assertClasses(
        good(
            adenocarcinoma().marker("EGFR", "L858R"),
            Facts.biopsy("again").day(2).marker("EGFR", "FAILED")),
        THIRD_GENERATION_EGFR_TKI);
  }

  @Test
  void withdrawnMarkerTakesTheRecommendationAlong() {
    assertClasses(
        good(
            adenocarcinoma().marker("EGFR", "L858R"),
            adenocarcinoma().marker("EGFR", "L858R").reportedDay(1).withdrawn()));
  }

  // ------------------------------------------------------------------ what they all need

  private static Facts.Biopsy egfr() {
    return adenocarcinoma().marker("EGFR", "L858R");
  }

  @Test
  void probableIsEnough() {
    assertClasses(
        new Patient()
            .with(
                Facts.assessment("signs").signs("GAIT"),
                Given.mri(0, Pattern.LINEAR),
                Given.kps(0, 90),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED),
                egfr()),
        THIRD_GENERATION_EGFR_TKI);
  }

  @Test
  void possibleIsNot() {
    assertClasses(
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.kps(0, 90),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED),
                egfr()));
  }

  @Test
  void onlyTheGoodArm() {
    assertClasses(Given.confirmedInPoorStatus().with(egfr()));
    assertClasses(Given.confirmedLinear().with(egfr()));
    assertClasses(Given.confirmedLinear().with(Given.kps(0, 90), egfr()));
    assertClasses(
        Given.confirmedLinear()
            .with(
                Given.kps(0, 90), Given.extracranial(0, ExtracranialDisease.PROGRESSIVE), egfr()));
    assertClasses(
        Given.confirmedLinear()
            .with(Given.kps(0, 70), Given.extracranial(0, ExtracranialDisease.CONTROLLED), egfr()));
  }

  @Test
  void declinedIsNotRecommended() {
    assertClasses(good(egfr(), Facts.assessment("no").declines("THIRD_GENERATION_EGFR_TKI")));
    assertClasses(good(egfr(), Facts.assessment("no").declines("ALL")));
    assertClasses(
        good(
            egfr(),
            Facts.assessment("no").declines("ALL"),
            Facts.assessment("yes").day(1).declines()),
        THIRD_GENERATION_EGFR_TKI);
  }

  // ------------------------------------------------------------------ G42

  @Test
  void twoDriversAreForTheBoard() {
    Patient patient = good(adenocarcinoma().marker("EGFR", "L858R").marker("ALK", "fusion"));

    assertThat(patient.asksBoard("G42")).isTrue();
    assertClasses(patient);
  }

  /** G42: no class suggestion, chemotherapy neither; one alteration without a rule is G43. */
  @Test
  void twoDriversBesideANegativePanelGetNoChemotherapyEither() {
    Patient two =
        good(Given.adenocarcinomaWithoutDriver(0).marker("KRAS", "G12C").marker("MET", "exon 14"));
    assertThat(two.asksBoard("G42")).isTrue();
    assertClasses(two);

    Patient one = good(Given.adenocarcinomaWithoutDriver(0).marker("ROS1", "fusion"));
    assertThat(one.asksBoard("G42")).isFalse();
    assertClasses(one, PLATINUM_CHEMOTHERAPY_CNS_ACTIVE);
  }

  @Test
  void exonTwentyIsForTheBoard() {
    Patient patient = good(adenocarcinoma().marker("EGFR", "exon 20 insertion"));

    assertThat(patient.asksBoard("G42")).isTrue();
    assertClasses(patient);
  }

  /** Acts of before, and then a pathway that opens on day 100, with an EGFR alteration. */
  private static Patient openedLater(Facts.Builder<?>... before) {
    return new Patient()
        .with(before)
        .with(
            Given.mri(100, Pattern.LINEAR),
            Given.goodSample(100).positive(),
            Given.kps(100, 90),
            Given.extracranial(100, ExtracranialDisease.CONTROLLED),
            egfr());
  }

  @Test
  void osimertinibBeforeTheOpeningIsForTheBoard() {
    Patient patient = openedLater(Given.systemic("old", Action.STARTED, "osimertinib").day(0));

    assertThat(patient.asksBoard("G42")).isTrue();
    assertClasses(patient);
  }

  @Test
  void progressionOnOsimertinibIsForTheBoard() {
    Patient patient =
        good(
            egfr(),
            Given.systemic("t", Action.STARTED, "osimertinib").day(1),
            Given.kps(56, 90),
            Facts.fullMri("progress").day(57).response(Response.PROGRESSED));

    assertThat(patient.asksBoard("G42")).isTrue();
    assertClasses(patient);
  }

  /** Nobody stops what was never given, unless it was ordered only. */
  @Test
  void osimertinibKnownByItsStopAloneWasGiven() {
    Patient before = openedLater(Given.systemic("old", Action.STOPPED, "osimertinib").day(0));
    assertThat(before.asksBoard("G42")).isTrue();
    assertClasses(before);

    Patient progressed =
        good(
            egfr(),
            Given.systemic("t", Action.STOPPED, "osimertinib").day(5),
            Facts.fullMri("progress").day(6).response(Response.PROGRESSED));
    assertThat(progressed.asksBoard("G42")).isTrue();
    assertClasses(progressed);
  }

  @Test
  void osimertinibThatWasOrderedAndStoppedBeforeAnyWasGivenIsNoQuestion() {
    Patient patient =
        openedLater(
            Given.systemic("order", Action.ORDERED, "osimertinib").order("o").day(0),
            Given.systemic("stop", Action.STOPPED, "osimertinib").order("o").day(1));

    assertThat(patient.asksBoard("G42")).isFalse();
    assertClasses(patient, THIRD_GENERATION_EGFR_TKI);
  }

  @Test
  void earlierGenerationBeforeTheOpeningIsNoQuestion() {
    Patient patient = openedLater(Given.systemic("old", Action.STARTED, "gefitinib").day(0));

    assertThat(patient.asksBoard("G42")).isFalse();
    assertClasses(patient, THIRD_GENERATION_EGFR_TKI);
  }

  @Test
  void oneDriverIsNoQuestion() {
    assertThat(good(egfr()).asksBoard("G42")).isFalse();
  }

  // ------------------------------------------------------------------ G43

  @ParameterizedTest
  @ValueSource(strings = {"BRAF", "HER2", "ERBB2", "ROS1", "RET", "MET", "KRAS", "NTRK1"})
  void alterationWithoutARuleIsForTheBoard(String gene) {
    Patient patient = good(adenocarcinoma().marker(gene, "altered"));

    assertThat(patient.asksBoard("G43")).isTrue();
    assertClasses(patient);
  }

  @Test
  void negativeOrPendingIsNoAlteration() {
    assertThat(good(Given.adenocarcinomaWithoutDriver(0)).asksBoard("G43")).isFalse();
    assertThat(good(adenocarcinoma().marker("ROS1", "PENDING")).asksBoard("G43")).isFalse();
  }

  @Test
  void expressionOfPdL1IsNoDriver() {
    assertThat(good(adenocarcinoma().marker("PD-L1", "100%")).asksBoard("G43")).isFalse();
  }

  @Test
  void boardIsAskedOnlyOnceTheDiagnosisIsEstablished() {
    Patient patient =
        Given.suspected()
            .with(adenocarcinoma().marker("BRAF", "V600E").marker("EGFR", "exon 20 insertion"));

    assertThat(patient.asksBoard("G42")).isFalse();
    assertThat(patient.asksBoard("G43")).isFalse();
  }

  // ------------------------------------------------------------------ G44, G45

  @ParameterizedTest
  @EnumSource(
      value = Histology.class,
      names = {"SQUAMOUS", "LARGE_CELL", "SMALL_CELL"})
  void histologyWithoutARuleIsForTheBoard(Histology histology) {
    Patient patient = good(Given.histology(0, histology));

    assertThat(patient.asksBoard("G44")).isTrue();
    assertClasses(patient);
    assertThat(Given.suspected().with(Given.histology(0, histology)).asksBoard("G44")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Histology.class,
      names = {"SQUAMOUS", "LARGE_CELL", "SMALL_CELL"})
  void boardIsAskedAboutSuchAHistologyAlsoWithADriver(Histology histology) {
    assertThat(good(Given.histology(0, histology).marker("EGFR", "L858R")).asksBoard("G44"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EGFR", "ALK"})
  void smallCellWithADriverGetsNoClass(String gene) {
    assertClasses(good(Given.histology(0, Histology.SMALL_CELL).marker(gene, "altered")));
  }

  /** It may be another tumour: a second primary gets no primary-specific advice (G45). */
  @ParameterizedTest
  @ValueSource(strings = {"EGFR", "ALK"})
  void anotherHistologyWithADriverGetsNoClass(String gene) {
    Patient patient = good(Given.histology(0, Histology.OTHER).marker(gene, "altered"));
    assertThat(patient.asksBoard("G44")).isTrue();
    assertClasses(patient);

    assertClasses(
        good(adenocarcinoma().marker(gene, "altered"), Given.histology(2, Histology.OTHER)));
  }

  @Test
  void adenocarcinomaIsNoQuestion() {
    assertThat(good(Given.adenocarcinomaWithoutDriver(0)).asksBoard("G44")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EGFR", "ALK"})
  void primaryNotConfirmedGetsNoPrimarySpecificAdvice(String gene) {
    Patient patient =
        good(
            Facts.imaging("ct").modality(Modality.CT).lungMass(true),
            Facts.biopsy("plasma").marker(gene, "altered"));

    assertClasses(patient);
    assertThat(patient.recommends(RecommendationCode.BIOPSY_LUNG_MASS)).isTrue();
  }

  /** A site may keep lists of its own; the question is about EGFR all the same. */
  @Test
  void exonTwentyIsAQuestionAlsoWhereEgfrIsInNoList() {
    String text =
        io.meninx.edition.GuidelineEditions.standard()
            .text()
            .replace("panelGenes: [EGFR, ", "panelGenes: [")
            .replace("driverGenes: [EGFR, ", "driverGenes: [");
    Patient patient =
        new Patient(
                io.meninx.edition.GuidelineEditions.read(
                    "site.yaml", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                java.time.Duration.ZERO)
            .with(
                Given.mri(0, io.meninx.fact.ImagingReport.Pattern.LINEAR),
                Given.goodSample(0).positive(),
                Given.histology(1, Histology.ADENOCARCINOMA).marker("EGFR", "exon 20 insertion"));

    assertThat(patient.asksBoard("G42")).isTrue();
  }

  /** What was given before is not undone by an order that follows. */
  @Test
  void osimertinibStoppedBeforeTheOpeningAndOrderedAnewIsForTheBoard() {
    Patient patient =
        openedLater(Given.systemic("old", Action.STOPPED, "osimertinib").day(0))
            .with(Given.systemic("again", Action.ORDERED, "osimertinib").day(105));

    assertThat(patient.asksBoard("G42")).isTrue();
    assertClasses(patient);
  }

  /** What is given after an order was stopped is not what was stopped. */
  @Test
  void osimertinibOfWhichNoneWasGivenBeforeIsNoQuestionWhenItIsStarted() {
    Patient patient =
        openedLater(
                Given.systemic("order", Action.ORDERED, "osimertinib").day(0),
                Given.systemic("stop", Action.STOPPED, "osimertinib").day(1))
            .with(Given.systemic("start", Action.STARTED, "osimertinib").day(103));

    assertThat(patient.asksBoard("G42")).isFalse();
  }

  /** Its end alone does not say since when it was given: it may have been before the imaging. */
  @Test
  void progressionBeforeTheEndByWhichAloneOsimertinibIsKnownIsForTheBoard() {
    for (Action end : new Action[] {Action.STOPPED, Action.COMPLETED}) {
      Patient patient =
          good(
              egfr(),
              Facts.fullMri("progress").day(1).response(Response.PROGRESSED),
              Given.systemic("end", end, "osimertinib").day(2));
      assertThat(patient.asksBoard("G42")).as("%s", end).isTrue();
      assertClasses(patient);

      patient.with(Given.systemic("again", Action.STARTED, "osimertinib").day(4));
      assertThat(patient.asksBoard("G42")).as("%s, then started anew", end).isTrue();
    }
  }

  @Test
  void progressionBeforeOsimertinibWasStartedIsNoQuestionWhenItEnds() {
    Patient patient =
        good(
            egfr(),
            Facts.fullMri("progress").day(1).response(Response.PROGRESSED),
            Given.systemic("start", Action.STARTED, "osimertinib").day(2),
            Given.systemic("end", Action.STOPPED, "osimertinib").day(4));

    assertThat(patient.asksBoard("G42")).isFalse();
  }

  /** The order says that it began later; one of before says nothing. */
  @Test
  void progressionBeforeOsimertinibWasOrderedIsNoQuestionWhenItIsCompleted() {
    for (int ordered : new int[] {0, 2}) {
      Patient patient =
          good(
              egfr(),
              Given.systemic("order", Action.ORDERED, "osimertinib").order("o").day(ordered),
              Facts.fullMri("progress").day(1).response(Response.PROGRESSED),
              Given.systemic("end", Action.COMPLETED, "osimertinib").order("o").day(4));

      assertThat(patient.asksBoard("G42")).as("ordered on day %s", ordered).isEqualTo(ordered < 1);
    }
  }
}
