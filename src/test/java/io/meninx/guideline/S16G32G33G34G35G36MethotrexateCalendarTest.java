package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * S16: twice a week for 4 weeks, weekly for 4 weeks, then monthly (clinical rules, section 5). Here
 * the first dose is given on day 0, so day N of the calendar is day N - 1.
 */
class S16G32G33G34G35G36MethotrexateCalendarTest {
  private static final int[] DAYS = {1, 4, 8, 11, 15, 18, 22, 25, 29, 36, 43, 50, 78, 106, 134};

  private static Patient started() {
    return Scenes.eligiblePatient().with(Scenes.dose("dose0", 0));
  }

  /** Doses on their days, that many of them. */
  private static Patient onSchedule(int doses) {
    Patient patient = Scenes.eligiblePatient();
    for (int i = 0; i < doses; i++) {
      patient.with(Scenes.dose("dose" + i, DAYS[i] - 1));
    }
    return patient;
  }

  private static List<ScheduleEntry> entries(Patient patient) {
    return patient.schedule(ScheduleCode.INTRATHECAL_METHOTREXATE).orElseThrow().entries();
  }

  private static List<EntryState> states(Patient patient) {
    return entries(patient).stream().map(ScheduleEntry::state).toList();
  }

  private static AlertRevision alert(Patient patient) {
    return patient.open(AlertCode.INTRATHECAL_DOSE_DUE).orElseThrow();
  }

  // ------------------------------------------------------------------ the calendar

  @Test
  void twelveDosesAndThreeMonthlyOnes() {
    assertThat(entries(started()))
        .extracting(ScheduleEntry::dueAt)
        .containsExactly(
            java.util.Arrays.stream(DAYS)
                .mapToObj(day -> Facts.at(day - 1, "00:00"))
                .toArray(java.time.Instant[]::new));
  }

  @Test
  void aGivenDoseCarriesTheDayGivenAndMovesTheRest() {
    Patient patient = started().with(Scenes.dose("dose1", 5));

    assertThat(states(patient).subList(0, 2)).containsOnly(EntryState.DONE);
    assertThat(entries(patient).get(1).dueAt()).isEqualTo(Facts.at(5, "00:00"));
    assertThat(entries(patient).get(2).dueAt())
        .as("4 days after the second dose, as day 8 after day 4")
        .isEqualTo(Facts.at(9, "00:00"));
    assertThat(entries(patient).get(11).dueAt()).isEqualTo(Facts.at(51, "00:00"));
  }

  @Test
  void afterTheTwelfthDoseThreeMonthlyOnesStayAhead() {
    assertThat(entries(onSchedule(13))).hasSize(16);
    assertThat(entries(onSchedule(12))).hasSize(15);
  }

  @Test
  void anExtraDoseFillsTheOldestOpenEntryAndIsNeverDoubled() {
    Patient patient = started().with(Scenes.dose("extra", 1));

    assertThat(states(patient).stream().filter(EntryState.DONE::equals)).hasSize(2);
  }

  @Test
  void aWithdrawnDoseOpensItsEntryAgain() {
    Patient patient =
        started().with(Scenes.dose("dose1", 3), Scenes.dose("dose1", 3).withdrawn().reportedDay(4));

    assertThat(states(patient).stream().filter(EntryState.DONE::equals)).hasSize(1);
  }

