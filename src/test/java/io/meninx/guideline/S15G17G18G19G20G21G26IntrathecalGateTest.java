package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S15: linear thin deposits and flow documented as open; contract section 5 names the rest. */
class S15G17G18G19G20G21G26IntrathecalGateTest {

  @Test
  void allConditionsTogetherMakeItEligible() {
    assertThat(eligible(Scenes.eligiblePatient())).isTrue();
  }

  static Stream<Arguments> oneConditionFalseOrUnknown() {
    return Stream.of(
        Arguments.of(
            "no linear pattern", with(Scenes.mri().pattern(ImagingReport.Pattern.NODULAR))),
        Arguments.of("linear and nodular", with(Scenes.mri().pattern(ImagingReport.Pattern.BOTH))),
        Arguments.of("no deposits", with(Scenes.mri().pattern(ImagingReport.Pattern.NONE))),
        Arguments.of(
            "pattern not specified",
            with(Scenes.mri().pattern(ImagingReport.Pattern.POSITIVE_UNSPECIFIED))),
        Arguments.of("deposits not thin", with(Scenes.mri().thinDeposits(false))),
        Arguments.of(
            "thinness unknown",
            with(Facts.fullMri("mri").day(0).tesla(3).pattern(ImagingReport.Pattern.LINEAR))),
        Arguments.of("cytology negative", with(Scenes.csf().cytology(CsfResult.Cytology.NEGATIVE))),
        Arguments.of(
            "cytology equivocal", with(Scenes.csf().cytology(CsfResult.Cytology.EQUIVOCAL))),
        Arguments.of("no cytology", without("csf")),
        Arguments.of("cytology preliminary", with(Scenes.csf().preliminary())),
        Arguments.of("flow obstructed", with(Scenes.flow("flow", 0, CsfFlow.OBSTRUCTED))),
        Arguments.of("flow partial", with(Scenes.flow("flow", 0, CsfFlow.PARTIAL))),
        Arguments.of("flow not assessed", with(Scenes.flow("flow", 0, CsfFlow.NOT_ASSESSED))),
        Arguments.of("no flow study", without("flow")),
        Arguments.of("flow preliminary", with(Scenes.flow("flow", 0).preliminary())),
        Arguments.of("KPS 70", with(Facts.kps("kps0", 70).day(0))),
        Arguments.of("KPS 60", with(Facts.kps("kps0", 60).day(0))),
        Arguments.of("no KPS", without("kps0")),
        Arguments.of(
            "extracranial disease progressive",
            with(Scenes.visit().extracranial(ExtracranialDisease.PROGRESSIVE))),
        Arguments.of("extracranial disease unknown", without("visit")),
        Arguments.of("life expectancy 29 days", with(Scenes.visit().lifeExpectancyDays(29))),
        Arguments.of(
            "craniospinal radiotherapy before",
            with(Scenes.radiotherapy("csi", -300, Field.CRANIOSPINAL, Action.COMPLETED))),
        Arguments.of(
            "craniospinal radiotherapy ordered",
            with(Scenes.radiotherapy("csi", -1, Field.CRANIOSPINAL, Action.ORDERED))),
        Arguments.of(
            "whole-brain radiotherapy 84 days ago",
            with(Scenes.radiotherapy("wbrt", -84, Field.WHOLE_BRAIN, Action.COMPLETED))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void oneConditionFalseOrUnknown(String condition, List<Facts.Builder<?>> facts) {
    Patient patient = new Patient().with(facts.toArray(Facts.Builder<?>[]::new));

    assertThat(eligible(patient)).as(condition).isFalse();
  }

  @Test
  void wholeBrainRadiotherapyEightyFiveDaysAgoNoLongerBlocks() {
    Patient patient =
        new Patient()
            .with(
                with(Scenes.radiotherapy("wbrt", -85, Field.WHOLE_BRAIN, Action.COMPLETED))
                    .toArray(Facts.Builder<?>[]::new));

    assertThat(eligible(patient)).isTrue();
  }

  @Test
  void aPerformanceStatusOlderThanFourteenDaysPermitsNothing() {
    Patient patient = Scenes.eligiblePatient().until(Facts.at(14, "23:59"));
    assertThat(eligible(patient)).isTrue();

    assertThat(eligible(patient.until(Facts.at(15, "00:00")))).isFalse();
    assertThat(eligible(patient.with(Scenes.kps(15)))).isTrue();
  }

  @Test
  void preliminaryObstructionTakesItBack() {
    Patient patient = Scenes.eligiblePatient().with(Scenes.obstructed("flow2", 3).preliminary());

    assertThat(eligible(patient)).isFalse();
    assertThat(patient.contraindicated(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED)).isTrue();
  }

  @Test
  void aCourseOrderedWithoutEligibilityRaisesOneAlertWithAllReasons() {
    Patient patient =
        new Patient()
            .with(Scenes.mri().thinDeposits(false), Scenes.csf(), Scenes.kps(0))
            .with(Scenes.methotrexate("order", 0, Action.ORDERED));

    assertThat(patient.open(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.priority()).isEqualTo(Priority.URGENT);
              assertThat(alert.missing())
                  .contains("IMAGING.csfFlow", "ASSESSMENT.extracranialDisease");
              assertThat(alert.summary()).contains("thin");
            });
  }

  /** Only extracranial disease is not stated; the order is acknowledged on day 2. */
  private static Patient acknowledgedOrder() {
    return acknowledged(Scenes.kps(0));
  }

  private static Patient acknowledged(Facts.Builder<?>... status) {
    return new Patient()
        .with(Scenes.mri(), Scenes.csf(), Scenes.flow("flow", 0))
        .with(status)
        .with(Scenes.methotrexate("order", 1, Action.ORDERED))
        .with(
            Facts.response("ack", AlertResponse.Action.ACKNOWLEDGED)
                .code("INTRATHECAL_NOT_ELIGIBLE")
                .day(2));
  }

  private static Facts.Imaging deposits(int day, boolean thin) {
    return Facts.fullMri("mri-" + day)
        .day(day)
        .tesla(3)
        .pattern(ImagingReport.Pattern.LINEAR)
        .thinDeposits(thin);
  }

  private static AlertRevision notEligible(Patient patient) {
    return patient.open(AlertCode.INTRATHECAL_NOT_ELIGIBLE).orElseThrow();
  }

  @Test
  void anotherCriterionThatAFinalResultLeavesUnmetReopensIt() {
    Patient patient = acknowledgedOrder();
    assertThat(notEligible(patient).state()).isEqualTo(AlertState.ACKNOWLEDGED);

    patient.with(deposits(3, false));

    assertThat(notEligible(patient).state()).isEqualTo(AlertState.ACTIVE);
    assertThat(notEligible(patient).notifies()).isTrue();
  }

  @Test
  void aCriterionThatWasUnmetBeforeDoesNotReopenIt() {
    Patient patient = acknowledgedOrder().with(deposits(3, false), deposits(4, true));
    patient.with(
        Facts.response("ack-2", AlertResponse.Action.ACKNOWLEDGED)
            .code("INTRATHECAL_NOT_ELIGIBLE")
            .day(5),
        deposits(6, false));

    assertThat(notEligible(patient).state()).isEqualTo(AlertState.ACKNOWLEDGED);
  }

  @Test
  void aPreliminaryResultDoesNotReopenIt() {
    Patient patient = acknowledgedOrder().with(deposits(3, false).preliminary());

    assertThat(notEligible(patient).state()).isEqualTo(AlertState.ACKNOWLEDGED);
  }

  /** A KPS is too old after 14 days, an open flow study after 8 weeks. */
  @Test
  void whatOnlyGoesStaleDoesNotReopenIt() {
    Patient patient =
        acknowledged(Scenes.kps(0), Scenes.visit().extracranial(ExtracranialDisease.PROGRESSIVE))
            .untilDay(25);
    assertThat(notEligible(patient).summary()).contains("KPS of the last");
    assertThat(notEligible(patient).state()).isEqualTo(AlertState.ACKNOWLEDGED);

    Patient flow =
        new Patient()
            .with(Scenes.mri(), Scenes.csf(), Scenes.flow("flow", 0), Scenes.kps(50))
            .with(Scenes.methotrexate("order", 50, Action.ORDERED))
            .with(
                Facts.response("ack", AlertResponse.Action.ACKNOWLEDGED)
                    .code("INTRATHECAL_NOT_ELIGIBLE")
                    .day(51))
            .untilDay(60);
    assertThat(notEligible(flow).summary()).contains("CSF flow");
    assertThat(notEligible(flow).state()).isEqualTo(AlertState.ACKNOWLEDGED);
  }

  @Test
  void aFurtherDoseIsNoNewProposal() {
    Patient patient =
        new Patient()
            .with(Scenes.mri().thinDeposits(false), Scenes.csf(), Scenes.kps(0))
            .with(Scenes.dose("d1", 0), Scenes.dose("d2", 27))
            .until(Facts.at(28, "00:00"));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isFalse();
  }

  @Test
  void notBesideTheAlertThatNamesTheOnlyReason() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Scenes.obstructed("flow2", 1), Scenes.methotrexate("order", 2, Action.ORDERED));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION)).isTrue();
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isFalse();
  }

  /** Eligible on day 0; the same MRI says on day 1, preliminarily, that deposits are not thin. */
  private static Patient orderedAgainstAPreliminaryResult() {
    return Scenes.eligiblePatient()
        .with(deposits(1, false).preliminary(), Scenes.methotrexate("order", 2, Action.ORDERED));
  }

  @Test
  void aCourseOrderedAgainstAPreliminaryResultIsWarnedOf() {
    assertThat(notEligible(orderedAgainstAPreliminaryResult()))
        .satisfies(
            alert -> {
              assertThat(alert.priority()).isEqualTo(Priority.ROUTINE);
              assertThat(alert.preliminary()).isTrue();
            });
  }

  /** Contract section 5: judged when ordered, and then it was not eligible any more. */
  @Test
  void aCourseOrderedAgainstAPreliminaryResultIsReportedOnceThatIsFinal() {
    Patient patient = orderedAgainstAPreliminaryResult().with(deposits(1, false).reportedDay(3));

    assertThat(notEligible(patient))
        .satisfies(
            alert -> {
              assertThat(alert.priority()).isEqualTo(Priority.URGENT);
              assertThat(alert.preliminary()).isFalse();
              assertThat(alert.notifies()).isTrue();
            });
  }

  @Test
  void aCourseOrderedAgainstAPreliminaryKpsIsReportedOnceThatIsFinal() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.kps("low", 70).day(1).preliminary(),
                Scenes.methotrexate("order", 2, Action.ORDERED));
    assertThat(notEligible(patient).priority()).isEqualTo(Priority.ROUTINE);

    patient.with(Facts.kps("low", 70).day(1).reportedDay(3));
    assertThat(notEligible(patient).priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void aPreliminaryResultThatIsTakenBackLeavesNoBlame() {
    Patient patient = orderedAgainstAPreliminaryResult().with(deposits(1, true).reportedDay(3));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isFalse();
  }

  /** What went stale or worse since was not known to be so when the course was ordered. */
  @Test
  void aPreliminaryResultThatIsTakenBackLeavesNoBlameForWhatIsUnmetSince() {
    Patient refuted = orderedAgainstAPreliminaryResult().with(deposits(1, true).reportedDay(3));
    assertThat(refuted.untilDay(20).isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .as("KPS went stale")
        .isFalse();

    Patient worse =
        orderedAgainstAPreliminaryResult()
            .with(deposits(1, true).reportedDay(3), Facts.kps("kps8", 70).day(8))
            .untilDay(9);
    assertThat(worse.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).as("KPS is low since").isFalse();

    Patient withdrawn =
        orderedAgainstAPreliminaryResult().with(deposits(1, false).withdrawn().reportedDay(3));
    assertThat(withdrawn.untilDay(20).isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .as("withdrawn")
        .isFalse();

    Patient status =
        Scenes.eligiblePatient()
            .with(
                Facts.kps("low", 70).day(1).preliminary(),
                Scenes.methotrexate("order", 2, Action.ORDERED),
                Facts.kps("low", 90).day(1).reportedDay(3))
            .untilDay(20);
    assertThat(status.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).as("a KPS refuted").isFalse();

    Patient flow =
        Scenes.eligiblePatient()
            .with(
                Scenes.obstructed("blocked", 1).preliminary(),
                Scenes.methotrexate("order", 2, Action.ORDERED),
                Scenes.obstructed("blocked", 1).withdrawn().reportedDay(3),
                Facts.kps("kps50", 90).day(50))
            .untilDay(62);
    assertThat(flow.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).as("the study ran out").isFalse();
  }

  /** Nobody could know: what is first reported after the order blames nobody. */
  @Test
  void aResultThatComesAfterTheOrderDoesNotBlameIt() {
    Patient silent =
        Scenes.eligiblePatient()
            .with(Scenes.methotrexate("order", 2, Action.ORDERED), deposits(3, false));
    Patient preliminaryToo =
        Scenes.eligiblePatient()
            .with(
                Scenes.methotrexate("order", 2, Action.ORDERED),
                deposits(3, false).preliminary(),
                deposits(3, false).reportedDay(4));

    assertThat(silent.revisions(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isEmpty();
    assertThat(preliminaryToo.revisions(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isEmpty();
  }

  /** What was known at the time of the order may become known to the engine only later. */
  @Test
  void aPreliminaryResultThatArrivesAfterTheOrderIsJudgedByItsReport() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.methotrexate("order", 2, Action.ORDERED), deposits(1, false).reportedDay(3));
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isFalse();

    patient.with(deposits(1, false).preliminary().reportedDay(1));
    assertThat(notEligible(patient).priority()).isEqualTo(Priority.URGENT);
  }

  @Test
  void anEligibleCourseRaisesNothing() {
    Patient patient =
        Scenes.eligiblePatient().with(Scenes.methotrexate("order", 0, Action.ORDERED));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isFalse();
  }

  // ------------------------------------------------------------------ G17, G18, G19

  @Test
  void g17PositiveCytologyWithNormalMriIsAQuestionForTheBoard() {
    Patient patient =
        new Patient().with(Scenes.mri().pattern(ImagingReport.Pattern.NONE), Scenes.csf());

    assertThat(patient.visible().type()).isEqualTo(LmType.ID);
    assertThat(patient.asksBoard("G17")).isTrue();
  }

  @Test
  void g18LinearAndNodularIsAQuestionForTheBoardWhateverTheFlow() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri().pattern(ImagingReport.Pattern.BOTH).thinDeposits(false),
                Scenes.csf(),
                Scenes.obstructed("flow", 0));

    assertThat(patient.visible().type()).isEqualTo(LmType.IC);
    assertThat(patient.asksBoard("G18")).isTrue();
  }

  @Test
  void g19LinearWithoutPositiveCytologyIsAQuestionForTheBoard() {
    Patient patient = new Patient().with(Scenes.mri(), Scenes.csf().negative());

    assertThat(patient.visible().type()).isEqualTo(LmType.IIA);
    assertThat(patient.asksBoard("G19")).isTrue();
  }

  @Test
  void noneOfTheThreeQuestionsWhenPoor() {
    Patient patient =
        new Patient().with(Scenes.mri(), Scenes.csf().negative(), Facts.kps("kps", 60).day(0));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
    assertThat(patient.asksBoard("G19")).isFalse();
  }

  // ------------------------------------------------------------------ flow study

  @Test
  void aFlowStudyIsRecommendedWhenFlowIsAllThatIsMissing() {
    Patient patient = new Patient().with(without("flow").toArray(Facts.Builder<?>[]::new));

    assertThat(patient.recommends(RecommendationCode.CSF_FLOW_STUDY)).isTrue();
  }

  @Test
  void noFlowStudyWhenSomethingElseIsMissingToo() {
    Patient patient = new Patient().with(Scenes.mri(), Scenes.csf());

    assertThat(patient.recommends(RecommendationCode.CSF_FLOW_STUDY)).isFalse();
  }

  @Test
  void aFlowStudyIsRecommendedWhenACourseIsOrdered() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.csf(), Scenes.methotrexate("order", 0, Action.ORDERED));

    assertThat(patient.recommends(RecommendationCode.CSF_FLOW_STUDY)).isTrue();
  }

  // ------------------------------------------------------------------ G26

  @Test
  void g26AShuntInPlaceIsAQuestionForTheBoard() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Facts.treatment("shunt", Modality.VP_SHUNT, Action.COMPLETED).day(2));

    assertThat(patient.asksBoard("G26")).isTrue();
    assertThat(eligible(patient)).as("flow study before the shunt no longer counts").isFalse();
  }

  @Test
  void g26NotBeforeTheShuntIsPlaced() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Facts.treatment("shunt", Modality.VP_SHUNT, Action.ORDERED).day(2));

    assertThat(patient.asksBoard("G26")).isFalse();
    assertThat(eligible(patient)).isTrue();
  }

  // ------------------------------------------------------------------ helpers

  private static boolean eligible(Patient patient) {
    return patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE);
  }

  /** The eligible scene with this fact, in place of the one of the same report. */
  private static List<Facts.Builder<?>> with(Facts.Builder<?> fact) {
    List<Facts.Builder<?>> facts =
        new ArrayList<>(without(fact.build().header().reportId().value()));
    facts.add(fact);
    return facts;
  }

  private static List<Facts.Builder<?>> without(String reportId) {
    return Arrays.stream(Scenes.eligible())
        .filter(fact -> !fact.build().header().reportId().value().equals(reportId))
        .<Facts.Builder<?>>map(fact -> fact)
        .toList();
  }

  /** The order came too early, the start did not: it is not blamed for a KPS that went stale. */
  @Test
  void aCourseThatWasPermittedWhenItBeganIsNotBlamedForItsOrder() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.csf(), Scenes.kps(0), Scenes.visit())
            .with(Scenes.methotrexate("order", 1, Action.ORDERED));
    assertThat(patient.isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isTrue();

    patient.with(
        Scenes.flow("flow", 3), Scenes.methotrexate("start", 4, Action.STARTED).reportedDay(4));
    for (int day = 5; day < 60; day++) {
      assertThat(patient.untilDay(day).isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
          .as("on day " + day)
          .isFalse();
    }
  }

  /** Orders of methotrexate one by one, and one of another agent soon after the first. */
  @Test
  void aCourseOfAnotherAgentBesideItDoesNotSilenceANewOrder() {
    Patient patient =
        new Patient()
            .with(Scenes.mri().thinDeposits(false), Scenes.csf(), Scenes.kps(0))
            .with(Scenes.methotrexate("first", 0, Action.ORDERED).order("a"))
            .with(Scenes.methotrexate("other", 5, Action.ORDERED).agent("thiotepa").order("t"))
            .with(Scenes.methotrexate("second", 20, Action.ORDERED).order("b"));

    assertThat(patient.untilDay(47).isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE)).isTrue();
    assertThat(patient.until(Facts.at(48, "00:00")).isOpen(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .isFalse();
  }

  /** The order stays what the alert is about, though its amendment is reported after the dose. */
  @Test
  void amendingTheOrderLeavesTheAnchor() {
    Patient patient =
        new Patient()
            .with(Scenes.mri(), Scenes.csf(), Scenes.flow("flow", 0), Scenes.kps(0))
            .with(Scenes.methotrexate("order", 1, Action.ORDERED), Scenes.dose("dose", 1));
    String key = notEligible(patient).alertKey();

    patient.with(Scenes.methotrexate("order", 1, Action.ORDERED).amended().reportedDay(3));

    assertThat(notEligible(patient).alertKey()).isEqualTo(key);
  }

  @Test
  void aFlowStudySaysNothingOfDeposits() {
    Patient patient =
        new Patient()
            .with(Scenes.mri().thinDeposits(false), Scenes.csf(), Scenes.kps(0), Scenes.visit())
            .with(Scenes.flow("flow", 1).thinDeposits(true));

    assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
  }

  @Test
  void depositsOfBeforeTheOpeningPermitNothing() {
    Patient patient =
        new Patient()
            .with(Facts.fullMri("old").day(0).thinDeposits(true))
            .with(
                Facts.fullMri("mri").day(300).tesla(3).pattern(Pattern.LINEAR),
                Scenes.csf().day(300),
                Scenes.flow("flow", 300),
                Scenes.kps(300),
                Scenes.visit().day(300));

    assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
  }
}
