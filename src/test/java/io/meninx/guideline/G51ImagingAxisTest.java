package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The imaging axis of contract section 4, seen through the type with positive cytology. */
class G51ImagingAxisTest {

  private static Facts.Imaging part(String id, int day, Pattern pattern) {
    return Facts.imaging(id).modality(Modality.MRI).contrast(true).day(day).pattern(pattern);
  }

  /** The type, given tumour cells in the CSF; the pathway opens on day 0 in any case. */
  private static LmType type(Facts.Imaging... reports) {
    return patient(reports).visible().type();
  }

  private static Patient patient(Facts.Imaging... reports) {
    return new Patient().with(Given.goodSample(0).positive()).with(reports);
  }

  // ------------------------------------------------------------------ parts that add up

  @Test
  void brainAndSpineWithinFourteenDaysAreOneExamination() {
    assertThat(
            type(part("brain", 0, Pattern.NONE).brain(), part("spine", 14, Pattern.NONE).spine()))
        .isEqualTo(LmType.ID);
  }

  @Test
  void brainAndSpineFifteenDaysApartShowNothing() {
    assertThat(
            type(part("brain", 0, Pattern.NONE).brain(), part("spine", 15, Pattern.NONE).spine()))
        .isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void linearInOnePartAndNodularInAnotherIsBoth() {
    assertThat(
            type(
                part("brain", 0, Pattern.LINEAR).brain(),
                part("spine", 14, Pattern.NODULAR).spine()))
        .isEqualTo(LmType.IC);
  }

  @Test
  void linearAndNodularFifteenDaysApartAreTwoExaminations() {
    assertThat(
            type(
                part("brain", 0, Pattern.LINEAR).brain(),
                part("spine", 15, Pattern.NODULAR).spine()))
        .isEqualTo(LmType.IB);
  }

  @Test
  void positiveOutweighsNoneElsewhere() {
    assertThat(
            type(part("spine", 0, Pattern.LINEAR).spine(), part("brain", 10, Pattern.NONE).brain()))
        .isEqualTo(LmType.IA);
  }

  @Test
  void moreSpecificPatternOutweighsUnspecified() {
    assertThat(
            type(
                part("brain", 0, Pattern.LINEAR).brain(),
                part("again", 5, Pattern.POSITIVE_UNSPECIFIED).brain()))
        .isEqualTo(LmType.IA);
  }

  @Test
  void linearAgainstNodularOnTheSameRegionIsUnspecified() {
    Patient patient =
        patient(part("one", 0, Pattern.LINEAR).brain(), part("other", 5, Pattern.NODULAR).brain());

    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void nodularBrainAgainstLinearNeuroaxisIsUnspecifiedAndPermitsNoLinearType() {
    assertThat(
            type(
                part("all", 0, Pattern.LINEAR).neuroaxis(),
                part("brain", 5, Pattern.NODULAR).brain()))
        .isEqualTo(LmType.UNDETERMINED);
  }

  // ------------------------------------------------------------------ what determines the axis

  @ParameterizedTest
  @CsvSource({"LINEAR, IA", "NODULAR, IB", "BOTH, IC"})
  void positivePatternCountsFromAPoorExamination(Pattern pattern, LmType expected) {
    assertThat(
            type(
                Facts.imaging("poor")
                    .modality(Modality.MRI)
                    .contrast(false)
                    .tesla(0.5)
                    .brain()
                    .pattern(pattern)))
        .isEqualTo(expected);
  }

  @Test
  void positivePatternCountsWhenTheModalityIsNotStated() {
    assertThat(type(Facts.imaging("report").pattern(Pattern.LINEAR))).isEqualTo(LmType.IA);
  }

  @Test
  void noneDoesNotCountWhenTheModalityIsNotStated() {
    assertThat(type(Facts.imaging("report").neuroaxis().contrast(true).pattern(Pattern.NONE)))
        .isEqualTo(LmType.UNDETERMINED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"CT", "PET_CT", "CSF_FLOW_STUDY"})
  void otherModalitiesNeverCount(Modality modality) {
    for (Pattern pattern : new Pattern[] {Pattern.LINEAR, Pattern.NONE}) {
      assertThat(
              type(
                  Facts.imaging("report")
                      .modality(modality)
                      .neuroaxis()
                      .contrast(true)
                      .pattern(pattern)))
          .isEqualTo(LmType.UNDETERMINED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"NONE", "EQUIVOCAL"})
  void noneAndEquivocalAreNormalOnlyWithContrastAndFullCoverage(Pattern pattern) {
    assertThat(type(part("full", 0, pattern).neuroaxis())).isEqualTo(LmType.ID);
    assertThat(type(part("spine missing", 0, pattern).brain())).isEqualTo(LmType.UNDETERMINED);
    assertThat(type(Facts.imaging("plain").modality(Modality.MRI).neuroaxis().pattern(pattern)))
        .isEqualTo(LmType.UNDETERMINED);
    assertThat(
            type(
                Facts.imaging("plain")
                    .modality(Modality.MRI)
                    .neuroaxis()
                    .contrast(false)
                    .pattern(pattern)))
        .isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void fieldStrengthDoesNotMatterForTheAxis() {
    assertThat(type(part("low field", 0, Pattern.NONE).neuroaxis().tesla(0.5)))
        .isEqualTo(LmType.ID);
  }

  @Test
  void regionsNotStatedCannotShowNormal() {
    assertThat(type(part("report", 0, Pattern.NONE))).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void newestExaminationThatDeterminesItCounts() {
    assertThat(
            type(
                part("first", 0, Pattern.LINEAR).neuroaxis(),
                part("second", 30, Pattern.NODULAR).neuroaxis()))
        .isEqualTo(LmType.IB);
  }

  @Test
  void normalExaminationBeforeTreatmentReplacesAnOlderOne() {
    assertThat(
            type(
                part("first", 0, Pattern.LINEAR).neuroaxis(),
                part("second", 30, Pattern.NONE).neuroaxis()))
        .isEqualTo(LmType.ID);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"NONE", "EQUIVOCAL"})
  void examinationThatCouldNotShowItReplacesNothing(Pattern pattern) {
    assertThat(
            type(
                part("first", 0, Pattern.LINEAR).neuroaxis(),
                part("brain only", 30, pattern).brain()))
        .isEqualTo(LmType.IA);
    assertThat(
            type(
                part("first", 0, Pattern.LINEAR).neuroaxis(),
                Facts.imaging("plain").modality(Modality.MRI).neuroaxis().day(30).pattern(pattern)))
        .isEqualTo(LmType.IA);
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"NOT_ASSESSED", "UNKNOWN"})
  void reportThatSaysNothingReplacesNothing(Pattern pattern) {
    assertThat(
            type(
                part("first", 0, Pattern.LINEAR).neuroaxis(),
                part("second", 30, pattern).neuroaxis()))
        .isEqualTo(LmType.IA);
  }

  // ------------------------------------------------------------------ before and after T0

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"NONE", "EQUIVOCAL"})
  void afterTreatmentBeganNormalImagingIsAResponse(Pattern pattern) {
    Patient patient =
        patient(part("first", 0, Pattern.LINEAR).neuroaxis())
            .with(
                Given.systemic("t", Action.STARTED, "osimertinib").day(3),
                part("response", 10, pattern).neuroaxis());

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
  }

  @Test
  void afterTreatmentBeganANewPatternCounts() {
    Patient patient =
        patient(part("first", 0, Pattern.LINEAR).neuroaxis())
            .with(
                Given.systemic("t", Action.STARTED, "osimertinib").day(3),
                part("progress", 60, Pattern.BOTH).neuroaxis());

    assertThat(patient.visible().type()).isEqualTo(LmType.IC);
  }

  // ------------------------------------------------------------------ reports that disagree

  @Test
  void positiveAgainstNoneOnTheSameRegionIsInConflict() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("signs").signs("HEADACHE"),
                part("one", 0, Pattern.LINEAR).brain(),
                part("other", 14, Pattern.NONE).neuroaxis());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.UNDETERMINED);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
    assertThat(Seen.priority(patient, AlertCode.DATA_CONFLICT)).contains(Priority.URGENT);
  }

  @Test
  void conflictLeavesPositiveCytologyConfirmed() {
    Patient patient =
        patient(
            part("one", 0, Pattern.LINEAR).brain(), part("other", 14, Pattern.NONE).neuroaxis());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void fifteenDaysApartIsAChangeNotAConflict() {
    Patient patient =
        patient(
            part("one", 0, Pattern.LINEAR).brain(), part("other", 15, Pattern.NONE).neuroaxis());

    assertThat(patient.visible().type()).isEqualTo(LmType.ID);
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
  }

  @Test
  void noneWithoutContrastContradictsNothing() {
    Patient patient =
        patient(
            part("one", 0, Pattern.LINEAR).brain(),
            Facts.imaging("plain")
                .modality(Modality.MRI)
                .brain()
                .contrast(false)
                .day(5)
                .pattern(Pattern.NONE));

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
  }

  @Test
  void spineMriAddedLaterDoesNotHideTheConflictAboutTheBrain() {
    Patient patient =
        new Patient()
            .with(
                part("one", 0, Pattern.LINEAR).brain(),
                part("other", 10, Pattern.NONE).brain(),
                part("spine", 20, Pattern.NONE).spine());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.UNDETERMINED);
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isTrue();
  }

  @Test
  void withdrawnReportEndsTheConflict() {
    Patient patient =
        patient(
            part("one", 0, Pattern.LINEAR).brain(),
            part("other", 5, Pattern.NONE).brain(),
            part("other", 5, Pattern.NONE).brain().reportedDay(6).withdrawn());

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
  }

  // ------------------------------------------------------------------ result status

  @Test
  void preliminaryReportDoesNotClassify() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                part("report", 0, Pattern.LINEAR).neuroaxis().preliminary());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.UNDETERMINED);
  }

  @Test
  void amendedReportReplacesTheFinalOne() {
    assertThat(
            type(
                part("report", 0, Pattern.LINEAR).neuroaxis(),
                part("report", 0, Pattern.NODULAR).neuroaxis().reportedDay(1).amended()))
        .isEqualTo(LmType.IB);
  }

  @Test
  void cancelledReportIsUnknownNeverNormal() {
    assertThat(type(part("report", 0, Pattern.NONE).neuroaxis().cancelled()))
        .isEqualTo(LmType.UNDETERMINED);
  }
}
