package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S34: MRI of brain and spine after treatment began; T0 is day 0 here. */
class S34FollowUpMriTest {
  private static final AlertCode DUE = AlertCode.MRI_DUE;

  private static Patient treated() {
    return Scenes.eligiblePatient()
        .with(
            Facts.treatment("start", Modality.SYSTEMIC, Action.STARTED)
                .agent("osimertinib")
                .day(0));
  }

  private static Facts.Imaging mri(int day) {
    return Facts.fullMri("mri" + day)
        .day(day)
        .tesla(3)
        .pattern(ImagingReport.Pattern.LINEAR)
        .response(ImagingReport.Response.STABLE);
  }

  private static List<Instant> dates(Patient patient) {
    return patient.schedule(ScheduleCode.MRI_NEUROAXIS).orElseThrow().entries().stream()
        .map(ScheduleEntry::dueAt)
        .toList();
  }

  static Stream<Arguments> firstMri() {
    return Stream.of(
        Arguments.of(41, null, null),
        Arguments.of(42, AlertStage.DUE, Priority.ROUTINE),
        Arguments.of(63, AlertStage.DUE, Priority.ROUTINE),
        Arguments.of(64, AlertStage.OVERDUE, Priority.URGENT),
        Arguments.of(84, AlertStage.OVERDUE, Priority.URGENT),
        Arguments.of(85, AlertStage.CRITICAL, Priority.STAT));
  }

