package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;

/** G60: refusal overrides all recommendations; timers are suspended, not deleted. */
class G60DeclinedTest {

  @Test
  void everythingDeclinedLeavesNoRecommendation() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Given.suspicion(0, Suspicion.HIGH), Facts.assessment("no").declines("ALL"))
            .untilDay(40);

    assertThat(patient.visible().recommendations()).isEmpty();
  }

  @Test
  void everythingDeclinedSuspendsEveryEntryThatIsNotDone() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).negative(),
                Given.kps(0, 50),
                Given.systemic("t", Action.STARTED, "osimertinib").day(1),
                Facts.assessment("no").day(2).declines("ALL"))
            .untilDay(40);

    assertThat(patient.visible().schedules())
        .isNotEmpty()
        .flatExtracting(Schedule::entries)
        .extracting(ScheduleEntry::state)
        .isSubsetOf(EntryState.SUSPENDED, EntryState.DONE, EntryState.PLANNED)
        .contains(EntryState.SUSPENDED);
  }

  @Test
  void refusalTakenBackLetsTheTimersRunOn() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).negative(),
                Facts.assessment("no").day(2).declines("ALL"),
                Facts.assessment("yes").day(9).declines());

    assertThat(Seen.stage(patient, AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED))
        .contains(AlertStage.OVERDUE);
  }

  @Test
  void assessmentThatDoesNotSpeakOfItChangesNothing() {
    Patient patient =
        Given.suspected()
            .with(
                Facts.assessment("no").day(2).declines("ALL"),
                Facts.assessment("later").day(3).signs("HEADACHE"));

    assertThat(patient.visible().recommendations()).isEmpty();
  }

  @Test
  void refusalOfOneThingLeavesTheOthers() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).negative(),
                Facts.assessment("no").declines("REPEAT_LUMBAR_PUNCTURE"));

    assertThat(patient.recommends(RecommendationCode.REPEAT_LUMBAR_PUNCTURE)).isFalse();
    assertThat(patient.recommends(RecommendationCode.COMPLETE_NEUROAXIS_MRI)).isTrue();
  }

  @Test
  void refusalLiftsNoContraindicationAndChangesNoClassification() {
    Patient patient = Given.confirmedInPoorStatus().with(Facts.assessment("no").declines("ALL"));

    assertThat(patient.contraindicated(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS))
        .isTrue();
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
  }

  @Test
  void preliminaryRefusalIsNoRefusal() {
    assertThat(
            Given.suspected()
                .with(Facts.assessment("no").declines("ALL").preliminary())
                .recommends(RecommendationCode.COMPLETE_NEUROAXIS_MRI))
        .isTrue();
  }

  /** Contract section 4: refusals are not among what counts from before the opening. */
  @Test
  void whatWasRefusedBeforeTheOpeningIsNotRefusedNow() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("long ago").day(-400).declines("ALL"),
                Given.mri(0, io.meninx.fact.ImagingReport.Pattern.LINEAR),
                Given.goodSample(0).positive(),
                Given.kps(0, 40));

    assertThat(patient.isOpen(AlertCode.PALLIATIVE_REFERRAL_DUE)).isTrue();
    assertThat(patient.recommends(RecommendationCode.BEST_SUPPORTIVE_CARE)).isTrue();
  }
}
