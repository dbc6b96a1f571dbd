package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/** G46 to G48: a result corrected after a treatment was given on it. */
class G46G47G48CorrectionTest {
  private static final AlertCode CHANGED = AlertCode.DECISION_BASIS_CHANGED;

  /** Positive on day 0, no longer positive by the amendment reported on day 6. */
  private static Facts.Csf noLongerPositive() {
    return Scenes.csf().cytology(CsfResult.Cytology.NEGATIVE).amended().reportedDay(6);
  }

  private static Facts.Treatment systemic(int day) {
    return Facts.treatment("tki", Modality.SYSTEMIC, Action.STARTED)
        .agent("osimertinib")
        .order("tki")
        .day(day);
  }

  @Test
  void aChangedClassificationAfterTreatmentBeganIsUrgent() {
    Patient patient = Scenes.eligiblePatient().with(systemic(3), noLongerPositive());

    assertThat(patient.open(CHANGED))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.URGENT));
  }

  @Test
  void aNewContraindicationIsStat() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.dose("d", 3),
                Scenes.flow("flow", 0, ImagingReport.CsfFlow.OBSTRUCTED).amended().reportedDay(5));

    assertThat(patient.open(CHANGED))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }

  @Test
  void aWithdrawnResultIsACorrectionToo() {
    Patient patient =
        Scenes.eligiblePatient().with(systemic(3), Scenes.csf().withdrawn().reportedDay(6));

    assertThat(patient.isOpen(CHANGED)).isTrue();
  }

  @Test
  void aChangedStatusGroupIsOne() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(systemic(3), Facts.kps("kps0", 70).observedDay(0).amended().reportedDay(6));

    assertThat(patient.isOpen(CHANGED)).isTrue();
  }

  /** The first one is not told any more after 28 days, but the second came on top of it. */
  @Test
  void aSecondCorrectionIsNoNewAlertWhenTheFirstIsNotToldAnyMore() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(systemic(3), noLongerPositive())
            .with(Facts.kps("kps10", 90).day(10), given(Modality.OMMAYA_PLACEMENT).day(12))
            .with(Facts.kps("kps10", 60).observedDay(10).amended().reportedDay(20));
    AlertRevision both = patient.open(CHANGED).orElseThrow();
    assertThat(both.evidence()).extracting(Evidence::factId).contains("csf", "kps10");
    patient
        .with(
            Facts.response("ack", AlertResponse.Action.ACKNOWLEDGED)
                .code("DECISION_BASIS_CHANGED")
                .day(21))
        .until(Facts.at(34, "12:00"));

    AlertRevision second = patient.open(CHANGED).orElseThrow();
    assertThat(second.alertKey()).isEqualTo(both.alertKey());
    assertThat(second.state()).isEqualTo(AlertState.ACKNOWLEDGED);
    assertThat(second.evidence()).extracting(Evidence::factId).contains("kps10");
    assertThat(second.evidence()).extracting(Evidence::factId).doesNotContain("csf");
    assertThat(patient.until(Facts.at(48, "12:00")).isOpen(CHANGED)).isFalse();
  }

  @Test
  void whatRestsOnTheBasisIsEveryTreatmentButAPunctureOrASupportiveDrug() {
    assertThat(
            Scenes.eligiblePatient().with(given(Modality.SUPPORTIVE_CARE), lower()).isOpen(CHANGED))
        .as("supportive care")
        .isTrue();
    assertThat(
            Scenes.eligiblePatient()
                .with(given(Modality.OMMAYA_PLACEMENT), lower())
                .isOpen(CHANGED))
        .as("reservoir")
        .isTrue();
    assertThat(
            Scenes.eligiblePatient()
                .with(given(Modality.SYSTEMIC).agent("XQ-12"), lower())
                .isOpen(CHANGED))
        .as("a drug nobody knows")
        .isTrue();
    assertThat(
            Scenes.eligiblePatient()
                .with(given(Modality.SYSTEMIC).agent("dexamethasone"), lower())
                .isOpen(CHANGED))
        .as("steroid")
        .isFalse();
    assertThat(
            Scenes.eligiblePatient().with(given(Modality.LUMBAR_PUNCTURE), lower()).isOpen(CHANGED))
        .as("puncture")
        .isFalse();
  }

  private static Facts.Treatment given(Modality modality) {
    return Facts.treatment("act", modality, Action.STARTED).day(3);
  }

  /** The status group is another one by the amendment reported on day 6. */
  private static Facts.Performance lower() {
    return Facts.kps("kps0", 70).observedDay(0).amended().reportedDay(6);
  }

  @Test
  void withoutTreatmentInBetweenThereIsNone() {
    assertThat(Scenes.eligiblePatient().with(noLongerPositive()).isOpen(CHANGED)).isFalse();
    assertThat(Scenes.eligiblePatient().with(noLongerPositive(), systemic(8)).isOpen(CHANGED))
        .as("treatment after the correction")
        .isFalse();
  }

  @Test
  void treatmentBeforeTheSupersededVersionWasReportedRestedOnSomethingElse() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.kps(0), Scenes.visit(), systemic(1))
            .with(Scenes.csf().reportedDay(3), noLongerPositive());

    assertThat(patient.isOpen(CHANGED)).isFalse();
  }

  @Test
  void anAmendmentThatChangesNothingThatMattersIsNone() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(systemic(3), Scenes.csf().proteinMgDl(80).amended().reportedDay(6));

    assertThat(patient.isOpen(CHANGED)).isFalse();
  }

  @Test
  void aPreliminaryResultMadeFinalIsNoCorrection() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.kps(0), Scenes.visit(), Scenes.csf().preliminary())
            .with(systemic(3), Scenes.csf().negative().reportedDay(6));

    assertThat(patient.isOpen(CHANGED)).isFalse();
  }

  @Test
  void itIsComputedFromVersionsInAnyOrderOfArrival() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.flow("flow", 0), Scenes.kps(0), Scenes.visit())
            .with(systemic(3), noLongerPositive(), Scenes.csf());

    assertThat(patient.isOpen(CHANGED)).isTrue();
  }

  @Test
  void aTreatmentReportedAfterTheCorrectionButGivenBeforeItCounts() {
    Patient patient = Scenes.eligiblePatient().with(noLongerPositive(), systemic(3).reportedDay(9));

    assertThat(patient.isOpen(CHANGED)).isTrue();
  }

  @Test
  void itEndsTwentyEightDaysAfterTheCorrection() {
    Patient patient = Scenes.eligiblePatient().with(systemic(3), noLongerPositive());

    assertThat(patient.until(Facts.at(34, "11:59")).isOpen(CHANGED)).isTrue();
    assertThat(patient.until(Facts.at(34, "12:00")).isOpen(CHANGED)).isFalse();
  }

  @Test
  void itEndsWhenTheOrderIsStopped() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                systemic(3),
                noLongerPositive(),
                Facts.treatment("stop", Modality.SYSTEMIC, Action.STOPPED).order("tki").day(8));

    assertThat(patient.isOpen(CHANGED)).isFalse();
  }

  @Test
  void g47NoLongerPositiveAfterIntrathecalTreatmentAsksTheBoardForAPause() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.dose("d", 3), noLongerPositive());

    assertThat(patient.asksBoard("G47")).isTrue();
    assertThat(patient.isOpen(CHANGED)).isTrue();
    assertThat(patient.visible().openAlerts())
        .filteredOn(alert -> alert.gap().equals(java.util.Optional.of("G47")))
        .singleElement()
        .satisfies(alert -> assertThat(alert.priority()).isEqualTo(Priority.URGENT));
  }

  /** Clinical rules, G47: the board the same day; day 6 is a Tuesday. */
  @Test
  void g47IsDueTheSameDayAndItsAnswerOverdueOnTheNext() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Facts.kps("poor", 60).day(1)) // nothing else is asked, as G19 would be
            .with(Scenes.dose("d", 3), noLongerPositive());
    assertThat(Seen.question(patient, "G47").orElseThrow().dueAt()).contains(Facts.at(6, "00:00"));

    patient.until(Facts.at(6, "23:59"));
    assertThat(lateForG47(patient)).isEmpty();
    patient.until(Facts.at(7, "00:00"));
    assertThat(lateForG47(patient))
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.dueAt()).contains(Facts.at(6, "00:00"));
              assertThat(alert.stage()).contains(AlertStage.OVERDUE);
            });
    patient.until(Facts.at(8, "23:59"));
    assertThat(lateForG47(patient).orElseThrow().stage()).contains(AlertStage.OVERDUE);
    patient.until(Facts.at(9, "00:00"));
    assertThat(lateForG47(patient).orElseThrow().stage()).contains(AlertStage.CRITICAL);
  }

  private static java.util.Optional<AlertRevision> lateForG47(Patient patient) {
    return patient
        .open(AlertCode.RESULT_OVERDUE)
        .filter(alert -> alert.summary().contains("tumour board answer G47"));
  }

  @Test
  void g47NotForSystemicTreatment() {
    Patient patient = Scenes.eligiblePatient().with(systemic(3), noLongerPositive());

    assertThat(patient.asksBoard("G47")).isFalse();
  }

  @Test
  void g48NegativeAmendedToPositive() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.kps(0), Scenes.visit(), Scenes.csf().negative())
            .with(systemic(3), Scenes.csf().amended().reportedDay(12));

    assertThat(patient.isOpen(CHANGED)).isTrue();
    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
  }

  /**
   * What was given before the pathway opened is history, until it turns out to have opened earlier.
   */
  @Test
  void aReportThatOpensThePathwayEarlierIsLookedAtWithWhatWasCorrectedBefore() {
    Patient patient =
        new Patient()
            .with(
                Facts.kps("kps", 90).day(1),
                systemic(3),
                Facts.kps("kps", 40).observedDay(1).amended().reportedDay(5),
                Facts.csf("csf").day(8));
    assertThat(patient.isOpen(CHANGED)).isFalse();

    patient.with(
        Facts.fullMri("mri").pattern(ImagingReport.Pattern.LINEAR).observedDay(2).reportedDay(9));

    assertThat(patient.isOpen(CHANGED)).isTrue();
  }

  /** A dose without an agent may have supported only, until another act of its order names one. */
  @Test
  void anActThatNamesTheAgentOfAnEarlierOneIsLookedAtWithWhatWasCorrectedBefore() {
    Patient patient =
        new Patient()
            .with(
                Facts.csf("csf").day(0),
                Facts.kps("kps", 90).day(1),
                Facts.treatment("dose", Modality.SYSTEMIC, Action.ADMINISTERED)
                    .order("order")
                    .day(3),
                Facts.kps("kps", 40).observedDay(1).amended().reportedDay(5));
    boolean before = patient.isOpen(CHANGED);

    patient.with(
        Facts.treatment("next", Modality.SYSTEMIC, Action.ADMINISTERED)
            .agent("dexamethasone")
            .order("order")
            .day(7));

    assertThat(before).isTrue();
    assertThat(patient.isOpen(CHANGED)).isFalse();
  }

  /** Blood values that are corrected after a dose is a basis that changed, however late. */
  @Test
  void plateletsCorrectedAfterADoseAreStat() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.assessment("lab").day(1).labs(140, 1.0, 3, 90),
                Scenes.dose("d", 2),
                Facts.assessment("lab").observedDay(1).labs(15, 1.0, 3, 90).reportedDay(5));

    assertThat(patient.open(CHANGED))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }
}
