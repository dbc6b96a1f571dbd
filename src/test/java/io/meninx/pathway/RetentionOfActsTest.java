package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent.Action;
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
}
