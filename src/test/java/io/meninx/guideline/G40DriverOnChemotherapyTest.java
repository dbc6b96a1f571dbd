package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;

/** G40: a driver reported after chemotherapy began. */
class G40DriverOnChemotherapyTest {
  private static Facts.Biopsy driver(int day) {
    return Given.histology(0, Histology.ADENOCARCINOMA).marker("EGFR", "L858R").reportedDay(day);
  }

  private static Facts.Treatment chemotherapy(int day) {
    return Given.systemic("chemo", Action.STARTED, "carboplatin").order("c").day(day);
  }

  private static boolean warned(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus().with(facts).isOpen(ACTIONABLE_DRIVER_ON_CHEMOTHERAPY);
  }

  @Test
  void driverReportedAfterChemotherapyBegan() {
    Patient patient = Given.confirmedInGoodStatus().with(chemotherapy(3), driver(8));

    assertThat(Seen.priority(patient, ACTIONABLE_DRIVER_ON_CHEMOTHERAPY)).contains(Priority.URGENT);
    assertThat(patient.visible().stage()).isEqualTo(Stage.TREATMENT);
  }

  @Test
  void driverKnownBeforeIsADecisionNotASurprise() {
    assertThat(warned(driver(2), chemotherapy(3))).isFalse();
  }

  @Test
  void chemotherapyOnlyOrderedHasNotBegun() {
    assertThat(warned(Given.systemic("o", Action.ORDERED, "carboplatin").day(3), driver(8)))
        .isFalse();
  }

  @Test
  void pendingOrNegativeIsNoDriver() {
    assertThat(
            warned(
                chemotherapy(3),
                Given.histology(0, Histology.ADENOCARCINOMA)
                    .marker("EGFR", "PENDING")
                    .marker("ALK", "NEGATIVE")
                    .reportedDay(8)))
        .isFalse();
  }

  @Test
  void targetedTherapyBegunEndsIt() {
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("tki", Action.STARTED, "osimertinib").day(10)))
        .isFalse();
  }

  @Test
  void chemotherapyStoppedEndsIt() {
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("end", Action.STOPPED, "carboplatin").order("c").day(9)))
        .isFalse();
  }

  @Test
  void chemotherapyCompletedEndsItAndThatOfAnotherOrderDoesNot() {
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("end", Action.COMPLETED, "carboplatin").order("c").day(9)))
        .isFalse();
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("end", Action.COMPLETED, "carboplatin").order("other").day(9)))
        .isTrue();
    assertThat(
            warned(
                Given.systemic("end", Action.COMPLETED, "carboplatin").order("c").day(2),
                chemotherapy(3),
                driver(8)))
        .as("completed before it began again")
        .isTrue();
  }

  @Test
  void anOlderInhibitorIsTargetedTooAndMoreChemotherapyIsNot() {
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("tki", Action.ORDERED, "gefitinib").day(10)))
        .isFalse();
    assertThat(
            warned(
                chemotherapy(3),
                driver(8),
                Given.systemic("more", Action.STARTED, "pemetrexed").day(10)))
        .isTrue();
    assertThat(
            warned(
                Given.systemic("tki", Action.STARTED, "osimertinib").order("t").day(1),
                Given.systemic("tkiEnd", Action.STOPPED, "osimertinib").order("t").day(2),
                chemotherapy(3),
                driver(8)))
        .as("an inhibitor that was stopped")
        .isTrue();
  }

  @Test
  void preliminaryDriverWarnsAtMostRoutine() {
    Patient patient = Given.confirmedInGoodStatus().with(chemotherapy(3), driver(8).preliminary());

    assertThat(Seen.priority(patient, ACTIONABLE_DRIVER_ON_CHEMOTHERAPY))
        .contains(Priority.ROUTINE);
  }

  /** Contract section 3: what is preliminary permits nothing. */
  @Test
  void aDriverThatWasOnlyPreliminaryBeforeChemotherapyIsReportedWithItsResult() {
    Patient patient =
        Given.confirmedInGoodStatus().with(driver(2).preliminary(), chemotherapy(3), driver(8));

    assertThat(Seen.priority(patient, ACTIONABLE_DRIVER_ON_CHEMOTHERAPY)).contains(Priority.URGENT);
  }

  @Test
  void immunotherapyAndWhatActsOnVesselsAreNotTargeted() {
    for (String agent : new String[] {"pembrolizumab", "immunotherapy", "bevacizumab"}) {
      assertThat(
              warned(
                  chemotherapy(3), Given.systemic("with", Action.STARTED, agent).day(3), driver(8)))
          .as(agent)
          .isTrue();
    }
    assertThat(
            warned(
                chemotherapy(3),
                Given.systemic("with", Action.STARTED, "bevacizumab + erlotinib").day(3),
                driver(8)))
        .isFalse();
  }
}
