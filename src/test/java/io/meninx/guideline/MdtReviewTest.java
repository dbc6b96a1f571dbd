package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board's questions of contract section 5: these gaps only, while the condition holds. */
class MdtReviewTest {

  private static List<String> gaps(Patient patient) {
    return patient.visible().recommendations().stream()
        .filter(recommendation -> recommendation.code() == RecommendationCode.MDT_REVIEW)
        .map(Recommendation::gap)
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void textbookPatientRaisesNoQuestion() {
    assertThat(gaps(Given.confirmedInGoodStatus().with(Given.adenocarcinomaWithoutDriver(0))))
        .isEmpty();
  }

  @Test
  void poorPatientWithoutDriverRaisesNoQuestion() {
    assertThat(gaps(Given.confirmedInPoorStatus().with(Given.adenocarcinomaWithoutDriver(0))))
        .isEmpty();
  }

  @Test
  void everyQuestionHasAnAlertWithItsGapAndNoOther() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Given.kps(0, 60),
                Facts.assessment("life").lifeExpectancyDays(30),
                Given.histology(0, Histology.SMALL_CELL).marker("KRAS", "G12C"));

    assertThat(gaps(patient)).containsExactlyInAnyOrder("G2", "G6", "G7", "G43", "G44");
    assertThat(patient.visible().openAlerts())
        .filteredOn(alert -> alert.code() == AlertCode.MDT_REVIEW_NEEDED)
        .extracting(alert -> alert.gap().orElseThrow())
        .containsExactlyInAnyOrder("G2", "G6", "G7", "G43", "G44");
  }

  @Test
  void questionsAreRoutineExceptTheDriverInThePoorArm() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Given.histology(0, Histology.SQUAMOUS).marker("EGFR", "L858R"));

    assertThat(patient.visible().openAlerts())
        .filteredOn(alert -> alert.code() == AlertCode.MDT_REVIEW_NEEDED)
        .allSatisfy(
            alert ->
                assertThat(alert.priority())
                    .isEqualTo(
                        alert.gap().equals(Optional.of("G7"))
                            ? Priority.URGENT
                            : Priority.ROUTINE));
  }

  @Test
  void questionEndsWithItsCondition() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 70));
    assertThat(gaps(patient)).containsExactly("G1");

    patient.with(Given.kps(3, 80), Given.extracranial(3, ExtracranialDisease.CONTROLLED));
    assertThat(gaps(patient)).isEmpty();
    assertThat(Seen.question(patient, "G1").orElseThrow().state()).isEqualTo(AlertState.RESOLVED);
  }

  // ------------------------------------------------------------------ G17 to G19

  /** ID, IC and IIA, whatever the thin deposits and the flow say. */
  @ParameterizedTest
  @CsvSource({
    "NONE,   POSITIVE, G17",
    "BOTH,   POSITIVE, G18",
    "LINEAR, NEGATIVE, G19",
  })
  void intrathecalQuestionsByType(
      Pattern pattern, io.meninx.fact.CsfResult.Cytology cytology, String gap) {
    for (CsfFlow flow : CsfFlow.values()) {
      Patient patient =
          new Patient()
              .with(
                  Facts.assessment("signs").signs("HEADACHE"),
                  Given.mri(0, pattern).thinDeposits(flow == CsfFlow.OBSTRUCTED),
                  Given.goodSample(0).cytology(cytology),
                  Facts.imaging("flow").modality(Modality.CSF_FLOW_STUDY).flow(flow));

      assertThat(gaps(patient)).as("flow %s", flow).contains(gap);
      assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, POSITIVE", "BOTH, POSITIVE", "LINEAR, NEGATIVE"})
  void noIntrathecalQuestionInThePoorArm(
      Pattern pattern, io.meninx.fact.CsfResult.Cytology cytology) {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("signs").signs("HEADACHE"),
                Given.mri(0, pattern),
                Given.goodSample(0).cytology(cytology),
                Given.kps(0, 50));

    assertThat(gaps(patient)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LINEAR", "NODULAR"})
  void otherTypesRaiseNoIntrathecalQuestion(String pattern) {
    assertThat(
            gaps(
                new Patient()
                    .with(Given.mri(0, Pattern.valueOf(pattern)), Given.goodSample(0).positive())))
        .isEmpty();
  }

  @Test
  void declinedBoardIsNotAsked() {
    Patient patient =
        Given.confirmedLinear()
            .with(Given.kps(0, 70), Facts.assessment("no").declines("MDT_REVIEW"));

    assertThat(gaps(patient)).isEmpty();
    assertThat(patient.isOpen(AlertCode.MDT_REVIEW_NEEDED)).isFalse();
  }

  @Test
  void sameKpsAgainAsksNoNewQuestion() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 70), Given.kps(2, 70)).untilDay(3);

    assertThat(
            patient.revisions(AlertCode.MDT_REVIEW_NEEDED).stream()
                .filter(alert -> alert.gap().equals(Optional.of("G1")))
                .map(AlertRevision::alertKey)
                .distinct())
        .hasSize(1);
    assertThat(Seen.question(patient, "G1").flatMap(AlertRevision::dueAt))
        .contains(Facts.at(5, "00:00"));
  }

  @Test
  void progressionReportedLaterThanTheKpsSetsTheDueDate() {
    Patient patient =
        Given.confirmedInGoodStatus().with(Given.extracranial(5, ExtracranialDisease.PROGRESSIVE));

    assertThat(Seen.question(patient, "G4").flatMap(AlertRevision::dueAt))
        .contains(Facts.at(8, "00:00"));
  }
}
