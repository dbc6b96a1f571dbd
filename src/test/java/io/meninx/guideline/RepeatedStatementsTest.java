package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Patient;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is only said again starts nothing anew: a need counts from the first of an unbroken run of
 * the same statement, and its alert keeps the anchor. Not stated in between breaks no run (unknown
 * is never the contrary); the contrary does (contract sections 4 and 6).
 */
class RepeatedStatementsTest {

  /** Three working days after this day. */
  private static Instant boardTarget(int needDay) {
    return Days.start(Days.plusWorkingDays(Days.of(Facts.noon(needDay)), 3));
  }

  private static Instant day(int day) {
    return Days.start(Days.of(Facts.noon(day)));
  }

  private static Patient probable(Facts.Builder<?>... facts) {
    return new Patient()
        .with(Given.mri(0, Pattern.NODULAR), Facts.assessment("visit").day(0).signs("HEADACHE"))
        .with(facts);
  }

  private static Facts.Assessment life(int day, int days) {
    return Facts.assessment("life-" + day).day(day).lifeExpectancyDays(days);
  }

  private static Facts.Performance noKps(int day) {
    return Facts.performance("kps-" + day).day(day);
  }

  private static Facts.Assessment silent(int day) {
    return Facts.assessment("silent-" + day).day(day);
  }

  private static void arose(Patient patient, String gap, int needDay) {
    assertThat(patient.asksBoard(gap)).as(gap).isTrue();
    assertThat(Seen.question(patient, gap).orElseThrow().dueAt())
        .as(gap)
        .contains(boardTarget(needDay));
  }

  // ------------------------------------------------------------------ G1, G2, G4 to G7

  @Test
  void kpsSeventyAsksOnceForAnUnbrokenRun() {
    arose(probable(Given.kps(0, 70), noKps(1), Given.kps(2, 70)), "G1", 0);
    arose(probable(Given.kps(0, 70), Given.kps(1, 80), Given.kps(2, 70)), "G1", 2);
    arose(probable(Given.kps(0, 60), Given.kps(2, 70)), "G1", 2);
  }

  @Test
  void kpsSixtyWithADriverAsksFromTheFirstSixty() {
    Facts.Biopsy driver = Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "L858R");

