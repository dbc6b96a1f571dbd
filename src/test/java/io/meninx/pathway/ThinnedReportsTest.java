package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.Facts.Assessment;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.Report;
import io.meninx.fact.TreatmentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which old performance values and assessments a rule can still look at, one reason each. */
class ThinnedReportsTest {
  private static final int NOW = 1000;

  /**
   * Ids that stay when these facts, all old, are thinned out; a recent last one stays always and is
   * left out.
   */
  private static List<String> kept(Facts.Builder<?>... facts) {
    List<Report> reports =
        new ArrayList<>(Arrays.stream(facts).map(fact -> Report.of(Facts.stored(fact))).toList());
    reports.add(Report.of(Facts.stored(Facts.csf("last").day(NOW))));
    reports.sort(Report.FOLD_ORDER);
    return Retention.thin(reports, GuidelineEditions.standard().parameters(), Facts.noon(NOW))
        .stream()
        .map(report -> report.header().reportId().value())
        .filter(id -> !id.equals("last"))
        .toList();
  }

  private static Assessment empty(String id, int day) {
    return Facts.assessment(id).day(day);
  }

  /**
   * A corrected report stays whole, and it breaks a run like any other: the poor stretch after it
   * begins with the first low value after it, which must not go.
   */
  @Test
  void aRunIsBrokenByAReportThatStaysWholeToo() {
    Report corrected =
        Report.of(
            List.of(
                Facts.stored(Facts.kps("corrected", 60).day(2)),
                Facts.stored(Facts.kps("corrected", 70).observedDay(2).amended().reportedDay(9))));
    List<Report> reports =
        new ArrayList<>(
            Stream.of(
                    Facts.kps("before", 60).day(1),
                    Facts.kps("begins", 60).day(3),
                    Facts.kps("goes on", 50).day(4),
                    Facts.kps("one before", 50).day(5),
                    Facts.kps("last", 40).day(6))
                .map(fact -> Report.of(Facts.stored(fact)))
                .toList());
    reports.add(corrected);
    reports.add(Report.of(Facts.stored(Facts.fullMri("mri").day(7))));
    reports.sort(Report.FOLD_ORDER);

    assertThat(Retention.thin(reports, GuidelineEditions.standard().parameters(), Facts.noon(NOW)))
        .extracting(report -> report.header().reportId().value())
        .contains("corrected", "begins", "last")
        .doesNotContain("goes on");
  }

  @Test
  void theFirstControlledStatementOfARunStays() {
    assertThat(
            kept(
                empty("progressive", 1).extracranial(ExtracranialDisease.PROGRESSIVE),
                empty("begins", 2).extracranial(ExtracranialDisease.CONTROLLED),
                empty("middle", 3).extracranial(ExtracranialDisease.CONTROLLED),
                empty("latest", 4).extracranial(ExtracranialDisease.CONTROLLED)))
        .contains("begins", "latest")
        .doesNotContain("middle");
  }

  @Test
  void ofAssessmentsThatStateNothingOneStays() {
    assertThat(kept(empty("a", 1), empty("b", 2))).containsExactly("b");
  }

  static Stream<Arguments> lastStatementCounts() {
    return Stream.of(
        field("extracranial disease", a -> a.extracranial(ExtracranialDisease.PROGRESSIVE)),
        field("severe symptoms", a -> a.severeSymptoms(true)),
        field("severe symptoms denied", a -> a.severeSymptoms(false)),
        field("standardised examination", a -> a.exam(NeurologicalExam.STANDARDIZED)),
        field("reservoir", a -> a.ommayaFeasible(false)),
        field("restaging", a -> a.restagingDone(true)),
        field("effusion", a -> a.pleuralEffusion(false)),
        field("refusal", a -> a.declines("ALL")),
        field("referral", a -> a.palliativeReferral(false)),
        field("blood values", a -> a.labs(100, 1.0, 2.0, 80)));
  }

