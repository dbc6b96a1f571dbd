package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS;
import static io.meninx.guideline.AlertCode.PALLIATIVE_REFERRAL_DUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S19 to S21, G7: what the poor arm means. Day 0 is a Wednesday. */
class S19S20S21G07G56SupportiveCareTest {

  // ------------------------------------------------------------------ S19

  @Test
  void poorArmRecommendsBestSupportiveCare() {
    assertThat(Given.confirmedInPoorStatus().recommends(RecommendationCode.BEST_SUPPORTIVE_CARE))
        .isTrue();
  }

  @Test
  void otherArmsAndUnknownDoNot() {
    assertThat(Given.confirmedInGoodStatus().recommends(RecommendationCode.BEST_SUPPORTIVE_CARE))
        .isFalse();
    assertThat(Given.confirmedLinear().recommends(RecommendationCode.BEST_SUPPORTIVE_CARE))
        .isFalse();
    assertThat(
            Given.confirmedLinear()
                .with(Given.kps(0, 70))
                .recommends(RecommendationCode.BEST_SUPPORTIVE_CARE))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, DUE", "2, DUE", // Friday: the second working day
    "3, OVERDUE", "7, OVERDUE", // next Wednesday: the fifth
    "8, CRITICAL", "30, CRITICAL"
  })
  void palliativeReferralByWorkingDays(int day, AlertStage stage) {
    Patient patient = Given.confirmedInPoorStatus().untilDay(day);

    assertThat(Seen.stage(patient, PALLIATIVE_REFERRAL_DUE)).contains(stage);
    assertThat(Seen.priority(patient, PALLIATIVE_REFERRAL_DUE)).contains(Priority.URGENT);
    assertThat(Seen.entry(patient, ScheduleCode.PALLIATIVE_REFERRAL))
        .contains(EntryState.valueOf(stage.name()));
  }

  @ParameterizedTest
  @CsvSource({"2, DUE", "6, DUE", "7, OVERDUE", "9, OVERDUE", "10, CRITICAL"})
  void weekendIsNotCounted(int day, AlertStage stage) {
    // KPS on day 2, a Friday: due until Tuesday (day 6), overdue until Friday (day 9)
    Patient patient = Given.confirmedLinear().with(Given.kps(2, 40)).untilDay(day);

    assertThat(Seen.stage(patient, PALLIATIVE_REFERRAL_DUE)).contains(stage);
  }

  @Test
  void referralMadeEndsIt() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Facts.assessment("referral").day(1).palliativeReferral(true))
            .untilDay(30);

    assertThat(patient.isOpen(PALLIATIVE_REFERRAL_DUE)).isFalse();
    assertThat(Seen.entry(patient, ScheduleCode.PALLIATIVE_REFERRAL)).contains(EntryState.DONE);
  }

  @Test
  void referralSaidNotMadeEndsNothing() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Facts.assessment("referral").day(1).palliativeReferral(false));

    assertThat(patient.isOpen(PALLIATIVE_REFERRAL_DUE)).isTrue();
  }

  @Test
  void secondLowKpsDoesNotRestartTheClock() {
    Patient patient = Given.confirmedInPoorStatus().with(Given.kps(6, 40)).untilDay(8);

    assertThat(Seen.stage(patient, PALLIATIVE_REFERRAL_DUE)).contains(AlertStage.CRITICAL);
  }

  private static Facts.Assessment life(int day, int days) {
    return Facts.assessment("life-" + day).day(day).lifeExpectancyDays(days);
  }

  private static AlertRevision referral(Patient patient) {
    return patient.open(PALLIATIVE_REFERRAL_DUE).orElseThrow();
  }

  /** Once poor by a short life expectancy, a low KPS is no new beginning. */
  @Test
  void aLowKpsOnTopOfAShortLifeExpectancyStartsNothingAnew() {
    Patient patient = Given.confirmedLinear().with(life(0, 20)).untilDay(1);
    AlertRevision first = referral(patient);
    patient
        .with(
            Facts.response("ack", AlertResponse.Action.ACKNOWLEDGED)
                .code("PALLIATIVE_REFERRAL_DUE")
                .day(1))
        .with(Given.kps(2, 50));

    assertThat(referral(patient).alertKey()).isEqualTo(first.alertKey());
    assertThat(referral(patient).dueAt()).isEqualTo(first.dueAt());
    assertThat(referral(patient).state()).isEqualTo(AlertState.ACKNOWLEDGED);
  }

  /** What made the group poor first may be over; poor it has been without a gap. */
  @Test
  void aStretchGoesOnWhenTheOtherReasonTakesOver() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 60)).untilDay(1);
    AlertRevision first = referral(patient);
    patient.with(life(5, 20), Given.kps(9, 80));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
    assertThat(referral(patient).alertKey()).isEqualTo(first.alertKey());
    assertThat(referral(patient).dueAt()).isEqualTo(first.dueAt());
    assertThat(referral(patient).stage()).contains(AlertStage.CRITICAL);
  }

  @Test
  void aGapStartsItAnew() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 60)).untilDay(1);
    AlertRevision first = referral(patient);
    patient.with(Given.kps(9, 80), life(12, 20));

    assertThat(referral(patient).alertKey()).isNotEqualTo(first.alertKey());
    assertThat(referral(patient).stage()).contains(AlertStage.DUE);
  }

  /** A low KPS of before, heard of later, begins the stretch; the referral is due as it was. */
  @Test
  void whatIsHeardOfLaterPutsTheReferralNoLaterOff() {
    Patient patient = Given.confirmedLinear().with(life(3, 20)).untilDay(4);
    AlertRevision first = referral(patient);
    patient.with(Given.kps(1, 60).reportedDay(6));

    assertThat(referral(patient).dueAt()).isEqualTo(first.dueAt());
  }

  @Test
  void declinedCareSuspendsTheReferral() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Facts.assessment("no").day(1).declines("BEST_SUPPORTIVE_CARE"))
            .untilDay(10);

    assertThat(patient.isOpen(PALLIATIVE_REFERRAL_DUE)).isFalse();
    assertThat(Seen.entry(patient, ScheduleCode.PALLIATIVE_REFERRAL))
        .contains(EntryState.SUSPENDED);
  }

  // ------------------------------------------------------------------ S20

  @Test
  void palliativeFocalRadiotherapyOnlyForSevereSymptomsInThePoorArm() {
    RecommendationCode code = RecommendationCode.PALLIATIVE_FOCAL_RADIOTHERAPY;

    assertThat(
            Given.confirmedInPoorStatus()
                .with(Facts.assessment("severe").severeSymptoms(true))
                .recommends(code))
        .isTrue();
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Facts.assessment("severe").severeSymptoms(false))
                .recommends(code))
        .isFalse();
    assertThat(Given.confirmedInPoorStatus().recommends(code)).isFalse();
    assertThat(
            Given.confirmedInGoodStatus()
                .with(Facts.assessment("severe").severeSymptoms(true))
                .recommends(code))
        .isFalse();
    assertThat(
            Given.confirmedLinear()
                .with(Facts.assessment("severe").severeSymptoms(true))
                .recommends(code))
        .isFalse();
  }

  // ------------------------------------------------------------------ S21

  @Test
  void contraindicationStandsWhetherOrNotAnythingWasOrdered() {
    assertThat(
            Given.confirmedInPoorStatus()
                .contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
    assertThat(
            Given.confirmedLinear()
                .contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isFalse();
  }

  @Test
  void contraindicationIsLiftedWhenTheArmImproves() {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Given.kps(5, 70))
                .contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"ORDERED", "STARTED", "ADMINISTERED"})
  void intrathecalOrCytotoxicTreatmentInThePoorArm(Action action) {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Facts.methotrexate("it", action).doseMg(15).day(1))
                .isOpen(AGGRESSIVE_THERAPY_IN_POOR_STATUS))
        .isTrue();
    Patient systemic =
        Given.confirmedInPoorStatus()
            .with(Given.systemic("iv", action, "carboplatin and pemetrexed").day(1));
    assertThat(Seen.priority(systemic, AGGRESSIVE_THERAPY_IN_POOR_STATUS))
        .contains(Priority.URGENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"osimertinib", "alectinib", "dexamethasone"})
  void oralTargetedAgentOrSteroidIsNotCalledAggressive(String agent) {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Given.systemic("t", Action.STARTED, agent).day(1))
                .isOpen(AGGRESSIVE_THERAPY_IN_POOR_STATUS))
        .isFalse();
  }

  @Test
  void focalRadiotherapyIsNotCalledAggressive() {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Given.radiotherapy("rt", Action.ORDERED).field(Field.FOCAL).day(1))
                .isOpen(AGGRESSIVE_THERAPY_IN_POOR_STATUS))
        .isFalse();
  }

  @Test
  void alertEndsWhenTheOrderIsStoppedAndTheContraindicationStays() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(
                Given.systemic("t", Action.STARTED, "carboplatin").order("o").day(1),
                Given.systemic("end", Action.STOPPED, "carboplatin").order("o").day(2));

    assertThat(patient.isOpen(AGGRESSIVE_THERAPY_IN_POOR_STATUS)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"28, true", "30, false"})
  void alertEndsTwentyEightDaysAfterTheAct(int day, boolean open) {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Given.systemic("t", Action.STARTED, "carboplatin").day(1))
            .untilDay(day);

    assertThat(patient.isOpen(AGGRESSIVE_THERAPY_IN_POOR_STATUS)).isEqualTo(open);
  }

  // ------------------------------------------------------------------ G7

  @Test
  void driverInThePoorArmIsAnUrgentQuestionAndCareStands() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "exon 19 deletion"));

    assertThat(patient.asksBoard("G7")).isTrue();
    assertThat(patient.recommends(RecommendationCode.BEST_SUPPORTIVE_CARE)).isTrue();
    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isFalse();
    assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
    assertThat(Seen.question(patient, "G7").map(AlertRevision::priority)).contains(Priority.URGENT);
    assertThat(Seen.question(patient, "G7").flatMap(AlertRevision::dueAt))
        .contains(Facts.at(5, "00:00")); // three working days after a Wednesday
  }

  @Test
  void noDriverNoQuestion() {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Given.adenocarcinomaWithoutDriver(0))
                .asksBoard("G7"))
        .isFalse();
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "PENDING"))
                .asksBoard("G7"))
        .isFalse();
  }

  @Test
  void supportiveCareStartedEndsTheReferral() {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(Facts.treatment("c", Modality.SUPPORTIVE_CARE, Action.STARTED).day(1))
                .isOpen(PALLIATIVE_REFERRAL_DUE))
        .isFalse();
  }

  @Test
  void aReferralOfBeforeTheOpeningIsForSomethingElse() {
    assertThat(
            new Patient()
                .with(Facts.assessment("long ago").day(-400).palliativeReferral(true))
                .with(Given.suspicion(0, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH))
                .with(Given.kps(0, 40))
                .isOpen(AlertCode.PALLIATIVE_REFERRAL_DUE))
        .isTrue();
  }

  @Test
  void supportiveCareThatWasStoppedIsNoReferral() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(
                Facts.treatment("care", Modality.SUPPORTIVE_CARE, Action.STARTED).day(1),
                Facts.treatment("end", Modality.SUPPORTIVE_CARE, Action.STOPPED).day(2))
            .untilDay(10);

    assertThat(patient.isOpen(AlertCode.PALLIATIVE_REFERRAL_DUE)).isTrue();
  }
}