  @ParameterizedTest(name = "day {0}: {1}")
  @MethodSource
  void firstMri(int day, @Nullable AlertStage stage, @Nullable Priority priority) {
    Patient patient = treated().until(Facts.at(day, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    assertThat(patient.open(DUE).map(AlertRevision::priority))
        .isEqualTo(Optional.ofNullable(priority));
    assertThat(dates(patient)).containsExactly(Facts.at(56, "00:00"));
  }

  @ParameterizedTest(name = "day {0} after the last MRI: {1}")
  @MethodSource("nextMri")
  void nextMri(int after, @Nullable AlertStage stage) {
    Patient patient = treated().with(mri(50)).until(Facts.at(50 + after, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    assertThat(dates(patient)).containsExactly(Facts.at(106, "00:00"));
  }

  static Stream<Arguments> nextMri() {
    return Stream.of(
        Arguments.of(48, null),
        Arguments.of(49, AlertStage.DUE),
        Arguments.of(63, AlertStage.DUE),
        Arguments.of(64, AlertStage.OVERDUE),
        Arguments.of(84, AlertStage.OVERDUE),
        Arguments.of(85, AlertStage.CRITICAL));
  }

  @Test
  void anEarlyMriResetsTheInterval() {
    assertThat(dates(treated().with(mri(20)))).containsExactly(Facts.at(76, "00:00"));
  }

  @Test
  void brainAloneDoesNotSatisfy() {
    Patient patient =
        treated()
            .with(
                Facts.imaging("brain")
                    .modality(ImagingReport.Modality.MRI)
                    .contrast(true)
                    .tesla(3)
                    .brain()
                    .day(50))
            .untilDay(60);

    assertThat(dates(patient)).containsExactly(Facts.at(56, "00:00"));
    assertThat(patient.isOpen(DUE)).isTrue();
  }

  @Test
  void aSpineFromBeforeTreatmentDoesNotCompleteABrainAfterIt() {
    Patient patient = treated().with(Facts.imaging("brain").day(5).brain());

    assertThat(dates(patient)).containsExactly(dates(treated()).getFirst());
  }

  @Test
  void brainAndSpineWithinFourteenDaysSatisfyTogether() {
    for (int apart : new int[] {14, 15}) {
      Patient patient =
          treated()
              .with(
                  Facts.imaging("brain")
                      .modality(ImagingReport.Modality.MRI)
                      .contrast(true)
                      .tesla(3)
                      .brain()
                      .day(45),
                  Facts.imaging("spine")
                      .modality(ImagingReport.Modality.MRI)
                      .contrast(true)
                      .tesla(3)
                      .spine()
                      .day(45 + apart));

      assertThat(patient.isOpen(DUE)).as("%s days apart", apart).isEqualTo(apart > 14);
    }
  }

  @Test
  void aCancelledOrPreliminaryMriDoesNotSatisfy() {
    assertThat(treated().with(mri(50).cancelled()).isOpen(DUE)).isTrue();
    assertThat(treated().with(mri(50).preliminary()).isOpen(DUE)).isTrue();
  }

  static Stream<Arguments> lateMri() {
    return Stream.of(
        Arguments.of(76, null),
        Arguments.of(77, AlertStage.DUE),
        Arguments.of(91, AlertStage.DUE),
        Arguments.of(92, AlertStage.OVERDUE),
        Arguments.of(98, AlertStage.OVERDUE),
        Arguments.of(99, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "day {0} after a stable MRI of month 7: {1}")
  @MethodSource
  void lateMri(int after, @Nullable AlertStage stage) {
    Patient patient = treated().with(mri(200)).until(Facts.at(200 + after, "00:00"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage))
        .isEqualTo(Optional.ofNullable(stage));
    assertThat(dates(patient)).containsExactly(Facts.at(284, "00:00"));
  }

  @Test
  void afterSixMonthsTheIntervalStaysShortWhenProgressed() {
    Patient patient = treated().with(mri(200).response(ImagingReport.Response.PROGRESSED));

    assertThat(dates(patient)).containsExactly(Facts.at(256, "00:00"));
  }

  // ------------------------------------------------------------------ worsening

  static Stream<Arguments> worsening() {
    return Stream.of(
        Arguments.of(0, AlertStage.DUE),
        Arguments.of(3, AlertStage.DUE),
        Arguments.of(4, AlertStage.OVERDUE),
        Arguments.of(7, AlertStage.OVERDUE),
        Arguments.of(8, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "{0} days after a new sign: {1}")
  @MethodSource
  void worsening(int after, AlertStage stage) {
    Patient patient =
        treated().with(Facts.assessment("new").day(10).signs("DIPLOPIA")).untilDay(10 + after);

    assertThat(patient.open(DUE).flatMap(AlertRevision::stage)).contains(stage);
    assertThat(patient.open(DUE).flatMap(AlertRevision::dueAt)).contains(Facts.at(13, "00:00"));
  }

  @Test
  void aFallOfTwentyPointsIsAWorseningAndOfTenIsNot() {
    assertThat(treated().with(Facts.kps("fell", 70).day(10)).isOpen(DUE)).isTrue();
    assertThat(treated().with(Facts.kps("fell", 80).day(10)).isOpen(DUE)).isFalse();
  }

  @Test
  void aKnownOrUntypicalSignIsNoWorsening() {
    assertThat(treated().with(Facts.assessment("a").day(10).signs("HEADACHE")).isOpen(DUE))
        .isFalse();
    assertThat(treated().with(Facts.assessment("a").day(10).signs("RASH")).isOpen(DUE)).isFalse();
  }

  @Test
  void aWorseningBeforeTreatmentIsNone() {
    Patient patient =
        treated().with(Facts.assessment("early").observedDay(-1).reportedDay(2).signs("DIPLOPIA"));

    assertThat(patient.isOpen(DUE)).isFalse();
  }

  @Test
  void theMriAfterAWorseningEndsIt() {
    Patient patient = treated().with(Facts.assessment("new").day(10).signs("DIPLOPIA"), mri(12));

    assertThat(patient.isOpen(DUE)).isFalse();
    assertThat(dates(patient)).containsExactly(Facts.at(68, "00:00"));
  }

  @Test
  void theNeedArisesWhenTheWorseningIsReported() {
    Patient patient =
        treated().with(Facts.assessment("new").observedDay(10).reportedDay(14).signs("DIPLOPIA"));

    assertThat(patient.open(DUE).flatMap(AlertRevision::dueAt)).contains(Facts.at(17, "00:00"));
  }

  // ------------------------------------------------------------------ ends

  @Test
  void declinedEntriesAreSuspendedNotDeleted() {
    Patient patient =
        treated()
            .with(Facts.assessment("no").day(1).declines("COMPLETE_NEUROAXIS_MRI"))
            .untilDay(90);

    assertThat(patient.schedule(ScheduleCode.MRI_NEUROAXIS).orElseThrow().entries())
        .extracting(ScheduleEntry::state)
        .containsOnly(EntryState.SUSPENDED);
    assertThat(patient.isOpen(DUE)).isFalse();
  }

  @Test
  void deathClosesAndItsWithdrawalReopens() {
    Patient patient =
        treated().untilDay(70).with(Facts.outcome("o", OutcomeReport.Vital.DEAD).day(70));
    assertThat(patient.visible().stage()).isEqualTo(Stage.CLOSED);
    assertThat(patient.visible().openAlerts()).isEmpty();
    assertThat(patient.visible().schedules()).isEmpty();
    assertThat(patient.state().nextDue()).isEmpty();

    patient.with(
        Facts.outcome("o", OutcomeReport.Vital.DEAD).observedDay(70).withdrawn().reportedDay(72));
    assertThat(patient.visible().stage()).isEqualTo(Stage.TREATMENT);
    assertThat(patient.open(DUE).flatMap(AlertRevision::stage)).contains(AlertStage.OVERDUE);
  }

  @Test
  void beforeTreatmentThereIsNoSchedule() {
    assertThat(Scenes.eligiblePatient().untilDay(60).schedule(ScheduleCode.MRI_NEUROAXIS))
        .isEmpty();
  }

  private static Facts.Imaging part(String id, int day, ImagingReport.Region... regions) {
    return Facts.imaging(id).modality(ImagingReport.Modality.MRI).regions(regions).day(day);
  }

  /** S34: of brain and spine. */
  @Test
  void onlyAnMriOfBrainAndSpineEndsAWorsening() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("new").day(10).signs("CAUDA_EQUINA"),
                Facts.kps("fell", 70).day(10),
                part("abdomen", 11, ImagingReport.Region.ABDOMEN),
                part("brain", 12, ImagingReport.Region.BRAIN));
    assertThat(patient.isOpen(DUE)).isTrue();

    patient.with(part("spine", 13).spine());
    assertThat(patient.isOpen(DUE)).isFalse();
    assertThat(patient.alerts.getLast().resolutionReason())
        .contains(io.meninx.pathway.ResolutionReason.DONE);
  }

  /** Contract section 5: evidence of another reason wakes who has answered. */
  @Test
  void aFurtherWorseningIsToldThoughTheMriIsDueAlready() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("new").day(10).signs("DIPLOPIA"),
                Facts.response("ack", io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
                    .code("MRI_DUE")
                    .day(20),
                Facts.assessment("more").day(21).signs("CAUDA_EQUINA"));

    assertThat(patient.open(DUE))
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.state()).isEqualTo(io.meninx.pathway.AlertState.ACTIVE);
              assertThat(alert.notifies()).isTrue();
              assertThat(alert.evidence()).extracting(Evidence::factId).contains("new", "more");
              assertThat(alert.dueAt()).contains(Facts.at(13, "00:00"));
            });
  }

  @Test
  void aWorseningIsToldBesideARoutineOneThatIsLater() {
    Patient patient =
        treated()
            .untilDay(90)
            .with(
                Facts.response("ack", io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
                    .code("MRI_DUE")
                    .day(90),
                Facts.assessment("new").day(91).signs("CAUDA_EQUINA"));

    assertThat(patient.open(DUE))
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.stage()).contains(AlertStage.CRITICAL);
              assertThat(alert.state()).isEqualTo(io.meninx.pathway.AlertState.ACTIVE);
              assertThat(alert.summary()).contains("after worsening");
            });
  }

