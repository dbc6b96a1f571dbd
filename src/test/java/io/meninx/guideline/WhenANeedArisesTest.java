package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/**
 * Day 0 of a due time: the day a need arises is the reportedAt date of the first version that
 * states it, of the latest one where several facts are needed (contract section 6).
 */
class WhenANeedArisesTest {
  private static final LocalDate DAY_0 = LocalDate.of(2025, 1, 1);

  private static int targetDay(Patient patient, AlertCode code) {
    return (int)
        DAY_0.until(
            patient
                .open(code)
                .orElseThrow()
                .dueAt()
                .orElseThrow()
                .atZone(ZoneOffset.UTC)
                .toLocalDate(),
            java.time.temporal.ChronoUnit.DAYS);
  }

  private static int restaging(Patient patient) {
    return targetDay(patient, AlertCode.RESTAGING_DUE);
  }

  private static int flowStudy(Patient patient) {
    return targetDay(patient, AlertCode.FLOW_STUDY_DUE) - 5;
  }

  /** The days a board has are working days: the target of a question that arose on this day. */
  private static int boardTarget(int needDay) {
    return (int) (Days.plusWorkingDays(Days.of(Facts.noon(needDay)), 3) - Days.of(Facts.noon(0)));
  }

  // ------------------------------------------------------------------ diagnosis

  @Test
  void confirmedByCytologyOnTheDayItWasReported() {
    Patient patient =
        new Patient()
            .with(Given.mri(0, Pattern.LINEAR), Given.goodSample(1).positive().reportedDay(4));

    assertThat(restaging(patient)).isEqualTo(4);
  }

