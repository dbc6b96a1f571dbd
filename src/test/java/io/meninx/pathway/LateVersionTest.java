package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import org.junit.jupiter.api.Test;

/** Versions that come late to a history of which the old part was thinned out. */
class LateVersionTest {
  private static final int LAST = 240;
  private static final int LATER_MRI = 100;

  /** KPS 50 every day: of the old ones only a few are kept. */
  private static Patient poorForMonths() {
    Patient patient = new Patient().with(Facts.fullMri("mri").day(0), Facts.csf("csf").day(0));
    for (int day = 1; day <= LAST; day++) {
      if (day == LATER_MRI) { // all values since the last one are kept
        patient.with(Facts.fullMri("later mri").day(day));
      }
      patient.with(Facts.kps("kps" + day, 50).day(day));
    }
    assertThat(patient.state().frontier()).isPositive();
    assertThat(retains(patient, "kps40")).isFalse();
    assertThat(retains(patient, "kps41")).isFalse();
    return patient;
  }

  private static boolean retains(Patient patient, String reportId) {
    return patient.state().retained().stream()
        .anyMatch(report -> report.header().reportId().value().equals(reportId));
  }

  /** It ends a run, and the next one begins with a report that was thinned out too. */
  @Test
  void anOldReportThatWasThinnedOutIsLookedAtWithThoseAroundIt() {
    Patient patient = poorForMonths();

    patient.with(Facts.kps("kps40", 90).observedDay(40).amended().reportedDay(LAST + 1));

    assertThat(retains(patient, "kps41")).isTrue();
    Invariants.assertUnthinnedGivesTheSame(patient);
  }

  @Test
  void anOldReportThatIsNewIsLookedAtWithThoseAroundIt() {
    Patient patient = poorForMonths();

    patient.with(Facts.kps("late", 90).observedDay(40).reportedDay(LAST + 1));

    assertThat(retains(patient, "kps41")).isTrue();
    Invariants.assertUnthinnedGivesTheSame(patient);
  }

  @Test
  void aRecentReportIsCorrectedAmongThoseThatAreRetained() {
    Patient patient = poorForMonths();
    int frontier = patient.state().frontier();

    patient.with(
        Facts.kps("kps235", 90).observedDay(235).amended().reportedDay(LAST + 1),
        Facts.kps("kps236", 50).observedDay(236).withdrawn().reportedDay(LAST + 1));

    assertThat(patient.state().frontier()).isEqualTo(frontier);
    Invariants.assertUnthinnedGivesTheSame(patient);
  }

  /** Of what was known between the two versions only the retained reports are left in memory. */
  @Test
  void aTreatmentBetweenTheVersionsOfARecentReportIsToldOf() {
    Patient patient = poorForMonths();

    patient.with(
        Facts.treatment("tki", Modality.SYSTEMIC, Action.STARTED)
            .agent("osimertinib")
            .day(LAST + 1),
        Facts.kps("kps" + LAST, 90).observedDay(LAST).amended().reportedDay(LAST + 2));

    assertThat(patient.state().corrections())
        .singleElement()
        .satisfies(told -> assertThat(told.differs()).contains("STATUS_GROUP"));
    Invariants.assertUnthinnedGivesTheSame(patient);
  }
}
