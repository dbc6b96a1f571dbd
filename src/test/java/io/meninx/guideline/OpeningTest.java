package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** When the pathway opens, and what was before it (contract section 4). */
class OpeningTest {

  private static void assertNotOpened(Patient patient) {
    assertThat(patient.visible()).isEqualTo(PublicState.EMPTY);
    assertThat(patient.alerts).isEmpty();
  }

  /** An opened pathway without a KPS asks for one. */
  private static void assertOpened(Patient patient) {
    assertThat(patient.isOpen(AlertCode.KPS_MISSING_OR_STALE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"LINEAR", "NODULAR", "BOTH", "POSITIVE_UNSPECIFIED", "EQUIVOCAL"})
  void leptomeningealPatternOpens(Pattern pattern) {
    assertOpened(new Patient().with(Given.mri(0, pattern)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Pattern.class,
      names = {"NONE", "NOT_ASSESSED", "UNKNOWN"})
  void patternThatSaysNothingDoesNotOpen(Pattern pattern) {
    assertNotOpened(new Patient().with(Given.mri(0, pattern)));
  }

  @Test
  void anyCsfResultOpens() {
    assertOpened(new Patient().with(Facts.csf("csf").proteinMgDl(40)));
  }

  @Test
  void csfOnlyOrderedDoesNotOpen() {
    assertNotOpened(new Patient().with(Facts.csf("csf").pending()));
  }

  @Test
  void cancelledCsfDoesNotOpen() {
    assertNotOpened(new Patient().with(Facts.csf("csf").negative().cancelled()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Suspicion.class,
      names = {"HIGH", "LOW"})
  void suspicionSetOpens(Suspicion suspicion) {
    assertOpened(new Patient().with(Given.suspicion(0, suspicion)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"INTRATHECAL", "OMMAYA_PLACEMENT"})
  void treatmentOfTheLeptomeningesOpens(Modality modality) {
    assertOpened(new Patient().with(Facts.treatment("t", modality, Action.ORDERED)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      mode = Mode.EXCLUDE,
      names = {"INTRATHECAL", "OMMAYA_PLACEMENT"})
  void otherTreatmentDoesNotOpen(Modality modality) {
    assertNotOpened(
        new Patient()
            .with(Facts.treatment("t", modality, Action.ADMINISTERED).agent("osimertinib")));
  }

  @Test
  void signsPerformanceAndHistologyDoNotOpen() {
    assertNotOpened(
        new Patient()
            .with(
                Facts.assessment("signs").signs("HEADACHE", "DIPLOPIA"),
                Facts.performance("ecog").ecog(3),
                Given.adenocarcinomaWithoutDriver(0)));
  }

  @Test
  void withdrawnOpeningClosesTheFileAgain() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.mri(0, Pattern.LINEAR).reportedDay(1).withdrawn());

    assertThat(patient.visible()).isEqualTo(PublicState.EMPTY);
  }

  @Test
  void preliminaryResultDoesNotOpen() {
    Patient patient = new Patient().with(Given.mri(0, Pattern.LINEAR).preliminary());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.UNDETERMINED);
    assertThat(patient.visible().recommendations()).isEmpty();
  }

  @Test
  void historyCountsWithItsOwnAgeAndRaisesNothing() {
    Patient patient =
        new Patient()
            .with(
                Given.kps(0, 50),
                Given.systemic("old", Action.ADMINISTERED, "carboplatin").day(1),
                Given.mri(10, Pattern.LINEAR));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
    assertThat(patient.visible().stage()).isEqualTo(Stage.WORKUP);
    assertThat(patient.isOpen(AlertCode.TREATMENT_BEFORE_CONFIRMATION)).isFalse();
    assertThat(patient.isOpen(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS)).isFalse();
  }

  @Test
  void whatComesLateButWasObservedEarlierOpensEarlier() {
    Patient patient =
        new Patient()
            .with(
                Given.systemic("chemo", Action.STARTED, "chemotherapy").day(5),
                Given.mri(10, Pattern.LINEAR),
                Given.goodSample(4).positive().reportedDay(11));

    assertThat(patient.visible().stage()).isEqualTo(Stage.TREATMENT);
  }

  @Test
  void signsOfNinetyDaysBeforeTheOpeningCount() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("signs").day(0).signs("HEADACHE"), Given.mri(90, Pattern.LINEAR));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.PROBABLE);
  }

  @Test
  void signsOfNinetyOneDaysBeforeTheOpeningDoNotCountAndAreMissing() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("signs").day(0).signs("HEADACHE"), Given.mri(91, Pattern.LINEAR));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(Seen.missingOfClassification(patient)).contains("ASSESSMENT.signs");
  }

  @Test
  void signsCountUntilAnAssessmentStatesNone() {
    Patient patient =
        new Patient()
            .with(Facts.assessment("a").day(0).signs("HEADACHE"), Given.mri(1, Pattern.LINEAR));
    patient.with(Facts.assessment("b").day(2).signs("SEIZURE"));
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.PROBABLE);

    patient.with(Facts.assessment("c").day(3).suspicion(Suspicion.HIGH));
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.PROBABLE);

    patient.with(Facts.assessment("d").day(4).signs("NONE"));
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
  }

  // ------------------------------------------------- what stands against an act needs no opening

  @Test
  void obstructedFlowStandsBeforeAnythingOpensThePathway() {
    Patient patient = new Patient().with(Scenes.obstructed("flow", 0));

    assertThat(patient.contraindicated(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED)).isTrue();
    assertThat(patient.visible().recommendations()).isEmpty();
    assertThat(patient.visible().schedules()).isEmpty();
    assertThat(patient.alerts).isEmpty();
  }

  @Test
  void preliminaryPartialFlowStandsBeforeTheOpeningToo() {
    Patient patient =
        new Patient().with(Scenes.flow("flow", 0, ImagingReport.CsfFlow.PARTIAL).preliminary());

    assertThat(patient.contraindicated(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED)).isTrue();
  }

  @Test
  void earlierCraniospinalRadiotherapyStandsBeforeTheOpening() {
    Patient patient =
        new Patient().with(Scenes.radiotherapy("csi", 0, Field.CRANIOSPINAL, Action.COMPLETED));

    assertThat(patient.contraindicated(ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL))
        .isTrue();
  }

  @Test
  void earlierWholeBrainRadiotherapyStandsForTwelveWeeksBeforeTheOpeningToo() {
    Patient patient =
        new Patient().with(Scenes.radiotherapy("wbrt", 0, Field.WHOLE_BRAIN, Action.COMPLETED));

    assertThat(
            patient
                .untilDay(84)
                .contraindicated(ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN))
        .isTrue();
    assertThat(
            patient
                .untilDay(85)
                .contraindicated(ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN))
        .isFalse();
  }

  @Test
  void poorStatusStandsAgainstAggressiveTreatmentBeforeTheOpening() {
    Patient patient = new Patient().with(Given.kps(0, 50));

    assertThat(patient.contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
    assertThat(patient.alerts).isEmpty();
  }

  @Test
  void massEffectStandsAgainstAPunctureBeforeTheOpening() {
    Patient patient = new Patient().with(Facts.fullMri("mri").massEffect(true));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
  }
}