  @Test
  void aSecondPositiveCytologyStartsNothingAnew() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(1).positive().reportedDay(4),
                Given.goodSample(6).positive().reportedDay(7));

    assertThat(restaging(patient)).isEqualTo(4);
  }

  @Test
  void anEarlierNegativeCytologyDidNotStateIt() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(1).negative(),
                Given.goodSample(5).positive().reportedDay(6));

    assertThat(restaging(patient)).isEqualTo(6);
  }

  @Test
  void aCorrectionThatStillSaysPositiveKeepsTheDay() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(1).positive().reportedDay(2),
                Given.goodSample(1)
                    .positive()
                    .proteinMgDl(80)
                    .event("again")
                    .amended()
                    .reportedDay(6));

    assertThat(restaging(patient)).isEqualTo(2);
  }

  @Test
  void aCorrectionThatMakesItPositiveStatesItFirst() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(1).negative().reportedDay(2),
                Given.goodSample(1).positive().event("again").amended().reportedDay(6));

    assertThat(restaging(patient)).isEqualTo(6);
  }

  @Test
  void probableWhenEnhancementAndSignsAreBothReportedSignsLast() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.NODULAR),
                Facts.assessment("visit").day(3).signs("HEADACHE").reportedDay(5));

    assertThat(restaging(patient)).isEqualTo(5);
  }

  @Test
  void probableWhenEnhancementAndSignsAreBothReportedEnhancementLast() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("visit").day(0).signs("HEADACHE"),
                Given.mri(3, Pattern.NODULAR).reportedDay(7));

    assertThat(restaging(patient)).isEqualTo(7);
  }

  @Test
  void signsThatAreNotTypicalStateNothing() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.NODULAR),
                Facts.assessment("first").day(1).signs("SEIZURE"),
                Facts.assessment("second").day(4).signs("DIPLOPIA"));

    assertThat(restaging(patient)).isEqualTo(4);
  }

  @Test
  void anMriWithoutEnhancementStatesNothing() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH),
                Facts.assessment("visit").day(0).signs("HEADACHE"),
                Given.mri(1, Pattern.NONE),
                Given.mri(20, Pattern.LINEAR));

    assertThat(restaging(patient)).isEqualTo(20);
  }

  private static Facts.Assessment headache(int day) {
    return Facts.assessment("visit-" + day).day(day).signs("HEADACHE");
  }

  /** Contract section 4: CT and PET never count for the axis; a modality not stated does. */
  @Test
  void whatIsNotTheMriAxisStatesNothing() {
    for (ImagingReport.Modality modality : ImagingReport.Modality.values()) {
      Patient patient =
          new Patient()
              .with(
                  headache(0),
                  Facts.imaging("first").modality(modality).brain().pattern(Pattern.LINEAR),
                  Given.mri(20, Pattern.LINEAR));
      boolean counts =
          modality == ImagingReport.Modality.MRI || modality == ImagingReport.Modality.UNKNOWN;

      assertThat(restaging(patient)).as("%s", modality).isEqualTo(counts ? 0 : 20);
    }
  }

  @Test
  void enhancementThatAnExaminationNoLongerShowedStatesItAgain() {
    Patient patient =
        new Patient()
            .with(
                headache(0),
                Given.mri(0, Pattern.LINEAR),
                Given.mri(20, Pattern.NONE),
                Given.mri(40, Pattern.LINEAR),
                Given.mri(60, Pattern.BOTH));

    assertThat(restaging(patient)).isEqualTo(40);
  }

  @Test
  void signsThatAnExaminationNoLongerFoundStateItAgain() {
    Patient patient =
        new Patient()
            .with(
                headache(0),
                Facts.assessment("none").day(5).signs("NONE"),
                Given.mri(10, Pattern.LINEAR),
                headache(60),
                Facts.assessment("more").day(70).signs("GAIT"));

    assertThat(restaging(patient)).isEqualTo(60);
  }

  // ------------------------------------------------------------------ what is reported late

  /** A letter about an older visit, found weeks later, does not make a need later. */
  @Test
  void anOlderSignThatIsReportedLateDoesNotPutItOff() {
    Patient patient =
        new Patient().with(Given.mri(0, Pattern.LINEAR), headache(5), headache(1).reportedDay(25));

    assertThat(restaging(patient)).isEqualTo(5);
  }

  @Test
  void olderStatementsThatAreReportedLateDoNotPutTheFlowStudyOff() {
    Patient patient =
        allButFlow(0, 0, 5, 4)
            .with(
                Given.kps(-3, 80).reportedDay(9),
                Given.extracranial(-3, ExtracranialDisease.CONTROLLED).reportedDay(9));

    assertThat(flowStudy(patient)).isEqualTo(5);
  }

  @Test
  void anOlderStatusThatIsReportedLateLeavesTheBoardNoMoreTime() {
    arisesOn(6, "G1", probable(Given.kps(6, 70), Given.kps(2, 70).reportedDay(25)));
    arisesOn(
        6,
        "G4",
        probable(
            Given.kps(6, 90),
            Given.kps(2, 90).reportedDay(25),
            Given.extracranial(5, ExtracranialDisease.PROGRESSIVE),
            Given.extracranial(2, ExtracranialDisease.PROGRESSIVE).reportedDay(25)));
    arisesOn(
        6,
        "G6",
        probable(
            Facts.assessment("visit-6").day(6).lifeExpectancyDays(30),
            life(30).day(2).reportedDay(25)));
  }

  @Test
  void anOlderSuspicionThatIsReportedLateDoesNotPutThePunctureOff() {
    Patient patient =
        new Patient()
            .with(
                Given.goodSample(0).negative(),
                Given.suspicion(3, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH),
                Given.suspicion(1, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH)
                    .reportedDay(25));

    assertThat(targetDay(patient, AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED) - 7).isEqualTo(3);
  }

  /** Contract section 4: at most 90 days before the opening. */
  @Test
  void signsOfLongBeforeTheOpeningStateNothing() {
    Patient patient = new Patient().with(headache(-91), Given.mri(0, Pattern.LINEAR), headache(30));
    Patient just = new Patient().with(headache(-90), Given.mri(0, Pattern.LINEAR), headache(30));

    assertThat(restaging(patient)).isEqualTo(30);
    assertThat(restaging(just)).isZero();
  }

  @Test
  void confirmedByABiopsyOfTheMeningesOnTheDayItWasReported() {
    Patient patient =
        Given.suspected()
            .with(
                Given.histology(20, Histology.ADENOCARCINOMA).site("lung"),
                Given.histology(30, Histology.ADENOCARCINOMA).site("meninges").reportedDay(33),
                Given.goodSample(40).positive());

    assertThat(restaging(patient)).isEqualTo(33);
  }

  @Test
  void aProbableDiagnosisThatIsConfirmedStartsNothingAnew() {
    Patient patient =
        new Patient()
            .with(headache(2), Given.mri(3, Pattern.LINEAR), Given.goodSample(20).positive());

    assertThat(restaging(patient)).isEqualTo(3);
  }

  @Test
  void aDiagnosisAfterTreatmentBeganStartsNothingAnew() {
    Patient patient =
        Given.suspected()
            .with(
                Given.systemic("tki", Action.STARTED, "osimertinib").day(6),
                Given.goodSample(20).positive());

    assertThat(restaging(patient)).isEqualTo(6);
  }

  @Test
  void treatedWithoutADiagnosisFromItsFirstDayOn() {
    Patient patient =
        new Patient()
            .with(
                Given.suspicion(0, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH),
                Given.systemic("tki", Action.STARTED, "osimertinib").day(6));

    assertThat(restaging(patient)).isEqualTo(6);
  }

  // ------------------------------------------------------------------ type

  private static int questionTarget(Patient patient) {
    return targetDay(patient, AlertCode.MDT_REVIEW_NEEDED);
  }

  private static Patient wellAndComplete(Facts.Builder<?>... facts) {
    return new Patient()
        .with(
            Given.adenocarcinomaWithoutDriver(0),
            Given.kps(0, 90),
            Given.extracranial(0, ExtracranialDisease.CONTROLLED))
        .with(facts);
  }

  @Test
  void theTypeArisesWithTheLaterOfImagingAndCytology() {
    Patient imagingLast =
        wellAndComplete(
            Given.goodSample(0).positive(),
            Facts.assessment("visit").day(0).signs("HEADACHE"),
            Given.mri(2, Pattern.BOTH).reportedDay(7));
    Patient cytologyLast =
        wellAndComplete(
            Given.mri(0, Pattern.BOTH),
            Facts.assessment("visit").day(0).signs("HEADACHE"),
            Given.goodSample(1).positive().reportedDay(8));

    assertThat(imagingLast.asksBoard("G18")).isTrue();
    assertThat(questionTarget(imagingLast)).isEqualTo(boardTarget(7));
    assertThat(cytologyLast.asksBoard("G18")).isTrue();
    assertThat(questionTarget(cytologyLast)).isEqualTo(boardTarget(8));
  }

  @Test
  void theTypeOfTheSecondGroupNeedsNoCytology() {
    Patient patient =
        wellAndComplete(
            Given.mri(1, Pattern.LINEAR).reportedDay(3),
            Facts.assessment("visit").day(2).signs("HEADACHE"));

    assertThat(patient.asksBoard("G19")).isTrue();
    assertThat(questionTarget(patient)).isEqualTo(boardTarget(3));
  }

  // ------------------------------------------------------------------ no class (G42)

  private static void arisesOn(int day, Patient patient) {
    arisesOn(day, "G42", patient);
  }

  private static void arisesOn(int day, String gap, Patient patient) {
    assertThat(Seen.question(patient, gap).orElseThrow().dueAt())
        .as(gap)
        .contains(Days.start(Days.of(Facts.noon(boardTarget(day)))));
  }

  @Test
  void twoDriversAreAQuestionFromTheSecondOn() {
    arisesOn(
        20,
        probable(
            driver().day(1),
            Facts.biopsy("more").day(20).marker("EGFR", "L858R").marker("MET", "amplification")));
  }

  @Test
  void anInhibitorUsedBeforeIsAQuestionFromTheLastOfDriverUseAndProgressionOn() {
    arisesOn(33, probable(driver(), inhibitor(1), progression().reportedDay(33)));
    arisesOn(36, probable(driver(), progression(), inhibitor(1).reportedDay(36)));
    arisesOn(40, probable(inhibitor(1), progression(), driver().reportedDay(40)));
  }

  @Test
  void anInhibitorOfBeforeTheOpeningIsAQuestionFromItsReportOn() {
    arisesOn(6, probable(driver(), inhibitor(-100).reportedDay(6)));
  }

  @Test
  void exonTwentyIsAQuestionBeforeASecondDriverIs() {
    arisesOn(
        1,
        probable(
            Facts.biopsy("first").day(1).marker("EGFR", "exon 20 insertion"),
            Facts.biopsy("second").day(20).marker("ALK", "fusion")));
  }

  /** Contract section 5: only when confirmed or probable. */
  @Test
  void whatHasNoClassIsAQuestionFromTheDiagnosisOn() {
    Patient patient =
        Given.suspected()
            .with(
                Given.histology(1, Histology.SQUAMOUS)
                    .marker("EGFR", "exon 20 insertion")
                    .marker("KRAS", "G12C"),
                Given.goodSample(20).positive().reportedDay(22));

    arisesOn(22, "G42", patient);
    arisesOn(22, "G43", patient);
    arisesOn(22, "G44", patient);
  }

  private static Facts.Imaging progression() {
    return Facts.fullMri("progress").day(30).response(ImagingReport.Response.PROGRESSED);
  }

  private static Facts.Treatment inhibitor(int day) {
    return Given.systemic("inhibitor", Action.STARTED, "osimertinib").day(day);
  }

  // ------------------------------------------------------------------ corrections state it first

  /** Of day 0, said otherwise until the amendment reported on day 20. */
  private static void arisesWithTheAmendment(
      String gap, Patient patient, Facts.Builder<?> amendment) {
    assertThat(patient.asksBoard(gap)).as(gap + " before").isFalse();
    patient.with(amendment);

    assertThat(patient.asksBoard(gap)).as(gap).isTrue();
    assertThat(Seen.question(patient, gap).orElseThrow().dueAt().orElseThrow())
        .as(gap)
        .isEqualTo(Days.start(Days.of(Facts.noon(boardTarget(20)))));
  }

  @Test
  void aBoardQuestionArisesWithTheVersionThatFirstStatesIt() {
    arisesWithTheAmendment(
        "G1", probable(Given.kps(0, 90)), Given.kps(0, 70).amended().reportedDay(20));
    arisesWithTheAmendment(
        "G4",
        probable(Given.kps(0, 90), Given.extracranial(0, ExtracranialDisease.CONTROLLED)),
        Given.extracranial(0, ExtracranialDisease.PROGRESSIVE).amended().reportedDay(20));
    arisesWithTheAmendment(
        "G5", probable(Given.kps(0, 90), life(60)), life(29).amended().reportedDay(20));
    arisesWithTheAmendment("G6", probable(life(60)), life(30).amended().reportedDay(20));
    arisesWithTheAmendment(
        "G2", probable(driver(), Given.kps(0, 50)), Given.kps(0, 60).amended().reportedDay(20));
    arisesWithTheAmendment(
        "G7",
        probable(Given.kps(0, 50), Given.adenocarcinomaWithoutDriver(0)),
        driver().amended().reportedDay(20));
    arisesWithTheAmendment("G26", probable(shunt().cancelled()), shunt().amended().reportedDay(20));
  }

  private static Patient probable(Facts.Builder<?>... facts) {
    return new Patient()
        .with(Given.mri(0, Pattern.NODULAR), Facts.assessment("visit").day(0).signs("HEADACHE"))
        .with(facts);
  }

  private static Facts.Assessment life(int days) {
    return Facts.assessment("life").day(0).lifeExpectancyDays(days);
  }

  private static Facts.Biopsy driver() {
    return Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "L858R");
  }

  private static Facts.Treatment shunt() {
    return Facts.treatment("shunt", Modality.VP_SHUNT, Action.ADMINISTERED).day(0);
  }

  @Test
  void aRepeatedStatementAsksNoNewQuestion() {
    Patient patient =
        probable(Given.kps(0, 70), Given.kps(0, 70).event("again").amended().reportedDay(20));

    assertThat(Seen.question(patient, "G1").orElseThrow().dueAt())
        .contains(Days.start(Days.of(Facts.noon(boardTarget(0)))));
  }

  @Test
  void thePathwayOpensForPeopleWithTheVersionThatOpensIt() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.NONE), Given.mri(0, Pattern.LINEAR).amended().reportedDay(20));

    assertThat(targetDay(patient, AlertCode.KPS_MISSING_OR_STALE)).isEqualTo(34);
  }

  @Test
  void aSignThatACorrectionAddsMakesItProbableOnThatDay() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.NODULAR),
                Facts.assessment("visit").day(0).signs("NONE"),
                Facts.assessment("visit").day(0).signs("HEADACHE").amended().reportedDay(20));

    assertThat(restaging(patient)).isEqualTo(20);
  }

  @Test
  void aWorseningThatACorrectionAddsIsOfThatDay() {
    Patient sign =
        Given.confirmedInGoodStatus()
            .with(Given.systemic("tki", Action.STARTED, "osimertinib").day(0))
            .with(
                Facts.assessment("visit").day(5).signs("NONE"),
                Facts.assessment("visit").day(5).signs("DIPLOPIA").amended().reportedDay(20));
    Patient fall =
        Given.confirmedInGoodStatus()
            .with(Given.systemic("tki", Action.STARTED, "osimertinib").day(0))
            .with(Given.kps(5, 90), Given.kps(5, 70).amended().reportedDay(20));

    assertThat(targetDay(sign, AlertCode.MRI_DUE)).isEqualTo(23);
    assertThat(targetDay(fall, AlertCode.MRI_DUE)).isEqualTo(23);
  }

  @Test
  void whatEndsAnOpenStudyCountsFromItsReport() {
    Patient patient =
        allButFlow(0, 0, 0, 0)
            .with(
                Scenes.flow("flow", 0),
                Facts.imaging("ct").day(3).brain().hydrocephalus(true).reportedDay(6));

    assertThat(flowStudy(patient)).isEqualTo(6);
  }

  // ------------------------------------------------------------------ eligible but for the flow

  @Test
  void flowIsAllThatLacksFromTheLastOfTheOtherConditionsOn() {
    assertThat(flowStudy(allButFlow(0, 0, 0, 0))).isZero();
    assertThat(flowStudy(allButFlow(3, 0, 0, 0))).as("type").isEqualTo(3);
    assertThat(flowStudy(allButFlow(0, 4, 0, 0))).as("thin deposits").isEqualTo(4);
    assertThat(flowStudy(allButFlow(0, 0, 5, 0))).as("KPS").isEqualTo(5);
    assertThat(flowStudy(allButFlow(0, 0, 0, 6))).as("disease outside the CNS").isEqualTo(6);
  }

  private static Patient allButFlow(int type, int thin, int kps, int controlled) {
    return new Patient()
        .with(
            Given.mri(0, Pattern.LINEAR),
            Given.goodSample(0).positive().reportedDay(type),
            Facts.imaging("thin").day(0).thinDeposits(true).reportedDay(thin),
            Given.kps(0, 90).reportedDay(kps),
            Given.extracranial(0, ExtracranialDisease.CONTROLLED).reportedDay(controlled));
  }

  @Test
  void aRepeatedGoodStatusDoesNotPutItOff() {
    Patient patient =
        allButFlow(0, 0, 2, 1)
            .with(Given.kps(3, 80), Given.extracranial(3, ExtracranialDisease.CONTROLLED));

    assertThat(flowStudy(patient)).isEqualTo(2);
  }

  @Test
  void aBadStatusInBetweenDoes() {
    Patient kps = allButFlow(0, 0, 0, 0).with(Given.kps(1, 70), Given.kps(3, 90));
    Patient disease =
        allButFlow(0, 0, 0, 0)
            .with(
                Given.extracranial(1, ExtracranialDisease.PROGRESSIVE),
                Given.extracranial(4, ExtracranialDisease.CONTROLLED));

    assertThat(flowStudy(kps)).isEqualTo(3);
    assertThat(flowStudy(disease)).isEqualTo(4);
  }

  @Test
  void aRunningCourseCountsFromItsFirstFact() {
    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Scenes.methotrexate("order", 2, Action.ORDERED).reportedDay(3));

    assertThat(flowStudy(patient)).isEqualTo(3);
  }
}
