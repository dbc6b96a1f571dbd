package io.meninx.burden;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.burden.BurdenMeter.Received;
import io.meninx.casefile.CaseFile;
import io.meninx.casefile.PublishedCases;
import io.meninx.edition.GuidelineEditions;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the published cases ask of people when nobody answers: no role gets more than 6
 * notifications about a patient in any 24 hours, and STAT stands only where a contraindication
 * stands, a stage is CRITICAL, or a dose or an agent is unsafe.
 */
class PublishedCasesBurdenTest {
  private static final int MOST = 6;

  /** What has to stand for a STAT alert that is not about a stage, a dose or an agent. */
  private static final Map<AlertCode, Set<ContraindicationCode>> STANDS =
      Map.of(
          AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION,
          EnumSet.of(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED),
          AlertCode.METHOTREXATE_CRANIOSPINAL_CONFLICT,
          EnumSet.of(
              ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL,
              ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE),
          AlertCode.METHOTREXATE_WHOLE_BRAIN_CONFLICT,
          EnumSet.of(
              ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN,
              ContraindicationCode.WHOLE_BRAIN_NEAR_METHOTREXATE),
          AlertCode.LUMBAR_PUNCTURE_UNSAFE,
          EnumSet.of(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT),
          AlertCode.LABS_HOLD,
          EnumSet.of(ContraindicationCode.LUMBAR_PUNCTURE_LABS),
          AlertCode.DECISION_BASIS_CHANGED,
          EnumSet.allOf(ContraindicationCode.class));

  private static final Set<AlertCode> DOSE_OR_AGENT =
      EnumSet.of(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE, AlertCode.UNSAFE_INTRATHECAL_AGENT);

  private static PathwayEngine engine(int debounceMinutes) {
    return new PathwayEngine(
        GuidelineEditions.standard(),
        EngineSettings.withDebounce(Duration.ofMinutes(debounceMinutes)));
  }

  @ParameterizedTest(name = "notifications delayed by {0} minutes")
  @ValueSource(ints = {0, 10})
  void noRoleGetsMoreThanSixAboutAPatientInAnyDay(int debounceMinutes) {
    BurdenMeter meter =
        new BurdenMeter("published cases", engine(debounceMinutes), Optional.empty());
    for (CaseFile file : PublishedCases.all()) {
      List<Received> received =
          file.arrivals().stream().map(it -> new Received(it.at(), it.fact())).toList();
      meter.patient(file.patientId(), received, file.end());
    }
    Burden burden = meter.burden();

    assertThat(burden.patients()).isEqualTo(18);
    assertThat(burden.notifications()).isGreaterThan(100);
    assertThat(burden.rolePeaks().max()).isBetween(1, MOST);
  }

  /** An alert with what stood when it was revised. */
  private record Stat(String name, AlertRevision alert, Set<ContraindicationCode> standing) {
    boolean justified() {
      return alert.stage().equals(Optional.of(AlertStage.CRITICAL))
          || DOSE_OR_AGENT.contains(alert.code())
          || STANDS.getOrDefault(alert.code(), Set.of()).stream().anyMatch(standing::contains);
    }
  }

  @Test
  void statStandsOnlyWhereItMust() {
    List<Stat> stats = new ArrayList<>();
    for (CaseFile file : PublishedCases.all()) {
      MemoryPatient patient =
          new MemoryPatient(engine(0), (_, _, decision) -> keep(file, decision, stats));
      file.arrivals().forEach(arrival -> patient.arrive(arrival.fact(), arrival.at()));
      patient.until(file.end());
    }

    assertThat(stats).as("some alert of the cases is STAT").isNotEmpty();
    assertThat(stats).filteredOn(stat -> !stat.justified()).isEmpty();
  }

  private static void keep(CaseFile file, Decision decision, List<Stat> stats) {
    Set<ContraindicationCode> standing = Set.copyOf(decision.state().visible().contraindications());
    for (AlertRevision revision : decision.alerts()) {
      if (revision.priority() == Priority.STAT && revision.resolutionReason().isEmpty()) {
        stats.add(new Stat(file.name(), revision, standing));
      }
    }
  }
}