  private static Arguments field(String name, UnaryOperator<Assessment> states) {
    return Arguments.of(name, states);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void lastStatementCounts(String name, UnaryOperator<Assessment> states) {
    List<String> kept =
        kept(
            states.apply(empty("first", 1)),
            states.apply(empty("middle", 2)),
            states.apply(empty("latest", 3)),
            empty("after", 4),
            empty("last", 5));

    assertThat(kept).contains("latest").doesNotContain("middle", "after");
  }

  @Test
  void freeTextExaminationAndRestagingNotDoneAreNeverLookedAt() {
    assertThat(
            kept(
                empty("free", 1).exam(NeurologicalExam.FREE_TEXT),
                empty("undone", 2).restagingDone(false),
                empty("one stays", 3)))
        .containsExactly("one stays");
  }

  @Test
  void ofASignTheFirstAndTheLastStatementCount() {
    assertThat(
            kept(
                empty("first", 1).signs("HEADACHE"),
                empty("again", 2).signs("HEADACHE"),
                empty("latest", 3).signs("HEADACHE"),
                empty("other", 4).signs("TASTE_LOSS"),
                empty("one stays", 5).signs("TASTE_LOSS")))
        .containsExactly("first", "latest", "one stays");
  }

  @Test
  void theLastExaminationThatFoundNoSignCounts() {
    assertThat(
            kept(
                empty("sign", 1).signs("GAIT"),
                empty("none1", 2).signs("NONE"),
                empty("none2", 3).signs("NONE"),
                empty("none3", 4).signs("NONE")))
        .containsExactly("sign", "none1", "none3");
  }

  @Test
  void theFirstSignSinceTheLastExaminationThatFoundNoneCounts() {
    assertThat(
            kept(
                Facts.csf("opening").day(0),
                empty("first", 1).signs("GAIT", "HEADACHE"),
                empty("none", 2).signs("NONE"),
                empty("other", 3).signs("TASTE_LOSS"),
                empty("begins", 4).signs("HEADACHE"),
                empty("middle", 5).signs("GAIT"),
                empty("latest", 6).signs("GAIT", "HEADACHE")))
        .containsExactly("opening", "first", "none", "begins", "latest");
  }

  @Test
  void theFirstSignThatCountsByTheTimeOfTheOpeningCounts() {
    assertThat(
            kept(
                empty("first", 1).signs("HEADACHE"),
                empty("before", 9).signs("HEADACHE"),
                empty("counts", 10).signs("HEADACHE"),
                empty("middle", 11).signs("HEADACHE"),
                Facts.csf("opening").day(100),
                empty("latest", 101).signs("HEADACHE")))
        .containsExactly("first", "counts", "opening", "latest");
  }

  @Test
  void suspicionCountsFromTheBeginningOfItsRun() {
    assertThat(
            kept(
                empty("first", 1).suspicion(Suspicion.HIGH),
                empty("middle", 2).suspicion(Suspicion.LOW),
                empty("low", 3).suspicion(Suspicion.LOW),
                empty("begins", 4).suspicion(Suspicion.HIGH),
                empty("again", 5).suspicion(Suspicion.HIGH),
                empty("latest", 6).suspicion(Suspicion.HIGH)))
        .containsExactly("first", "low", "begins", "latest");
  }

  @Test
  void shortLifeExpectancyCountsFromTheBeginningOfItsRun() {
    assertThat(
            kept(
                empty("long", 1).lifeExpectancyDays(300),
                empty("begins", 2).lifeExpectancyDays(20),
                empty("again", 3).lifeExpectancyDays(10),
                empty("latest", 4).lifeExpectancyDays(5)))
        .contains("long", "begins", "latest")
        .doesNotContain("again");
  }

  @Test
  void theLastTwoSteroidDosesCountAndTheLastTwoBeforeTheLastResponse() {
    assertThat(
            kept(
                empty("d1", 1).dexamethasoneMg(1),
                empty("d2", 2).dexamethasoneMg(2),
                empty("d3", 3).dexamethasoneMg(3),
                Facts.imaging("response").day(4).response(ImagingReport.Response.STABLE),
                empty("d5", 5).dexamethasoneMg(5),
                empty("d6", 6).dexamethasoneMg(6),
                empty("d7", 7).dexamethasoneMg(7)))
        .containsExactly("d2", "d3", "response", "d6", "d7");
  }

  @Test
  void ofPerformanceTheLastBeforeTheLastMriAndAllSinceCount() {
    assertThat(
            kept(
                Facts.kps("k1", 90).day(1),
                Facts.kps("k2", 80).day(2),
                Facts.kps("k3", 90).day(3),
                Facts.fullMri("mri").day(4),
                Facts.kps("k5", 80).day(5),
                Facts.kps("k6", 90).day(6),
                Facts.performance("unstated").day(7)))
        .contains("k3", "mri", "k5", "k6")
        .doesNotContain("k2", "unstated");
  }

  @Test
  void withoutAnMriEveryStatedPerformanceCounts() {
    assertThat(
            kept(
                Facts.kps("k1", 90).day(1),
                Facts.kps("k2", 80).day(2),
                Facts.performance("none").day(3)))
        .containsExactly("k1", "k2");
  }

  @Test
  void poorPerformanceCountsFromTheBeginningOfItsRun() {
    assertThat(
            kept(
                Facts.kps("k1", 40).day(1),
                Facts.kps("good", 90).day(2),
                Facts.kps("begins", 50).day(3),
                Facts.kps("again", 50).day(4),
                Facts.kps("latest", 50).day(5),
                Facts.fullMri("mri").day(6)))
        .contains("good", "begins", "latest")
        .doesNotContain("k1", "again");
  }

  @Test
  void whatIsNotOldOrHasVersionsOrIsAnotherKindStays() {
    Facts.Builder<?> recent = empty("recent", NOW - 68);
    Facts.Builder<?> justOld = empty("justOld", NOW - 69);
    Facts.Builder<?> reportedLate = empty("late", 5).reportedDay(NOW - 10);

    assertThat(
            kept(
                recent,
                justOld,
                empty("one stays", NOW - 69),
                reportedLate,
                Facts.treatment(
                        "t",
                        io.meninx.fact.TreatmentEvent.Modality.SYSTEMIC,
                        io.meninx.fact.TreatmentEvent.Action.STARTED)
                    .day(1)))
        .containsExactly("t", "late", "one stays", "recent");
  }

  /** Acts are judged by the values of two days, for three days. */
  @Test
  void bloodValuesThatNothingElseWasStatedWithGoSooner() {
    assertThat(
            kept(
                Facts.assessment("v1").labs(140, 1.1, 2.5, 75).day(NOW - 30),
                Facts.assessment("v2").labs(150, 1.0, 2.6, 76).day(NOW - 29),
                Facts.assessment("examined")
                    .labs(145, 1.0, 2.4, 74)
                    .signs("HEADACHE")
                    .day(NOW - 28),
                Facts.assessment("v3").labs(160, 1.0, 2.7, 77).day(NOW - 9)))
        .containsExactly("v2", "examined", "v3");
  }

  @Test
  void aCorrectedReportStaysWithAllItsVersions() {
    Report corrected =
        Report.of(
            List.of(
                Facts.stored(empty("c", 1).severeSymptoms(true)),
                Facts.stored(empty("c", 1).reportedDay(2).severeSymptoms(false).amended())));
    Report last = Report.of(Facts.stored(Facts.csf("last").day(NOW)));

    assertThat(
            Retention.thin(
                List.of(corrected, last),
                GuidelineEditions.standard().parameters(),
                Facts.noon(NOW)))
        .containsExactly(corrected, last);
  }

  /** It is told of as a conflict of data until it is corrected. */
  @Test
  void aReportWhoseTimeCannotBeStays() {
    assertThat(kept(empty("typo", 1).observedAt(Instant.parse("1985-03-01T00:00:00Z"))))
        .containsExactly("typo");
  }

  /** No value is looked at because of an MRI that can't have been. */
  @Test
  void anMriWhoseTimeCannotBeIsNotTheLastOne() {
    assertThat(
            kept(
                Facts.fullMri("mri").day(1),
                Facts.kps("k2", 90).day(2),
                Facts.kps("k3", 80).day(3),
                Facts.kps("k4", 90).day(4),
                Facts.kps("k5", 90).day(5),
                Facts.kps("k6", 90).day(6),
                Facts.fullMri("future").observedDay(NOW - 1).reportedDay(7)))
        .contains("k2", "k3", "k4", "k5", "k6");
  }

  /** NONE beside another code ends no sign. */
  @Test
  void theLastExaminationThatFoundNoSignIsNotOneThatFoundSomethingElse() {
    assertThat(
            kept(
                empty("sign", 1).signs("HEADACHE"),
                empty("none", 2).signs("NONE"),
                empty("both", 3).signs("NONE", "TASTE_LOSS"),
                empty("last", 4).signs("TASTE_LOSS")))
        .contains("sign", "none")
        .doesNotContain("both");
  }

  @Test
  void dosesBeforeAResponseAreThoseBeforeOneThatCounts() {
    assertThat(
            kept(
                empty("d1", 1).dexamethasoneMg(4),
                empty("d2", 2).dexamethasoneMg(8),
                Facts.imaging("response").day(3).response(ImagingReport.Response.IMPROVED),
                empty("d4", 4).dexamethasoneMg(2),
                Facts.imaging("withdrawn")
                    .day(5)
                    .response(ImagingReport.Response.STABLE)
                    .withdrawn(),
                empty("d6", 6).dexamethasoneMg(1)))
        .contains("d1", "d2", "d4", "d6");
  }

  @Test
  void aDoseAfterAResponseOfTheSameDayIsNotBeforeIt() {
    assertThat(
            kept(
                empty("d1", 1).dexamethasoneMg(4),
                empty("d2", 2).dexamethasoneMg(8),
                Facts.imaging("response")
                    .time(3, "10:00")
                    .response(ImagingReport.Response.IMPROVED),
                empty("d3", 3).time(3, "16:00").dexamethasoneMg(2),
                empty("d6", 6).dexamethasoneMg(1)))
        .contains("d1", "d2", "d3", "d6");
  }

  /** As long as the chain of acts goes on, each is judged by what was known at its time. */
  @Test
  void whatActsOfAChainAreJudgedByStays() {
    List<Facts.Builder<?>> facts = new ArrayList<>();
    for (int week = 0; week < 28; week++) {
      int day = NOW - 200 + 7 * week;
      facts.add(Facts.kps("kps" + week, 80).day(day));
      if (week % 4 == 2) {
        facts.add(
            Facts.methotrexate("dose" + week, TreatmentEvent.Action.ADMINISTERED).day(day + 1));
      }
    }
    facts.add(Facts.fullMri("mri").day(NOW - 60));

    assertThat(kept(facts.toArray(Facts.Builder<?>[]::new)))
        .contains("kps2", "kps6", "kps10", "kps14", "kps18")
        .doesNotContain("kps4", "kps5", "kps8", "kps9", "kps12");
  }

  @Test
  void ofAChainThatEndedNothingStays() {
    assertThat(
            kept(
                Facts.kps("kps1", 80).day(1),
                Facts.kps("kps2", 80).day(2),
                Facts.methotrexate("dose", TreatmentEvent.Action.ADMINISTERED).day(3),
                Facts.kps("kps4", 80).day(4),
                Facts.fullMri("mri").day(60),
                Facts.kps("kps61", 80).day(61)))
        .doesNotContain("kps2");
  }
}
