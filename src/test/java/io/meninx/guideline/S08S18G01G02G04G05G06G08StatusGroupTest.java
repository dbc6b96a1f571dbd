package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.EventType;
import io.meninx.pathway.Patient;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S8, S18, G1 to G6, G8: the performance arms and their borders. */
class S08S18G01G02G04G05G06G08StatusGroupTest {

  /** Empty cells are not stated. */
  @ParameterizedTest
  @CsvSource({
    // KPS, extracranial, life expectancy: group
    "100, CONTROLLED,  ,   GOOD",
    "80,  CONTROLLED,  ,   GOOD",
    "80,  CONTROLLED,  31, GOOD",
    "80,  CONTROLLED,  30, GOOD",
    "80,  CONTROLLED,  29, POOR",
    "80,  PROGRESSIVE, ,   INDETERMINATE",
    "80,  UNKNOWN,     ,   UNKNOWN",
    "80,  ,            ,   UNKNOWN",
    "80,  ,            29, POOR",
    "70,  CONTROLLED,  ,   INDETERMINATE",
    "70,  CONTROLLED,  30, INDETERMINATE",
    "70,  CONTROLLED,  29, POOR",
    "70,  ,            ,   INDETERMINATE",
    "60,  CONTROLLED,  ,   POOR",
    "60,  ,            90, POOR",
    "0,   CONTROLLED,  ,   POOR",
    ",    CONTROLLED,  ,   UNKNOWN",
    ",    CONTROLLED,  31, UNKNOWN",
    ",    CONTROLLED,  30, UNKNOWN",
    ",    ,            29, POOR",
    ",    ,            0,  POOR",
  })
  void arms(
      Integer kps, ExtracranialDisease extracranial, Integer lifeExpectancy, StatusGroup group) {
    Patient patient = Given.confirmedLinear();
    if (kps != null) {
      patient.with(Given.kps(0, kps));
    }
    if (extracranial != null) {
      patient.with(Given.extracranial(0, extracranial));
    }
    if (lifeExpectancy != null) {
      patient.with(Facts.assessment("life").lifeExpectancyDays(lifeExpectancy));
    }

    assertThat(patient.visible().statusGroup()).isEqualTo(group);
  }

