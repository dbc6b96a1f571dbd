package io.meninx.guideline;

import static io.meninx.guideline.ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE;
import static io.meninx.guideline.ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/** S29: craniospinal radiotherapy and methotrexate of any route, in any order, at any interval. */
class S29G27G30MethotrexateAndCraniospinalTest {
  private static final AlertCode CONFLICT = AlertCode.METHOTREXATE_CRANIOSPINAL_CONFLICT;

  private static Facts.Treatment craniospinal(int day, Action action) {
    return Scenes.radiotherapy("csi", day, Field.CRANIOSPINAL, action).order("rt");
  }

  private static Facts.Treatment oral(int day, Action action) {
    return Facts.treatment("oral", Modality.SYSTEMIC, action)
        .agent("methotrexate")
        .route(Route.ORAL)
        .doseMg(7.5)
        .order("arthritis")
        .day(day);
  }

  private static Patient patient() {
    return Scenes.eligiblePatient();
  }

  @Test
  void methotrexateOrderedAfterCraniospinalIsStat() {
    Patient patient =
        patient()
            .with(craniospinal(1, Action.COMPLETED), Scenes.methotrexate("o", 20, Action.ORDERED));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.open(CONFLICT))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }

  @Test
  void craniospinalOrderedAfterMethotrexateIsStat() {
    Patient patient = patient().with(Scenes.dose("d", 1), craniospinal(100, Action.ORDERED));

    assertThat(patient.contraindicated(CRANIOSPINAL_AFTER_METHOTREXATE)).isTrue();
    assertThat(patient.open(CONFLICT))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.STAT));
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    Patient patient =
        patient()
            .with(
                Scenes.methotrexate("o", 20, Action.ORDERED),
                craniospinal(1, Action.COMPLETED).reportedDay(21));

    assertThat(patient.isOpen(CONFLICT)).isTrue();
  }

  @Test
  void thereIsNoExpiry() {
    Patient patient =
        patient()
            .with(
                craniospinal(-2000, Action.COMPLETED),
                Scenes.methotrexate("o", 300, Action.ORDERED));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.isOpen(CONFLICT)).isTrue();
  }

  @Test
  void g27SameDayConflicts() {
    assertThat(
            patient().with(Scenes.dose("d", 5), craniospinal(5, Action.STARTED)).isOpen(CONFLICT))
        .isTrue();
  }

  @Test
  void g30LowDoseOralMethotrexateCounts() {
    Patient patient = patient().with(oral(1, Action.STARTED), craniospinal(3, Action.ORDERED));

    assertThat(patient.contraindicated(CRANIOSPINAL_AFTER_METHOTREXATE)).isTrue();
    assertThat(patient.isOpen(CONFLICT)).isTrue();
  }

  @Test
  void anotherDrugDoesNotConflict() {
    Patient patient =
        patient().with(Scenes.dose("d", 1).agent("cytarabine"), craniospinal(3, Action.ORDERED));

    assertThat(patient.contraindicated(CRANIOSPINAL_AFTER_METHOTREXATE)).isFalse();
    assertThat(patient.isOpen(CONFLICT)).isFalse();
  }

  @Test
  void focalRadiotherapyDoesNotConflict() {
    Patient patient =
        patient()
            .with(
                Scenes.dose("d", 1),
                Scenes.radiotherapy("rt", 3, Field.FOCAL, Action.STARTED),
                Scenes.radiotherapy("rt2", 3, Field.UNKNOWN, Action.STARTED));

    assertThat(patient.isOpen(CONFLICT)).isFalse();
    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isFalse();
  }

  @Test
  void theAlertEndsWithTheOrderAndTheContraindicationOfWhatWasGivenStays() {
    Patient patient =
        patient()
            .with(
                craniospinal(1, Action.COMPLETED),
                Scenes.methotrexate("o", 20, Action.ORDERED),
                Scenes.methotrexate("x", 21, Action.CANCELLED));

    assertThat(patient.isOpen(CONFLICT)).isFalse();
    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.contraindicated(CRANIOSPINAL_AFTER_METHOTREXATE))
        .as("an order cancelled before anything was given")
        .isFalse();
  }

  @Test
  void theAlertEndsTwentyEightDaysAfterTheActAndTheContraindicationStays() {
    Patient patient = patient().with(craniospinal(1, Action.COMPLETED), Scenes.dose("d", 20));

    assertThat(patient.until(Facts.at(47, "23:59")).isOpen(CONFLICT)).isTrue();
    assertThat(patient.until(Facts.at(48, "00:00")).isOpen(CONFLICT)).isFalse();
    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.contraindicated(CRANIOSPINAL_AFTER_METHOTREXATE)).isTrue();
  }

  @Test
  void whatWasStoppedAfterItBeganStaysInTheRecord() {
    Patient patient =
        patient()
            .with(
                craniospinal(1, Action.STARTED),
                Scenes.radiotherapy("stop", 2, Field.CRANIOSPINAL, Action.STOPPED).order("rt"));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
  }

  @Test
  void aWithdrawnReportLiftsIt() {
    Patient patient =
        patient()
            .with(
                craniospinal(1, Action.COMPLETED),
                craniospinal(1, Action.COMPLETED).withdrawn().reportedDay(2));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isFalse();
  }

  @Test
  void aPreliminaryReportBlocksToo() {
    Patient patient = patient().with(craniospinal(1, Action.COMPLETED).preliminary());

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
  }

  /** Contract section 6: orderId links an act to its order, which says the field. */
  @Test
  void theFieldIsThatOfTheOrder() {
    Patient patient =
        patient()
            .with(
                craniospinal(1, Action.ORDERED),
                Facts.treatment("begun", Modality.RADIOTHERAPY, Action.STARTED).order("rt").day(3),
                Facts.treatment("end", Modality.RADIOTHERAPY, Action.STOPPED).order("rt").day(8),
                Scenes.methotrexate("o", 20, Action.ORDERED));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
    assertThat(patient.isOpen(CONFLICT)).isTrue();
  }

  /** Nobody stops what was never given: of what is stopped something was, unless it was ordered. */
  @Test
  void craniospinalKnownOnlyAsStoppedIsOnRecord() {
    Facts.Treatment stopped =
        Scenes.radiotherapy("csi", 0, Field.CRANIOSPINAL, Action.STOPPED).order("rt");
    Patient patient =
        Scenes.eligiblePatient().with(stopped, Scenes.methotrexate("it", 10, Action.ORDERED));

    assertThat(patient.isOpen(AlertCode.METHOTREXATE_CRANIOSPINAL_CONFLICT)).isTrue();
    assertThat(patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)).isFalse();
  }

  @Test
  void anOrderStoppedBeforeTheFirstFractionIsNotUnlessSomeWereGiven() {
    Facts.Treatment ordered =
        Scenes.radiotherapy("o", 0, Field.CRANIOSPINAL, Action.ORDERED).order("rt");
    Facts.Treatment stopped =
        Scenes.radiotherapy("s", 5, Field.CRANIOSPINAL, Action.STOPPED).order("rt");

    assertThat(
            Scenes.eligiblePatient()
                .with(ordered, stopped)
                .contraindicated(ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL))
        .isFalse();
    assertThat(
            Scenes.eligiblePatient()
                .with(ordered.doseGy(36).fractions(20), stopped.doseGy(18).fractions(10))
                .contraindicated(ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL))
        .isTrue();
    assertThat(
            Scenes.eligiblePatient()
                .with(ordered.doseGy(36).fractions(20), stopped.doseGy(36).fractions(20))
                .contraindicated(ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL))
        .as("the prescription, said again")
        .isFalse();
  }

  /** What was given before is not undone by an order that follows and is taken back. */
  @Test
  void craniospinalStoppedBeforeAndOrderedAnewStaysOnRecord() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Scenes.radiotherapy("s", -50, Field.CRANIOSPINAL, Action.STOPPED),
                Scenes.radiotherapy("o", 3, Field.CRANIOSPINAL, Action.ORDERED),
                Scenes.radiotherapy("c", 4, Field.CRANIOSPINAL, Action.CANCELLED));

    assertThat(patient.contraindicated(METHOTREXATE_AFTER_CRANIOSPINAL)).isTrue();
  }
}
