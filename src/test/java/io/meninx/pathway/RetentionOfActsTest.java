package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.guideline.AlertCode;
import org.junit.jupiter.api.Test;

/** Acts are judged by what was known at their time, also when that was thinned out of the rest. */
class RetentionOfActsTest {
  /**
   * Orders of the first two months were permitted; with an MRI of day 70 that asks for another flow
   * study those that follow are not, and the alert is about the first of them for as long as the
   * orders go on.
   */
  @Test
  void anOrderThatWasPermittedIsNotBlamedMonthsLater() {
    Patient patient = Scenes.eligiblePatient();
    for (int day = 1; day <= 200; day++) {
      if (day % 2 == 0) {
        patient.with(Facts.kps("kps" + day, 80).day(day));
      }
      if (day % 28 == 1) {
        patient.with(
            Facts.methotrexate("order" + day, Action.ORDERED).order("order" + day).day(day));
      }
      if (day == 70) {
        patient.with(Facts.fullMri("mri70").pattern(ImagingReport.Pattern.NONE).day(day));
      }
      if (day % 7 == 0) {
        Invariants.assertUnthinnedGivesTheSame(patient);
      }
    }

    assertThat(patient.state().frontier()).isPositive();
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isTrue();
    assertThat(patient.revisions(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .extracting(AlertRevision::alertKey)
        .containsOnly(patient.open(AlertCode.INTRATHECAL_NOT_ELIGIBLE).get().alertKey());
  }

  /**
   * Punctures every second day: with fitting blood values until day 40, with too few platelets from
   * then on. The hold is about the first of those, however long ago it was.
   */
  @Test
  void aHoldIsAboutTheFirstPunctureWithoutFittingValues() {
    Patient patient = Scenes.eligiblePatient();
    for (int day = 1; day <= 120; day++) {
      patient.with(
          Facts.assessment("labs" + day).day(day).labs(day < 40 ? 150 : 40, 1.0, 3, 90),
          Facts.assessment("visit" + day).day(day).severeSymptoms(false));
      if (day % 2 == 0) {
        patient.with(
            Facts.treatment("puncture" + day, Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED)
                .order("order" + day)
                .day(day));
      }
      if (day % 9 == 0) {
        Invariants.assertUnthinnedGivesTheSame(patient);
      }
    }

    assertThat(patient.state().frontier()).isPositive();
    assertThat(patient.state().retained()).hasSizeLessThan(patient.state().factCount());
    assertThat(patient.revisions(AlertCode.LABS_HOLD))
        .extracting(AlertRevision::alertKey)
        .hasSizeGreaterThan(30)
        .containsOnly(patient.open(AlertCode.LABS_HOLD).get().alertKey());
  }
}
