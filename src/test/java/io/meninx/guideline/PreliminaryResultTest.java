package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.EventType;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;

/**
 * Contract section 3: a preliminary result may block and may raise ROUTINE alerts, labelled so; it
 * never classifies or permits. A pending, cancelled or withdrawn one says nothing.
 */
class PreliminaryResultTest {
  private static Facts.Biopsy egfr() {
    return Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "L858R");
  }

  @Test
  void preliminaryLowKpsBlocksAndContraindicatesButChangesNoGroup() {
    Patient patient = Given.confirmedInGoodStatus().with(egfr(), Given.kps(2, 40).preliminary());

    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.GOOD);
    assertThat(patient.recommends(RecommendationCode.BEST_SUPPORTIVE_CARE)).isFalse();
  }

  @Test
  void alertOnPreliminaryResultsAloneIsRoutineAndSaysSo() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.systemic("chemo", Action.STARTED, "carboplatin").day(1),
                Given.kps(2, 40).preliminary());

    AlertRevision alert = patient.open(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS).orElseThrow();
    assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
    assertThat(alert.preliminary()).isTrue();
  }

  @Test
  void finalResultRaisesItToItsOwnPriority() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.systemic("chemo", Action.STARTED, "carboplatin").day(1),
                Given.kps(2, 40).preliminary(),
                Given.kps(2, 40).reportedDay(3));

    AlertRevision alert = patient.open(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS).orElseThrow();
    assertThat(alert.priority()).isEqualTo(Priority.URGENT);
    assertThat(alert.preliminary()).isFalse();
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
  }

  @Test
  void preliminaryGoodKpsPermitsNothing() {
    Patient patient = Given.confirmedInPoorStatus().with(egfr(), Given.kps(2, 90).preliminary());

    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
  }

  @Test
  void preliminaryCytologyConfirmsNothing() {
    Patient patient =
        new Patient()
            .with(Given.mri(0, Pattern.LINEAR), Given.goodSample(1).positive().preliminary());

    assertThat(patient.visible().type()).isEqualTo(LmType.IIA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
  }

  @Test
  void preliminaryVersionAfterTheFinalOneReplacesNothing() {
    Patient patient =
        Given.confirmedLinear().with(Given.goodSample(0).negative().reportedDay(2).preliminary());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void preliminarySecondCytologyDoesNotAnswerTheRequestForIt() {
    for (Facts.Csf second :
        new Facts.Csf[] {Given.goodSample(5).negative(), Given.goodSample(5).positive()}) {
      Patient patient =
          new Patient()
              .with(
                  Given.suspicion(0, Suspicion.HIGH),
                  Given.goodSample(0).negative(),
                  second.preliminary());

      assertThat(patient.recommends(RecommendationCode.REPEAT_LUMBAR_PUNCTURE)).isTrue();
      assertThat(patient.isOpen(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
    }
  }

  @Test
  void preliminaryMassEffectBlocksThePuncture() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).negative(),
                Given.mri(1, Pattern.LINEAR).massEffect(true).preliminary());

    assertThat(patient.recommends(RecommendationCode.REPEAT_LUMBAR_PUNCTURE)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
  }

  @Test
  void aWithdrawnPreliminaryResultIsToldBecauseItMayHaveBlocked() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.mri(1, Pattern.LINEAR).massEffect(true).preliminary(),
                Given.mri(1, Pattern.LINEAR).massEffect(true).withdrawn().reportedDay(2));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isFalse();
    assertThat(patient.events)
        .filteredOn(event -> event.type() == EventType.FACT_WITHDRAWN)
        .singleElement()
        .satisfies(event -> assertThat(event.code()).isEqualTo("IMAGING"));
  }

  @Test
  void aPreliminaryResultMadeFinalIsNotSuperseded() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(1, Pattern.LINEAR).preliminary(),
                Given.mri(1, Pattern.LINEAR).reportedDay(2));

    assertThat(patient.events).noneMatch(event -> event.type() == EventType.FACT_SUPERSEDED);
  }

  @Test
  void withdrawnResultTakesAlongWhatWasBuiltOnIt() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(egfr(), Given.goodSample(0).positive().reportedDay(2).withdrawn());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isFalse();
  }

  @Test
  void cancelledKpsIsUnknownNotZero() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 40).cancelled());

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.UNKNOWN);
    assertThat(patient.visible().contraindications()).isEmpty();
  }
}
