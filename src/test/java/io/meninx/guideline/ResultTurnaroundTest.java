package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.RESULT_OVERDUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Results that do not come (clinical rules, section 5): cytology 3, panel 10, MRI report 2, board's
 * answer 3 working days. Day 0 is a Wednesday.
 */
class ResultTurnaroundTest {

  private static void assertLate(Patient patient, AlertStage stage) {
    assertThat(Seen.stage(patient, RESULT_OVERDUE).orElse(null)).isEqualTo(stage);
    Priority expected =
        stage == null ? null : stage == AlertStage.CRITICAL ? Priority.URGENT : Priority.ROUTINE;
    assertThat(Seen.priority(patient, RESULT_OVERDUE).orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"5, ", "6, OVERDUE", "7, OVERDUE", "8, CRITICAL"})
  void cytology(int day, AlertStage stage) {
    assertLate(Given.suspected().with(Facts.csf("csf").pending()).untilDay(day), stage);
  }

  @ParameterizedTest
  @CsvSource({"14, ", "15, OVERDUE", "21, OVERDUE", "22, CRITICAL"})
  void molecularPanel(int day, AlertStage stage) {
    assertLate(Given.suspected().with(Facts.biopsy("b").pending()).untilDay(day), stage);
  }

  @ParameterizedTest
  @CsvSource({"14, ", "15, OVERDUE", "21, OVERDUE", "22, CRITICAL"})
  void geneStillPendingInAFinalReport(int day, AlertStage stage) {
    assertLate(
        Given.suspected()
            .with(Given.histology(0, Histology.ADENOCARCINOMA).marker("ALK", "PENDING"))
            .untilDay(day),
        stage);
  }

  @ParameterizedTest
  @CsvSource({"2, ", "3, OVERDUE", "6, OVERDUE", "7, CRITICAL"})
  void mriReport(int day, AlertStage stage) {
    assertLate(
        Given.suspected().with(Facts.imaging("mri").modality(Modality.MRI).pending()).untilDay(day),
        stage);
  }

  /** A preliminary version that does not say what was asked for ends the waiting for nobody. */
  @ParameterizedTest
  @CsvSource({"5, ", "6, OVERDUE", "7, OVERDUE", "8, CRITICAL"})
  void preliminaryCytologyThatIsStillToCome(int day, AlertStage stage) {
    Patient patient =
        Given.suspected()
            .with(Facts.csf("csf").pending(), Facts.csf("csf").reportedDay(1).preliminary())
            .untilDay(day);

    assertThat(Seen.stage(patient, RESULT_OVERDUE).orElse(null)).isEqualTo(stage);
    patient
        .open(RESULT_OVERDUE)
        .ifPresent(
            alert -> {
              assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
              assertThat(alert.preliminary()).isTrue();
              assertThat(alert.evidence().getFirst().value()).isEqualTo("status=PRELIMINARY");
            });
  }

  @Test
  void preliminaryHistologyAndMriThatAreStillToCome() {
    assertThat(
            Given.suspected()
                .with(Facts.biopsy("b").preliminary())
                .untilDay(15)
                .isOpen(RESULT_OVERDUE))
        .isTrue();
    assertThat(
            Given.suspected()
                .with(Facts.imaging("mri").modality(Modality.MRI).preliminary())
                .untilDay(3)
                .isOpen(RESULT_OVERDUE))
        .isTrue();
  }

  /** It classifies nothing before its final version comes, so that one is asked for. */
  @Test
  void theFinalVersionOfAPreliminaryResultIsWaitedFor() {
    Patient patient =
        Given.suspected()
            .with(Facts.csf("csf").pending(), Facts.csf("csf").positive().preliminary())
            .untilDay(30);
    AlertRevision alert = patient.open(RESULT_OVERDUE).orElseThrow();

    assertThat(alert.summary()).contains("cytology");
    assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
    assertThat(alert.preliminary()).isTrue();
    assertThat(patient.with(Facts.csf("csf").day(31).positive()).isOpen(RESULT_OVERDUE)).isFalse();
  }