  @Test
  void ecogIsNeverConverted() {
    Patient patient =
        Given.confirmedLinear()
            .with(
                Facts.performance("ecog").ecog(4),
                Given.extracranial(0, ExtracranialDisease.CONTROLLED));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.UNKNOWN);
  }

  @Test
  void unknownExtracranialDiseaseDoesNotEraseTheLastStatedOne() {
    Patient patient =
        Given.confirmedInGoodStatus().with(Given.extracranial(3, ExtracranialDisease.UNKNOWN));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.GOOD);
  }

  @Test
  void lifeExpectancyNotGivenIsNamedAsMissingAndDecidesNothing() {
    Patient patient = Given.confirmedInGoodStatus();

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.GOOD);
    assertThat(Seen.missingOfStatus(patient)).contains("ASSESSMENT.lifeExpectancyDays");
  }

  @Test
  void newestKpsCounts() {
    Patient patient = Given.confirmedInGoodStatus().with(Given.kps(5, 60), Given.kps(3, 100));

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
  }

  @Test
  void preliminaryKpsChangesNothing() {
    Patient patient = Given.confirmedInGoodStatus().with(Given.kps(5, 40).preliminary());

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.GOOD);
  }

  @Test
  void withdrawnKpsLeavesTheOneBefore() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(Given.kps(5, 40), Given.kps(5, 40).reportedDay(6).withdrawn());

    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.GOOD);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 28, 29, 365})
  void ageOfAKpsNeverChangesTheGroup(int day) {
    assertThat(Given.confirmedInGoodStatus().untilDay(day).visible().statusGroup())
        .isEqualTo(StatusGroup.GOOD);
    assertThat(Given.confirmedInPoorStatus().untilDay(day).visible().statusGroup())
        .isEqualTo(StatusGroup.POOR);
  }

  @Test
  void armThatFlipsUnderTreatmentIsToldAndStopsNothing() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.histology(0, io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA),
                Given.systemic("chemo", Action.STARTED, "carboplatin").day(2),
                Given.kps(10, 50));

    assertThat(patient.events)
        .anySatisfy(
            event -> {
              assertThat(event.type()).isEqualTo(EventType.STATUS_GROUP_CHANGED);
              assertThat(event.code()).isEqualTo("POOR");
              assertThat(event.previous()).contains("GOOD");
            });
    assertThat(patient.isOpen(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS)).isTrue();
    assertThat(patient.visible().stage()).isEqualTo(Stage.TREATMENT);
  }

  // ------------------------------------------------------------------ questions for the board

  private static Patient status(int kps, OptionalInt lifeExpectancy, Facts.Builder<?>... more) {
    Patient patient = Given.confirmedLinear().with(Given.kps(0, kps)).with(more);
    lifeExpectancy.ifPresent(
        days -> patient.with(Facts.assessment("life").lifeExpectancyDays(days)));
    return patient;
  }

  private static final OptionalInt NOT_GIVEN = OptionalInt.empty();

  @Test
  void kpsSeventyIsAQuestion() {
    assertThat(status(70, NOT_GIVEN).asksBoard("G1")).isTrue();
    assertThat(status(80, NOT_GIVEN).asksBoard("G1")).isFalse();
    assertThat(status(60, NOT_GIVEN).asksBoard("G1")).isFalse();
    assertThat(status(70, OptionalInt.of(29)).asksBoard("G1")).isFalse();
  }

  @Test
  void kpsSixtyIsAQuestionOnlyWithADriverOrSmallCell() {
    assertThat(status(60, NOT_GIVEN).asksBoard("G2")).isFalse();
    assertThat(status(60, NOT_GIVEN, Given.adenocarcinomaWithoutDriver(0)).asksBoard("G2"))
        .isFalse();
    assertThat(status(60, NOT_GIVEN, Facts.biopsy("b").marker("ALK", "fusion")).asksBoard("G2"))
        .isTrue();
    assertThat(
            status(
                    60,
                    NOT_GIVEN,
                    Given.histology(0, io.meninx.fact.BiopsyResult.Histology.SMALL_CELL))
                .asksBoard("G2"))
        .isTrue();
    assertThat(status(50, NOT_GIVEN, Facts.biopsy("b").marker("ALK", "fusion")).asksBoard("G2"))
        .isFalse();
  }

  @Test
  void goodKpsWithoutControlIsAQuestion() {
    assertThat(status(80, NOT_GIVEN).asksBoard("G4")).isTrue();
    assertThat(
            status(80, NOT_GIVEN, Given.extracranial(0, ExtracranialDisease.PROGRESSIVE))
                .asksBoard("G4"))
        .isTrue();
    assertThat(
            status(80, NOT_GIVEN, Given.extracranial(0, ExtracranialDisease.CONTROLLED))
                .asksBoard("G4"))
        .isFalse();
    assertThat(status(70, NOT_GIVEN).asksBoard("G4")).isFalse();
    assertThat(status(80, OptionalInt.of(29)).asksBoard("G4")).isFalse();
  }

  @Test
  void goodKpsWithAShortLifeExpectancyIsAQuestion() {
    assertThat(status(80, OptionalInt.of(29)).asksBoard("G5")).isTrue();
    assertThat(status(80, OptionalInt.of(30)).asksBoard("G5")).isFalse();
    assertThat(status(70, OptionalInt.of(29)).asksBoard("G5")).isFalse();
    assertThat(status(60, OptionalInt.of(29)).asksBoard("G5")).isFalse();
  }

  @Test
  void lifeExpectancyOfExactlyOneMonthIsAQuestion() {
    assertThat(status(80, OptionalInt.of(30)).asksBoard("G6")).isTrue();
    assertThat(status(80, OptionalInt.of(29)).asksBoard("G6")).isFalse();
    assertThat(status(80, OptionalInt.of(31)).asksBoard("G6")).isFalse();
    assertThat(status(80, NOT_GIVEN).asksBoard("G6")).isFalse();
  }
}
