package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.TREATMENT_BEFORE_CONFIRMATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Indication;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** S2, G50: diagnosis and primary type before treatment, judged by what was reported by then. */
class S02G50TreatmentBeforeConfirmationTest {

  private static Facts.Treatment chemotherapy(int day) {
    return Given.systemic("chemo", Action.STARTED, "carboplatin").day(day);
  }

  private static Facts.Biopsy biopsy(int day) {
    return Given.histology(day, Histology.ADENOCARCINOMA);
  }

  private static boolean warned(Patient patient) {
    return patient.isOpen(TREATMENT_BEFORE_CONFIRMATION);
  }

  @Test
  void suspectedOnly() {
    Patient patient = Given.suspected().with(biopsy(0), chemotherapy(2));

    assertThat(Seen.priority(patient, TREATMENT_BEFORE_CONFIRMATION)).contains(Priority.URGENT);
  }

  @Test
  void possibleIsNotEnough() {
    assertThat(warned(new Patient().with(Given.mri(0, Pattern.LINEAR), biopsy(0), chemotherapy(2))))
        .isTrue();
  }

  @Test
  void probableWithHistologyIsEnough() {
    assertThat(
            warned(
                new Patient()
                    .with(
                        Facts.assessment("signs").signs("GAIT"),
                        Given.mri(0, Pattern.LINEAR),
                        biopsy(0),
                        chemotherapy(2))))
        .isFalse();
  }

  @Test
  void confirmedWithHistologyIsEnough() {
    assertThat(warned(Given.confirmedLinear().with(biopsy(0), chemotherapy(2)))).isFalse();
  }

  @Test
  void confirmedWithoutHistologyIsNotAndNamesIt() {
    Patient patient = Given.confirmedLinear().with(chemotherapy(2));

    assertThat(patient.open(TREATMENT_BEFORE_CONFIRMATION).orElseThrow().missing())
        .contains("BIOPSY.histology");
  }

  @Test
  void histologyKnownFromBeforeTheOpeningIsEnough() {
    assertThat(
            warned(
                new Patient()
                    .with(
                        biopsy(0),
                        Given.mri(100, Pattern.LINEAR),
                        Given.goodSample(100).positive(),
                        chemotherapy(102))))
        .isFalse();
  }

  @Test
  void resultReportedAfterTheStartDoesNotExcuse() {
    Patient patient =
        Given.suspected()
            .with(
                biopsy(0),
                chemotherapy(5),
                Given.mri(1, Pattern.LINEAR).reportedDay(6),
                Given.goodSample(1).positive().reportedDay(6));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(warned(patient)).isTrue();
  }

  @Test
  void resultReportedByThenExcusesHoweverLateItArrives() {
    Patient patient = Given.suspected().with(biopsy(0), chemotherapy(5));
    assertThat(warned(patient)).isTrue();

    patient.arrive(Given.goodSample(1).positive().reportedDay(4).build(), Facts.noon(7));
    assertThat(warned(patient)).isFalse();
  }

  @Test
  void reportAmendedAfterwardsIsNotHeldAgainstTheTreatment() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                biopsy(0),
                chemotherapy(2),
                Given.goodSample(0).negative().reportedDay(6).amended());

    assertThat(warned(patient)).isFalse();
  }

  @Test
  void preliminaryResultPermitsNothing() {
    assertThat(
            warned(
                Given.suspected()
                    .with(
                        biopsy(0), Given.goodSample(1).positive().preliminary(), chemotherapy(2))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERED, false",
    "STARTED, true",
    "ADMINISTERED, true",
    "COMPLETED, false",
    "STOPPED, false",
    "CANCELLED, false",
  })
  void onlyStartsAndDosesCount(Action action, boolean warned) {
    assertThat(warned(Given.suspected().with(Given.systemic("t", action, "osimertinib").day(2))))
        .isEqualTo(warned);
  }

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"VP_SHUNT", "SUPPORTIVE_CARE", "LUMBAR_PUNCTURE", "OMMAYA_PLACEMENT"})
  void whatIsNoTreatmentOfTheTumourIsExcepted(Modality modality) {
    assertThat(
            warned(Given.suspected().with(Facts.treatment("t", modality, Action.STARTED).day(2))))
        .isFalse();
  }

  @Test
  void steroidIsExcepted() {
    assertThat(
            warned(
                Given.suspected()
                    .with(Given.systemic("t", Action.STARTED, "dexamethasone").day(2))))
        .isFalse();
  }

  @Test
  void radiotherapyForCordCompressionIsExcepted() {
    assertThat(
            warned(
                Given.suspected()
                    .with(
                        Given.radiotherapy("rt", Action.STARTED)
                            .indication(Indication.CORD_COMPRESSION)
                            .day(2))))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Indication.class, mode = Mode.EXCLUDE, names = "CORD_COMPRESSION")
  void otherRadiotherapyIsNot(Indication indication) {
    assertThat(
            warned(
                Given.suspected()
                    .with(Given.radiotherapy("rt", Action.STARTED).indication(indication).day(2))))
        .isTrue();
  }

  @Test
  void intrathecalTreatmentIsNot() {
    assertThat(
            warned(
                Given.suspected()
                    .with(Facts.methotrexate("it", Action.ADMINISTERED).doseMg(15).day(2))))
        .isTrue();
  }

  @Test
  void agentThatIsNotRecognisedIsNotTakenForHarmless() {
    assertThat(
            warned(
                Given.suspected()
                    .with(Given.systemic("t", Action.STARTED, "study drug 4711").day(2))))
        .isTrue();
  }

  @Test
  void treatmentBeforeTheOpeningIsHistory() {
    assertThat(warned(new Patient().with(chemotherapy(0), Given.suspicion(1, Suspicion.HIGH))))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"29, true", "30, false"})
  void endsTwentyEightDaysAfterTheAct(int day, boolean open) {
    assertThat(warned(Given.suspected().with(chemotherapy(2)).untilDay(day))).isEqualTo(open);
  }

  @Test
  void endsWhenTheOrderIsStopped() {
    assertThat(
            warned(
                Given.suspected()
                    .with(
                        chemotherapy(2).order("o"),
                        Given.systemic("end", Action.STOPPED, "carboplatin").order("o").day(3))))
        .isFalse();
  }

  /** Contract section 5: at the latest 28 days after the act, whatever was given since. */
  @Test
  void treatmentThatIsRightSinceDoesNotKeepItOpen() {
    Patient patient = Given.suspected().with(biopsy(0), chemotherapy(1));
    patient.with(Scenes.mri().day(2), Scenes.csf().day(2));
    for (int day = 21; day <= 84; day += 21) {
      patient.with(
          Given.systemic("dose" + day, Action.ADMINISTERED, "carboplatin")
              .day(day)
              .reportedDay(day));
      assertThat(warned(patient)).as("on day " + day).isEqualTo(day < 29);
    }
  }

  /** Contract section 6: orderId links an act to its order, which says the indication. */
  @Test
  void theIndicationIsThatOfTheOrder() {
    assertThat(
            warned(
                Given.suspected()
                    .with(
                        Given.radiotherapy("order", Action.ORDERED)
                            .order("rt")
                            .indication(Indication.CORD_COMPRESSION)
                            .day(1),
                        Given.radiotherapy("rt", Action.STARTED).order("rt").day(2))))
        .isFalse();
  }
}
