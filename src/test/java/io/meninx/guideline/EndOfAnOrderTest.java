package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/**
 * An alert about a past act ends when its order is STOPPED or CANCELLED (contract section 5): the
 * same order id; where one of the two has none, the same modality with the same field and agent.
 */
class EndOfAnOrderTest {
  private static final AlertCode DOSE = AlertCode.RADIOTHERAPY_DOSE_OUT_OF_RANGE;
  private static final AlertCode EARLY = AlertCode.TREATMENT_BEFORE_CONFIRMATION;

  private static Facts.Treatment radiotherapy(Action action, int day) {
    return Given.radiotherapy("rt-" + action, action).field(Field.FOCAL).day(day);
  }

  private static Facts.Treatment outOfRange() {
    return radiotherapy(Action.ORDERED, 1).doseGy(20).fractions(5);
  }

  private static boolean stands(Facts.Builder<?>... facts) {
    return Given.confirmedLinear().with(facts).isOpen(DOSE);
  }

  @Test
  void byOrderId() {
    assertThat(stands(outOfRange().order("a"))).isTrue();
    assertThat(stands(outOfRange().order("a"), radiotherapy(Action.CANCELLED, 2).order("a")))
        .isFalse();
    assertThat(stands(outOfRange().order("a"), radiotherapy(Action.STOPPED, 2).order("a")))
        .isFalse();
    assertThat(stands(outOfRange().order("a"), radiotherapy(Action.CANCELLED, 2).order("b")))
        .isTrue();
  }

  @Test
  void withoutAnOrderIdByModalityAndField() {
    assertThat(stands(outOfRange(), radiotherapy(Action.CANCELLED, 2))).isFalse();
    assertThat(stands(outOfRange().order("a"), radiotherapy(Action.CANCELLED, 2))).isFalse();
    assertThat(stands(outOfRange(), radiotherapy(Action.CANCELLED, 2).order("b"))).isFalse();
    assertThat(stands(outOfRange(), radiotherapy(Action.CANCELLED, 2).field(Field.UNKNOWN)))
        .as("an end that names no field fits any")
        .isFalse();
    assertThat(stands(outOfRange(), radiotherapy(Action.CANCELLED, 2).field(Field.WHOLE_BRAIN)))
        .isTrue();
    assertThat(
            stands(
                outOfRange(), Facts.treatment("other", Modality.SYSTEMIC, Action.STOPPED).day(2)))
        .isTrue();
  }

  @Test
  void anEndBeforeTheActEndsNothing() {
    assertThat(stands(radiotherapy(Action.CANCELLED, 0), outOfRange())).isTrue();
  }

  private static boolean early(String agent, Facts.Treatment end) {
    return Given.suspected()
        .with(Given.systemic("drug", Action.STARTED, agent).day(1), end.day(2))
        .isOpen(EARLY);
  }

  private static Facts.Treatment stopped(String agent) {
    return Given.systemic("end", Action.STOPPED, agent);
  }

  @Test
  void withoutAnOrderIdByTheAgentHoweverItIsSpelt() {
    assertThat(early("carboplatin", stopped("Carboplatin 400 mg"))).isFalse();
    assertThat(early("carboplatin", stopped("pemetrexed"))).isTrue();
    assertThat(early("XQ-12", stopped("XQ-12"))).isFalse();
    assertThat(early("XQ-12", stopped("XQ-13"))).as("two that nobody knows").isTrue();
    assertThat(early("carboplatin", Facts.treatment("end", Modality.SYSTEMIC, Action.STOPPED)))
        .as("an end that names no agent fits any")
        .isFalse();
  }

  @Test
  void onlyRadiotherapyIsProhibitedWhenItIsReportedAsCompleted() {
    assertThat(stands(radiotherapy(Action.COMPLETED, 1).doseGy(20).fractions(5))).isTrue();

    Patient patient =
        Given.confirmedInPoorStatus()
            .with(Given.systemic("c", Action.COMPLETED, "pemetrexed").day(1));
    assertThat(patient.isOpen(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS)).isFalse();
  }