  @Test
  void startedWithoutADoseLeavesTheEntriesUnknownAndRaisesNothing() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.methotrexate("start", 0, Action.STARTED)).untilDay(60);

    assertThat(states(patient)).containsOnly(EntryState.UNKNOWN);
    assertThat(entries(patient).getFirst().dueAt()).isEqualTo(Facts.at(0, "00:00"));
    assertThat(patient.revisions(AlertCode.INTRATHECAL_DOSE_DUE)).isEmpty();
  }

  @Test
  void anOrderAloneMakesNoCalendar() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.methotrexate("order", 0, Action.ORDERED));

    assertThat(patient.schedule(ScheduleCode.INTRATHECAL_METHOTREXATE)).isEmpty();
  }

  @Test
  void anotherDrugMakesNoCalendar() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.dose("d", 0).agent("cytarabine"));

    assertThat(patient.schedule(ScheduleCode.INTRATHECAL_METHOTREXATE)).isEmpty();
  }

  @Test
  void missedOnlyOnceTheCourseIsStopped() {
    Patient patient = started().untilDay(40);
    assertThat(states(patient)).doesNotContain(EntryState.MISSED);

    patient.with(Scenes.methotrexate("stop", 40, Action.STOPPED));

    assertThat(states(patient)).contains(EntryState.MISSED);
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  // ------------------------------------------------------------------ stages

  static Stream<Arguments> stages() {
    return Stream.of(
        // doses given, days after the target, stage
        Arguments.of(1, -2, null),
        Arguments.of(1, -1, AlertStage.DUE),
        Arguments.of(1, 3, AlertStage.DUE),
        Arguments.of(1, 4, AlertStage.OVERDUE),
        Arguments.of(1, 7, AlertStage.OVERDUE),
        Arguments.of(1, 8, AlertStage.CRITICAL),
        Arguments.of(8, -3, null),
        Arguments.of(8, -2, AlertStage.DUE),
        Arguments.of(8, 3, AlertStage.DUE),
        Arguments.of(8, 4, AlertStage.OVERDUE),
        Arguments.of(8, 8, AlertStage.CRITICAL),
        Arguments.of(12, -8, null),
        Arguments.of(12, -7, AlertStage.DUE),
        Arguments.of(12, 7, AlertStage.DUE),
        Arguments.of(12, 8, AlertStage.OVERDUE),
        Arguments.of(12, 21, AlertStage.OVERDUE),
        Arguments.of(12, 22, AlertStage.CRITICAL),
        Arguments.of(13, 22, AlertStage.CRITICAL));
  }

  @ParameterizedTest(name = "after {0} doses, {1} days after the target: {2}")
  @MethodSource("stages")
  void stageOfTheNextDose(
      int doses, int days, @org.jspecify.annotations.Nullable AlertStage stage) {
    Patient patient = onSchedule(doses).until(Facts.at(DAYS[doses] - 1 + days, "00:00"));

    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_DUE).flatMap(AlertRevision::stage))
        .isEqualTo(java.util.Optional.ofNullable(stage));
    if (stage != null) {
      assertThat(alert(patient).dueAt()).contains(Facts.at(DAYS[doses] - 1, "00:00"));
      assertThat(alert(patient).priority())
          .isEqualTo(
              switch (stage) {
                case DUE -> Priority.ROUTINE;
                case OVERDUE -> Priority.URGENT;
                case CRITICAL -> Priority.STAT;
              });
    }
  }

  @Test
  void aLateDoseStaysOverdueAndCriticalPastTheNextDate() {
    Patient patient = started().untilDay(20);

    assertThat(states(patient).get(1)).isEqualTo(EntryState.CRITICAL);
    assertThat(states(patient).subList(2, 15)).containsOnly(EntryState.PLANNED);
  }

  @Test
  void theSummarySaysHowLateItIs() {
    assertThat(alert(started().untilDay(3)).summary()).doesNotContain("overdue");
    assertThat(alert(started().untilDay(20)).summary()).contains("overdue");
  }

  @Test
  void everyDoseIsItsOwnAlert() {
    Patient patient = started().untilDay(3);
    String first = alert(patient).alertKey();

    patient.with(Scenes.dose("dose1", 3)).untilDay(7);

    assertThat(alert(patient).alertKey()).isNotEqualTo(first);
    assertThat(patient.revisions(AlertCode.INTRATHECAL_DOSE_DUE))
        .filteredOn(revision -> revision.alertKey().equals(first))
        .last()
        .satisfies(
            last ->
                assertThat(last.resolutionReason())
                    .contains(io.meninx.pathway.ResolutionReason.DONE));
  }

  // ------------------------------------------------------------------ G35

  @Test
  void g35MoreThanFourteenDaysWithinInductionIsAQuestionForTheBoard() {
    Patient patient = started().until(Facts.at(14, "23:59"));
    assertThat(patient.asksBoard("G35")).isFalse();

    assertThat(patient.until(Facts.at(15, "00:00")).asksBoard("G35")).isTrue();
    assertThat(
            patient.visible().openAlerts().stream()
                .filter(alert -> alert.gap().equals(java.util.Optional.of("G35"))))
        .singleElement()
        .satisfies(alert -> assertThat(alert.priority()).isEqualTo(Priority.URGENT));
  }

  @Test
  void g35NotAfterInduction() {
    assertThat(onSchedule(8).untilDay(60).asksBoard("G35")).isFalse();
  }

  // ------------------------------------------------------------------ orders of one course

  private static long given(Patient patient) {
    return states(patient).stream().filter(EntryState.DONE::equals).count();
  }

  private static Facts.Treatment ordered(String order, int day) {
    return Scenes.methotrexate("order-" + order, day, Action.ORDERED).order(order);
  }

  private static Facts.Treatment dose(String order, int day) {
    return Scenes.dose("dose-" + day, day).order(order);
  }

  private static Facts.Treatment end(Action action, String order, int day) {
    return Scenes.methotrexate("end-" + order, day, action).order(order);
  }

  @Test
  void dosesOrderedOneByOneAreOneCourse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(ordered("a", 0), dose("a", 0), ordered("b", 3), dose("b", 3))
            .with(dose("c", 7));

    assertThat(given(patient)).isEqualTo(3);
    assertThat(states(patient)).hasSize(15);
  }

  @Test
  void anOrderTakenBackBeforeAnythingWasGivenEndsNothing() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("a", 0), ordered("b", 1), end(Action.CANCELLED, "b", 2), dose("a", 3));

    assertThat(given(patient)).isEqualTo(2);
    assertThat(patient.untilDay(8).isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isTrue();
  }

  @Test
  void theOnlyOrderTakenBackIsNoCourseAnyMore() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(ordered("a", 0), end(Action.CANCELLED, "a", 1), Scenes.obstructed("f2", 2));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isFalse();
  }

  @Test
  void theEndOfTheNewestOrderEndsTheCourseAndOfAnOlderOneDoesNot() {
    Patient older =
        Scenes.eligiblePatient()
            .with(dose("a", 0), dose("b", 3), end(Action.STOPPED, "a", 4))
            .untilDay(15);
    Patient newest =
        Scenes.eligiblePatient()
            .with(dose("a", 0), dose("b", 3), end(Action.STOPPED, "b", 4))
            .untilDay(15);

    assertThat(older.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isTrue();
    assertThat(newest.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  @Test
  void afterAStopTheNextOrderIsAnotherCourse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("a", 0), dose("a", 3), end(Action.STOPPED, "a", 4), dose("b", 10));

    assertThat(given(patient)).isEqualTo(1);
  }

  @Test
  void anOrderAfterFortyNineSilentDaysIsAnotherCourse() {
    assertThat(given(Scenes.eligiblePatient().with(dose("a", 0), dose("b", 49)))).isEqualTo(2);
    assertThat(given(Scenes.eligiblePatient().with(dose("a", 0), dose("b", 50)))).isEqualTo(1);
  }

  @Test
  void anotherAgentIsAnotherCourse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("a", 0), dose("a", 3))
            .with(Scenes.dose("other", 5).agent("thiotepa").order("t"));

    assertThat(given(patient)).isEqualTo(2);
  }

  // ------------------------------------------------------------------ a dose and the end of a day

  private static Facts.Treatment reported(Facts.Treatment act, int day, String time) {
    return act.reportedAt(Facts.at(day, time));
  }

  /** Stopped on day 10 after the last dose of that day; then either of the two is amended. */
  private static void endsWithItsDose(Facts.Treatment amendment) {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("it", 0), dose("it", 3), dose("it", 7))
            .with(reported(dose("it", 10), 10, "09:00"))
            .with(reported(end(Action.STOPPED, "it", 10), 10, "12:00"));
    List<ScheduleEntry> ended = entries(patient);
    patient.with(amendment.amended().event("again").reportedDay(15)).untilDay(40);

    assertThat(entries(patient)).isEqualTo(ended);
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
    patient.with(Scenes.obstructed("f2", 41));
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isFalse();
  }

  @Test
  void anAmendmentDoesNotReopenACourseThatWasStoppedOnThatDay() {
    endsWithItsDose(dose("it", 10).dose("15 mg"));
    endsWithItsDose(end(Action.STOPPED, "it", 10).dose("15 mg"));
  }

  /** Of the only dose of its order: without it there would be nothing to end. */
  @Test
  void anAmendmentOfTheOnlyDoseDoesNotReopenItsCourse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(reported(dose("it", 10), 10, "09:00"))
            .with(reported(end(Action.STOPPED, "it", 10), 10, "12:00"))
            .with(dose("it", 10).dose("15 mg").amended().event("again").reportedDay(15))
            .untilDay(20);

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  @Test
  void anAmendmentOfAnEndDoesNotEndWhatWasBegunAnewOnItsDay() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("it", 0), dose("it", 3))
            .with(reported(end(Action.STOPPED, "it", 10), 10, "09:00"))
            .with(reported(dose("it", 10), 10, "12:00"))
            .with(end(Action.STOPPED, "it", 10).dose("x").amended().event("again").reportedDay(12))
            .untilDay(14);

    assertThat(given(patient)).isEqualTo(1);
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isTrue();
  }

  /** Both come with one message: the course begins with its order, amended or not. */
  @Test
  void anAmendmentOfTheOrderBeginsNoOtherCourse() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.methotrexate("a-order", 0, Action.ORDERED), Scenes.dose("b-dose", 0))
            .untilDay(3);
    String key = alert(patient).alertKey();

    patient.with(
        Scenes.methotrexate("a-order", 0, Action.ORDERED)
            .dose("15 mg")
            .amended()
            .event("again")
            .reportedDay(3));

    assertThat(alert(patient).alertKey()).isEqualTo(key);
  }

  /** The hour of one is known, of the other only the day: the first reported comes first. */
  @Test
  void anEndOfADayComesAfterTheDoseOfAnHourThatWasReportedBefore() {
    Patient ended =
        Scenes.eligiblePatient()
            .with(dose("it", 0), dose("it", 10).time(10, "10:00"))
            .with(reported(end(Action.STOPPED, "it", 10), 10, "12:00"))
            .untilDay(16);
    Patient begunAnew =
        Scenes.eligiblePatient()
            .with(dose("it", 0))
            .with(reported(end(Action.STOPPED, "it", 10), 10, "09:00"))
            .with(dose("it", 10).time(10, "10:00"))
            .untilDay(16);
    Patient amended =
        Scenes.eligiblePatient()
            .with(dose("it", 0), dose("it", 10).time(10, "10:00"))
            .with(end(Action.STOPPED, "it", 10).time(10, "11:00"))
            .with(dose("it", 10).time(10, "10:00").amended().event("again").reportedDay(15))
            .untilDay(16);

    assertThat(ended.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
    assertThat(begunAnew.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isTrue();
    assertThat(amended.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  // ------------------------------------------------------------------ other drugs of one order

  /** What else is given under the order on this day, each drug as a fact of its own. */
  private static Facts.Treatment with(String agent, double mg, int day) {
    return Scenes.dose(agent + "-" + day, day).agent(agent).doseMg(mg);
  }

  @Test
  void otherDrugsOfTheOrderAreNoDosesOfMethotrexate() {
    Patient patient = Scenes.eligiblePatient().with(with("hydrocortisone", 50, 0));
    assertThat(patient.schedule(ScheduleCode.INTRATHECAL_METHOTREXATE)).isEmpty();

    for (int day : new int[] {1, 4, 8, 11}) {
      patient.with(
          Scenes.dose("mtx-" + day, day),
          with("cytarabine", 40, day),
          with("hydrocortisone", 50, day));
    }
    patient
        .with(with("hydrocortisone", 50, 14).route(Route.UNKNOWN), Scenes.fittingLabs("labs", 14))
        .untilDay(15);

    assertThat(given(patient)).isEqualTo(4);
    assertThat(alert(patient).dueAt()).contains(Facts.at(15, "00:00"));
    assertThat(alert(patient).summary()).doesNotContain("HOLD");
    assertThat(alert(patient).evidence()).extracting(Evidence::factId).containsExactly("mtx-11");
  }

  /** Contract section 6: an agent that is not recognised is never "not methotrexate". */
  @Test
  void whatMayBeMethotrexateCountsAndHolds() {
    for (String agent : new String[] {"XQ-12", " "}) {
      Patient patient =
          started().with(with(agent, 50, 3), Scenes.fittingLabs("labs", 7)).untilDay(7);

      assertThat(given(patient)).isEqualTo(2);
      assertThat(alert(patient).summary()).contains("dose above 15 mg");
    }
  }

  @Test
  void aDoseChartedByAClassWordMayBeMethotrexate() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.methotrexate("order", 1, Action.ORDERED).doseMg(15),
                Scenes.dose("mtx", 1).agent("MTX"),
                with("IT chemotherapy", 15, 4),
                with("chemo + hydrocortisone", 15, 8),
                with("IT chemotherapy", 15, 11),
                with("chemotherapy (cytarabine)", 40, 11))
            .untilDay(15);

    assertThat(given(patient)).isEqualTo(4);
    assertThat(alert(patient).dueAt()).contains(Facts.at(15, "00:00"));
    assertThat(alert(patient).summary()).doesNotContain("overdue", "dose above");
  }

  @Test
  void aDoseThatNamesNoAgentMayBeAnyOfItsOrder() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                with("hydrocortisone", 50, 0),
                Scenes.dose("mtx", 0),
                Facts.treatment("unnamed", Modality.INTRATHECAL, Action.ADMINISTERED)
                    .order("it")
                    .day(3));

    assertThat(given(patient)).isEqualTo(2);
  }

  // ------------------------------------------------------------------ holds

  @Test
  void aDoseWithEverythingKnownAndFittingIsNotHeld() {
    Patient patient = started().with(Scenes.fittingLabs("labs", 2)).untilDay(2);

    assertThat(alert(patient).summary()).doesNotContain("HOLD");
    assertThat(alert(patient).missing()).isEmpty();
  }

  static Stream<Arguments> holds() {
    return Stream.of(
        Arguments.of("flow", Scenes.obstructed("f2", 2)),
        Arguments.of(
            "craniospinal", Scenes.radiotherapy("csi", 2, Field.CRANIOSPINAL, Action.ORDERED)),
        Arguments.of(
            "whole-brain", Scenes.radiotherapy("wb", 2, Field.WHOLE_BRAIN, Action.ORDERED)),
        Arguments.of("poor status", Facts.kps("kps2", 60).day(2)),
        Arguments.of("platelets", labs(49, 1.0, 3, 90)),
        Arguments.of("INR", labs(150, 1.41, 3, 90)),
        Arguments.of("neutrophils", labs(150, 1.0, 0.9, 90)),
        Arguments.of("renal", labs(150, 1.0, 3, 59)),
        Arguments.of("effusion", Facts.assessment("pe").day(2).pleuralEffusion(true)),
        Arguments.of("mass effect", Facts.imaging("ct").day(2).brain().massEffect(true)),
        Arguments.of("hydrocephalus", Facts.imaging("ct").day(2).brain().hydrocephalus(true)),
        Arguments.of("new neurological sign", Facts.assessment("v2").day(2).signs("DIPLOPIA")),
        Arguments.of(
            "dose above 15 mg", Scenes.methotrexate("order2", 2, Action.ORDERED).doseMg(15.1)));
  }

  private static Facts.Assessment labs(double platelets, double inr, double anc, double egfr) {
    return Facts.assessment("labs2").day(2).labs(platelets, inr, anc, egfr);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holds")
  void aHoldNamesItsReasonAndDoesNotStopTheStages(String reason, Facts.Builder<?> fact) {
    Patient patient = started().with(Scenes.fittingLabs("labs", 1), fact).untilDay(3);

    assertThat(alert(patient).summary()).contains("HOLD").containsIgnoringCase(reason);
    assertThat(alert(patient.untilDay(8)).stage()).contains(AlertStage.OVERDUE);
  }

  @Test
  void bloodValuesOlderThanFortyEightHoursHoldAsUnknown() {
    Patient patient = started().with(Scenes.fittingLabs("labs", 0)).untilDay(2);
    assertThat(alert(patient).summary()).doesNotContain("HOLD");

    assertThat(alert(patient.untilDay(3)).missing())
        .contains(LabValues.PLATELETS, LabValues.INR, LabValues.ANC);
  }

  @Test
  void theNewestStatedDoseCountsAndASignHoldsUntilAnMri() {
    Patient corrected =
        started()
            .with(Scenes.fittingLabs("labs", 2))
            .with(Scenes.methotrexate("order1", 0, Action.ORDERED).doseMg(20))
            .with(Scenes.methotrexate("order2", 2, Action.ORDERED).doseMg(15))
            .untilDay(2);
    Patient imaged =
        started()
            .with(Scenes.fittingLabs("labs", 2))
            .with(Facts.assessment("v2").day(1).signs("DIPLOPIA"))
            .with(Facts.fullMri("mri2").day(2))
            .untilDay(2);

    assertThat(alert(corrected).summary()).doesNotContain("HOLD");
    assertThat(alert(imaged).summary()).doesNotContain("HOLD");
  }

  @Test
  void anUndocumentedRouteHolds() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.dose("d", 0).route(Route.UNKNOWN), Scenes.fittingLabs("labs", 2))
            .untilDay(2);

    assertThat(alert(patient).missing()).containsExactly("TREATMENT.route");
  }

  @Test
  void whatSpeaksAgainstItIsNamedBeforeWhatIsUnknown() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.dose("d", 0).route(Route.UNKNOWN))
            .with(Facts.kps("kps2", 60).day(2))
            .untilDay(20);

    assertThat(alert(patient).summary()).contains("poor status").hasSizeLessThanOrEqualTo(140);
  }

  // ------------------------------------------------------------------ G32: the dose

  static Stream<Arguments> doses() {
    return Stream.of(
        Arguments.of(9.0, Priority.URGENT),
        Arguments.of(10.0, Priority.URGENT),
        Arguments.of(12.5, Priority.URGENT),
        Arguments.of(14.9, Priority.URGENT),
        Arguments.of(15.0, null),
        Arguments.of(15.1, Priority.STAT),
        Arguments.of(150.0, Priority.STAT));
  }

  @ParameterizedTest(name = "{0} mg: {1}")
  @MethodSource("doses")
  void g32AnyDoseOtherThanFifteenWarnsAndMoreIsStat(
      double mg, @org.jspecify.annotations.Nullable Priority priority) {
    for (Action action : new Action[] {Action.ORDERED, Action.STARTED, Action.ADMINISTERED}) {
      Patient patient =
          Scenes.eligiblePatient().with(Scenes.methotrexate("d", 1, action).doseMg(mg));

      assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE).map(AlertRevision::priority))
          .as("%s", action)
          .isEqualTo(java.util.Optional.ofNullable(priority));
    }
  }

  @Test
  void g32OnlyMethotrexateAndOnlyAStatedDose() {
    Patient other = Scenes.eligiblePatient().with(Scenes.dose("d", 1).agent("cytarabine"));
    Patient unknown =
        Scenes.eligiblePatient().with(Scenes.methotrexate("d", 1, Action.ADMINISTERED));

    other.with(Scenes.dose("d2", 1).agent("cytarabine").doseMg(50));
    assertThat(other.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isFalse();
    assertThat(unknown.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isFalse();
  }

  @Test
  void g32TheAlertEndsTwentyEightDaysAfterTheDoseOrWithTheCourse() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.dose("d", 1).doseMg(12));
    patient.until(Facts.at(28, "23:59"));
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isTrue();
    patient.until(Facts.at(29, "00:00"));
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isFalse();

    Patient stopped =
        Scenes.eligiblePatient()
            .with(Scenes.dose("d", 1).doseMg(12), Scenes.methotrexate("stop", 2, Action.STOPPED));
    assertThat(stopped.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isFalse();
  }

  @Test
  void g32ADoseWithoutAnAgentIsOfItsOrdersAgent() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.methotrexate("order", 0, Action.ORDERED),
                Facts.treatment("d", Modality.INTRATHECAL, Action.ADMINISTERED)
                    .order("it")
                    .doseMg(150)
                    .day(1));

    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
    assertThat(states(patient).getFirst()).isEqualTo(EntryState.DONE);
  }

  /** Contract section 5: no {@code doseMg} is a {@code missing}. */
  @Test
  void aDoseThatDoesNotSayHowMuchIsNamedAsMissing() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.methotrexate("dose", 1, TreatmentEvent.Action.ADMINISTERED));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE)).isFalse();
    assertThat(patient.events)
        .filteredOn(event -> event.code().equals(ScheduleCode.INTRATHECAL_METHOTREXATE.name()))
        .singleElement()
        .satisfies(event -> assertThat(event.missing()).containsExactly("TREATMENT.doseMg"));
  }

  /** Who answered for 16 mg did not answer for 150. */
  @Test
  void aHigherDoseWakesAnOverriddenAlertAndTheSameOneDoesNot() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.dose("a", 1).doseMg(16),
                Facts.response("r", AlertResponse.Action.OVERRIDDEN)
                    .code(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE.name())
                    .day(2),
                Scenes.dose("b", 4).doseMg(16));
    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE).orElseThrow().state())
        .isEqualTo(AlertState.OVERRIDDEN);

    patient.with(Scenes.dose("less", 6).doseMg(15.5));
    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE).orElseThrow().state())
        .isEqualTo(AlertState.OVERRIDDEN);

    patient.with(Scenes.dose("c", 8).doseMg(150));
    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE).orElseThrow().state())
        .isEqualTo(AlertState.ACTIVE);
  }

  /** A dose of maintenance is critically late from day 50 on: then it is given, not begun anew. */
  @Test
  void aCriticallyLateDoseOfMaintenanceIsNoInduction() {
    List<Facts.Builder<?>> doses = new ArrayList<>();
    int day = 0;
    for (int gap : new int[] {0, 3, 4, 3, 4, 3, 4, 3, 4, 7, 7, 7, 28, 60}) {
      day += gap;
      doses.add(dose("order-" + day, day));
    }
    Patient patient = Scenes.eligiblePatient().with(doses.toArray(Facts.Builder<?>[]::new));
    assertThat(given(patient)).isEqualTo(14);

    patient.with(ordered("again", day + 300), dose("again", day + 300));
    assertThat(given(patient)).as("what is ordered after a year is a new course").isEqualTo(1);
  }

  @Test
  void theEndOfAnOrderUnderWhichDosesWereGivenEndsNoOther() {
    Patient closed =
        Scenes.eligiblePatient()
            .with(ordered("a", 0), dose("a", 0), dose("b", 3), end(Action.COMPLETED, "a", 4))
            .untilDay(15);
    Patient replaced =
        Scenes.eligiblePatient()
            .with(ordered("o1", 0), dose("o2", 0), end(Action.STOPPED, "o1", 1), dose("o2", 3));

    assertThat(closed.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isTrue();
    assertThat(given(replaced)).isEqualTo(2);
  }

  /**
   * Of what the board has answered, or of cytology that is positive all the same, nothing holds.
   */
  @Test
  void anAnsweredQuestionHoldsNoDose() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                dose("it", 1),
                Scenes.csf().negative().reportedDay(3).amended(),
                Facts.response("r", AlertResponse.Action.OVERRIDDEN)
                    .code(AlertCode.MDT_REVIEW_NEEDED.name())
                    .gap("G47")
                    .mdtId("board-7")
                    .day(4))
            .untilDay(5);

    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_DUE).orElseThrow().summary())
        .doesNotContain("cytology corrected");
  }

  @Test
  void theEndOfTheProtocolEndsDosesOrderedOneByOne() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(ordered("c", 0), dose("d1", 0), dose("d2", 3), end(Action.STOPPED, "c", 5))
            .untilDay(15);

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  @Test
  void aCorrectedCytologyIsNamedAsAHold() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(dose("it", 1), Scenes.csf().negative().reportedDay(3).amended())
            .untilDay(5);

    assertThat(patient.asksBoard("G47")).isTrue();
    assertThat(patient.open(AlertCode.INTRATHECAL_DOSE_DUE).orElseThrow().summary())
        .contains("HOLD: cytology corrected");
  }

  /** Contract section 5: a course whose order stands runs, and flow that is blocked is told. */
  private static void runs(Facts.Treatment... acts) {
    Patient patient =
        Scenes.eligiblePatient().with(acts).with(Scenes.obstructed("blocked", 6)).untilDay(9);

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isTrue();
  }

  private static void isOver(Facts.Treatment... acts) {
    Patient patient =
        Scenes.eligiblePatient().with(acts).with(Scenes.obstructed("blocked", 6)).untilDay(9);

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isFalse();
  }

  @Test
  void theEndOfTheOrderOfOneDoseLeavesTheProtocolStanding() {
    for (Action end : new Action[] {Action.COMPLETED, Action.STOPPED}) {
      runs(ordered("p", 0), dose("d0", 0), end(end, "d0", 1));
    }
    Patient patient =
        Scenes.eligiblePatient()
            .with(ordered("p", 0), dose("d0", 0), end(Action.COMPLETED, "d0", 0))
            .untilDay(9);
    assertThat(alert(patient).stage()).contains(AlertStage.OVERDUE);
    assertThat(given(patient.with(dose("d1", 9)))).isEqualTo(2);
  }

  @Test
  void aProtocolThatEndedItselfStandsNoMore() {
    for (Action end : new Action[] {Action.COMPLETED, Action.STOPPED, Action.CANCELLED}) {
      isOver(ordered("p", 0), dose("d0", 0), end(Action.COMPLETED, "d0", 1), end(end, "p", 2));
    }
    isOver(
        ordered("a", 0), dose("a", 0), ordered("b", 3), dose("b", 3), end(Action.STOPPED, "b", 4));
  }

  /** Stopped before anything was given is as good as cancelled. */
  @Test
  void aSecondOrderStoppedBeforeAnythingWasGivenEndsNothing() {
    for (Action end : new Action[] {Action.STOPPED, Action.CANCELLED}) {
      runs(ordered("a", 0), ordered("b", 1), end(end, "b", 2));
      runs(dose("a", 0), ordered("b", 1), end(end, "b", 2));
    }
    isOver(ordered("a", 0), end(Action.STOPPED, "a", 1));
  }

  /** Contract section 6: each dose fills the oldest open entry. */
  @Test
  void dosesThatAreOrderedAndCompletedOneByOneAreOneCourse() {
    Patient patient = Scenes.eligiblePatient();
    int[] days = {0, 3, 7, 10};
    for (int day : days) {
      patient.with(
          ordered("o" + day, day), dose("o" + day, day), end(Action.COMPLETED, "o" + day, day));
    }
    assertThat(given(patient)).isEqualTo(4);
    assertThat(alert(patient.untilDay(15)).dueAt()).contains(Facts.at(14, "00:00"));

    patient.with(dose("o15", 15), end(Action.STOPPED, "o15", 15)).untilDay(25);
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).as("a stop ends it").isFalse();
  }

  @Test
  void theCompletionOfTheOnlyOrderIsTheEndOfTheCourse() {
    isOver(ordered("it", 0), dose("it", 0), end(Action.COMPLETED, "it", 1));
    isOver(ordered("it", 0), dose("it", 0), dose("it", 3), end(Action.COMPLETED, "it", 4));
    assertThat(
            given(
                Scenes.eligiblePatient()
                    .with(dose("a", 0), end(Action.COMPLETED, "a", 1), dose("b", 50))))
        .as("what is ordered after 49 silent days is a new course")
        .isEqualTo(1);
  }

  /** Doses of day 0 and 3, each ordered, given and completed under an order of its own. */
  private static Facts.Treatment[] oneByOne(Facts.Treatment... then) {
    return Stream.concat(
            Stream.of(0, 3)
                .flatMap(
                    day ->
                        Stream.of(
                            ordered("o" + day, day),
                            dose("o" + day, day),
                            end(Action.COMPLETED, "o" + day, day))),
            Stream.of(then))
        .toArray(Facts.Treatment[]::new);
  }

  @Test
  void takingBackTheNextOfDosesOrderedOneByOneEndsNothing() {
    for (Action end : new Action[] {Action.STOPPED, Action.CANCELLED}) {
      runs(oneByOne(ordered("next", 4), end(end, "next", 5)));
      runs(
          oneByOne(
              ordered("next", 4), ordered("after", 5), end(end, "next", 5), end(end, "after", 5)));
    }
    Patient patient =
        Scenes.eligiblePatient()
            .with(oneByOne(ordered("next", 5), end(Action.CANCELLED, "next", 6)))
            .with(ordered("o7", 7), dose("o7", 7));
    assertThat(given(patient)).as("the count of doses is kept").isEqualTo(3);
    assertThat(alert(patient.untilDay(11)).dueAt()).contains(Facts.at(10, "00:00"));
  }

  @Test
  void anOlderOrderOfWhichNothingWasGivenKeepsNoCourseWhoseOrderWasStopped() {
    isOver(
        ordered("duplicate", 0),
        ordered("b", 1),
        dose("b", 1),
        dose("b", 4),
        end(Action.STOPPED, "b", 5));
    isOver(
        ordered("a", 0),
        dose("a", 0),
        dose("a", 1),
        ordered("b", 2),
        dose("b", 3),
        dose("b", 4),
        end(Action.STOPPED, "b", 5));
    Patient patient = Scenes.eligiblePatient().with(ordered("duplicate", 0), ordered("b", 1));
    for (int day : new int[] {1, 4, 8, 11, 15, 18}) {
      patient.with(dose("b", day));
    }
    patient.with(end(Action.STOPPED, "b", 19), Scenes.kps(39)).untilDay(40);
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_DOSE_DUE)).isFalse();
  }

  @Test
  void theEndOfTheProtocolEndsTheCourseWhoseDosesHaveOrdersOfTheirOwn() {
    for (Action end : new Action[] {Action.STOPPED, Action.COMPLETED}) {
      isOver(ordered("p", 0), dose("a", 0), dose("b", 3), end(end, "p", 5));
      isOver(
          ordered("p", 0),
          ordered("a", 1),
          dose("a", 1),
          ordered("b", 3),
          dose("b", 3),
          end(end, "p", 5));
      runs(ordered("p", 0), ordered("a", 1), dose("a", 1), ordered("coming", 3), end(end, "p", 5));
    }
  }

  /** Whichever of two orders is stopped first, and though both are stopped at one time. */
  @Test
  void whereEveryOrderWasStoppedTheCourseIsOver() {
    isOver(
        ordered("a", 0),
        dose("a", 1),
        ordered("b", 2),
        end(Action.STOPPED, "a", 3),
        end(Action.STOPPED, "b", 4));
    isOver(
        ordered("a", 0),
        dose("a", 1),
        ordered("b", 2),
        end(Action.STOPPED, "b", 3),
        end(Action.STOPPED, "a", 4));
    isOver(
        ordered("a", 0),
        dose("a", 1),
        ordered("b", 2),
        end(Action.STOPPED, "a", 3),
        end(Action.STOPPED, "b", 3));
    isOver(
        ordered("a", 0),
        dose("a", 0),
        ordered("b", 1),
        dose("b", 1),
        ordered("c", 2),
        dose("c", 2),
        end(Action.STOPPED, "a", 3),
        end(Action.STOPPED, "b", 3),
        end(Action.STOPPED, "c", 3));
  }

  /** The completion of a dose given before it is no dose to come. */
  @Test
  void aProtocolIsOverThoughTheOrderOfItsLastDoseIsCompletedAfterIt() {
    isOver(
        ordered("p", 0),
        dose("a", 0),
        dose("b", 3),
        end(Action.STOPPED, "p", 4),
        end(Action.COMPLETED, "b", 5));
  }

  @Test
  void takingBackADoseEndsNothingWhenThoseBeforeWereCompletedAfterTheNextWasOrdered() {
    runs(
        ordered("a", 0),
        dose("a", 0),
        ordered("b", 1),
        end(Action.COMPLETED, "a", 2),
        dose("b", 2),
        ordered("c", 3),
        end(Action.COMPLETED, "b", 4),
        end(Action.CANCELLED, "c", 5));
  }
}
