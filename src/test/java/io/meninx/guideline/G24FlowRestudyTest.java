package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** G24: a new flow study 7 to 14 days after radiotherapy of a block; G21: one before a course. */
class G24FlowRestudyTest {
  private static final AlertCode DUE = AlertCode.FLOW_STUDY_DUE;

  /** Radiotherapy of the block ends on day 3. */
  private static Patient irradiated() {
    return Scenes.eligiblePatient()
        .with(
            Scenes.obstructed("f2", 1),
            Scenes.radiotherapy("rt", 3, Field.FOCAL, Action.COMPLETED));
  }

  static Stream<Arguments> restudy() {
    return Stream.of(
        Arguments.of(6, null),
        Arguments.of(7, AlertStage.DUE),
        Arguments.of(14, AlertStage.DUE),
        Arguments.of(15, AlertStage.OVERDUE),
        Arguments.of(28, AlertStage.OVERDUE),
        Arguments.of(29, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "{0} days after the last fraction: {1}")
  @MethodSource
  void restudy(int after, @Nullable AlertStage stage) {
    Patient patient = irradiated().until(Facts.at(3 + after, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    assertThat(patient.open(DUE).map(AlertRevision::priority))
        .isIn(Optional.empty(), Optional.of(Priority.ROUTINE));
  }

  @Test
  void aStudyAfterItEndsTheSchedule() {
    Patient open = irradiated().with(Scenes.flow("f3", 12));
    Patient obstructed = irradiated().with(Scenes.obstructed("f3", 12));

    assertThat(open.schedule(ScheduleCode.FLOW_RESTUDY)).isEmpty();
    assertThat(obstructed.schedule(ScheduleCode.FLOW_RESTUDY)).isEmpty();
  }

  @Test
  void withoutRadiotherapyThereIsNothingToRestudy() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.obstructed("f2", 1));

    assertThat(patient.schedule(ScheduleCode.FLOW_RESTUDY)).isEmpty();
  }

  static Stream<Arguments> studyBeforeACourse() {
    return Stream.of(
        Arguments.of(0, AlertStage.DUE),
        Arguments.of(5, AlertStage.DUE),
        Arguments.of(6, AlertStage.OVERDUE),
        Arguments.of(10, AlertStage.OVERDUE),
        Arguments.of(11, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "{0} days after the order: {1}")
  @MethodSource
  void studyBeforeACourse(int after, AlertStage stage) {
    Patient patient =
        new Patient()
            .with(
                Arrays.stream(Scenes.eligible())
                    .filter(fact -> !fact.build().header().reportId().value().equals("flow"))
                    .toArray(Facts.Builder<?>[]::new))
            .with(Scenes.methotrexate("order", 2, Action.ORDERED))
            .until(Facts.at(2, "12:00"))
            .until(Facts.at(2 + after, after == 0 ? "12:00" : "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage)).contains(stage);
    assertThat(patient.open(DUE).flatMap(AlertRevision::dueAt)).contains(Facts.at(7, "00:00"));
  }
}
