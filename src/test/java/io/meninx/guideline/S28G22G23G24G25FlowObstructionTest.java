package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/**
 * S28: no intrathecal treatment while flow is obstructed, unless radiotherapy came after it and a
 * newer study shows open flow (G21-G25).
 */
class S28G22G23G24G25FlowObstructionTest {

  private static Patient withFreshStatus(Patient patient, int day) {
    return patient.with(Scenes.kps(day));
  }

  private static boolean eligible(Patient patient) {
    return patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE);
  }

  private static boolean blocked(Patient patient) {
    return patient.contraindicated(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED);
  }

  private static Facts.Treatment blockRadiotherapy(String id, int day) {
    return Scenes.radiotherapy(id, day, Field.FOCAL, Action.COMPLETED);
  }

  // ------------------------------------------------------------------ S28

  @Test
  void anObstructionContraindicatesAndUnknownFlowDoesNot() {
    assertThat(blocked(Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1)))).isTrue();
    assertThat(blocked(new Patient().with(Scenes.mri()))).isFalse();
  }

  @Test
  void aNewerOpenStudyWithoutRadiotherapyDoesNotUnblock() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1), Scenes.flow("f3", 5));

    assertThat(blocked(patient)).isTrue();
    assertThat(eligible(patient)).isFalse();
  }

  @Test
  void radiotherapyAloneDoesNotUnblock() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1), blockRadiotherapy("rt", 10));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void radiotherapyThenAnOpenStudyUnblocks() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.obstructed("f2", 1), blockRadiotherapy("rt", 3), Scenes.flow("f3", 10));

    assertThat(blocked(patient)).isFalse();
    assertThat(eligible(patient)).isTrue();
  }

  @Test
  void radiotherapyBeforeTheObstructionDoesNotUnblock() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(blockRadiotherapy("rt", 1), Scenes.obstructed("f2", 3), Scenes.flow("f3", 10));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void aStudyBetweenObstructionAndRadiotherapyDoesNotUnblock() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.obstructed("f2", 1), Scenes.flow("f3", 3), blockRadiotherapy("rt", 5));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void radiotherapyOnlyOrderedOrCancelledDoesNotUnblock() {
    for (Action action : new Action[] {Action.ORDERED, Action.CANCELLED, Action.STOPPED}) {
      Patient patient =
          Scenes.eligiblePatient()
              .with(
                  Scenes.obstructed("f2", 1),
                  Scenes.radiotherapy("rt", 3, Field.FOCAL, action),
                  Scenes.flow("f3", 10));

      assertThat(blocked(patient)).as("%s", action).isTrue();
    }
  }

  @Test
  void radiotherapyOnTheDayOfTheObstructionIsNotAfterIt() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.obstructed("a2", 1), blockRadiotherapy("rt", 1), Scenes.flow("f3", 10));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void aStudyOnTheDayOfTheRadiotherapyIsNotAfterIt() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.obstructed("f2", 1), blockRadiotherapy("rt", 5), Scenes.flow("z3", 5));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void openAndObstructedOnOneDayCountAsObstructed() {
    for (String id : new String[] {"a", "z"}) {
      Patient patient = Scenes.eligiblePatient().with(Scenes.obstructed(id, 0));

      assertThat(blocked(patient)).as("report id %s", id).isTrue();
    }
  }

  @Test
  void anObstructionOnTheDayOfTheRestoringStudyStays() {
    for (String id : new String[] {"a", "z"}) {
      Patient patient =
          Scenes.eligiblePatient()
              .with(
                  Scenes.obstructed("f2", 1),
                  blockRadiotherapy("rt", 5),
                  Scenes.flow("m", 12),
                  Scenes.obstructed(id, 12));

      assertThat(blocked(patient)).as("report id %s", id).isTrue();
    }
  }

  @Test
  void aWithdrawnObstructionNoLongerBlocks() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.obstructed("f2", 1), Scenes.obstructed("f2", 1).withdrawn().reportedDay(2));

    assertThat(blocked(patient)).isFalse();
    assertThat(eligible(patient)).isTrue();
  }

  @Test
  void aCourseThatRunsWhileObstructedIsStat() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.dose("d1", 1), Scenes.obstructed("f2", 3));

    assertThat(patient.open(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }

  @Test
  void theCourseEndsFortyNineDaysAfterItsLastFact() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.dose("d1", 1), Scenes.obstructed("f2", 3));

    assertThat(
            patient
                .until(Facts.at(50, "23:59"))
                .isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION))
        .isTrue();
    assertThat(
            patient
                .until(Facts.at(51, "00:00"))
                .isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION))
        .isFalse();
    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void stoppingTheCourseEndsTheAlert() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.dose("d1", 1),
                Scenes.obstructed("f2", 3),
                Scenes.methotrexate("stop", 4, Action.STOPPED));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isFalse();
    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void anyIntrathecalDrugIsBlocked() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.obstructed("f2", 3),
                Scenes.methotrexate("order", 4, Action.ORDERED).agent("cytarabine"));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isTrue();
  }

  // ------------------------------------------------------------------ G21, G22

  @Test
  void g22OpenFlowIsValidForEightWeeks() {
    Patient patient = withFreshStatus(Scenes.eligiblePatient(), 56).until(Facts.at(56, "23:59"));
    assertThat(eligible(patient)).isTrue();

    patient.until(Facts.at(57, "00:00"));

    assertThat(eligible(patient)).isFalse();
    assertThat(patient.recommends(RecommendationCode.CSF_FLOW_STUDY)).isTrue();
    assertThat(blocked(patient)).isFalse();
  }

  @Test
  void g22ObstructedFlowNeverExpires() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1)).untilDay(400);

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void g22PartialFlowNeverExpires() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.flow("f2", 1, CsfFlow.PARTIAL)).untilDay(400);

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void g22NewBlockSignsEndOpenFlow() {
    Facts.Imaging[] signs = {
      Facts.imaging("s").modality(ImagingReport.Modality.MRI).brain().hydrocephalus(true),
      Facts.imaging("s").modality(ImagingReport.Modality.MRI).spine().cordCompression(true),
      Facts.imaging("s").modality(ImagingReport.Modality.CT).brain().hydrocephalus(true)
    };
    for (Facts.Imaging sign : signs) {
      Patient patient = Scenes.eligiblePatient().with(sign.day(5));

      assertThat(eligible(patient)).isFalse();
      assertThat(blocked(patient)).isFalse();
    }
  }

  @Test
  void g22RadiotherapyEndsOpenFlow() {
    Patient patient = Scenes.eligiblePatient().with(blockRadiotherapy("rt", 5));

    assertThat(eligible(patient)).isFalse();
    assertThat(eligible(patient.with(Scenes.flow("f3", 6)))).isTrue();
  }

  @Test
  void g22AnInvalidatingEventOnTheDayOfTheStudyEndsItWhateverTheReportsAreCalled() {
    for (String id : new String[] {"a", "z"}) {
      Patient patient = Scenes.eligiblePatient().with(blockRadiotherapy(id, 0));

      assertThat(eligible(patient)).as("report id %s", id).isFalse();
    }
  }

  @Test
  void g22HydrocephalusOnTheFlowStudyItselfIsJudgedByTheStudy() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                Scenes.csf(),
                Scenes.kps(0),
                Scenes.visit(),
                Scenes.flow("flow", 0).hydrocephalus(true));

    assertThat(eligible(patient)).isTrue();
  }

  // ------------------------------------------------------------------ G23, G24, G25

  @Test
  void g23PartialFlowCountsAsObstructed() {
    assertThat(blocked(Scenes.eligiblePatient().with(Scenes.flow("f2", 1, CsfFlow.PARTIAL))))
        .isTrue();
  }

  @Test
  void g24RadiotherapyWithoutANewStudyStaysObstructedAndAsksForOne() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1), blockRadiotherapy("rt", 3));

    assertThat(patient.schedule(ScheduleCode.FLOW_RESTUDY)).isPresent();
    assertThat(patient.recommends(RecommendationCode.CSF_FLOW_STUDY)).isTrue();
  }

  @Test
  void g25ANewObstructionAfterRestorationBlocksAgain() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.obstructed("f2", 1),
                blockRadiotherapy("rt", 3),
                Scenes.flow("f3", 10),
                Scenes.obstructed("f4", 14),
                Scenes.flow("f5", 16));

    assertThat(blocked(patient)).isTrue();
  }

  @Test
  void g25TheRestorationHoldsInAnyOrderOfArrival() {
    Patient patient =
        new Patient()
            .with(
                Scenes.flow("f3", 10).reportedDay(12),
                Scenes.obstructed("f2", 1).reportedDay(12),
                blockRadiotherapy("rt", 3).reportedDay(12))
            .with(Scenes.mri(), Scenes.csf(), Scenes.kps(0), Scenes.visit());

    assertThat(blocked(patient)).isFalse();
    assertThat(eligible(patient)).isTrue();
  }
}
