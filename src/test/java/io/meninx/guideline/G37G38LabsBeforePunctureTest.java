package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** G37, G38: platelets and INR of the 48 hours before a dose or a puncture. */
class G37G38LabsBeforePunctureTest {
  private static Facts.Assessment labs(String id, double platelets, double inr) {
    return Facts.assessment(id).labs(platelets, inr, 3, 90);
  }

  private static Facts.Treatment puncture() {
    return Facts.treatment("lp", Modality.LUMBAR_PUNCTURE, Action.ORDERED).order("lp");
  }

  private static boolean held(Patient patient) {
    return patient.isOpen(AlertCode.LABS_HOLD);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(50, 1.4, null),
        Arguments.of(49, 1.4, Priority.URGENT),
        Arguments.of(50, 1.41, Priority.URGENT),
        Arguments.of(20, 1.0, Priority.URGENT),
        Arguments.of(19, 1.0, Priority.STAT));
  }

  @ParameterizedTest(name = "platelets {0}, INR {1}: {2}")
  @MethodSource("values")
  void limits(double platelets, double inr, @org.jspecify.annotations.Nullable Priority priority) {
    for (Facts.Treatment act : new Facts.Treatment[] {puncture(), Scenes.dose("d", 1)}) {
      Patient patient =
          Scenes.eligiblePatient().with(labs("labs", platelets, inr).day(1), act.day(1));

      assertThat(patient.open(AlertCode.LABS_HOLD).map(AlertRevision::priority))
          .isEqualTo(Optional.ofNullable(priority));
      assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_LABS))
          .isEqualTo(priority != null);
    }
  }

  /** The order is shown for three days, the puncture for one more: it is one alert. */
  @Test
  void theDayOfTheOrderIsOverBeforeTheHoldOfItsPunctureIs() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                puncture().day(0),
                Facts.treatment("done", Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED)
                    .order("lp")
                    .day(1))
            .untilDay(2);
    AlertRevision both = patient.open(AlertCode.LABS_HOLD).orElseThrow();
    assertThat(both.evidence()).extracting(Evidence::factId).containsExactly("lp", "done");

    AlertRevision later = patient.untilDay(3).open(AlertCode.LABS_HOLD).orElseThrow();
    assertThat(later.alertKey()).isEqualTo(both.alertKey());
    assertThat(later.notifies()).isFalse();
    assertThat(later.evidence()).extracting(Evidence::factId).containsExactly("done");
    assertThat(held(patient.untilDay(4))).isFalse();
  }

  @Test
  void thePunctureOfAnOrderWakesNoAnswerOfTheOrder() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                puncture().day(0),
                overridden(),
                Facts.treatment("done", Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED)
                    .order("lp")
                    .day(1));

    assertThat(patient.open(AlertCode.LABS_HOLD).orElseThrow().state())
        .isEqualTo(AlertState.OVERRIDDEN);
  }

  /** Contract section 5: every puncture is judged, and only doses of one course go together. */
  @Test
  void anotherPunctureWakesTheAnswerOfTheOneBefore() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.treatment("lp1", Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED).day(0),
                overridden(),
                labs("labs", 30, 1).day(2),
                Facts.treatment("lp2", Modality.LUMBAR_PUNCTURE, Action.ADMINISTERED).day(2));

    AlertRevision alert = patient.open(AlertCode.LABS_HOLD).orElseThrow();
    assertThat(alert.state()).isEqualTo(AlertState.ACTIVE);
    assertThat(alert.notifies()).isTrue();
  }

  private static Facts.Response overridden() {
    return Facts.response("answer", AlertResponse.Action.OVERRIDDEN)
        .code("LABS_HOLD")
        .time(0, "18:00");
  }

  @Test
  void unknownValuesHoldAndContraindicateNothing() {
    Patient patient = Scenes.eligiblePatient().with(puncture().day(1));

    assertThat(patient.open(AlertCode.LABS_HOLD).orElseThrow().missing())
        .containsExactlyInAnyOrder(LabValues.PLATELETS, LabValues.INR);
    assertThat(patient.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_LABS)).isFalse();
  }

  @Test
  void g38FortyEightHoursToTheMinute() {
    assertThat(
            held(
                Scenes.eligiblePatient()
                    .with(labs("l", 100, 1).time(1, "12:00"), puncture().time(3, "12:00"))))
        .isFalse();
    assertThat(
            held(
                Scenes.eligiblePatient()
                    .with(labs("l", 100, 1).time(1, "12:00"), puncture().time(3, "12:01"))))
        .isTrue();
  }

  @Test
  void g38TwoDaysAtTheCoarserPrecision() {
    assertThat(held(Scenes.eligiblePatient().with(labs("l", 100, 1).day(1), puncture().day(3))))
        .isFalse();
    assertThat(
            held(
                Scenes.eligiblePatient()
                    .with(labs("l", 100, 1).day(1), puncture().time(3, "23:00"))))
        .isFalse();
    assertThat(held(Scenes.eligiblePatient().with(labs("l", 100, 1).day(1), puncture().day(4))))
        .isTrue();
  }

  @Test
  void labsAfterTheActDoNotMakeItWorse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(labs("l", 100, 1).day(1), puncture().day(1), labs("later", 10, 1).day(2));

    assertThat(held(patient)).isFalse();
  }

  @Test
  void laterFittingLabsEndIt() {
    Patient patient = Scenes.eligiblePatient().with(labs("l", 40, 1).day(1), puncture().day(1));
    assertThat(held(patient)).isTrue();

    assertThat(held(patient.with(labs("later", 60, 1).day(2)))).isFalse();
  }

  @Test
  void itEndsAfterThreeDaysOrWithTheOrder() {
    Patient patient = Scenes.eligiblePatient().with(puncture().time(1, "10:00"));
    assertThat(held(patient.until(Facts.at(4, "09:59")))).isTrue();
    assertThat(held(patient.until(Facts.at(4, "10:00")))).isFalse();

    Patient cancelled =
        Scenes.eligiblePatient()
            .with(
                puncture().day(1),
                Facts.treatment("x", Modality.LUMBAR_PUNCTURE, Action.CANCELLED)
                    .order("lp")
                    .day(1));
    assertThat(held(cancelled)).isFalse();
  }

  @Test
  void aDoseMerelyDueRaisesNone() {
    Patient patient =
        Scenes.eligiblePatient().with(labs("l", 100, 1).day(0), Scenes.dose("d", 0)).untilDay(20);

    assertThat(patient.revisions(AlertCode.LABS_HOLD)).isEmpty();
  }

  /** What is a hard stop now is new to those who were asked about a hold before. */
  @Test
  void aHoldThatBecomesAHardStopIsToldToItsRolesAgain() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                labs("labs", 45, 1.0).day(1),
                puncture().time(1, "12:30"),
                labs("labs", 8, 1.0).amended().day(1).reportedAt(Facts.at(1, "23:00")))
            .until(Facts.at(1, "23:00"));

    assertThat(patient.open(AlertCode.LABS_HOLD))
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.priority()).isEqualTo(Priority.STAT);
              assertThat(alert.notifies()).isTrue();
              assertThat(alert.audience()).contains(Audience.TREATING_ONCOLOGIST);
            });
    patient.untilDay(2);
    assertThat(patient.revisions(AlertCode.LABS_HOLD))
        .filteredOn(
            revision ->
                revision.priority() == Priority.STAT
                    && revision.state() == io.meninx.pathway.AlertState.ESCALATED
                    && revision.notifies())
        .hasSizeGreaterThan(1);
  }
}
