package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
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

/** S33: standardised neurological examinations; T0 is day 0 here. */
class S33NeurologicalExamTest {
  private static final AlertCode DUE = AlertCode.NEURO_EXAM_DUE;

  private static Patient treated(int... examDays) {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.treatment("start", Modality.SYSTEMIC, Action.STARTED)
                    .agent("osimertinib")
                    .day(0));
    for (int day : examDays) {
      patient.with(exam(day, NeurologicalExam.STANDARDIZED));
    }
    return patient;
  }

  private static Facts.Assessment exam(int day, NeurologicalExam exam) {
    return Facts.assessment("exam" + day).day(day).exam(exam);
  }

  static Stream<Arguments> stages() {
    return Stream.of(
        Arguments.of(new int[] {}, 0, AlertStage.DUE),
        Arguments.of(new int[] {}, 7, AlertStage.DUE),
        Arguments.of(new int[] {}, 8, AlertStage.OVERDUE),
        Arguments.of(new int[] {}, 21, AlertStage.OVERDUE),
        Arguments.of(new int[] {}, 22, AlertStage.CRITICAL),
        Arguments.of(new int[] {0}, 24, null),
        Arguments.of(new int[] {0}, 25, AlertStage.DUE),
        Arguments.of(new int[] {0}, 31, AlertStage.DUE),
        Arguments.of(new int[] {0}, 32, AlertStage.OVERDUE),
        Arguments.of(new int[] {0}, 42, AlertStage.OVERDUE),
        Arguments.of(new int[] {0}, 43, AlertStage.CRITICAL),
        Arguments.of(new int[] {0, 28, 56, 84}, 132, null),
        Arguments.of(new int[] {0, 28, 56, 84}, 133, AlertStage.DUE),
        Arguments.of(new int[] {0, 28, 56, 84}, 147, AlertStage.DUE),
        Arguments.of(new int[] {0, 28, 56, 84}, 148, AlertStage.OVERDUE),
        Arguments.of(new int[] {0, 28, 56, 84}, 168, AlertStage.OVERDUE),
        Arguments.of(new int[] {0, 28, 56, 84}, 169, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "exams {0}, day {1}: {2}")
  @MethodSource("stages")
  void stageOfTheNextExam(int[] exams, int day, @Nullable AlertStage stage) {
    Patient patient = treated(exams).until(Facts.at(day, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    if (stage != null) {
      assertThat(patient.open(DUE).orElseThrow().priority())
          .isEqualTo(stage == AlertStage.DUE ? Priority.ROUTINE : Priority.URGENT);
    }
  }

  @Test
  void anExamOfTheWeekBeforeCountsAsBaseline() {
    assertThat(treated(-7).isOpen(DUE)).isFalse();
    assertThat(treated(-8).isOpen(DUE)).isTrue();
  }

  @Test
  void freeTextDoesNotSatisfy() {
    assertThat(treated().with(exam(1, NeurologicalExam.FREE_TEXT)).isOpen(DUE)).isTrue();
    assertThat(treated().with(exam(1, NeurologicalExam.STANDARDIZED)).isOpen(DUE)).isFalse();
  }

  @Test
  void theScheduleNamesItsDates() {
    assertThat(treated().schedule(ScheduleCode.NEUROLOGICAL_EXAM).orElseThrow().entries())
        .extracting(ScheduleEntry::dueAt)
        .startsWith(
            Facts.at(0, "00:00"),
            Facts.at(28, "00:00"),
            Facts.at(56, "00:00"),
            Facts.at(84, "00:00"));
  }
}
