package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.NEUROAXIS_MRI_INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S3: contrast MRI of brain and whole spine at 1.5 or 3 T. */
class S03NeuroaxisMriTest {
  private static Facts.Imaging conforming(String id) {
    return Facts.imaging(id)
        .modality(Modality.MRI)
        .contrast(true)
        .tesla(1.5)
        .pattern(Pattern.LINEAR);
  }

  private static Patient with(Facts.Imaging... reports) {
    return Given.suspected().with(reports);
  }

  private static void assertIncomplete(Patient patient) {
    assertThat(patient.recommends(RecommendationCode.COMPLETE_NEUROAXIS_MRI)).isTrue();
    assertThat(Seen.priority(patient, NEUROAXIS_MRI_INCOMPLETE)).contains(Priority.ROUTINE);
  }

  private static void assertComplete(Patient patient) {
    assertThat(patient.recommends(RecommendationCode.COMPLETE_NEUROAXIS_MRI)).isFalse();
    assertThat(patient.isOpen(NEUROAXIS_MRI_INCOMPLETE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3.0})
  void completeAtBothFieldStrengths(double tesla) {
    assertComplete(with(conforming("mri").neuroaxis().tesla(tesla)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.0, 7.0, Double.NaN})
  void otherOrUnknownFieldStrengthDoesNotConform(double tesla) {
    assertIncomplete(with(conforming("mri").neuroaxis().tesla(tesla)));
  }

  @Test
  void noMriAtAll() {
    assertIncomplete(Given.suspected());
  }

  @ParameterizedTest
  @EnumSource(
      value = Region.class,
      names = {"BRAIN", "CERVICAL_SPINE", "THORACIC_SPINE", "LUMBOSACRAL_SPINE"})
  void oneRegionMissingIsNamed(Region missing) {
    Facts.Imaging mri = conforming("mri");
    ImagingAxis.NEUROAXIS.stream().filter(region -> region != missing).forEach(mri::regions);
    Patient patient = with(mri);

    assertIncomplete(patient);
    assertThat(patient.open(NEUROAXIS_MRI_INCOMPLETE).orElseThrow().summary())
        .contains(missing.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
  }

  @Test
  void withoutContrast() {
    assertIncomplete(with(conforming("mri").neuroaxis().contrast(false)));
  }

  @Test
  void contrastNotStatedIsNotContrast() {
    assertIncomplete(
        with(
            Facts.imaging("mri")
                .modality(Modality.MRI)
                .neuroaxis()
                .tesla(3)
                .pattern(Pattern.LINEAR)));
  }

  @Test
  void computedTomographyCoversNothing() {
    assertIncomplete(with(conforming("ct").neuroaxis().modality(Modality.CT)));
  }

  @ParameterizedTest
  @CsvSource({"14, true", "15, false"})
  void partsWithinFourteenDaysAddUp(int day, boolean complete) {
    Patient patient = with(conforming("brain").brain(), conforming("spine").spine().day(day));

    assertThat(patient.isOpen(NEUROAXIS_MRI_INCOMPLETE)).isEqualTo(!complete);
  }

  @ParameterizedTest
  @CsvSource({"14, ", "15, OVERDUE", "28, OVERDUE", "29, CRITICAL"})
  void ageOfTheBaselineAtTheStartOfTreatment(int start, AlertStage stage) {
    Patient patient =
        with(conforming("mri").neuroaxis())
            .with(Given.systemic("t", Action.STARTED, "osimertinib").day(start));

    assertThat(patient.isOpen(NEUROAXIS_MRI_INCOMPLETE)).isEqualTo(stage != null);
    assertThat(Seen.stage(patient, NEUROAXIS_MRI_INCOMPLETE).orElse(null)).isEqualTo(stage);
    assertThat(Seen.priority(patient, NEUROAXIS_MRI_INCOMPLETE).orElse(Priority.ROUTINE))
        .isEqualTo(Priority.ROUTINE);
  }

  private static String summary(Patient patient) {
    return patient.open(NEUROAXIS_MRI_INCOMPLETE).orElseThrow().summary();
  }

  /** Without treatment it is the opening that the age is measured at, and the alert says so. */
  @Test
  void anOldBaselineIsToldByWhatItIsOldFor() {
    Facts.Imaging old = conforming("mri").neuroaxis().pattern(Pattern.NONE).day(-29);
    Patient untreated = new Patient().with(old, Given.goodSample(0).positive());

    assertThat(summary(untreated)).contains("too old at the opening of the pathway");
    assertThat(summary(untreated.with(Given.systemic("t", Action.STARTED, "osimertinib").day(1))))
        .contains("too old at treatment start");
  }

  /** A newer one that lacks a part says what to complete. */
  @Test
  void theMissingPartIsNamedBeforeTheAge() {
    Patient patient =
        new Patient()
            .with(
                conforming("mri").neuroaxis().pattern(Pattern.NONE).day(-29),
                conforming("brain").brain().day(0));

    assertThat(summary(patient)).contains("missing cervical spine");
  }

  @Test
  void preliminaryReportDoesNotComplete() {
    assertIncomplete(with(conforming("mri").neuroaxis().preliminary()));
  }

  @Test
  void orderedExaminationDoesNotComplete() {
    assertIncomplete(with(conforming("mri").neuroaxis().pending()));
  }

  @Test
  void declinedRaisesNothing() {
    Patient patient =
        Given.suspected().with(Facts.assessment("no").declines("COMPLETE_NEUROAXIS_MRI"));

    assertComplete(patient);
  }

  @Test
  void withdrawnReportOpensItAgain() {
    assertIncomplete(
        with(
            conforming("mri").neuroaxis(),
            conforming("mri").neuroaxis().reportedDay(1).withdrawn()));
  }

  @Test
  void nothingIsAskedBeforeTheOpening() {
    assertThat(
            new Patient()
                .with(conforming("mri").brain().pattern(Pattern.NONE))
                .isOpen(NEUROAXIS_MRI_INCOMPLETE))
        .isFalse();
  }

  /** It is no part of the examination, whatever its technique. */
  @Test
  void anMriOfTheAbdomenTakesNothingFromIt() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, io.meninx.fact.ImagingReport.Pattern.LINEAR),
                Facts.imaging("liver")
                    .modality(io.meninx.fact.ImagingReport.Modality.MRI)
                    .regions(io.meninx.fact.ImagingReport.Region.ABDOMEN)
                    .contrast(false)
                    .day(2));

    assertThat(patient.isOpen(AlertCode.NEUROAXIS_MRI_INCOMPLETE)).isFalse();
  }
}
