package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G62: only agents on the list may be given intrathecally. */
class G62IntrathecalAgentTest {
  private static Patient ordered(String agent) {
    return Scenes.eligiblePatient()
        .with(Facts.treatment("o", Modality.INTRATHECAL, Action.ORDERED).agent(agent).day(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "methotrexate",
        "Methotrexate",
        "MTX",
        "cytarabine",
        "liposomal cytarabine",
        "thiotepa",
        "pemetrexed",
        "hydrocortisone",
        "dexamethasone",
        "prednisolone",
        "methotrexate + hydrocortisone",
        "MTX/Ara-C/hydrocortisone",
        "methotrexate, preservative-free",
        "methotrexate 15 mg, twice weekly for 4 weeks"
      })
  void allowed(String agent) {
    assertThat(ordered(agent).isOpen(AlertCode.UNSAFE_INTRATHECAL_AGENT)).as(agent).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vincristine",
        "vinorelbine",
        "bortezomib",
        "osimertinib",
        "carboplatin",
        "xyz-123",
        "methotrexate + vincristine",
        "methotrexate / xyz",
        "methotrexate and Oncovin",
        "MTX, cytarabine, velban"
      })
  void notAllowedOrNotRecognisedIsStat(String agent) {
    assertThat(ordered(agent).open(AlertCode.UNSAFE_INTRATHECAL_AGENT))
        .as(agent)
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }

  @Test
  void anAgentNotGivenIsMissingAndNoAlert() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Facts.treatment("o", Modality.INTRATHECAL, Action.ORDERED).day(1));

    assertThat(patient.isOpen(AlertCode.UNSAFE_INTRATHECAL_AGENT)).isFalse();
  }

  @Test
  void systemicTreatmentIsNotJudged() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.treatment("o", Modality.SYSTEMIC, Action.ORDERED)
                    .agent("vincristine")
                    .day(1));

    assertThat(patient.isOpen(AlertCode.UNSAFE_INTRATHECAL_AGENT)).isFalse();
  }

  /** Contract section 5: an agent not given is a {@code missing}. */
  @Test
  void anAgentThatIsNotGivenIsNamedAsMissing() {
    Patient patient =
        new Patient()
            .with(
                Scenes.mri().thinDeposits(false),
                Scenes.csf(),
                Scenes.kps(0),
                Facts.treatment(
                        "it", TreatmentEvent.Modality.INTRATHECAL, TreatmentEvent.Action.ORDERED)
                    .day(1));

    assertThat(patient.isOpen(AlertCode.UNSAFE_INTRATHECAL_AGENT)).isFalse();
    assertThat(patient.open(AlertCode.INTRATHECAL_NOT_ELIGIBLE))
        .hasValueSatisfying(alert -> assertThat(alert.missing()).contains("TREATMENT.agent"));
  }

  /** A first dose of this agent on day 1, and the alert about it overridden on day 2. */
  private static Patient overridden(String agent) {
    return Scenes.eligiblePatient()
        .with(
            Scenes.dose("a", 1).agent(agent),
            Facts.response("r", AlertResponse.Action.OVERRIDDEN)
                .code(AlertCode.UNSAFE_INTRATHECAL_AGENT.name())
                .day(2));
  }

  private static AlertState state(Patient patient) {
    return patient.open(AlertCode.UNSAFE_INTRATHECAL_AGENT).orElseThrow().state();
  }

  /** Who answered for one drug did not answer for another, though the order is the same. */
  @Test
  void anotherDrugOfTheSameOrderWakesAnOverriddenAlert() {
    Patient patient = overridden("topotecan");
    assertThat(state(patient)).isEqualTo(AlertState.OVERRIDDEN);

    patient.with(Scenes.dose("b", 4).agent("topotecan 0.4 mg"));
    assertThat(state(patient)).isEqualTo(AlertState.OVERRIDDEN);

    patient.with(Scenes.dose("c", 8).agent("vincristine"));
    assertThat(state(patient)).isEqualTo(AlertState.ACTIVE);
  }

  @Test
  void anotherLotOfWhatIsNotRecognisedIsNoOtherDrug() {
    Patient patient = overridden("trial drug, lot 17");

    patient.with(Scenes.dose("b", 4).agent("trial drug, lot 18"));
    assertThat(state(patient)).isEqualTo(AlertState.OVERRIDDEN);
  }
}