    arose(probable(driver, Given.kps(0, 50), Given.kps(2, 60), Given.kps(5, 60)), "G2", 2);
    assertThat(probable(driver, Given.kps(0, 50)).asksBoard("G2")).isFalse();
    assertThat(probable(Given.kps(0, 60)).asksBoard("G2")).as("no driver").isFalse();
  }

  @Test
  void aGoodKpsWithDiseaseOutsideAsksFromTheLaterOfBoth() {
    Facts.Assessment progressive = Given.extracranial(0, ExtracranialDisease.PROGRESSIVE);

    arose(probable(progressive, Given.kps(0, 70), Given.kps(3, 80), Given.kps(5, 90)), "G4", 3);
    arose(
        probable(
            Given.kps(0, 80),
            Given.extracranial(0, ExtracranialDisease.CONTROLLED),
            Given.extracranial(2, ExtracranialDisease.PROGRESSIVE),
            silent(3),
            Given.extracranial(4, ExtracranialDisease.PROGRESSIVE)),
        "G4",
        2);
    arose(
        probable(progressive, Given.kps(0, 70), Given.kps(0, 80).amended().reportedDay(9)),
        "G4",
        9);
    arose(
        probable(progressive, Given.kps(0, 80), Given.kps(0, 90).amended().reportedDay(9)),
        "G4",
        0);
    assertThat(probable(progressive, Given.kps(0, 70)).asksBoard("G4")).as("KPS 70").isFalse();
  }

  @Test
  void aShortLifeExpectancyAsksFromTheFirstShortOne() {
    arose(probable(Given.kps(0, 80), life(0, 30), life(2, 29), silent(3), life(5, 20)), "G5", 2);
    arose(probable(Given.kps(0, 70), life(0, 29), Given.kps(4, 80), Given.kps(6, 90)), "G5", 4);
    arose(
        probable(life(0, 29), Given.kps(0, 70), Given.kps(0, 80).amended().reportedDay(9)),
        "G5",
        9);
    arose(probable(Given.kps(0, 80), life(0, 29), life(0, 28).amended().reportedDay(9)), "G5", 0);
    assertThat(probable(Given.kps(0, 70), life(0, 29)).asksBoard("G5")).as("KPS 70").isFalse();
    assertThat(probable(Given.kps(0, 80), life(0, 30)).asksBoard("G5")).as("30 days").isFalse();
  }

  @Test
  void exactlyOneMonthAsksFromTheFirstOfItsRun() {
    arose(probable(life(0, 29), life(2, 30), silent(3), life(4, 30)), "G6", 2);
    arose(probable(life(0, 30), life(2, 31), life(4, 30)), "G6", 4);
    arose(probable(life(0, 30), life(0, 30).event("again").amended().reportedDay(9)), "G6", 0);
  }

  @Test
  void poorWithADriverAsksFromTheLaterOfBoth() {
    Facts.Biopsy driver = Given.histology(3, Histology.ADENOCARCINOMA).marker("EGFR", "L858R");

    arose(probable(Given.kps(0, 50), driver), "G7", 3);
    arose(probable(driver, Given.kps(5, 50), Given.kps(6, 40)), "G7", 5);
    arose(probable(driver, life(6, 20)), "G7", 6);
  }

  // ------------------------------------------------------------------ S19

  private static Instant referral(Patient patient) {
    return patient.open(AlertCode.PALLIATIVE_REFERRAL_DUE).orElseThrow().dueAt().orElseThrow();
  }

  private static Instant twoWorkingDays(int needDay) {
    return Days.start(Days.plusWorkingDays(Days.of(Facts.noon(needDay)), 2));
  }

  @Test
  void thePoorStretchBeginsWithItsFirstLowKpsOrShortLifeExpectancy() {
    assertThat(referral(probable(Given.kps(0, 70), Given.kps(2, 60), noKps(3), Given.kps(4, 50))))
        .isEqualTo(twoWorkingDays(2));
    assertThat(referral(probable(Given.kps(0, 50), Given.kps(2, 80), Given.kps(4, 50))))
        .isEqualTo(twoWorkingDays(4));
    assertThat(referral(probable(life(0, 30), life(2, 29), silent(3), life(4, 10))))
        .isEqualTo(twoWorkingDays(2));
    assertThat(referral(probable(life(2, 20), Given.kps(4, 50)))).isEqualTo(twoWorkingDays(2));
  }

  @Test
  void aReferralThatIsOnlyNotRepeatedStays() {
    Patient patient =
        probable(
            Given.kps(0, 50),
            Facts.assessment("referred").day(1).palliativeReferral(true),
            silent(2));

    assertThat(patient.isOpen(AlertCode.PALLIATIVE_REFERRAL_DUE)).isFalse();
    assertThat(Seen.entry(patient, ScheduleCode.PALLIATIVE_REFERRAL)).contains(EntryState.DONE);
  }

  // ------------------------------------------------------------------ S4: anchors

  private static Facts.Imaging chest(int day) {
    return Facts.imaging("chest-" + day).modality(ImagingReport.Modality.CT).day(day);
  }

  private static String key(Patient patient, AlertCode code) {
    return patient.open(code).map(AlertRevision::alertKey).orElseThrow();
  }

  @Test
  void aLungMassThatIsSeenAgainIsTheSameQuestion() {
    Patient patient = probable(chest(0).lungMass(true));
    String first = key(patient, AlertCode.BIOPSY_NEEDED);

    assertThat(key(patient.with(chest(1), chest(2).lungMass(true)), AlertCode.BIOPSY_NEEDED))
        .isEqualTo(first);
    assertThat(
            key(
                patient.with(chest(3).lungMass(false), chest(4).lungMass(true)),
                AlertCode.BIOPSY_NEEDED))
        .isNotEqualTo(first);
  }

  @Test
  void anIncompletePanelIsOneQuestionHoweverOftenTheHistologyIsRepeated() {
    Patient patient = probable(Given.histology(0, Histology.ADENOCARCINOMA));
    String first = key(patient, AlertCode.MOLECULAR_PANEL_INCOMPLETE);

    patient.with(
        Facts.biopsy("markers").day(1).marker("ALK", "NEGATIVE"),
        Given.histology(2, Histology.ADENOCARCINOMA));
    assertThat(key(patient, AlertCode.MOLECULAR_PANEL_INCOMPLETE)).isEqualTo(first);

    patient.with(
        Given.histology(3, Histology.SQUAMOUS), Given.histology(4, Histology.ADENOCARCINOMA));
    assertThat(key(patient, AlertCode.MOLECULAR_PANEL_INCOMPLETE)).isNotEqualTo(first);
  }

  // ------------------------------------------------------------------ G7, G40, G42 to G44

  private static String question(Patient patient, String gap) {
    return Seen.question(patient, gap).orElseThrow().alertKey();
  }

  private static Facts.Biopsy marker(int day, String gene, String finding) {
    return Facts.biopsy("plasma-" + day).day(day).marker(gene, finding);
  }

  /** Asked about what was found on day 3; said again on days 4 and 10, the contrary on day 11. */
  private static void asksOnce(String gap, Patient patient, String gene, String finding) {
    patient.with(marker(3, gene, finding));
    String first = question(patient, gap);

    patient
        .with(marker(3, gene, finding).marker("PD-L1", "50 %").amended().reportedDay(4))
        .with(marker(5, gene, "PENDING"), marker(6, gene, "FAILED"), noMarker(7))
        .with(marker(10, gene, " " + finding.toLowerCase(java.util.Locale.ROOT)));
    arose(patient, gap, 3);
    assertThat(question(patient, gap)).isEqualTo(first);

    patient.with(marker(11, gene, "NEGATIVE"), marker(12, gene, finding));
    arose(patient, gap, 12);
    assertThat(question(patient, gap)).isNotEqualTo(first);
  }

  private static Facts.Biopsy noMarker(int day) {
    return Given.histology(day, Histology.ADENOCARCINOMA);
  }

  @Test
  void aDriverThatIsFoundAgainIsTheSameQuestion() {
    asksOnce("G7", probable(Given.kps(0, 50)), "EGFR", "L858R");
    asksOnce("G42", probable(Given.kps(0, 90)), "EGFR", "exon 20 insertion");
    asksOnce("G43", probable(Given.kps(0, 90)), "KRAS", "G12C");
  }

  /** An older sample that is reported later makes no question younger. */
  @Test
  void theDayIsThatOfTheFirstReportWhicheverSampleWasTakenFirst() {
    Patient patient =
        probable(
            marker(3, "KRAS", "G12C"),
            Facts.biopsy("older").day(2).marker("KRAS", "G12C").reportedDay(9));

    arose(patient, "G43", 3);
  }

  /** The alphabet does not say which of several reports a question is about. */
  @Test
  void anotherDriverBesideIsTheSameQuestionForAnotherReason() {
    Patient poor = probable(Given.kps(0, 50), marker(3, "EGFR", "L858R"));
    Patient withoutClass = probable(Given.kps(0, 90), marker(3, "EGFR", "exon 20 insertion"));
    Patient withoutRule = probable(Given.kps(0, 90), marker(3, "KRAS", "G12C"));

    isTheSame("G7", poor, marker(10, "ALK", "fusion"), 3);
    isTheSame("G42", withoutClass, marker(10, "ALK", "fusion"), 3);
    isTheSame("G43", withoutRule, marker(10, "BRAF", "V600E"), 3);
  }

  private static void isTheSame(String gap, Patient patient, Facts.Biopsy other, int day) {
    String first = question(patient, gap);
    patient.with(other);

    assertThat(question(patient, gap)).as(gap).isEqualTo(first);
    arose(patient, gap, day);
  }

  private static Facts.Response board(String key, int day) {
    return Facts.response("board-" + day, io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
        .alertKey(key)
        .mdtId("b" + day)
        .day(day);
  }

  @Test
  void whatTheBoardHasNotSeenIsNotAnsweredByWhatItSaidBefore() {
    Patient patient =
        probable(
            Given.kps(0, 90),
            Given.extracranial(0, io.meninx.fact.ClinicalAssessment.ExtracranialDisease.CONTROLLED),
            marker(3, "KRAS", "G12C"));
    String key = question(patient, "G43");
    patient.with(board(key, 5)).untilDay(19);
    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).as("answered").isFalse();

    patient.with(marker(20, "BRAF", "V600E"));
    assertThat(question(patient, "G43")).isEqualTo(key);
    arose(patient, "G43", 20);
    assertThat(Seen.question(patient, "G43").orElseThrow().state())
        .as("another reason wakes it")
        .isEqualTo(io.meninx.pathway.AlertState.ACTIVE);
    patient.untilDay(40);
    assertThat(overdue(patient)).as("not answered").contains("answer G43");

    patient.with(board(key, 41));
    assertThat(overdue(patient)).as("answered again, but for two drivers").endsWith("answer G42");
  }

  private static String overdue(Patient patient) {
    return patient.open(AlertCode.RESULT_OVERDUE).orElseThrow().summary();
  }

  /** Without an answer the time for the first one runs on. */
  @Test
  void anotherReasonLeavesTheBoardNoMoreTime() {
    Patient patient = probable(Given.kps(0, 90), marker(3, "KRAS", "G12C"));
    patient.with(marker(5, "BRAF", "V600E"));

    arose(patient, "G43", 3);
  }

  @Test
  void aHistologyThatIsFoundAgainIsTheSameQuestion() {
    Patient patient = probable(Given.histology(0, Histology.SQUAMOUS));
    String first = question(patient, "G44");

    patient
        .with(
            Facts.response("board", io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
                .alertKey(first)
                .mdtId("b1")
                .day(1))
        .with(Facts.biopsy("silent").day(9), Given.histology(10, Histology.SQUAMOUS))
        .untilDay(30);
    arose(patient, "G44", 0);
    assertThat(question(patient, "G44")).isEqualTo(first);
    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).as("answered").isFalse();

    patient.with(Given.histology(31, Histology.OTHER));
    arose(patient, "G44", 31);
    patient.with(Given.histology(32, Histology.SQUAMOUS));
    arose(patient, "G44", 32);
  }

  private static boolean surprised(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus()
        .with(facts)
        .isOpen(AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY);
  }

  private static Facts.Treatment chemotherapy(int day) {
    return Given.systemic("chemo", Action.STARTED, "carboplatin").order("c").day(day);
  }

  @Test
  void aDriverKnownBeforeChemotherapyIsNoSurpriseWhenItIsSaidAgain() {
    Facts.Biopsy known = marker(1, "EGFR", "L858R");

    assertThat(
            surprised(
                known,
                chemotherapy(3),
                marker(1, "EGFR", "L858R").marker("PD-L1", "50 %").amended().reportedDay(20)))
        .as("amended")
        .isFalse();
    assertThat(surprised(known, chemotherapy(3), marker(20, "EGFR", "L858R")))
        .as("found in another sample")
        .isFalse();
    assertThat(surprised(marker(-5, "EGFR", "L858R"), chemotherapy(3), marker(20, "EGFR", "L858R")))
        .as("history")
        .isFalse();
    assertThat(surprised(known, chemotherapy(3), marker(20, "EGFR", "L858R and T790M")))
        .as("another alteration")
        .isTrue();
    assertThat(
            surprised(
                known, marker(2, "EGFR", "NEGATIVE"), chemotherapy(3), marker(20, "EGFR", "L858R")))
        .as("not found in between")
        .isTrue();
  }

  @Test
  void aDriverFoundOnChemotherapyIsOneAlertHoweverOftenItIsSaid() {
    Patient patient =
        Given.confirmedInGoodStatus().with(chemotherapy(3), marker(8, "EGFR", "L858R"));
    String first = key(patient, AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY);

    patient.with(marker(20, "EGFR", "L858R"));
    assertThat(key(patient, AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY)).isEqualTo(first);
  }

  // ------------------------------------------------------------------ S6

  private static Instant puncture(Patient patient) {
    return patient
        .open(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED)
        .orElseThrow()
        .dueAt()
        .orElseThrow();
  }

  @Test
  void theNeedOfAnotherPunctureCountsFromTheFirstHighSuspicionOfItsRun() {
    Facts.Csf negative = Given.goodSample(0).negative();

    assertThat(
            puncture(
                new Patient()
                    .with(
                        negative,
                        Given.suspicion(2, Suspicion.HIGH),
                        silent(3),
                        Given.suspicion(4, Suspicion.HIGH))))
        .isEqualTo(day(9));
    assertThat(
            puncture(
                new Patient()
                    .with(
                        negative,
                        Given.suspicion(2, Suspicion.HIGH),
                        Given.suspicion(3, Suspicion.LOW),
                        Given.suspicion(4, Suspicion.HIGH))))
        .isEqualTo(day(11));
    assertThat(
            puncture(
                new Patient()
                    .with(
                        negative,
                        Given.suspicion(2, Suspicion.LOW),
                        Given.suspicion(2, Suspicion.HIGH).amended().reportedDay(5))))
        .isEqualTo(day(12));
    assertThat(
            puncture(
                new Patient()
                    .with(
                        negative,
                        Given.suspicion(2, Suspicion.HIGH),
                        Given.suspicion(2, Suspicion.HIGH).event("x").amended().reportedDay(5))))
        .isEqualTo(day(9));
  }

  @Test
  void aPunctureThatWasCalledOffAsksAgain() {
    Patient patient =
        new Patient()
            .with(Given.suspicion(0, Suspicion.HIGH), Given.goodSample(0).negative())
            .with(Facts.treatment("lp", Modality.LUMBAR_PUNCTURE, Action.ORDERED).day(1));
    assertThat(patient.isOpen(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED)).isFalse();

    patient.with(Facts.treatment("off", Modality.LUMBAR_PUNCTURE, Action.CANCELLED).day(2));
    assertThat(patient.isOpen(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED)).isTrue();
  }

  // ------------------------------------------------------------------ results

  @Test
  void onlyResultsHaveATurnaround() {
    Patient patient =
        probable(
                Facts.performance("k").day(0).pending(),
                Facts.assessment("a").day(0).pending(),
                Facts.treatment("t", Modality.SYSTEMIC, Action.ORDERED).day(0).pending(),
                Facts.imaging("ct").modality(ImagingReport.Modality.CT).day(0).pending(),
                Facts.imaging("flow")
                    .modality(ImagingReport.Modality.CSF_FLOW_STUDY)
                    .day(0)
                    .pending())
            .untilDay(40);

    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).isFalse();
  }

  @Test
  void oneAlertNamesAllLateResultsWithTheWorstStageAndTheEarliestDay() {
    for (boolean cytologyFirst : new boolean[] {true, false}) {
      Facts.Csf cytology = Facts.csf("c").day(0).pending();
      Facts.Imaging mri = Facts.fullMri("m").day(3).pending();
      Patient patient = cytologyFirst ? probable(cytology, mri) : probable(mri, cytology);
      // Wednesday 2025-01-01: cytology critical from Thursday 9th, the MRI of Saturday overdue from
      // Wednesday 8th
      AlertRevision alert = patient.untilDay(8).open(AlertCode.RESULT_OVERDUE).orElseThrow();

      assertThat(alert.stage()).contains(AlertStage.CRITICAL);
      assertThat(alert.dueAt()).contains(day(5));
      assertThat(alert.summary()).contains("cytology", "imaging report");
    }
  }

  @Test
  void anotherLateResultWakesASilencedAlert() {
    Patient patient =
        probable(Facts.csf("c").day(0).pending(), Facts.biopsy("b").day(0).pending())
            .untilDay(9)
            .with(
                Facts.response("ack", io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
                    .code(AlertCode.RESULT_OVERDUE.name())
                    .day(9));
    assertThat(patient.open(AlertCode.RESULT_OVERDUE).orElseThrow().state())
        .isEqualTo(io.meninx.pathway.AlertState.ACKNOWLEDGED);

    assertThat(patient.untilDay(15).open(AlertCode.RESULT_OVERDUE).orElseThrow().state())
        .isNotEqualTo(io.meninx.pathway.AlertState.ACKNOWLEDGED);
  }

  // ------------------------------------------------------------------ G17 to G19

  @ParameterizedTest
  @CsvSource({
    "NONE,   POSITIVE, G17, BOTH",
    "BOTH,   POSITIVE, G18, LINEAR",
    "LINEAR, NEGATIVE, G19, NODULAR",
  })
  void aTypeThatARepeatedMriOnlyShowsAgainIsAQuestionThatTheBoardHasAnswered(
      Pattern pattern, CsfResult.Cytology cytology, String gap, Pattern another) {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, pattern),
                Given.goodSample(0).cytology(cytology),
                Facts.assessment("visit").day(0).signs("HEADACHE"),
                Given.kps(0, 90),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED))
            .with(
                Facts.response("board", io.meninx.fact.AlertResponse.Action.ACKNOWLEDGED)
                    .code(AlertCode.MDT_REVIEW_NEEDED.name())
                    .gap(gap)
                    .mdtId("b1")
                    .day(2))
            .with(Given.mri(56, pattern))
            .untilDay(80);

    arose(patient, gap, 0);
    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).as("answered").isFalse();

    patient.with(Given.mri(100, another), Given.mri(120, pattern), Given.mri(121, pattern));
    arose(patient.untilDay(140), gap, 120);
    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).as("asked again").isTrue();
  }

  private static Facts.Imaging brain(int day) {
    return Facts.imaging("brain-" + day)
        .modality(ImagingReport.Modality.MRI)
        .brain()
        .contrast(true)
        .day(day)
        .pattern(Pattern.LINEAR);
  }

  private static Facts.Imaging spine(int day) {
    return Facts.imaging("spine-" + day)
        .modality(ImagingReport.Modality.MRI)
        .spine()
        .contrast(true)
        .day(day)
        .pattern(Pattern.NODULAR);
  }

  @Test
  void aTypeArisesWithTheLastOfTheReportsItRestsOn() {
    Patient patient =
        new Patient()
            .with(Given.goodSample(0).positive(), brain(0), spine(1).reportedDay(5))
            .with(brain(56), spine(56).reportedDay(57));

    arose(patient, "G18", 5);
  }

  // ------------------------------------------------------------------ eligible but for the flow

  private static Patient allButFlow(Facts.Builder<?>... facts) {
    return new Patient()
        .with(
            Given.mri(0, Pattern.LINEAR).thinDeposits(true),
            Given.goodSample(0).positive(),
            Given.kps(0, 90),
            Given.extracranial(0, ExtracranialDisease.CONTROLLED))
        .with(facts);
  }

  private static Instant flowStudy(Patient patient) {
    return patient.open(AlertCode.FLOW_STUDY_DUE).orElseThrow().dueAt().orElseThrow();
  }

  @Test
  void whatIsOnlyRepeatedOrNotStatedPutsTheFlowStudyNotOff() {
    assertThat(flowStudy(allButFlow(noKps(2), Given.kps(3, 80)))).isEqualTo(day(5));
    assertThat(
            flowStudy(allButFlow(silent(2), Given.extracranial(3, ExtracranialDisease.CONTROLLED))))
        .isEqualTo(day(5));
    assertThat(flowStudy(allButFlow(Given.kps(0, 80).amended().reportedDay(4))))
        .as("still good")
        .isEqualTo(day(5));
    assertThat(
            flowStudy(
                allButFlow(
                    Given.extracranial(0, ExtracranialDisease.CONTROLLED)
                        .event("again")
                        .amended()
                        .reportedDay(4))))
        .isEqualTo(day(5));
    assertThat(
            flowStudy(
                allButFlow(
                    Given.mri(0, Pattern.LINEAR)
                        .thinDeposits(true)
                        .event("again")
                        .amended()
                        .reportedDay(4))))
        .isEqualTo(day(5));
  }

  @Test
  void anMriThatOnlyShowsItAgainPutsTheFlowStudyNotOff() {
    assertThat(flowStudy(allButFlow(Given.mri(3, Pattern.LINEAR).thinDeposits(true))))
        .isEqualTo(day(5));
    assertThat(
            flowStudy(
                allButFlow(
                    Given.mri(2, Pattern.LINEAR).thinDeposits(false),
                    Given.mri(3, Pattern.LINEAR).thinDeposits(true))))
        .as("not thin in between")
        .isEqualTo(day(8));
  }

  @Test
  void aCorrectionThatCompletesItStartsTheFlowStudy() {
    Patient kps =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR).thinDeposits(true),
                Given.goodSample(0).positive(),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED),
                Given.kps(0, 70),
                Given.kps(0, 80).amended().reportedDay(4));
    Patient disease =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR).thinDeposits(true),
                Given.goodSample(0).positive(),
                Given.kps(0, 80),
                Given.extracranial(0, ExtracranialDisease.PROGRESSIVE),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED).amended().reportedDay(4));
    Patient thin =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR).thinDeposits(false),
                Given.goodSample(0).positive(),
                Given.kps(0, 80),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED),
                Given.mri(0, Pattern.LINEAR).thinDeposits(true).amended().reportedDay(4));

    assertThat(flowStudy(kps)).isEqualTo(day(9));
    assertThat(flowStudy(disease)).isEqualTo(day(9));
    assertThat(flowStudy(thin)).isEqualTo(day(9));
  }

  /** G7 is the urgent one of them. */
  @Test
  void aDriverThatTheBoardHasNotSeenIsNotAnsweredByWhatItSaidOfAnotherOne() {
    Patient patient = probable(Given.kps(0, 50), marker(3, "KRAS", "G12C"));
    String key = question(patient, "G7");
    patient.with(board(key, 5)).untilDay(19);

    patient.with(marker(20, "EGFR", "exon 19 deletion"));
    assertThat(question(patient, "G7")).isEqualTo(key);
    arose(patient, "G7", 20);
    assertThat(Seen.question(patient, "G7").orElseThrow().state())
        .isEqualTo(io.meninx.pathway.AlertState.ACTIVE);
  }

  /** It needs the driver, or small cell cancer, too. */
  @Test
  void aStatusThatOnlyOneSocietyCallsPoorIsAQuestionFromTheTumourOn() {
    arose(probable(Given.kps(1, 60), marker(20, "ALK", "fusion")), "G2", 20);
    arose(probable(Given.kps(1, 60), Given.histology(21, Histology.SMALL_CELL)), "G2", 21);
    arose(
        probable(
            Given.kps(1, 60),
            Given.histology(21, Histology.SMALL_CELL),
            marker(30, "ALK", "fusion")),
        "G2",
        21);
  }
}
