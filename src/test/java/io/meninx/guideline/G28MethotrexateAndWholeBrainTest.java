package io.meninx.guideline;

import static io.meninx.guideline.ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN;
import static io.meninx.guideline.ContraindicationCode.WHOLE_BRAIN_NEAR_METHOTREXATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/** G28: whole-brain radiotherapy and methotrexate up to 12 weeks apart block each other. */
class G28MethotrexateAndWholeBrainTest {
  private static final AlertCode CONFLICT = AlertCode.METHOTREXATE_WHOLE_BRAIN_CONFLICT;

  private static Facts.Treatment wholeBrain(int day, Action action) {
    return Scenes.radiotherapy("wbrt", day, Field.WHOLE_BRAIN, action).order("rt");
  }

  private static Priority priority(Patient patient) {
    return patient.open(CONFLICT).map(AlertRevision::priority).orElseThrow();
  }

  @Test
  void methotrexateEightyFourDaysLaterIsStatAndEightyFiveDaysLaterUrgent() {
    Patient close =
        Scenes.eligiblePatient()
            .with(wholeBrain(0, Action.COMPLETED), Scenes.methotrexate("o", 84, Action.ORDERED));
    Patient later =
        Scenes.eligiblePatient()
            .with(wholeBrain(0, Action.COMPLETED), Scenes.methotrexate("o", 85, Action.ORDERED));

    assertThat(priority(close)).isEqualTo(Priority.STAT);
    assertThat(priority(later)).isEqualTo(Priority.URGENT);
  }

  @Test
  void wholeBrainAfterMethotrexateIsJudgedTheSame() {
    Patient close =
        Scenes.eligiblePatient().with(Scenes.dose("d", 0), wholeBrain(84, Action.ORDERED));
    Patient later =
        Scenes.eligiblePatient().with(Scenes.dose("d", 0), wholeBrain(85, Action.ORDERED));

    assertThat(priority(close)).isEqualTo(Priority.STAT);
    assertThat(priority(later)).isEqualTo(Priority.URGENT);
  }

  @Test
  void theContraindicationsStandForEightyFourDays() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(wholeBrain(1, Action.COMPLETED), Scenes.dose("d", 2))
            .until(Facts.at(85, "23:59"));
    assertThat(patient.contraindicated(METHOTREXATE_NEAR_WHOLE_BRAIN)).isTrue();

    patient.until(Facts.at(86, "00:00"));
    assertThat(patient.contraindicated(METHOTREXATE_NEAR_WHOLE_BRAIN)).isFalse();
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isTrue();

    patient.until(Facts.at(87, "00:00"));
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isFalse();
  }

  @Test
  void theDistanceCountsFromTheLastFractionReported() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(wholeBrain(0, Action.STARTED))
            .with(
                Scenes.radiotherapy("done", 14, Field.WHOLE_BRAIN, Action.COMPLETED).order("rt"),
                Scenes.methotrexate("o", 98, Action.ORDERED));

    assertThat(priority(patient)).isEqualTo(Priority.STAT);
  }

  @Test
  void concurrentIsStat() {
    assertThat(
            priority(
                Scenes.eligiblePatient().with(Scenes.dose("d", 3), wholeBrain(3, Action.STARTED))))
        .isEqualTo(Priority.STAT);
  }

  @Test
  void aCancelledOrderLiftsIt() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(wholeBrain(1, Action.ORDERED))
            .with(Scenes.radiotherapy("x", 2, Field.WHOLE_BRAIN, Action.CANCELLED).order("rt"));

    assertThat(patient.contraindicated(METHOTREXATE_NEAR_WHOLE_BRAIN)).isFalse();
  }

  private static Facts.Treatment weekly(int day, Action action) {
    return Given.systemic("oral-" + action, action, "methotrexate 10 mg weekly")
        .day(day)
        .order("m");
  }

  /** Concurrent is no distance at all, however long ago it began. */
  @Test
  void methotrexateThatGoesOnIsConcurrent() {
    Patient patient =
        Scenes.eligiblePatient().with(weekly(1, Action.STARTED), wholeBrain(200, Action.ORDERED));

    assertThat(priority(patient)).isEqualTo(Priority.STAT);
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isTrue();

    patient.with(weekly(202, Action.STOPPED));
    assertThat(priority(patient)).as("stopped because of it").isEqualTo(Priority.STAT);
    assertThat(patient.open(CONFLICT).orElseThrow().summary()).contains("0 days apart");
  }

  @Test
  void theDistanceToWhatWasStoppedCountsFromTheStop() {
    for (Action end : new Action[] {Action.STOPPED, Action.COMPLETED}) {
      Patient close =
          Scenes.eligiblePatient()
              .with(weekly(1, Action.STARTED), weekly(198, end), wholeBrain(200, Action.ORDERED));
      Patient later =
          Scenes.eligiblePatient()
              .with(weekly(1, Action.STARTED), weekly(100, end), wholeBrain(200, Action.ORDERED));

      assertThat(priority(close)).isEqualTo(Priority.STAT);
      assertThat(priority(later)).isEqualTo(Priority.URGENT);
      assertThat(later.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isFalse();
    }
  }

  @Test
  void stoppedWholeBrainRadiotherapyCountsFromItsLastDay() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                wholeBrain(5, Action.STARTED),
                Scenes.radiotherapy("stop", 18, Field.WHOLE_BRAIN, Action.STOPPED).order("rt"))
            .untilDay(95);

    assertThat(patient.contraindicated(METHOTREXATE_NEAR_WHOLE_BRAIN)).isTrue();
    assertThat(patient.untilDay(103).contraindicated(METHOTREXATE_NEAR_WHOLE_BRAIN)).isFalse();
  }

  /** Contract section 6: only ADMINISTERED counts as a dose, so the word of the end is none. */
  @Test
  void theNoticeThatDosesEndedIsNoFurtherDose() {
    for (Action end : new Action[] {Action.STOPPED, Action.COMPLETED}) {
      Patient patient =
          Scenes.eligiblePatient()
              .with(Scenes.dose("d", 0), Scenes.methotrexate("end", 50, end))
              .untilDay(85);
      assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).as("%s", end).isFalse();

      patient.with(wholeBrain(100, Action.ORDERED));
      assertThat(priority(patient)).isEqualTo(Priority.URGENT);
      assertThat(patient.open(CONFLICT).orElseThrow().summary()).contains("100 days apart");
    }
  }

  @Test
  void theNoticeRaisesNoContraindicationThatWasOver() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.dose("d", 0)).untilDay(90);
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isFalse();

    patient.with(Scenes.methotrexate("end", 90, Action.STOPPED));
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isFalse();
  }

  /** It went on until the stop, though one dose of it is reported for itself. */
  @Test
  void theStopOfWhatStillRanCountsThoughItsFirstDoseIsKnown() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                weekly(1, Action.STARTED),
                weekly(1, Action.ADMINISTERED),
                weekly(100, Action.STOPPED))
            .untilDay(101);
    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isTrue();

    patient.with(wholeBrain(110, Action.ORDERED));
    assertThat(priority(patient)).isEqualTo(Priority.STAT);
    assertThat(patient.open(CONFLICT).orElseThrow().summary()).contains("10 days apart");
  }

  @Test
  void whatIsTakenWeekByWeekCountsUntilItsStopThoughADoseWasReported() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                weekly(1, Action.STARTED),
                weekly(8, Action.ADMINISTERED),
                weekly(100, Action.STOPPED))
            .untilDay(101);

    assertThat(patient.contraindicated(WHOLE_BRAIN_NEAR_METHOTREXATE)).isTrue();
  }
}
