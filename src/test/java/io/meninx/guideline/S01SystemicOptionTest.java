package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.SYSTEMIC_OPTION_UNASSESSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S1: intrathecal treatment alone, before anyone looked at the systemic option. */
class S01SystemicOptionTest {
  private static Facts.Treatment intrathecal(Action action) {
    return Facts.methotrexate("it", action).order("it").doseMg(15).day(2);
  }

  private static boolean warned(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus().with(facts).isOpen(SYSTEMIC_OPTION_UNASSESSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"ORDERED", "STARTED", "ADMINISTERED"})
  void intrathecalTreatmentAlone(Action action) {
    Patient patient = Given.confirmedInGoodStatus().with(intrathecal(action));

    assertThat(Seen.priority(patient, SYSTEMIC_OPTION_UNASSESSED)).contains(Priority.URGENT);
  }

  @Test
  void withoutIntrathecalTreatmentNothingIsAsked() {
    assertThat(warned()).isFalse();
  }

  @Test
  void systemicTreatmentPlannedBesides() {
    assertThat(
            warned(
                Given.systemic("s", Action.ORDERED, "osimertinib").day(1),
                intrathecal(Action.ORDERED)))
        .isFalse();
  }

  @Test
  void steroidIsNoSystemicTreatmentOfTheTumour() {
    assertThat(
            warned(
                Given.systemic("s", Action.STARTED, "dexamethasone").day(1),
                intrathecal(Action.ORDERED)))
        .isTrue();
  }

  @Test
  void radiotherapyPlannedBesides() {
    assertThat(
            warned(
                Given.radiotherapy("rt", Action.ORDERED).field(Field.FOCAL).day(1),
                intrathecal(Action.ORDERED)))
        .isFalse();
  }

  /** Radiotherapy that was taken back before any was given is not planned any more. */
  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"CANCELLED", "STOPPED"})
  void radiotherapyTakenBackIsNotPlanned(Action end) {
    assertThat(
            warned(
                Given.radiotherapy("rt", Action.ORDERED).order("rt").field(Field.FOCAL).day(1),
                Given.radiotherapy("end", end).order("rt").day(1),
                intrathecal(Action.ORDERED)))
        .isTrue();
    assertThat(
            warned(
                Given.radiotherapy("rt", Action.STARTED).order("rt").field(Field.FOCAL).day(1),
                Given.radiotherapy("end", end).order("rt").day(1),
                intrathecal(Action.ORDERED)))
        .as("some of it was given")
        .isFalse();
  }

  @Test
  void optionIsAssessedOnceTheProfileIsKnown() {
    assertThat(warned(Given.adenocarcinomaWithoutDriver(1), intrathecal(Action.ORDERED))).isFalse();
    assertThat(
            warned(
                Given.histology(1, Histology.ADENOCARCINOMA).marker("EGFR", "L858R"),
                intrathecal(Action.ORDERED)))
        .isFalse();
  }

  @Test
  void pendingOrFailedMarkersAreNoAssessment() {
    assertThat(
            warned(
                Given.histology(1, Histology.ADENOCARCINOMA)
                    .marker("EGFR", "PENDING")
                    .marker("ALK", "FAILED"),
                intrathecal(Action.ORDERED)))
        .isTrue();
  }

  @Test
  void endsWhenTheCourseIsStopped() {
    assertThat(
            warned(
                intrathecal(Action.ORDERED),
                Facts.methotrexate("end", Action.CANCELLED).order("it").day(3)))
        .isFalse();
  }

  /** The last act is the newest of all courses, whichever of them began last. */
  @Test
  void aDoseOfAnotherAgentBesideTheCourseDoesNotEndIt() {
    Patient patient = Given.confirmedInGoodStatus();
    for (int day = 0; day <= 33; day += 3) {
      patient.with(Facts.methotrexate("it" + day, Action.ADMINISTERED).order("a").day(day));
      if (day == 3) {
        patient.with(
            Facts.methotrexate("other", Action.ADMINISTERED).agent("thiotepa").order("t").day(5));
      }
    }
    String key = patient.open(SYSTEMIC_OPTION_UNASSESSED).orElseThrow().alertKey();

    assertThat(patient.untilDay(60).open(SYSTEMIC_OPTION_UNASSESSED))
        .hasValueSatisfying(alert -> assertThat(alert.alertKey()).isEqualTo(key));
    assertThat(patient.revisions(SYSTEMIC_OPTION_UNASSESSED))
        .extracting(alert -> alert.alertKey())
        .as("one episode, from the first dose on")
        .containsOnly(key);
    assertThat(patient.until(Facts.at(61, "00:00")).isOpen(SYSTEMIC_OPTION_UNASSESSED)).isFalse();
  }

  /** G56: the poor arm wins over S1. */
  @Test
  void inPoorStatusNoSystemicOptionIsAskedFor() {
    assertThat(
            Given.confirmedInPoorStatus()
                .with(intrathecal(Action.ORDERED))
                .isOpen(SYSTEMIC_OPTION_UNASSESSED))
        .isFalse();
  }

  /** A part of radiotherapy that was given is more than intrathecal treatment alone. */
  @Test
  void radiotherapyThatWasStoppedAfterSomeOfIt() {
    assertThat(
            warned(
                Given.radiotherapy("rt", Action.ORDERED)
                    .order("rt")
                    .field(Field.FOCAL)
                    .doseGy(30)
                    .fractions(10)
                    .day(1),
                Given.radiotherapy("end", Action.STOPPED)
                    .order("rt")
                    .field(Field.FOCAL)
                    .doseGy(9)
                    .fractions(3)
                    .day(1),
                intrathecal(Action.ORDERED)))
        .isFalse();
    assertThat(
            warned(
                Given.radiotherapy("end", Action.STOPPED).field(Field.FOCAL).day(1),
                intrathecal(Action.ORDERED)))
        .as("nobody stops what was never given")
        .isFalse();
    assertThat(
            warned(
                Given.radiotherapy("end", Action.STOPPED).field(Field.FOCAL).day(-30),
                intrathecal(Action.ORDERED)))
        .as("history")
        .isTrue();
  }
}
