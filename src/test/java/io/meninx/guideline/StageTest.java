package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.OutcomeReport.Vital;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T0 and the stages of the pathway (contract sections 4 and 5). */
class StageTest {
  private static Stage after(Facts.Builder<?>... facts) {
    return Given.confirmedLinear().with(facts).visible().stage();
  }

  @Test
  void workupWhileNotEstablished() {
    assertThat(new Patient().with(Given.mri(0, Pattern.LINEAR)).visible().stage())
        .isEqualTo(Stage.WORKUP);
  }

  @Test
  void diagnosedWhenConfirmed() {
    assertThat(Given.confirmedLinear().visible().stage()).isEqualTo(Stage.DIAGNOSED);
  }

  @Test
  void diagnosedWhenProbable() {
    Patient patient =
        new Patient()
            .with(Facts.assessment("signs").signs("CAUDA_EQUINA"), Given.mri(0, Pattern.NODULAR));

    assertThat(patient.visible().stage()).isEqualTo(Stage.DIAGNOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"osimertinib", "chemotherapy", "Carboplatin/Pemetrexed AUC5", "MTX"})
  void systemicAntitumourTreatmentBegins(String agent) {
    assertThat(after(Given.systemic("t", Action.STARTED, agent).day(1))).isEqualTo(Stage.TREATMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dexamethasone", "levetiracetam", "study drug 4711"})
  void whatIsNoKnownAntitumourAgentBeginsNothing(String agent) {
    assertThat(after(Given.systemic("t", Action.STARTED, agent).day(1))).isEqualTo(Stage.DIAGNOSED);
  }

  @Test
  void systemicTreatmentWithoutAgentBeginsNothing() {
    assertThat(after(Facts.treatment("t", Modality.SYSTEMIC, Action.STARTED).day(1)))
        .isEqualTo(Stage.DIAGNOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "INTRATHECAL, ORDERED, DIAGNOSED",
    "INTRATHECAL, STARTED, TREATMENT",
    "INTRATHECAL, ADMINISTERED, TREATMENT",
    "INTRATHECAL, COMPLETED, DIAGNOSED",
    "RADIOTHERAPY, ORDERED, DIAGNOSED",
    "RADIOTHERAPY, STARTED, TREATMENT",
    "RADIOTHERAPY, COMPLETED, TREATMENT",
    "RADIOTHERAPY, CANCELLED, DIAGNOSED",
    "OMMAYA_PLACEMENT, ADMINISTERED, DIAGNOSED",
    "VP_SHUNT, ADMINISTERED, DIAGNOSED",
    "LUMBAR_PUNCTURE, ADMINISTERED, DIAGNOSED",
  })
  void actsThatBeginTreatment(Modality modality, Action action, Stage stage) {
    assertThat(after(Facts.treatment("t", modality, action).day(1))).isEqualTo(stage);
  }

  @Test
  void treatmentOnTheDayOfTheOpeningBegins() {
    assertThat(after(Given.systemic("t", Action.STARTED, "osimertinib").day(0)))
        .isEqualTo(Stage.TREATMENT);
  }

  @Test
  void treatmentBeforeTheOpeningIsHistory() {
    Patient patient =
        new Patient()
            .with(
                Given.systemic("t", Action.STARTED, "gefitinib").day(0),
                Given.mri(1, Pattern.LINEAR),
                Given.goodSample(1).positive());

    assertThat(patient.visible().stage()).isEqualTo(Stage.DIAGNOSED);
  }

  @Test
  void nothingIsDirectedAtLeptomeningesWhileEvidenceLacks() {
    Patient patient =
        new Patient()
            .with(
                Given.goodSample(0).negative(),
                Given.mri(0, Pattern.NONE),
                Facts.assessment("signs").signs("NONE"),
                Given.radiotherapy("rt", Action.STARTED).day(2));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.LACK_OF_EVIDENCE);
    assertThat(patient.visible().stage()).isEqualTo(Stage.WORKUP);
  }

  @Test
  void supportiveCareStarted() {
    assertThat(
            after(
                Given.systemic("t", Action.STARTED, "osimertinib").day(1),
                Facts.treatment("care", Modality.SUPPORTIVE_CARE, Action.STARTED).day(2)))
        .isEqualTo(Stage.SUPPORTIVE_CARE);
  }

  @Test
  void supportiveCareOnlyOrdered() {
    assertThat(after(Facts.treatment("care", Modality.SUPPORTIVE_CARE, Action.ORDERED).day(2)))
        .isEqualTo(Stage.DIAGNOSED);
  }

  @Test
  void deathClosesAndResolvesTheOpenAlerts() {
    Patient patient =
        Given.confirmedLinear().with(Facts.outcome("outcome", Vital.DEAD).day(3)).untilDay(100);

    assertThat(patient.visible().stage()).isEqualTo(Stage.CLOSED);
    assertThat(patient.visible().openAlerts()).isEmpty();
  }

  @Test
  void withdrawnDeathReopens() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Facts.outcome("outcome", Vital.DEAD).day(3),
                Facts.outcome("outcome", Vital.DEAD).day(3).reportedDay(4).withdrawn());

    assertThat(patient.visible().stage()).isEqualTo(Stage.DIAGNOSED);
    assertThat(patient.isOpen(AlertCode.KPS_MISSING_OR_STALE)).isTrue();
  }

  @Test
  void histologyAloneDiagnosesNothing() {
    assertThat(
            Given.suspected().with(Given.histology(0, Histology.ADENOCARCINOMA)).visible().stage())
        .isEqualTo(Stage.WORKUP);
  }

  /** Orders are written by trade name as often as not. */
  @Test
  void aTradeNameStartsTreatmentToo() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(Given.systemic("s", Action.STARTED, "Tagrisso 80 mg daily").day(3));

    assertThat(patient.visible().stage()).isEqualTo(Stage.TREATMENT);
    assertThat(patient.schedule(ScheduleCode.MRI_NEUROAXIS)).isPresent();
  }
}
