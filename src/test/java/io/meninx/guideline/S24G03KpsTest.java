package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.KPS_MISSING_OR_STALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S24, G3: a KPS is captured, and valid for 14 days. */
class S24G03KpsTest {

  @ParameterizedTest
  @CsvSource({"0, ", "14, ", "15, OVERDUE", "28, OVERDUE", "29, CRITICAL", "100, CRITICAL"})
  void age(int day, AlertStage stage) {
    Patient patient = Given.confirmedInGoodStatus().untilDay(day);

    assertThat(Seen.stage(patient, KPS_MISSING_OR_STALE).orElse(null)).isEqualTo(stage);
    assertThat(Seen.priority(patient, KPS_MISSING_OR_STALE).orElse(Priority.ROUTINE))
        .isEqualTo(Priority.ROUTINE);
  }

  @ParameterizedTest
  @CsvSource({"14, true", "15, false"})
  void staleKpsPermitsNothingAnyMore(int day, boolean permits) {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.histology(0, io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA)
                    .marker("EGFR", "L858R"))
            .untilDay(day);

    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isEqualTo(permits);
  }

  @Test
  void newKpsPermitsAgain() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.histology(0, io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA)
                    .marker("EGFR", "L858R"))
            .untilDay(20)
            .with(Given.kps(20, 80));

    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isTrue();
    assertThat(patient.isOpen(KPS_MISSING_OR_STALE)).isFalse();
  }

  @Test
  void ageCountsFromTheObservationNotFromTheReport() {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, 80).reportedDay(10)).untilDay(15);

    assertThat(patient.isOpen(KPS_MISSING_OR_STALE)).isTrue();
  }

  @Test
  void kpsBeforeTheOpeningCountsWithItsOwnAge() {
    Patient patient = new Patient().with(Given.kps(0, 80), Given.mri(15, Pattern.LINEAR));

    assertThat(Seen.stage(patient, KPS_MISSING_OR_STALE)).contains(AlertStage.OVERDUE);
  }

  @Test
  void missingAtTheOpeningAlertsAtOnce() {
    Patient patient = Given.confirmedLinear();

    assertThat(patient.open(KPS_MISSING_OR_STALE).orElseThrow().missing())
        .contains("PERFORMANCE.kps");
  }

  /** A short life expectancy makes the poor arm by itself: nobody is told that there is none. */
  @Test
  void withoutAKpsItIsSaidWhetherThereIsAnArm() {
    Patient unknown = Given.confirmedLinear();
    Patient poor = Given.confirmedLinear().with(Facts.assessment("life").lifeExpectancyDays(20));

    assertThat(unknown.open(KPS_MISSING_OR_STALE).orElseThrow().summary())
        .isEqualTo("KPS not known: no arm can be given");
    assertThat(poor.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
    assertThat(poor.open(KPS_MISSING_OR_STALE).orElseThrow().summary())
        .isEqualTo("KPS not known: poor status by life expectancy alone");
  }

  @Test
  void ecogDoesNotReplaceAKps() {
    assertThat(
            Given.confirmedLinear()
                .with(Facts.performance("ecog").ecog(1))
                .isOpen(KPS_MISSING_OR_STALE))
        .isTrue();
  }
}
