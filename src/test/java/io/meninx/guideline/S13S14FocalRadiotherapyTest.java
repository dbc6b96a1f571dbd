package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.RADIOTHERAPY_DOSE_OUT_OF_RANGE;
import static io.meninx.guideline.RecommendationCode.FOCAL_RADIOTHERAPY;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.pathway.EventType;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S13, S14: focal radiotherapy, for whom and how much. */
class S13S14FocalRadiotherapyTest {

  private static boolean warned(Facts.Treatment treatment) {
    return Given.confirmedInGoodStatus()
        .with(treatment.day(1))
        .isOpen(RADIOTHERAPY_DOSE_OUT_OF_RANGE);
  }

  private static Facts.Treatment focal(Action action) {
    return Given.radiotherapy("rt", action).field(Field.FOCAL);
  }

  // ------------------------------------------------------------------ dose

  @ParameterizedTest
  @CsvSource({
    "30, 10, false",
    "36, 12, false",
    "36, 10, false",
    "30, 12, false",
    "29.9, 10, true",
    "36.1, 12, true",
    "30, 9, true",
    "36, 13, true",
    "20, 5, true",
    "8, 1, true",
  })
  void prescription(double gray, int fractions, boolean warned) {
    assertThat(warned(focal(Action.ORDERED).doseGy(gray).fractions(fractions))).isEqualTo(warned);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"ORDERED", "STARTED", "ADMINISTERED", "COMPLETED"})
  void warnsFromTheOrderToTheEnd(Action action) {
    assertThat(warned(focal(action).doseGy(20).fractions(5))).isTrue();
  }

  @Test
  void halfKnownPrescriptionIsJudgedByWhatIsKnown() {
    assertThat(warned(focal(Action.ORDERED).doseGy(20))).isTrue();
    assertThat(warned(focal(Action.ORDERED).fractions(5))).isTrue();
    assertThat(warned(focal(Action.ORDERED).doseGy(30))).isFalse();
    assertThat(warned(focal(Action.ORDERED))).isFalse();
  }

  @Test
  void oneDailyFractionGivenIsNoPrescription() {
    assertThat(warned(focal(Action.ADMINISTERED).doseGy(3).fractions(1))).isFalse();
    assertThat(warned(focal(Action.ADMINISTERED).doseGy(3))).isFalse();
  }

  @Test
  void largeDoseGivenAtOnceIsAPrescription() {
    assertThat(warned(focal(Action.ADMINISTERED).doseGy(8).fractions(1))).isTrue();
    assertThat(warned(focal(Action.ADMINISTERED).doseGy(20))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.class,
      names = {"WHOLE_BRAIN", "CRANIOSPINAL", "UNKNOWN"})
  void otherFieldsHaveOtherDoses(Field field) {
    assertThat(
            warned(Given.radiotherapy("rt", Action.ORDERED).field(field).doseGy(20).fractions(5)))
        .isFalse();
  }

  @Test
  void warnsUrgentlyAndBlocksNothing() {
    Patient patient =
        Given.confirmedInGoodStatus().with(focal(Action.ORDERED).doseGy(20).fractions(5).day(1));

    assertThat(Seen.priority(patient, RADIOTHERAPY_DOSE_OUT_OF_RANGE)).contains(Priority.URGENT);
    assertThat(patient.visible().contraindications()).isEmpty();
  }

  @Test
  void cancelledOrderEndsTheWarning() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                focal(Action.ORDERED).doseGy(20).fractions(5).order("o").day(1),
                Given.radiotherapy("end", Action.CANCELLED).order("o").day(2));

    assertThat(patient.isOpen(RADIOTHERAPY_DOSE_OUT_OF_RANGE)).isFalse();
  }

  // ------------------------------------------------------------------ for whom

  @Test
  void cordCompression() {
    assertThat(
            Given.confirmedInGoodStatus()
                .with(Facts.imaging("spine").modality(Modality.MRI).spine().cordCompression(true))
                .recommends(FOCAL_RADIOTHERAPY))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRANIAL_NERVE_PALSY", "DIPLOPIA", "VISUAL_LOSS", "HEARING_LOSS"})
  void cranialNeuropathy(String sign) {
    assertThat(
            Given.confirmedInGoodStatus()
                .with(Facts.assessment("signs").signs(sign))
                .recommends(FOCAL_RADIOTHERAPY))
        .isTrue();
  }

  @Test
  void symptomaticNodule() {
    assertThat(
            new Patient()
                .with(
                    Given.mri(0, Pattern.NODULAR),
                    Given.goodSample(0).positive(),
                    Given.kps(0, 90),
                    Given.extracranial(
                        0, io.meninx.fact.ClinicalAssessment.ExtracranialDisease.CONTROLLED),
                    Facts.assessment("signs").signs("RADICULOPATHY"))
                .recommends(FOCAL_RADIOTHERAPY))
        .isTrue();
  }

  @Test
  void headacheWithLinearDiseaseNamesNoSite() {
    assertThat(
            Given.confirmedInGoodStatus()
                .with(Facts.assessment("signs").signs("HEADACHE"))
                .recommends(FOCAL_RADIOTHERAPY))
        .isFalse();
  }

  @Test
  void neitherWithoutSymptomsNorBeforeTheDiagnosisNorInThePoorArm() {
    assertThat(Given.confirmedInGoodStatus().recommends(FOCAL_RADIOTHERAPY)).isFalse();
    assertThat(
            Given.suspected()
                .with(Given.kps(0, 90), Facts.assessment("signs").signs("DIPLOPIA"))
                .recommends(FOCAL_RADIOTHERAPY))
        .isFalse();
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Facts.assessment("signs").signs("DIPLOPIA"))
                .recommends(FOCAL_RADIOTHERAPY))
        .isFalse();
  }

  /** Contract section 6: a field that is not given fires nothing and is a {@code missing}. */
  @Test
  void aFieldThatIsNotGivenIsNamedAsMissing() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Given.radiotherapy("rt", TreatmentEvent.Action.STARTED).day(1),
                Facts.imaging("cord").day(2).cordCompression(true));

    assertThat(patient.events)
        .filteredOn(
            event ->
                event.type() == EventType.RECOMMENDATION_ISSUED
                    && event.code().equals(RecommendationCode.FOCAL_RADIOTHERAPY.name()))
        .singleElement()
        .satisfies(event -> assertThat(event.missing()).contains("TREATMENT.radiotherapyField"));
  }

  private static Facts.Imaging cord(int day, boolean compressed, Region... regions) {
    return Facts.imaging("cord-" + day)
        .modality(io.meninx.fact.ImagingReport.Modality.MRI)
        .regions(regions)
        .cordCompression(compressed)
        .day(day);
  }

  private static boolean recommended(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus()
        .with(facts)
        .recommends(RecommendationCode.FOCAL_RADIOTHERAPY);
  }

  /** Contract section 3: a negative finding counts only where it could have been seen. */
  @Test
  void cordCompressionIsGoneOnlyWhereItWasSeen() {
    Facts.Imaging seen = cord(1, true, Region.THORACIC_SPINE);

    assertThat(recommended(seen)).isTrue();
    assertThat(recommended(seen, cord(2, false, Region.BRAIN))).isTrue();
    assertThat(recommended(seen, cord(2, false, Region.CERVICAL_SPINE))).isTrue();
    assertThat(recommended(seen, cord(2, false, Region.THORACIC_SPINE))).isFalse();
    assertThat(recommended(seen, cord(2, false))).isFalse();
    assertThat(
            recommended(
                seen, cord(2, true, Region.CERVICAL_SPINE), cord(3, false, Region.CERVICAL_SPINE)))
        .as("still in the other")
        .isTrue();
    assertThat(recommended(cord(1, true), cord(2, false, Region.LUMBOSACRAL_SPINE)))
        .as("it may be anywhere")
        .isTrue();
    assertThat(recommended(cord(1, true), cord(2, false).spine())).isFalse();
  }
}
