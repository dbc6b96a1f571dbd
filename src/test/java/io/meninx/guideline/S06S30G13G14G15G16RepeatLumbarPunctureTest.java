package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.ResolutionReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** S5, S6, S30, G13 to G16: when another lumbar puncture is asked for, and how late it is. */
class S06S30G13G14G15G16RepeatLumbarPunctureTest {

  private static Patient negativeWithHighSuspicion() {
    return new Patient().with(Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).negative());
  }

  private static boolean recommended(Patient patient) {
    return patient.recommends(RecommendationCode.REPEAT_LUMBAR_PUNCTURE);
  }

  // ------------------------------------------------------------------ whether

  @Test
  void negativeWithHighSuspicionAsksForAnother() {
    Patient patient = negativeWithHighSuspicion();

    assertThat(recommended(patient)).isTrue();
    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
  }

  @Test
  void negativeThatCouldNotShowItAsksForAnotherToo() {
    Patient patient =
        new Patient()
            .with(Given.suspicion(0, Suspicion.HIGH), Facts.csf("small").volumeMl(2).negative());

    assertThat(recommended(patient)).isTrue();
  }

  @Test
  void lowSuspicionForcesNoOther() {
    Patient patient =
        new Patient().with(Given.suspicion(0, Suspicion.LOW), Given.goodSample(0).negative());

    assertThat(recommended(patient)).isFalse();
    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
    assertThat(patient.schedule(ScheduleCode.REPEAT_LUMBAR_PUNCTURE)).isEmpty();
  }

  @Test
  void suspicionNotStatedIsNeitherHighNorLow() {
    Patient patient = new Patient().with(Given.goodSample(0).negative());
    assertThat(recommended(patient)).isFalse();

    patient.with(Given.suspicion(1, Suspicion.HIGH));
    assertThat(recommended(patient)).isTrue();
  }

  @Test
  void suspicionLoweredEndsTheNeed() {
    Patient patient = negativeWithHighSuspicion().with(Given.suspicion(2, Suspicion.LOW));

    assertThat(recommended(patient)).isFalse();
    assertThat(patient.revisions(REPEAT_LUMBAR_PUNCTURE_NEEDED).getLast().state())
        .isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void unknownSuspicionDoesNotEraseHigh() {
    Patient patient =
        negativeWithHighSuspicion().with(Given.suspicion(2, Suspicion.UNKNOWN).signs("HEADACHE"));

    assertThat(recommended(patient)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Suspicion.class)
  void equivocalAsksForAnotherWhateverTheSuspicion(Suspicion suspicion) {
    Patient patient =
        new Patient().with(Given.suspicion(0, suspicion), Given.goodSample(0).equivocal());

    assertThat(recommended(patient)).isTrue();
    assertThat(patient.visible().certainty()).isNotEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void positiveAsksForNoOther() {
    Patient patient =
        new Patient().with(Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).positive());

    assertThat(recommended(patient)).isFalse();
  }

  @Test
  void laterNegativeAfterPositiveIsAResponse() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(0).positive(),
                Given.goodSample(30).negative());

    assertThat(recommended(patient)).isFalse();
    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void withdrawnPositiveLeavesTheNegativeAlone() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).negative(),
                Given.goodSample(3).positive(),
                Given.goodSample(3).positive().reportedDay(4).withdrawn());

    assertThat(recommended(patient)).isTrue();
  }

  @Test
  void twoEquivocalsGoToTheBoardInstead() {
    Patient patient =
        new Patient().with(Given.goodSample(0).equivocal(), Given.goodSample(5).equivocal());

    assertThat(patient.asksBoard("G14")).isTrue();
    assertThat(recommended(patient)).isFalse();
    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
  }

  @Test
  void twoInformativeNegativesWithHighSuspicionGoToTheBoardInstead() {
    Patient patient = negativeWithHighSuspicion().with(Given.goodSample(5).negative());

    assertThat(patient.asksBoard("G15")).isTrue();
    assertThat(recommended(patient)).isFalse();
    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
  }

  @Test
  void twoInformativeNegativesDoNotExclude() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Facts.assessment("signs").signs("HEADACHE"),
                Given.goodSample(5).negative());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.PROBABLE);
  }

  @Test
  void secondNegativeThatCouldNotShowItAsksForAThird() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(Facts.csf("small").day(5).volumeMl(2).minutesToProcessing(10).negative());

    assertThat(patient.asksBoard("G15")).isFalse();
    assertThat(recommended(patient)).isTrue();
  }

  @Test
  void twoInformativeNegativesWithLowSuspicionAskNobody() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.LOW),
                Given.goodSample(0).negative(),
                Given.goodSample(5).negative());

    assertThat(patient.asksBoard("G15")).isFalse();
    assertThat(recommended(patient)).isFalse();
  }

  @Test
  void cancelledSampleIsNotNegative() {
    Patient patient =
        new Patient()
            .with(Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).negative().cancelled());

    assertThat(recommended(patient)).isFalse();
  }

  @Test
  void massEffectStandsAgainstThePuncture() {
    Patient patient =
        negativeWithHighSuspicion().with(Given.mri(0, Pattern.LINEAR).massEffect(true));

    assertThat(recommended(patient)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
  }

  @Test
  void siteIsNextToTheEnhancement() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(Given.mri(0, Pattern.LINEAR).levels(Region.LUMBOSACRAL_SPINE));

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).orElseThrow().summary())
        .contains("lumbosacral spine")
        .hasSizeLessThanOrEqualTo(140);
  }

  /** The result of day 5 comes after a ward round of day 6 that suspects it still. */
  @Test
  void theRepeatedPunctureIsWhatWasAskedForWhateverWasStatedSince() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(
                Given.suspicion(6, Suspicion.HIGH), Given.goodSample(5).positive().reportedDay(7));

    assertThat(patient.revisions(REPEAT_LUMBAR_PUNCTURE_NEEDED).getLast().resolutionReason())
        .contains(ResolutionReason.DONE);
  }

  // ------------------------------------------------------------------ how late

  @ParameterizedTest
  @CsvSource({
    "0, DUE, URGENT",
    "7, DUE, URGENT",
    "8, OVERDUE, URGENT",
    "14, OVERDUE, URGENT",
    "15, CRITICAL, STAT",
    "60, CRITICAL, STAT",
  })
  void stages(int day, AlertStage stage, Priority priority) {
    Patient patient = negativeWithHighSuspicion().untilDay(day);

    assertThat(Seen.stage(patient, REPEAT_LUMBAR_PUNCTURE_NEEDED)).contains(stage);
    assertThat(Seen.priority(patient, REPEAT_LUMBAR_PUNCTURE_NEEDED)).contains(priority);
    assertThat(Seen.entry(patient, ScheduleCode.REPEAT_LUMBAR_PUNCTURE))
        .contains(EntryState.valueOf(stage.name()));
  }

  @Test
  void stagesChangeAtMidnightAfterTheLimit() {
    Patient patient = negativeWithHighSuspicion().untilDay(20);

    assertThat(patient.revisions(REPEAT_LUMBAR_PUNCTURE_NEEDED))
        .filteredOn(revision -> revision.stage().equals(Optional.of(AlertStage.OVERDUE)))
        .first()
        .satisfies(revision -> assertThat(revision.at()).isEqualTo(Facts.at(8, "00:00")));
    assertThat(patient.revisions(REPEAT_LUMBAR_PUNCTURE_NEEDED))
        .filteredOn(revision -> revision.stage().equals(Optional.of(AlertStage.CRITICAL)))
        .first()
        .satisfies(revision -> assertThat(revision.at()).isEqualTo(Facts.at(15, "00:00")));
  }

  @Test
  void dueAtIsTheSeventhDayAtMidnight() {
    assertThat(
            negativeWithHighSuspicion()
                .open(REPEAT_LUMBAR_PUNCTURE_NEEDED)
                .flatMap(AlertRevision::dueAt))
        .contains(Facts.at(7, "00:00"));
  }

  @Test
  void needArisesWhenTheResultIsReportedNotWhenTheSampleWasTaken() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).negative().reportedDay(3));

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).flatMap(AlertRevision::dueAt))
        .contains(Facts.at(10, "00:00"));
  }

  @Test
  void needArisesWhenSuspicionIsReportedIfThatCameLater() {
    Patient patient =
        new Patient().with(Given.goodSample(0).negative(), Given.suspicion(4, Suspicion.HIGH));

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).flatMap(AlertRevision::dueAt))
        .contains(Facts.at(11, "00:00"));
  }

  @Test
  void suspicionRepeatedDoesNotRestartTheClock() {
    Patient patient = negativeWithHighSuspicion().with(Given.suspicion(5, Suspicion.HIGH));

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).flatMap(AlertRevision::dueAt))
        .contains(Facts.at(7, "00:00"));
  }

  @Test
  void amendedReportThatStaysNegativeDoesNotRestartTheClock() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(Given.goodSample(0).negative().proteinMgDl(90).reportedDay(5).amended());

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).flatMap(AlertRevision::dueAt))
        .contains(Facts.at(7, "00:00"));
  }

  @Test
  void reportAmendedToNegativeStartsTheClockThen() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                Given.goodSample(0).positive(),
                Given.goodSample(0).negative().reportedDay(5).amended());

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).flatMap(AlertRevision::dueAt))
        .contains(Facts.at(12, "00:00"));
  }

  // ------------------------------------------------------------------ what was ordered

  private static Facts.Treatment puncture(int day, Action action) {
    return Facts.treatment("lp-" + day, Modality.LUMBAR_PUNCTURE, action).day(day);
  }

  @Test
  void orderWithinTheWindowSilencesUntilOverdue() {
    Patient patient = negativeWithHighSuspicion().with(puncture(2, Action.ORDERED));

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
    assertThat(recommended(patient)).isTrue();

    patient.untilDay(8);
    assertThat(Seen.stage(patient, REPEAT_LUMBAR_PUNCTURE_NEEDED)).contains(AlertStage.OVERDUE);
  }

  @Test
  void cancelledOrderSilencesNothing() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(
                puncture(2, Action.ORDERED).order("o"),
                Facts.treatment("end", Modality.LUMBAR_PUNCTURE, Action.CANCELLED)
                    .order("o")
                    .day(3));

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
  }

  @Test
  void punctureThatGaveTheSampleIsNoSecondOne() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                puncture(1, Action.ADMINISTERED),
                Given.goodSample(1).negative().reportedDay(3));

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
  }

  @Test
  void orderOfTheSampleItselfIsNoSecondOrder() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, Suspicion.HIGH),
                puncture(1, Action.ORDERED),
                Given.goodSample(1).negative().reportedDay(3));

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
  }

  @Test
  void orderOnTheDayOfTheResultCounts() {
    Patient patient = negativeWithHighSuspicion().with(puncture(0, Action.ORDERED));

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
  }

  @Test
  void nextSampleOnItsWayCountsAsOrdered() {
    Patient patient = negativeWithHighSuspicion().with(Facts.csf("second").day(3).pending());

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
  }

  @Test
  void secondSampleEndsTheNeed() {
    Patient patient = negativeWithHighSuspicion().with(Given.goodSample(6).positive());

    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
    assertThat(patient.schedule(ScheduleCode.REPEAT_LUMBAR_PUNCTURE)).isEmpty();
  }

  // ------------------------------------------------------------------ preliminary, declined

  @Test
  void preliminaryNegativeWarnsAtMostRoutineAndRecommendsNothing() {
    Patient patient =
        new Patient()
            .with(Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).negative().preliminary());

    assertThat(recommended(patient)).isFalse();
    AlertRevision alert = patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).orElseThrow();
    assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
    assertThat(alert.preliminary()).isTrue();
  }

  @Test
  void declinedSuspendsAndDoesNotDelete() {
    Patient patient =
        negativeWithHighSuspicion()
            .with(Facts.assessment("no").day(1).declines("REPEAT_LUMBAR_PUNCTURE"))
            .untilDay(30);

    assertThat(recommended(patient)).isFalse();
    assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();
    assertThat(Seen.entry(patient, ScheduleCode.REPEAT_LUMBAR_PUNCTURE))
        .contains(EntryState.SUSPENDED);
  }

  /** It was done; its cytology has its own turnaround, and after it the need stands again. */
  @Test
  void aPunctureThatWasDoneIsNotAskedForWhileItsCytologyIsNotLate() {
    for (Action done : new Action[] {Action.ADMINISTERED, Action.COMPLETED}) {
      Patient patient =
          negativeWithHighSuspicion()
              .with(Facts.treatment("lp", Modality.LUMBAR_PUNCTURE, done).day(7))
              .untilDay(9);
      assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();

      patient.untilDay(15);
      assertThat(patient.isOpen(REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
    }
  }

  @Test
  void bloodValuesThatStandAgainstItAreNamed() {
    Patient patient =
        negativeWithHighSuspicion().with(Facts.assessment("labs").day(1).labs(12, 1.9, 3, 90));

    assertThat(patient.open(REPEAT_LUMBAR_PUNCTURE_NEEDED).orElseThrow().summary())
        .contains("platelets or INR stand against it");
  }
}
