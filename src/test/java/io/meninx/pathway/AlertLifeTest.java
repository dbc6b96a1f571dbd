package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of an alert (contract section 5): states, notifications, answers, endings. */
class AlertLifeTest {
  private static final AlertCode STAT = AlertCode.UNSAFE_INTRATHECAL_AGENT;
  private static final AlertCode URGENT = AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE;
  private static final AlertCode ROUTINE = AlertCode.NEUROAXIS_MRI_INCOMPLETE;

  private static Patient debounced() {
    return new Patient(GuidelineEditions.standard(), Duration.ofMinutes(10));
  }

  /** Raises the STAT alert at noon. */
  private static Facts.Treatment unsafeAgent(String reportId) {
    return Facts.treatment(
            reportId, TreatmentEvent.Modality.INTRATHECAL, TreatmentEvent.Action.ORDERED)
        .agent("vincristine")
        .order("o-" + reportId)
        .time(0, "12:00");
  }

  /** Raises the URGENT alert at noon. */
  private static Facts.Treatment twelveMg(String reportId) {
    return Facts.methotrexate(reportId, TreatmentEvent.Action.ORDERED)
        .order("o-" + reportId)
        .doseMg(12)
        .route(TreatmentEvent.Route.OMMAYA)
        .time(0, "12:00");
  }

  private static Facts.Response answer(AlertResponse.Action action, AlertCode code, Instant at) {
    return Facts.response("answer-" + action + at, action)
        .code(code.name())
        .observedAt(at)
        .reportedAt(at);
  }

  private static Instant at(String time) {
    return Facts.at(0, time);
  }

  private static AlertRevision last(Patient patient, AlertCode code) {
    return patient.revisions(code).getLast();
  }

  // ------------------------------------------------------------------ notification

  @Test
  void statNotifiesAtOnce() {
    Patient patient = debounced().with(unsafeAgent("order"));

    assertThat(patient.revisions(STAT))
        .singleElement()
        .satisfies(first -> assertThat(first.notifies()).isTrue());
  }

  @Test
  void othersOpenSilentlyAndNotifyOnceTenMinutesLater() {
    Patient patient = debounced().with(twelveMg("order")).until(at("12:09"));
    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::notifies)
        .containsExactly(false);