  @Test
  void imagingOrderedWithoutModalityMayBeAnMri() {
    assertThat(
            Given.suspected()
                .with(Facts.imaging("mri").pending())
                .untilDay(4)
                .isOpen(RESULT_OVERDUE))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"CT", "PET_CT", "CSF_FLOW_STUDY"})
  void otherImagingHasNoTurnaround(Modality modality) {
    assertThat(
            Given.suspected()
                .with(Facts.imaging("i").modality(modality).pending())
                .untilDay(30)
                .isOpen(RESULT_OVERDUE))
        .isFalse();
  }

  @Test
  void resultEndsIt() {
    Patient patient = Given.suspected().with(Facts.csf("csf").pending()).untilDay(9);
    patient.with(Facts.csf("csf").positive().reportedDay(9));

    assertThat(patient.isOpen(RESULT_OVERDUE)).isFalse();
  }

  @Test
  void cancellationEndsItAndIsNotNegative() {
    Patient patient = Given.suspected().with(Facts.csf("csf").pending()).untilDay(9);
    patient.with(Facts.csf("csf").reportedDay(9).cancelled());

    assertThat(patient.isOpen(RESULT_OVERDUE)).isFalse();
    assertThat(patient.recommends(RecommendationCode.REPEAT_LUMBAR_PUNCTURE)).isFalse();
  }

  @Test
  void whatWasOrderedBeforeTheOpeningIsHistory() {
    assertThat(
            new Patient()
                .with(Facts.csf("old").day(0).pending(), Given.mri(50, Pattern.LINEAR))
                .isOpen(RESULT_OVERDUE))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5, ", "6, OVERDUE", "7, OVERDUE", "8, CRITICAL"})
  void answerOfTheBoard(int day, AlertStage stage) {
    Patient patient =
        Given.confirmedLinear()
            .with(Given.kps(0, 70), Given.adenocarcinomaWithoutDriver(0))
            .untilDay(day);

    assertThat(patient.asksBoard("G1")).isTrue();
    // G19, G17 and G18 do not arise for IA: the only question is G1
    assertLate(patient, stage);
  }

  @Test
  void boardThatAnsweredIsNotLate() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Given.kps(0, 70),
                Facts.response("r", AlertResponse.Action.ACKNOWLEDGED)
                    .day(2)
                    .code("MDT_REVIEW_NEEDED")
                    .gap("G1")
                    .mdtId("mdt-7"))
            .untilDay(12);

    assertThat(patient.isOpen(RESULT_OVERDUE)).isFalse();
  }

  @Test
  void acknowledgementWithoutABoardIsNoAnswer() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Given.kps(0, 70),
                Facts.response("r", AlertResponse.Action.ACKNOWLEDGED)
                    .day(2)
                    .code("MDT_REVIEW_NEEDED")
                    .gap("G1"))
            .untilDay(12);

    assertThat(patient.isOpen(RESULT_OVERDUE)).isTrue();
  }

  @Test
  void questionThatOnlyRepeatsKeepsItsDueDateAndItsAnswer() {
    Patient waiting = Given.confirmedLinear().with(Given.kps(0, 70), Given.kps(5, 70)).untilDay(8);
    assertLate(waiting, AlertStage.CRITICAL);

    Patient answered =
        Given.confirmedLinear()
            .with(
                Given.kps(0, 70),
                Facts.response("r", AlertResponse.Action.ACKNOWLEDGED)
                    .day(2)
                    .code("MDT_REVIEW_NEEDED")
                    .gap("G1")
                    .mdtId("mdt-7"),
                Given.kps(5, 70))
            .untilDay(20);
    assertThat(answered.isOpen(RESULT_OVERDUE)).isFalse();
  }

  @Test
  void geneReportedPendingAgainIsStillLateFromTheFirstReport() {
    Patient patient =
        Given.suspected()
            .with(
                Given.histology(0, Histology.ADENOCARCINOMA).marker("ALK", "PENDING"),
                Facts.biopsy("again").day(10).marker("ALK", "PENDING"))
            .untilDay(15);

    assertLate(patient, AlertStage.OVERDUE);
  }

  /** KPS 70, better, and 70 again: the board is asked twice, and each answer is waited for. */
  @Test
  void anotherQuestionOfTheSameGapIsWaitedForAnew() {
    Patient patient =
        Scenes.eligiblePatient().with(Facts.kps("k1", 70).day(1).reportedDay(1)).untilDay(9);
    String first = patient.open(AlertCode.RESULT_OVERDUE).orElseThrow().alertKey();
    patient.with(
        Facts.kps("k2", 80).day(10).reportedDay(10), Facts.kps("k3", 70).day(20).reportedDay(20));

    assertThat(patient.untilDay(28).open(AlertCode.RESULT_OVERDUE))
        .hasValueSatisfying(alert -> assertThat(alert.alertKey()).isNotEqualTo(first));
  }

  /** Where something else is late too, one alert names both. */
  @Test
  void aPreliminaryResultIsNamedBesideWhatElseIsLate() {
    Patient patient =
        Given.suspected()
            .with(Facts.csf("csf").positive().preliminary(), Facts.csf("next").day(1).pending())
            .untilDay(30);

    assertThat(patient.open(RESULT_OVERDUE).orElseThrow().evidence())
        .extracting(Evidence::factId)
        .contains("csf", "next");
  }

  /**
   * What is preliminary raises nothing (contract section 3): the pending one is a day late only.
   */
  @Test
  void aPreliminaryResultDoesNotRaiseWhatElseIsLate() {
    Patient patient =
        Given.suspected()
            .with(Facts.csf("csf").positive().preliminary(), Facts.csf("next").day(20).pending())
            .untilDay(27);
    AlertRevision alert = patient.open(RESULT_OVERDUE).orElseThrow();

    assertThat(alert.evidence()).extracting(Evidence::factId).contains("csf", "next");
    assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
    assertThat(alert.stage()).contains(AlertStage.OVERDUE);
    assertThat(alert.preliminary()).isFalse();
  }
}