  /** A scan of the chest says how the disease outside the CNS does. */
  @Test
  void theIntervalGrowsOnlyByAResponseOfTheNeuroaxis() {
    Patient stable = treated().with(mri(190), part("chest", 191, ImagingReport.Region.CHEST));
    Patient progressed =
        treated()
            .with(
                mri(190).response(ImagingReport.Response.PROGRESSED),
                part("chest", 192, ImagingReport.Region.CHEST)
                    .response(ImagingReport.Response.STABLE));

    assertThat(dates(stable)).containsExactly(Facts.at(190 + 84, "00:00"));
    assertThat(dates(progressed)).containsExactly(Facts.at(190 + 56, "00:00"));
  }

  /** A part that completed an examination does not complete the next one too. */
  @Test
  void aPartAfterACompleteExaminationIsNotAnotherOne() {
    Patient patient = treated().with(mri(50), part("brain", 60, ImagingReport.Region.BRAIN));
    assertThat(dates(patient)).containsExactly(Facts.at(106, "00:00"));

    patient.with(part("spine", 62).spine());
    assertThat(dates(patient)).containsExactly(Facts.at(118, "00:00"));
  }

  /** Of day 62; then something older comes. */
  private static void critical(Facts.Builder<?> worsening, Facts.Builder<?> late) {
    Patient patient = treated().with(mri(20), worsening).untilDay(69);
    assertThat(patient.open(DUE).flatMap(AlertRevision::stage)).contains(AlertStage.OVERDUE);

    patient.with(late).untilDay(70);
    assertThat(patient.open(DUE).flatMap(AlertRevision::stage)).contains(AlertStage.CRITICAL);
    assertThat(patient.open(DUE).flatMap(AlertRevision::dueAt)).contains(Facts.at(65, "00:00"));
  }

  /** An older document that comes late does not make a worsening younger. */
  @Test
  void anOlderWorseningThatIsReportedLateDoesNotPutItOff() {
    Facts.Assessment sign = Facts.assessment("new").day(62).signs("CAUDA_EQUINA");
    critical(sign, Facts.assessment("letter").observedDay(60).reportedDay(69).signs("DIPLOPIA"));
    critical(
        sign, Facts.assessment("letter").observedDay(60).reportedDay(69).signs("CAUDA_EQUINA"));
    critical(
        Facts.kps("fell", 60).day(62), Facts.kps("letter", 70).observedDay(59).reportedDay(69));
  }
}