    patient.until(at("13:00"));

    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::notifies)
        .containsExactly(false, true);
    assertThat(last(patient, URGENT).at()).isEqualTo(at("12:10"));
    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void withoutDebounceTheFirstRevisionNotifies() {
    Patient patient = new Patient().with(twelveMg("order"));

    assertThat(patient.revisions(URGENT)).extracting(AlertRevision::notifies).containsExactly(true);
  }

  /** It is still open: whoever else it is for hears of it, and nobody is asked twice. */
  @Test
  void whatIsAnsweredWithinTheDebounceIsNotifiedAllTheSame() {
    for (AlertResponse.Action action : AlertResponse.Action.values()) {
      Patient patient =
          debounced()
              .with(twelveMg("order"), answer(action, URGENT, at("12:05")))
              .until(at("20:00"));

      AlertState state = AlertState.valueOf(action.name());
      assertThat(patient.revisions(URGENT))
          .extracting(AlertRevision::at, AlertRevision::state, AlertRevision::notifies)
          .containsExactly(
              tuple(at("12:00"), AlertState.ACTIVE, false),
              tuple(at("12:05"), state, false),
              tuple(at("12:10"), state, true));
    }
  }

  @Test
  void whatEndsWithinTheDebounceIsNeverNotified() {
    Patient patient =
        debounced()
            .with(
                twelveMg("order"),
                Facts.methotrexate("cancel", TreatmentEvent.Action.CANCELLED)
                    .order("o-order")
                    .time(0, "12:05"))
            .untilDay(2);

    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::state)
        .containsExactly(AlertState.ACTIVE, AlertState.RESOLVED);
    assertThat(patient.revisions(URGENT)).noneMatch(AlertRevision::notifies);
  }

  @Test
  void aRetractionNotifiesWhenTheAlertWasNotified() {
    Patient patient =
        debounced().with(twelveMg("order"), twelveMg("order").withdrawn().reportedAt(at("12:30")));

    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(last(patient, URGENT).resolutionReason()).contains(ResolutionReason.FACT_WITHDRAWN);
    assertThat(last(patient, URGENT).notifies()).isTrue();
  }

  @Test
  void aRetractionIsSilentWhenNobodyWasNotified() {
    Patient patient =
        debounced()
            .with(twelveMg("order"), twelveMg("order").withdrawn().reportedAt(at("12:05")))
            .untilDay(1);

    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.RETRACTED);
    assertThat(patient.revisions(URGENT)).noneMatch(AlertRevision::notifies);
  }

  @Test
  void higherToStatWithinTheDebounceNotifiesAtOnce() {
    Patient patient =
        debounced().with(twelveMg("order"), twelveMg("more").doseMg(20).time(0, "12:05"));

    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::priority, AlertRevision::notifies)
        .containsExactly(tuple(Priority.URGENT, false), tuple(Priority.STAT, true));
    patient.until(at("12:20"));
    assertThat(patient.revisions(URGENT)).hasSize(2);
  }

  @Test
  void aResolutionIsSilent() {
    Patient patient =
        new Patient()
            .with(
                twelveMg("order"),
                Facts.methotrexate("stop", TreatmentEvent.Action.STOPPED)
                    .order("o-order")
                    .time(0, "13:00"));

    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.RESOLVED);
    assertThat(last(patient, URGENT).notifies()).isFalse();
  }

  // ------------------------------------------------------------------ escalation

  @Test
  void statEscalatesAfterThirtyMinutesAtMostTwice() {
    Patient patient = new Patient().with(unsafeAgent("order")).untilDay(3);

    assertThat(patient.revisions(STAT))
        .extracting(AlertRevision::state, AlertRevision::at, AlertRevision::notifies)
        .containsExactly(
            tuple(AlertState.ACTIVE, at("12:00"), true),
            tuple(AlertState.ESCALATED, at("12:30"), true),
            tuple(AlertState.ESCALATED, at("13:00"), true));
  }

  @Test
  void urgentEscalatesAfterFourHoursAtMostTwice() {
    Patient patient = new Patient().with(twelveMg("order")).untilDay(3);

    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::at)
        .containsExactly(at("12:00"), at("16:00"), at("20:00"));
  }

  @Test
  void routineNeverEscalates() {
    Patient patient =
        new Patient()
            .with(Facts.imaging("mri").day(0).brain().pattern(ImagingReport.Pattern.LINEAR))
            .untilDay(10);

    assertThat(patient.revisions(ROUTINE))
        .extracting(AlertRevision::state)
        .containsOnly(AlertState.ACTIVE);
  }

  @Test
  void escalationGoesToTheNextRoleAndThenToTheCoordinatorAndChangesNeitherPriorityNorStage() {
    Patient patient = new Patient().with(unsafeAgent("order")).untilDay(1);
    List<AlertRevision> revisions = patient.revisions(STAT);

    assertThat(revisions).extracting(AlertRevision::priority).containsOnly(Priority.STAT);
    assertThat(revisions).extracting(AlertRevision::stage).containsOnly(Optional.empty());
    assertThat(revisions.get(1).audience())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(revisions.get(0).audience());
    assertThat(revisions.get(1).audience()).containsExactly(Audience.MDT_COORDINATOR);
    assertThat(revisions.get(2).audience())
        .as("the coordinator was told already: now everybody")
        .containsExactly(
            Audience.MDT_COORDINATOR, Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST);
  }

  private static AlertRevision retracted(String lastLook) {
    Facts.Treatment order = twelveMg("order");
    Patient patient = new Patient().with(order).until(at(lastLook));
    patient.with(twelveMg("order").withdrawn().reportedAt(at(lastLook)));
    return last(patient, URGENT);
  }

  @Test
  void aRetractionGoesToEverybodyItReached() {
    List<Audience> rule =
        new Patient().with(twelveMg("order")).open(URGENT).orElseThrow().audience();

    assertThat(retracted("13:00").audience()).as("not escalated").isEqualTo(rule);
    assertThat(retracted("17:00").audience())
        .as("escalated once")
        .containsAll(rule)
        .contains(Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST);
    assertThat(retracted("21:00").audience())
        .as("escalated twice")
        .containsAll(rule)
        .contains(Audience.MDT_COORDINATOR);
  }

  private static Facts.Treatment puncture() {
    return Facts.treatment(
            "lp", TreatmentEvent.Modality.LUMBAR_PUNCTURE, TreatmentEvent.Action.ORDERED)
        .day(1);
  }

  @Test
  void aRetractionAlsoGoesToRolesThatEscalationIsNotAbout() {
    Facts.Imaging mass =
        Facts.imaging("ct").modality(ImagingReport.Modality.CT).day(0).massEffect(true);
    Patient patient =
        new Patient().with(Scenes.mri(), mass, puncture()).until(Facts.at(1, "12:35"));
    assertThat(last(patient, AlertCode.LUMBAR_PUNCTURE_UNSAFE).audience())
        .as("escalated")
        .doesNotContain(Audience.NEUROSURGERY);

    patient.with(puncture().withdrawn().reportedAt(Facts.at(1, "12:45")));

    AlertRevision retraction = last(patient, AlertCode.LUMBAR_PUNCTURE_UNSAFE);
    assertThat(retraction.state()).isEqualTo(AlertState.RETRACTED);
    assertThat(retraction.audience())
        .contains(Audience.NEUROSURGERY, Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST);
  }

  @Test
  void aRetractionGoesToThoseWhoWereToldInAnEarlierStage() {
    AlertCode code = AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED;
    Facts.Csf equivocal = Facts.csf("csf").day(0).equivocal();
    Patient patient = new Patient().with(equivocal).until(Facts.at(8, "00:30"));
    List<AlertRevision> told =
        patient.revisions(code).stream().filter(AlertRevision::notifies).toList();
    assertThat(told.stream().map(AlertRevision::stage).distinct()).hasSize(2);
    assertThat(told.getLast().audience())
        .as("a new stage begins with the roles of the rule")
        .doesNotContain(Audience.TREATING_ONCOLOGIST, Audience.MDT_COORDINATOR);

    patient.with(Facts.csf("csf").day(0).equivocal().withdrawn().reportedAt(Facts.at(8, "01:00")));

    AlertRevision retraction = last(patient, code);
    assertThat(retraction.state()).isEqualTo(AlertState.RETRACTED);
    assertThat(retraction.audience())
        .containsAll(told.stream().flatMap(one -> one.audience().stream()).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void doneIsOnlyWhatDidIt() {
    Facts.Imaging mass = Facts.imaging("ct").day(0).lungMass(true);
    Facts.Imaging start = Facts.imaging("mri").day(0).brain().pattern(ImagingReport.Pattern.LINEAR);
    Patient biopsied =
        new Patient()
            .with(start, mass)
            .with(Facts.biopsy("b").day(1).histology(BiopsyResult.Histology.SQUAMOUS));
    Patient goneAgain =
        new Patient().with(start, mass, Facts.imaging("ct2").day(1).lungMass(false));

    assertThat(last(biopsied, AlertCode.BIOPSY_NEEDED).resolutionReason())
        .contains(ResolutionReason.DONE);
    assertThat(last(goneAgain, AlertCode.BIOPSY_NEEDED).resolutionReason())
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  @Test
  void everyEscalationChangesTheAudience() {
    Patient oneRole =
        new Patient()
            .with(
                Facts.assessment("a").day(0).suspicion(ClinicalAssessment.Suspicion.HIGH),
                Facts.csf("csf").day(0).negative())
            .untilDay(1);

    assertThat(oneRole.revisions(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED))
        .extracting(AlertRevision::audience)
        .containsExactly(
            List.of(Audience.NEURO_ONCOLOGY),
            List.of(Audience.TREATING_ONCOLOGIST),
            List.of(Audience.MDT_COORDINATOR));
  }

  @Test
  void aNewStageOfAnEscalatedAlertTellsTheRolesOfItsRuleAgain() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("a").day(0).suspicion(ClinicalAssessment.Suspicion.HIGH),
                Facts.csf("csf").day(0).negative())
            .until(Facts.at(8, "00:00"));
    List<AlertRevision> revisions = patient.revisions(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED);

    assertThat(revisions.getLast().stage()).contains(AlertStage.OVERDUE);
    assertThat(revisions.getLast().state()).isEqualTo(AlertState.ESCALATED);
    assertThat(revisions.getLast().audience()).isEqualTo(revisions.getFirst().audience());
  }

  @Test
  void anAnsweredAlertIsBackWithTheRolesOfItsRule() {
    Patient patient = new Patient().with(unsafeAgent("order"));
    List<Audience> rule = patient.open(STAT).orElseThrow().audience();

    patient.until(at("13:30"));
    patient.with(answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("14:00")));

    assertThat(patient.open(STAT).orElseThrow().audience()).isEqualTo(rule);
  }

  @Test
  void anAnswerStopsTheEscalation() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"), answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("12:40")))
            .untilDay(2);

    assertThat(patient.revisions(STAT))
        .extracting(AlertRevision::state)
        .containsExactly(AlertState.ACTIVE, AlertState.ESCALATED, AlertState.ACKNOWLEDGED);
    assertThat(last(patient, STAT).notifies()).isFalse();
  }

  // ------------------------------------------------------------------ answers

  @Test
  void aSnoozeEndsWithANotification() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.SNOOZED, STAT, at("12:10")).snoozeDays(3))
            .until(Facts.at(3, "12:10"));

    assertThat(patient.revisions(STAT))
        .extracting(AlertRevision::state, AlertRevision::notifies)
        .containsExactly(
            tuple(AlertState.ACTIVE, true),
            tuple(AlertState.SNOOZED, false),
            tuple(AlertState.ACTIVE, true));
    assertThat(last(patient, STAT).at()).isEqualTo(Facts.at(3, "12:10"));
  }

  @Test
  void aSnoozeLastsSevenDaysAtMost() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.SNOOZED, STAT, at("12:10")).snoozeDays(30));

    patient.until(Facts.at(7, "12:09"));
    assertThat(last(patient, STAT).state()).isEqualTo(AlertState.SNOOZED);
    patient.until(Facts.at(7, "12:10"));
    assertThat(last(patient, STAT).state()).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void anAlertEscalatesTwicePerStageAlsoAcrossASnooze() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.SNOOZED, STAT, at("14:00")).snoozeDays(1))
            .untilDay(5);

    assertThat(patient.revisions(STAT))
        .filteredOn(revision -> revision.state() == AlertState.ESCALATED)
        .hasSize(2);
  }

  @Test
  void anAnswerByCodeReachesEveryGapAndOneByGapOnlyThat() {
    Patient patient = new Patient().with(questions());
    assertThat(gaps(patient, AlertState.ACTIVE)).contains("G1", "G19");

    patient.with(
        Facts.response("one", AlertResponse.Action.ACKNOWLEDGED)
            .code("MDT_REVIEW_NEEDED")
            .gap("G1")
            .day(1));
    assertThat(gaps(patient, AlertState.ACKNOWLEDGED)).containsExactly("G1");

    patient.with(
        Facts.response("all", AlertResponse.Action.OVERRIDDEN).code("MDT_REVIEW_NEEDED").day(2));
    assertThat(gaps(patient, AlertState.OVERRIDDEN)).contains("G1", "G19");
    assertThat(gaps(patient, AlertState.ACTIVE)).isEmpty();
  }

  @Test
  void anAnswerByKeyReachesOnlyThatAlert() {
    Patient patient = new Patient().with(questions());
    String key =
        patient.state().alerts().stream()
            .map(OpenAlert::last)
            .filter(alert -> alert.gap().equals(Optional.of("G19")))
            .findFirst()
            .orElseThrow()
            .alertKey();

    patient.with(Facts.response("one", AlertResponse.Action.ACKNOWLEDGED).alertKey(key).day(1));

    assertThat(gaps(patient, AlertState.ACKNOWLEDGED)).containsExactly("G19");
  }

  /** KPS 70 (G1) and linear disease without positive cytology (G19). */
  private static Facts.Builder<?>[] questions() {
    return new Facts.Builder<?>[] {
      Scenes.mri(), Facts.kps("kps", 70).day(0), Scenes.visit(), Facts.csf("csf").day(0).negative()
    };
  }

  private static List<String> gaps(Patient patient, AlertState state) {
    return patient.state().alerts().stream()
        .map(OpenAlert::last)
        .filter(alert -> alert.code() == AlertCode.MDT_REVIEW_NEEDED && alert.state() == state)
        .map(alert -> alert.gap().orElseThrow())
        .toList();
  }

  @Test
  void anAnswerToAnAlertThatIsNotOpenDoesNothing() {
    Patient patient = new Patient().with(Scenes.mri());
    int before = patient.alerts.size();

    patient.with(
        Facts.response("early", AlertResponse.Action.ACKNOWLEDGED).code(STAT.name()).day(0));
    assertThat(patient.alerts).hasSize(before);

    patient.with(unsafeAgent("order"));
    assertThat(last(patient, STAT).state()).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void aRepeatedAnswerMakesNoRevision() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("12:05")),
                answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("12:06")));

    assertThat(patient.revisions(STAT)).hasSize(2);
  }

  // ------------------------------------------------------------------ reopening

  @Test
  void aNewStageReopensAnAnsweredAlert() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.treatment(
                        "start", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
                    .agent("osimertinib")
                    .day(0))
            .untilDay(50)
            .with(Facts.response("ack", AlertResponse.Action.ACKNOWLEDGED).code("MRI_DUE").day(50));
    assertThat(patient.open(AlertCode.MRI_DUE).orElseThrow().state())
        .isEqualTo(AlertState.ACKNOWLEDGED);

    patient.until(Facts.at(64, "00:00"));

    AlertRevision reopened = patient.open(AlertCode.MRI_DUE).orElseThrow();
    assertThat(reopened.state()).isEqualTo(AlertState.ACTIVE);
    assertThat(reopened.stage()).contains(AlertStage.OVERDUE);
    assertThat(reopened.priority()).isEqualTo(Priority.URGENT);
    assertThat(reopened.notifies()).isTrue();
  }

  @Test
  void aHigherPriorityReopensAnAnsweredAlert() {
    Patient patient =
        new Patient()
            .with(
                twelveMg("order"),
                answer(AlertResponse.Action.OVERRIDDEN, URGENT, at("12:05")),
                twelveMg("more").order("o-order").doseMg(20).time(0, "12:30"));

    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.ACTIVE);
    assertThat(last(patient, URGENT).priority()).isEqualTo(Priority.STAT);
    assertThat(last(patient, URGENT).notifies()).isTrue();
  }

  @Test
  void anotherFinalReasonReopensAnAnsweredAlert() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("12:05")),
                unsafeAgent("another").agent("vinblastine").time(0, "12:20"));

    assertThat(last(patient, STAT).state()).isEqualTo(AlertState.ACTIVE);
    assertThat(last(patient, STAT).notifies()).isTrue();
  }

  @Test
  void aFurtherDoseOfTheSameCourseDoesNotReopen() {
    Patient patient =
        new Patient()
            .with(
                twelveMg("order"),
                answer(AlertResponse.Action.ACKNOWLEDGED, URGENT, at("12:05")),
                twelveMg("dose").order("o-order").time(1, "12:00"));

    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.ACKNOWLEDGED);
    assertThat(patient.revisions(URGENT).stream().skip(1)).noneMatch(AlertRevision::notifies);
  }

  @Test
  void aPreliminaryReasonDoesNotReopen() {
    Patient patient =
        new Patient()
            .with(
                unsafeAgent("order"),
                answer(AlertResponse.Action.ACKNOWLEDGED, STAT, at("12:05")),
                unsafeAgent("another").agent("vinblastine").preliminary().time(0, "12:20"));

    assertThat(last(patient, STAT).state()).isEqualTo(AlertState.ACKNOWLEDGED);
  }

  // ------------------------------------------------------------------ preliminary

  @Test
  void aPreliminaryResultRaisesAtMostRoutineAndSaysSo() {
    Patient patient = new Patient().with(Scenes.mri(), unsafeAgent("order").preliminary());

    AlertRevision alert = patient.open(STAT).orElseThrow();
    assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
    assertThat(alert.preliminary()).isTrue();
    assertThat(alert.summary()).containsIgnoringCase("preliminary");
  }

  @Test
  void itsFinalVersionRaisesThePriorityInTheSameAlert() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri(),
                unsafeAgent("order").preliminary(),
                unsafeAgent("order").reportedAt(at("13:00")));

    assertThat(patient.revisions(STAT))
        .extracting(AlertRevision::priority)
        .containsExactly(Priority.ROUTINE, Priority.STAT);
    assertThat(last(patient, STAT).preliminary()).isFalse();
    assertThat(last(patient, STAT).notifies()).isTrue();
    assertThat(patient.revisions(STAT))
        .extracting(AlertRevision::alertKey)
        .containsOnly(last(patient, STAT).alertKey());
  }

  // ------------------------------------------------------------------ endings and keys

  @Test
  void anAmendmentEndsWithItsOwnReason() {
    Patient patient =
        new Patient()
            .with(twelveMg("order"), twelveMg("order").doseMg(15).amended().reportedDay(1));

    assertThat(last(patient, URGENT).resolutionReason()).contains(ResolutionReason.FACT_AMENDED);
    assertThat(last(patient, URGENT).state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void whatWasAskedForEndsItAsDone() {
    Patient patient =
        new Patient()
            .with(
                Facts.imaging("brain")
                    .modality(ImagingReport.Modality.MRI)
                    .day(0)
                    .brain()
                    .contrast(true)
                    .tesla(3)
                    .pattern(ImagingReport.Pattern.LINEAR),
                Facts.fullMri("full").day(1).tesla(3).pattern(ImagingReport.Pattern.LINEAR));

    assertThat(last(patient, ROUTINE).resolutionReason()).contains(ResolutionReason.DONE);
  }

  @Test
  void theEndOfTimeForAPastActIsNoLongerMet() {
    Patient patient = new Patient().with(unsafeAgent("order")).untilDay(29);

    assertThat(last(patient, STAT).resolutionReason())
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
    assertThat(last(patient, STAT).at()).isEqualTo(Facts.at(28, "12:00"));
  }

  @Test
  void deathResolvesAllAndItsWithdrawalBringsThemBackUnderTheSameKey() {
    Patient patient =
        new Patient()
            .with(unsafeAgent("order"), Facts.outcome("outcome", OutcomeReport.Vital.DEAD).day(1));
    assertThat(patient.visible().openAlerts()).isEmpty();
    AlertRevision ended = last(patient, STAT);
    assertThat(ended.resolutionReason()).contains(ResolutionReason.PATHWAY_CLOSED);

    patient.with(
        Facts.outcome("outcome", OutcomeReport.Vital.DEAD)
            .observedDay(1)
            .withdrawn()
            .reportedDay(2));

    AlertRevision back = patient.open(STAT).orElseThrow();
    assertThat(back.alertKey()).isEqualTo(ended.alertKey());
    assertThat(back.revision()).isEqualTo(ended.revision() + 1);
    assertThat(back.notifies()).isTrue();
  }

  @Test
  void theKeyDoesNotDependOnWhatElseIsKnown() {
    Patient one = new Patient().with(unsafeAgent("order"));
    Patient other = new Patient().with(Scenes.mri(), unsafeAgent("order"), twelveMg("x"));

    assertThat(last(one, STAT).alertKey()).isEqualTo(last(other, STAT).alertKey());
  }

  // ------------------------------------------------------------------ two things at one time

  /** Debounce and escalation that end at the same instant: first who is asked, then who is next. */
  @Test
  void whoIsAskedHearsOfItBeforeItIsEscalated() {
    Patient patient =
        new Patient(GuidelineEditions.standard(), Duration.ofHours(4))
            .with(twelveMg("order"))
            .until(at("16:00"));

    assertThat(patient.revisions(URGENT))
        .extracting(AlertRevision::at, AlertRevision::state, AlertRevision::notifies)
        .containsExactly(
            tuple(at("12:00"), AlertState.ACTIVE, false),
            tuple(at("16:00"), AlertState.ACTIVE, true),
            tuple(at("16:00"), AlertState.ESCALATED, true));
    patient.untilDay(10);
  }

  /** Doses of one course, however they are ordered and spelt, are no further reason. */
  @Test
  void aFurtherDoseOfACourseWakesNobody() {
    for (Facts.Treatment further :
        List.of(
            lumbar("d2", "o2", "methotrexate"),
            lumbar("d2", "o1", "MTX"),
            Facts.methotrexate("d2", TreatmentEvent.Action.ADMINISTERED)
                .doseMg(15)
                .route(TreatmentEvent.Route.LUMBAR))) {
      Patient patient =
          Scenes.eligiblePatient()
              .with(
                  Facts.assessment("reservoir").ommayaFeasible(true),
                  lumbar("d1", "o1", "methotrexate").time(0, "12:00"));
      patient.with(answer(AlertResponse.Action.ACKNOWLEDGED, LUMBAR, at("13:00")));
      patient.with(further.time(3, "12:00"));

      assertThat(last(patient, LUMBAR).state()).isEqualTo(AlertState.ACKNOWLEDGED);
    }
  }

  private static final AlertCode LUMBAR = AlertCode.INTRATHECAL_LUMBAR_ROUTE;

  private static Facts.Treatment lumbar(String reportId, String order, String agent) {
    return Facts.treatment(
            reportId, TreatmentEvent.Modality.INTRATHECAL, TreatmentEvent.Action.ADMINISTERED)
        .agent(agent)
        .order(order)
        .doseMg(15)
        .route(TreatmentEvent.Route.LUMBAR);
  }

  // ------------------------------------------------------------------ what an ending says

  /** A second FINAL version is a correction, though it doesn't call itself one. */
  @Test
  void aCorrectedReportIsNotTheOneThatWasAskedFor() {
    Patient patient = new Patient().with(Facts.csf("csf").negative().volumeMl(2).event("first"));
    patient.with(Facts.csf("csf").negative().volumeMl(12).reportedDay(1).event("second"));

    assertThat(last(patient, AlertCode.CSF_SAMPLE_INADEQUATE).resolutionReason())
        .contains(ResolutionReason.FACT_AMENDED);
  }

  /**
   * What an alert is about need not be in its evidence: here the report that opened the pathway.
   */
  @Test
  void whatIsAboutAWithdrawnReportIsRetracted() {
    Patient patient = new Patient().with(Facts.csf("csf").positive().event("first")).untilDay(20);
    AlertRevision asked = last(patient, AlertCode.KPS_MISSING_OR_STALE);
    patient.with(Facts.csf("csf").positive().withdrawn().reportedDay(20).event("second"));

    assertThat(asked.notifies()).isTrue();
    assertThat(last(patient, AlertCode.KPS_MISSING_OR_STALE))
        .satisfies(
            end -> {
              assertThat(end.state()).isEqualTo(AlertState.RETRACTED);
              assertThat(end.notifies()).isTrue();
            });
  }

  // ------------------------------------------------------------------ DONE

  private static final Facts.Treatment START =
      Facts.treatment("start", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
          .agent("carboplatin and pemetrexed")
          .day(0);

  /** Whether the last alert of the code has ended, and how, when this came on top of that. */
  private static Optional<ResolutionReason> ending(
      AlertCode code, Patient patient, Facts.Builder<?> last) {
    assertThat(patient.open(code)).as("%s before", code).isPresent();
    String key = patient.open(code).orElseThrow().alertKey();
    patient.with(last);
    return patient.revisions(code).stream()
        .filter(alert -> alert.alertKey().equals(key))
        .reduce((_, two) -> two)
        .orElseThrow()
        .resolutionReason();
  }

  private static Patient treated(int day) {
    return Scenes.eligiblePatient().with(START).untilDay(day);
  }

  private static Facts.Assessment visit(int day) {
    return Facts.assessment("visit-" + day).day(day);
  }

  @Test
  void anExaminationIsDoneByOneInStandardForm() {
    assertThat(
            ending(
                AlertCode.NEURO_EXAM_DUE,
                treated(43),
                visit(43).exam(ClinicalAssessment.NeurologicalExam.STANDARDIZED)))
        .contains(ResolutionReason.DONE);
    assertThat(ending(AlertCode.NEURO_EXAM_DUE, treated(43), visit(43).declines("ALL")))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  @Test
  void restagingIsDoneByRestaging() {
    assertThat(ending(AlertCode.RESTAGING_DUE, treated(5), visit(5).restagingDone(true)))
        .contains(ResolutionReason.DONE);
    assertThat(ending(AlertCode.RESTAGING_DUE, treated(5), visit(5).declines("ALL")))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  @Test
  void aReferralIsDoneByAReferralOrSupportiveCare() {
    assertThat(referral(visit(1).palliativeReferral(true))).contains(ResolutionReason.DONE);
    assertThat(
            referral(
                Facts.treatment(
                        "care",
                        TreatmentEvent.Modality.SUPPORTIVE_CARE,
                        TreatmentEvent.Action.STARTED)
                    .day(1)))
        .contains(ResolutionReason.DONE);
    assertThat(referral(visit(1).lifeExpectancyDays(90)))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> referral(Facts.Builder<?> last) {
    Patient poor =
        new Patient()
            .with(Scenes.mri(), Facts.assessment("life").day(0).lifeExpectancyDays(20))
            .untilDay(1);
    return ending(AlertCode.PALLIATIVE_REFERRAL_DUE, poor, last);
  }

  @Test
  void aDoseIsDoneByADose() {
    assertThat(dose(Scenes.dose("d2", 10))).contains(ResolutionReason.DONE);
    assertThat(dose(Scenes.methotrexate("end", 10, TreatmentEvent.Action.STOPPED)))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> dose(Facts.Builder<?> last) {
    return ending(
        AlertCode.INTRATHECAL_DOSE_DUE,
        Scenes.eligiblePatient().with(Scenes.dose("d1", 0)).untilDay(10),
        last);
  }

  @Test
  void aFlowStudyIsDoneByWhatStatesTheFlow() {
    assertThat(flowStudy(Scenes.flow("flow", 1))).contains(ResolutionReason.DONE);
    assertThat(flowStudy(Facts.fullMri("mri-1").day(1).tesla(3).thinDeposits(false)))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> flowStudy(Facts.Builder<?> last) {
    Patient allButFlow =
        new Patient().with(Scenes.mri(), Scenes.csf(), Scenes.kps(0), Scenes.visit()).untilDay(1);
    return ending(AlertCode.FLOW_STUDY_DUE, allButFlow, last);
  }

  @Test
  void anMriIsDoneByAnMri() {
    Facts.Imaging mri = Facts.fullMri("mri-60").day(60).tesla(3);
    assertThat(ending(AlertCode.MRI_DUE, treated(60), mri)).contains(ResolutionReason.DONE);
  }

  /** A sample from before the negative one proves the disease, but nobody punctured again. */
  @Test
  void aPunctureIsRepeatedOnlyByALaterSample() {
    assertThat(repeated(Facts.csf("other").day(3).positive())).contains(ResolutionReason.DONE);
    assertThat(repeated(Facts.csf("other").observedDay(-3).reportedDay(3).positive()))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> repeated(Facts.Builder<?> last) {
    Patient negative =
        new Patient()
            .with(
                Facts.assessment("a").day(-4).suspicion(ClinicalAssessment.Suspicion.HIGH),
                Facts.csf("csf").day(0).negative())
            .untilDay(3);
    return ending(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED, negative, last);
  }

  /** A sample of which nobody knows how large it was does not make up for one too small. */
  @Test
  void anInadequateSampleIsMadeUpForByAnAdequateOne() {
    assertThat(sample(Facts.csf("two").day(1).negative().volumeMl(12).minutesToProcessing(10)))
        .contains(ResolutionReason.DONE);
    assertThat(sample(Facts.csf("two").day(1).negative()))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> sample(Facts.Builder<?> last) {
    return ending(
        AlertCode.CSF_SAMPLE_INADEQUATE,
        new Patient().with(Facts.csf("one").day(0).negative().volumeMl(2)),
        last);
  }

  @Test
  void aPanelIsCompletedByMarkersNotByAnotherHistology() {
    assertThat(
            panel(
                Facts.biopsy("b2")
                    .day(1)
                    .marker("EGFR", "NEGATIVE")
                    .marker("ALK", "NEGATIVE")
                    .marker("BRAF", "NEGATIVE")
                    .marker("HER2", "NEGATIVE")))
        .contains(ResolutionReason.DONE);
    assertThat(panel(Facts.biopsy("b2").day(1).histology(BiopsyResult.Histology.SQUAMOUS)))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> panel(Facts.Builder<?> last) {
    return ending(
        AlertCode.MOLECULAR_PANEL_INCOMPLETE,
        new Patient()
            .with(
                Scenes.mri(),
                Facts.biopsy("b").day(0).histology(BiopsyResult.Histology.ADENOCARCINOMA)),
        last);
  }

  /** Here the board is asked about linear disease without positive cytology (G19). */
  @Test
  void aLateAnswerIsDoneByTheBoardNotByAResultThatEndsTheQuestion() {
    assertThat(
            late(
                Facts.response("answer", AlertResponse.Action.OVERRIDDEN)
                    .code("MDT_REVIEW_NEEDED")
                    .mdtId("board-1")
                    .day(10)))
        .contains(ResolutionReason.DONE);
    assertThat(late(Facts.csf("other").day(10).positive()))
        .contains(ResolutionReason.CRITERIA_NO_LONGER_MET);
  }

  private static Optional<ResolutionReason> late(Facts.Builder<?> last) {
    Patient asked =
        new Patient().with(Scenes.mri(), Facts.csf("csf").day(0).negative()).untilDay(10);
    assertThat(asked.asksBoard("G19")).isTrue();
    return ending(AlertCode.RESULT_OVERDUE, asked, last);
  }

  @Test
  void aLateResultIsDoneByThatResult() {
    assertThat(
            ending(
                AlertCode.RESULT_OVERDUE,
                new Patient().with(Scenes.mri(), Facts.csf("sample").day(0).pending()).untilDay(6),
                Facts.csf("sample").observedDay(0).reportedDay(6).positive()))
        .contains(ResolutionReason.DONE);
  }
}