  @Test
  void aSteroidBesideACytotoxicDrugIsStillAggressive() {
    assertThat(aggressive("hydrocortisone")).isFalse();
    assertThat(aggressive("methotrexate plus dexamethasone")).isTrue();
    assertThat(aggressive("thiotepa")).isTrue();
  }

  private static boolean aggressive(String agent) {
    return Given.confirmedInPoorStatus()
        .with(Facts.treatment("it", Modality.INTRATHECAL, Action.ORDERED).agent(agent).day(1))
        .isOpen(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS);
  }

  /** Days tell no order within a day: what was reported after an end is not ended by it. */
  @Test
  void whatIsReportedAfterAnEndOfTheSameDayIsNotEndedByIt() {
    assertThat(
            stands(
                radiotherapy(Action.CANCELLED, 1).order("a").reportedAt(Facts.at(1, "10:00")),
                outOfRange().order("a").reportedAt(Facts.at(1, "11:00"))))
        .isTrue();
    assertThat(
            stands(
                outOfRange().order("a").reportedAt(Facts.at(1, "10:00")),
                radiotherapy(Action.CANCELLED, 1).order("a").reportedAt(Facts.at(1, "11:00"))))
        .isFalse();
  }

  @Test
  void anAmendmentOfAnActDoesNotJumpOverItsEnd() {
    assertThat(
            stands(
                outOfRange().order("a").reportedAt(Facts.at(1, "10:00")).event("first"),
                radiotherapy(Action.CANCELLED, 1).order("a").reportedAt(Facts.at(1, "11:00")),
                outOfRange()
                    .order("a")
                    .fractions(4)
                    .amended()
                    .reportedAt(Facts.at(1, "12:00"))
                    .event("second")))
        .isFalse();
  }

  @Test
  void atTheHourTheClinicalTimeTells() {
    assertThat(
            stands(
                radiotherapy(Action.CANCELLED, 1).order("a").time(1, "08:00"),
                outOfRange().order("a").time(1, "09:00")))
        .isTrue();
    assertThat(
            stands(
                radiotherapy(Action.CANCELLED, 1)
                    .order("a")
                    .time(1, "09:00")
                    .reportedAt(Facts.at(1, "09:00")),
                outOfRange().order("a").time(1, "08:00").reportedAt(Facts.at(1, "10:00"))))
        .as("given before it was stopped, and reported later")
        .isFalse();
  }

  /** What was ordered under its trade name is stopped under the other. */
  @Test
  void aTradeNameIsTheSameDrug() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.systemic("s", Action.STARTED, "Tagrisso 80 mg").day(1),
                Given.systemic("e", Action.STOPPED, "osimertinib").day(20),
                Given.systemic("c", Action.STARTED, "Alimta + carboplatin").day(21),
                Given.histology(30, Histology.ADENOCARCINOMA).marker("EGFR", "L858R"));
    assertThat(patient.isOpen(AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY)).isTrue();

    patient.with(Given.systemic("ce", Action.STOPPED, "carboplatin, pemetrexed").day(31));
    assertThat(patient.isOpen(AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY)).isFalse();
  }

  @Test
  void whatIsNotGivenIsNoAgent() {
    for (String text : new String[] {"MTX-free interval", "non-methotrexate regimen"}) {
      assertThat(
              Scenes.eligiblePatient()
                  .with(Given.systemic("o", Action.STARTED, text).day(1))
                  .contraindicated(ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE))
          .as(text)
          .isFalse();
    }
  }

  /** The names of methotrexate are names of one drug. */
  @Test
  void anOrderOfMtxEndsWithTheStopOfMethotrexate() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Given.systemic("o", Action.ORDERED, "HD-MTX").day(1),
                Given.systemic("s", Action.STOPPED, "methotrexate 3 g/m2").day(2));

    assertThat(patient.contraindicated(ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE))
        .isFalse();
    assertThat(
            Scenes.eligiblePatient()
                .with(Given.systemic("o", Action.ORDERED, "HD-MTX").day(1))
                .contraindicated(ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE))
        .isTrue();
  }
}
