package io.meninx.burden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meninx.burden.Burden.Cause;
import io.meninx.burden.BurdenMeter.Received;
import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Priority;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The burden of histories small enough to count by hand. */
class BurdenMeterTest {
  private static final PathwayEngine ENGINE =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);

  private final BurdenMeter meter = new BurdenMeter("by hand", ENGINE, Optional.empty());

  @Test
  void withoutPatientsThereIsNoBurden() {
    Burden burden = meter.burden();
    assertThat(burden.patients()).isZero();
    assertThat(burden.perPatientDay()).isZero();
    assertThat(burden.peaks()).isEqualTo(new Burden.Peaks(0, 0, 0));
    assertThat(burden.lines()).isEmpty();
  }

  /** S2, URGENT: told at once after the debounce, and twice more when nobody answers. */
  @Test
  void anUnansweredUrgentAlertIsOneFirstNotificationAndTwoEscalations() {
    follow(meter, 2, tooEarly());
    Burden.Line line = line(meter.burden(), AlertCode.TREATMENT_BEFORE_CONFIRMATION);
    assertThat(line.priority()).isEqualTo(Priority.URGENT);
    assertThat(line.byCause()).containsEntry(Cause.FIRST, 1L).containsEntry(Cause.ESCALATION, 2L);
    assertThat(line.notifications()).isEqualTo(3);
    assertThat(line.patients()).isEqualTo(1);
  }

  @Test
  void anAnswerInTimeSparesTheEscalations() {
    BurdenMeter answered = new BurdenMeter("answered", ENGINE, Optional.of(Duration.ofHours(1)));
    follow(answered, 2, tooEarly());
    assertThat(answered.burden().notifications(Cause.ESCALATION)).isZero();
    assertThat(line(answered.burden(), AlertCode.TREATMENT_BEFORE_CONFIRMATION).notifications())
        .isEqualTo(1);
  }

  @Test
  void anAnswerTooLateComesAfterTheFirstEscalation() {
    BurdenMeter answered = new BurdenMeter("late", ENGINE, Optional.of(Duration.ofHours(5)));
    follow(answered, 2, tooEarly());
    assertThat(
            line(answered.burden(), AlertCode.TREATMENT_BEFORE_CONFIRMATION)
                .byCause()
                .get(Cause.ESCALATION))
        .isEqualTo(1);
  }

  @Test
  void whatIsWithdrawnAfterItWasToldIsTakenBackAndCountedApart() {
    Facts.Builder<?> drug =
        Facts.treatment("drug", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
            .agent("osimertinib")
            .day(1);
    follow(
        meter,
        3,
        Facts.assessment("visit").day(0).suspicion(ClinicalAssessment.Suspicion.HIGH),
        drug,
        Facts.treatment("drug", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
            .agent("osimertinib")
            .day(1)
            .reportedDay(2)
            .status(io.meninx.fact.ResultStatus.WITHDRAWN));
    Burden.Line line = line(meter.burden(), AlertCode.TREATMENT_BEFORE_CONFIRMATION);
    assertThat(line.retractions()).isEqualTo(1);
    assertThat(line.notifications()).isEqualTo(3);
  }

  @Test
  void daysBegunCountAndThePeakIsTheMostWithin24Hours() {
    follow(meter, 9, tooEarly());
    meter.patient(Facts.PATIENT, List.of(), Facts.noon(0));
    Burden burden = meter.burden();
    assertThat(burden.patients()).isEqualTo(1);
    assertThat(burden.patientDays()).isEqualTo(9);
    assertThat(burden.perPatientDay()).isCloseTo(burden.notifications() / 9.0, within(1e-9));
    Burden.Worst worst = burden.worst().getFirst();
    assertThat(worst.peak()).isEqualTo(burden.peaks().max()).isGreaterThanOrEqualTo(3);
    assertThat(worst.during().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(worst.peak());
    assertThat(worst.total()).isEqualTo(burden.notifications());
    assertThat(worst.patient()).isEqualTo(Facts.PATIENT.value());
  }

  /** A notification is for every role of its audience. */
  @Test
  void everyRoleHasWhatItGets() {
    follow(meter, 9, tooEarly());
    Burden burden = meter.burden();
    assertThat(burden.roles())
        .extracting(Burden.Role::role)
        .doesNotHaveDuplicates()
        .contains(Audience.TREATING_ONCOLOGIST)
        .doesNotContain(Audience.DATA_STEWARD);
    assertThat(burden.roles())
        .allSatisfy(
            role -> {
              assertThat(role.notifications()).isBetween(1L, burden.notifications());
              assertThat(role.patients()).isEqualTo(1);
              assertThat(role.peaks().max()).isLessThanOrEqualTo(burden.rolePeaks().max());
            });
    assertThat(burden.roles().stream().mapToInt(role -> role.peaks().max()).max().orElseThrow())
        .isEqualTo(burden.rolePeaks().max());
    assertThat(burden.roles().stream().mapToLong(Burden.Role::notifications).sum())
        .isGreaterThanOrEqualTo(burden.notifications());
  }

  private static Facts.Builder<?>[] tooEarly() {
    return new Facts.Builder<?>[] {
      Facts.assessment("visit").day(0).suspicion(ClinicalAssessment.Suspicion.HIGH),
      Facts.treatment("drug", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
          .agent("osimertinib")
          .day(0)
    };
  }

  private static void follow(BurdenMeter meter, int untilDay, Facts.Builder<?>... facts) {
    List<Received> received =
        Stream.of(facts)
            .map(fact -> Facts.stored(fact))
            .map(fact -> new Received(fact.receivedAt(), fact.fact()))
            .toList();
    meter.patient(Facts.PATIENT, received, Facts.noon(untilDay));
  }

  private static Burden.Line line(Burden burden, AlertCode code) {
    return burden.lines().stream().filter(it -> it.code() == code).findFirst().orElseThrow();
  }
}
