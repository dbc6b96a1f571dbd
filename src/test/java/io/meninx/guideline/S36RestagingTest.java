package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S36: systemic restaging at diagnosis and every 8 weeks with the MRI. */
class S36RestagingTest {
  private static final AlertCode DUE = AlertCode.RESTAGING_DUE;

  private static Patient restaged() {
    return Scenes.eligiblePatient()
        .with(
            Facts.treatment("start", Modality.SYSTEMIC, Action.STARTED).agent("osimertinib").day(0),
            Facts.assessment("staging").day(0).restagingDone(true));
  }

  @Test
  void missingAtDiagnosisIsAsked() {
    assertThat(Scenes.eligiblePatient().open(DUE))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.ROUTINE));
  }

  static Stream<Arguments> stages() {
    return Stream.of(
        Arguments.of(48, null),
        Arguments.of(49, AlertStage.DUE),
        Arguments.of(63, AlertStage.DUE),
        Arguments.of(64, AlertStage.OVERDUE),
        Arguments.of(84, AlertStage.OVERDUE),
        Arguments.of(85, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "day {0}: {1}")
  @MethodSource("stages")
  void stageOfTheNextRestagingAlwaysRoutine(int day, @Nullable AlertStage stage) {
    Patient patient = restaged().until(Facts.at(day, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    assertThat(patient.open(DUE).map(AlertRevision::priority))
        .isIn(Optional.empty(), Optional.of(Priority.ROUTINE));
  }

  /** At diagnosis: one of some weeks before is that, one of the year before is not. */
  @Test
  void aRestagingOfLongBeforeTheOpeningIsNotTheOneAtDiagnosis() {
    for (int day : new int[] {-1, -63, -64, -400}) {
      Patient patient =
          new Patient()
              .with(Facts.assessment("staging").day(day).restagingDone(true))
              .with(Scenes.eligible());

      assertThat(patient.isOpen(DUE)).as("day %s", day).isEqualTo(day < -63);
    }
  }
}
