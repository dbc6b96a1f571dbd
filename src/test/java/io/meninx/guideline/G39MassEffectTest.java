package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/** G39: no lumbar puncture with mass effect or hydrocephalus before imaging was reviewed. */
class G39MassEffectTest {
  private static Facts.Imaging ct(String id) {
    return Facts.imaging(id).modality(ImagingReport.Modality.CT).brain();
  }

  private static Facts.Treatment puncture(Action action) {
    return Facts.treatment("lp", Modality.LUMBAR_PUNCTURE, action).day(2);
  }

  @Test
  void massEffectContraindicatesAPunctureWhetherOrNotOneIsOrdered() {
    Patient patient = new Patient().with(Scenes.mri(), ct("ct").day(1).massEffect(true));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }

  @Test
  void aPunctureOrderedOrDoneIsStat() {
    for (Action action : new Action[] {Action.ORDERED, Action.ADMINISTERED}) {
      Patient patient =
          new Patient().with(Scenes.mri(), ct("ct").day(1).massEffect(true), puncture(action));

      assertThat(patient.open(AlertCode.LUMBAR_PUNCTURE_UNSAFE))
          .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
    }
  }

  @Test
  void hydrocephalusCounts() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), ct("ct").day(1).hydrocephalus(true), puncture(Action.ORDERED));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void anIntrathecalDoseByTheLumbarRouteIsAPunctureToo() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(ct("ct").day(1).massEffect(true), Scenes.dose("d", 2).route(Route.LUMBAR));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void aDoseByTheReservoirIsNot() {
    Patient patient =
        Scenes.eligiblePatient().with(ct("ct").day(1).massEffect(true), Scenes.dose("d", 2));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }

  @Test
  void laterImagingWithoutItLiftsIt() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(), ct("ct").day(1).massEffect(true), ct("ct2").day(3).massEffect(false));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isFalse();
  }

  @Test
  void laterImagingThatDoesNotSayKeepsIt() {
    Patient patient =
        new Patient().with(Scenes.mri(), ct("ct").day(1).massEffect(true), ct("ct2").day(3));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
  }

  private static Facts.Treatment done(String id, int day) {
    return Facts.treatment(id, Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED).day(day);
  }

  @Test
  void aPunctureDoneBeforeImagingShowedItIsBehind() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                Facts.treatment("order", Modality.LUMBAR_PUNCTURE, Action.ORDERED).day(1),
                done("lp", 2),
                ct("ct").day(3).massEffect(true));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }

  @Test
  void anOrderThatIsStillAheadIsUnsafeWhateverWasDoneBefore() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                done("lp", 1),
                Facts.treatment("order", Modality.LUMBAR_PUNCTURE, Action.ORDERED).day(2),
                ct("ct").day(3).massEffect(true));

    assertThat(patient.open(AlertCode.LUMBAR_PUNCTURE_UNSAFE))
        .hasValueSatisfying(
            alert ->
                assertThat(alert.evidence())
                    .extracting(Evidence::factId)
                    .contains("order")
                    .doesNotContain("lp"));
  }

  @Test
  void onTheSameDayNobodyCanSayWhichCameFirst() {
    Patient patient =
        new Patient().with(Scenes.mri(), done("lp", 2), ct("ct").day(2).massEffect(true));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void imagingThatRepeatsItDoesNotExcuseAPunctureInBetween() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                ct("ct").day(1).massEffect(true),
                done("lp", 2),
                ct("ct2").day(3).massEffect(true));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void hydrocephalusBeforeAndMassEffectAfterAPunctureIsUnsafe() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                ct("ct").day(1).hydrocephalus(true),
                done("lp", 2),
                ct("ct2").day(3).massEffect(true));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void anIntrathecalCourseByTheLumbarRouteGoesOnAndIsNeverBehind() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.dose("d", 1).route(Route.LUMBAR), ct("ct").day(3).hydrocephalus(true));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  @Test
  void nothingKnownContraindicatesNothing() {
    assertThat(
            new Patient()
                .with(Scenes.mri())
                .contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT))
        .isFalse();
  }

  /** It is no alert about a past act, which ends after 28 days: the puncture is still to come. */
  @Test
  void aPunctureThatIsStillOrderedIsUnsafeForAsLongAsItIs() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), ct("ct").day(1).massEffect(true), puncture(Action.ORDERED))
            .untilDay(60);
    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();

    assertThat(
            patient
                .with(
                    Facts.treatment("end", Modality.LUMBAR_PUNCTURE, Action.CANCELLED)
                        .day(61)
                        .reportedDay(61))
                .isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE))
        .isFalse();
  }

  @Test
  void aPunctureThatWasDoneIsAPastAct() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                ct("ct").day(1).massEffect(true),
                puncture(Action.ORDERED),
                done("done", 3));
    assertThat(patient.untilDay(30).isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
    assertThat(patient.untilDay(32).isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }

  /** Fluid says that a puncture was done, though nobody reports the puncture. */
  @Test
  void anOrderedPunctureThatGaveFluidIsAPastAct() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                ct("ct").day(1).massEffect(true),
                puncture(Action.ORDERED),
                Facts.csf("csf").negative().day(3));
    assertThat(patient.untilDay(29).isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
    assertThat(patient.untilDay(31).isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }

  /** Contract section 3: a negative finding counts only where it could have been seen. */
  @Test
  void whatDidNotShowTheBrainDoesNotLiftIt() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), ct("ct").day(1).massEffect(true).hydrocephalus(true))
            .with(puncture(Action.ORDERED))
            .with(
                Facts.imaging("spine")
                    .modality(ImagingReport.Modality.MRI)
                    .spine()
                    .day(3)
                    .massEffect(false)
                    .hydrocephalus(false),
                Facts.imaging("flow")
                    .modality(ImagingReport.Modality.CSF_FLOW_STUDY)
                    .brain()
                    .day(3)
                    .massEffect(false)
                    .hydrocephalus(false),
                Facts.imaging("chest")
                    .modality(ImagingReport.Modality.CT)
                    .regions(ImagingReport.Region.CHEST)
                    .day(3)
                    .massEffect(false)
                    .hydrocephalus(false));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isTrue();
    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isTrue();
  }

  /** It is taken at its word. */
  @Test
  void whatDoesNotSayWhereItLookedLiftsIt() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), ct("ct").day(1).massEffect(true))
            .with(
                Facts.imaging("ct2").modality(ImagingReport.Modality.CT).day(3).massEffect(false));

    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT)).isFalse();
  }

  /** Which of two examinations of a day was the first is not known: the one that warns stands. */
  @Test
  void aCtOfTheSameDayClearsNothingWhicheverWasTypedFirst() {
    for (String typed : new String[] {"09:00", "18:00"}) {
      Patient patient =
          new Patient()
              .with(
                  Scenes.mri(),
                  ct("ct").day(1).massEffect(true).reportedAt(Facts.at(1, "15:00")),
                  ct("ct-2").day(1).massEffect(false).reportedAt(Facts.at(1, typed)),
                  puncture(Action.ORDERED));

      assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).as(typed).isTrue();
    }
  }

  @Test
  void aCtOfALaterHourClears() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                ct("ct").time(1, "09:00").massEffect(true),
                ct("ct-2").time(1, "15:00").massEffect(false),
                puncture(Action.ORDERED));

    assertThat(patient.isOpen(AlertCode.LUMBAR_PUNCTURE_UNSAFE)).isFalse();
  }
}
