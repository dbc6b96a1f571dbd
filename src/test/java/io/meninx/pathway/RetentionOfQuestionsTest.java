package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.guideline.AlertCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patient with years of visits keeps the reports that tell how long a question has stood. */
class RetentionOfQuestionsTest {

  @ParameterizedTest
  @ValueSource(ints = {50, 60, 70, 80})
  void yearsOfTheSameStatusAskTheQuestionOfTheFirstDay(int kps) {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("suspicion").day(0).suspicion(Suspicion.HIGH),
                Facts.biopsy("biopsy").day(0).marker("ALK", "fusion"));
    for (int day = 1; day < 900; day += 10) {
      patient.with(
          Facts.kps("kps" + day, kps).day(day),
          Facts.assessment("visit" + day)
              .day(day)
              .lifeExpectancyDays(30)
              .extracranial(ExtracranialDisease.PROGRESSIVE));
    }

    assertAsksWhatTheWholeHistoryAsks(patient);
  }

  /** The oldest statement was reported later than those after it: they tell when a need arose. */
  @ParameterizedTest
  @ValueSource(ints = {50, 60, 70, 80})
  void yearsOfWhatAnOlderLateReportSaysToo(int kps) {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("suspicion").day(0).suspicion(Suspicion.HIGH),
                Facts.fullMri("mri").day(0).pattern(ImagingReport.Pattern.LINEAR),
                Facts.csf("csf").day(0).negative(),
                Facts.biopsy("biopsy").day(0).marker("ALK", "fusion"));
    ExtracranialDisease disease =
        kps == 80 ? ExtracranialDisease.CONTROLLED : ExtracranialDisease.PROGRESSIVE;
    for (int day = 2; day < 900; day += 10) {
      int reported = day == 2 ? 25 : day;
      patient.with(
          Facts.kps("kps" + day, kps).day(day).reportedDay(reported),
          Facts.assessment("visit" + day)
              .day(day)
              .suspicion(Suspicion.HIGH)
              .signs("HEADACHE")
              .lifeExpectancyDays(kps == 50 ? 20 : 30)
              .extracranial(disease)
              .reportedDay(reported));
    }

    assertAsksWhatTheWholeHistoryAsks(patient);
  }

  /** Poor without a gap for years: by KPS, then by life expectancy, and by KPS again. */
  @Test
  void aPoorStretchBeginsWhereItBeganWhateverMadeIt() {
    Patient patient =
        new Patient().with(Facts.assessment("suspicion").day(0).suspicion(Suspicion.HIGH));
    for (int day = 1; day < 900; day += 5) {
      boolean brief = day > 280 && day < 600;
      boolean low = (day > 40 && day < 300) || day > 580;
      patient.with(
          Facts.kps("kps" + day, low ? 60 : 80).day(day),
          Facts.assessment("visit" + day).day(day).lifeExpectancyDays(brief ? 20 : 90));
    }

    assertThat(patient.open(AlertCode.PALLIATIVE_REFERRAL_DUE).orElseThrow().dueAt())
        .contains(Facts.at(43, "00:00"));
    assertAsksWhatTheWholeHistoryAsks(patient);
  }

  /** Poor by life expectancy throughout: what the KPS says besides begins and ends nothing. */
  @Test
  void aStatusThatComesAndGoesWithinAPoorStretchIsNotKept() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("suspicion").day(0).suspicion(Suspicion.HIGH),
                Facts.kps("first", 60).day(1),
                Facts.assessment("life").day(2).lifeExpectancyDays(20));
    for (int day = 10; day < 1_500; day += 5) {
      patient.with(Facts.kps("kps" + day, day % 10 == 0 ? 60 : 70).day(day));
      if (day % 200 == 0) {
        patient.with(Facts.fullMri("mri" + day).day(day));
      }
      Invariants.assertUnthinnedGivesTheSame(patient);
    }

    assertThat(statuses(patient)).as("of 299, those of about a year").isLessThan(100);
  }

  private static long statuses(Patient patient) {
    return patient.state().retained().stream()
        .filter(report -> report.current().fact() instanceof PerformanceStatus)
        .count();
  }

  private static void assertAsksWhatTheWholeHistoryAsks(Patient patient) {
    assertThat(patient.state().retained()).hasSizeLessThan(patient.state().factCount());
    Invariants.assertUnthinnedGivesTheSame(patient);
  }

  /** Probable since day 60, when the headache came back. */
  @Test
  void yearsOfTheSameSignAskForRestagingFromTheFirstDay() {
    Patient patient =
        new Patient()
            .with(
                Facts.assessment("first").day(0).signs("HEADACHE"),
                Facts.assessment("none").day(5).signs("NONE"),
                Facts.fullMri("mri").day(10).pattern(ImagingReport.Pattern.LINEAR));
    for (int day = 60; day < 900; day += 10) {
      patient.with(Facts.assessment("visit" + day).day(day).signs("HEADACHE"));
      Invariants.assertUnthinnedGivesTheSame(patient);
    }

    assertThat(patient.state().frontier()).isPositive();
    assertThat(patient.open(AlertCode.RESTAGING_DUE))
        .hasValueSatisfying(alert -> assertThat(alert.dueAt()).contains(Facts.at(60, "00:00")));
  }

  /** A dose that was amended stays whole, and breaks the run of those around it. */
  @Test
  void aRunOfDosesIsBrokenByWhatStaysWholeToo() {
    Patient patient =
        new Patient()
            .with(
                Facts.csf("csf").day(0).positive(),
                Facts.fullMri("mri").day(0).pattern(ImagingReport.Pattern.LINEAR),
                Facts.methotrexate("dose", io.meninx.fact.TreatmentEvent.Action.ADMINISTERED)
                    .day(1),
                Facts.assessment("d100").day(100).dexamethasoneMg(8),
                Facts.assessment("d110").day(110).dexamethasoneMg(4),
                Facts.assessment("d110").day(110).dexamethasoneMg(4).signs("GAIT").amended(),
                Facts.assessment("d120").day(120).dexamethasoneMg(8),
                Facts.fullMri("stable").day(122).response(ImagingReport.Response.STABLE),
                Facts.assessment("d130").day(130).dexamethasoneMg(8),
                Facts.fullMri("improved").day(140).response(ImagingReport.Response.IMPROVED));
    for (int day = 141; day < 400; day += 2) {
      patient.with(Facts.kps("kps" + day, 80).day(day));
    }

    assertAsksWhatTheWholeHistoryAsks(patient);
  }
}
