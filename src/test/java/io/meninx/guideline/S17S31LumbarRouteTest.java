package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.pathway.Patient;
import io.meninx.pathway.Scenes;
import org.junit.jupiter.api.Test;

/** S17, S31: no lumbar route where a reservoir is feasible. */
class S17S31LumbarRouteTest {
  private static Patient lumbar(Facts.Assessment assessment) {
    return Scenes.eligiblePatient()
        .with(assessment.day(1), Scenes.dose("d", 2).route(Route.LUMBAR));
  }

  @Test
  void lumbarAlthoughFeasibleIsUrgent() {
    assertThat(
            lumbar(Facts.assessment("a").ommayaFeasible(true))
                .open(AlertCode.INTRATHECAL_LUMBAR_ROUTE))
        .hasValueSatisfying(alert -> assertThat(alert.priority()).isEqualTo(Priority.URGENT));
  }

  @Test
  void notWhenNotFeasibleNorWhenUnknown() {
    assertThat(
            lumbar(Facts.assessment("a").ommayaFeasible(false))
                .isOpen(AlertCode.INTRATHECAL_LUMBAR_ROUTE))
        .isFalse();
    assertThat(lumbar(Facts.assessment("a")).isOpen(AlertCode.INTRATHECAL_LUMBAR_ROUTE)).isFalse();
  }

  @Test
  void notByTheReservoir() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(Facts.assessment("a").ommayaFeasible(true).day(1), Scenes.dose("d", 2));

    assertThat(patient.isOpen(AlertCode.INTRATHECAL_LUMBAR_ROUTE)).isFalse();
  }

  @Test
  void aReservoirIsRecommendedWhenEligibleAndFeasible() {
    Patient patient =
        Scenes.eligiblePatient().with(Facts.assessment("a").ommayaFeasible(true).day(1));
    assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR)).isTrue();

    patient.with(Facts.treatment("o", Modality.OMMAYA_PLACEMENT, Action.COMPLETED).day(3));
    assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR)).isFalse();
  }

  /** What was given by a reservoir shows that there is one; an order of it does not. */
  @Test
  void notForAPatientWhoIsTreatedThroughOne() {
    for (Action action : new Action[] {Action.STARTED, Action.ADMINISTERED}) {
      Patient patient =
          Scenes.eligiblePatient()
              .with(
                  Facts.assessment("a").ommayaFeasible(true).day(1),
                  Scenes.methotrexate("order", 2, Action.ORDERED));
      assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR)).isTrue();

      patient.with(Scenes.methotrexate("given", 3, action));
      assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR))
          .as("%s", action)
          .isFalse();
    }
    assertThat(
            Scenes.eligiblePatient()
                .with(
                    Facts.assessment("a").ommayaFeasible(true).day(1),
                    Scenes.dose("unknown", 2).route(Route.UNKNOWN))
                .recommends(RecommendationCode.OMMAYA_RESERVOIR))
        .as("a route that is not stated shows nothing")
        .isTrue();
  }

  @Test
  void notWhenFeasibilityIsUnknown() {
    assertThat(Scenes.eligiblePatient().recommends(RecommendationCode.OMMAYA_RESERVOIR)).isFalse();
  }

  /** S21, S28, S29: no operation for a treatment that something stands against. */
  @Test
  void notForACourseThatIsContraindicated() {
    Patient patient =
        Scenes.eligiblePatient()
            .with(
                Facts.assessment("a").ommayaFeasible(true).day(1),
                Scenes.dose("d", 2).route(Route.LUMBAR));
    assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR)).isTrue();

    patient.with(Scenes.obstructed("blocked", 3));
    assertThat(patient.recommends(RecommendationCode.OMMAYA_RESERVOIR)).isFalse();
  }
}
