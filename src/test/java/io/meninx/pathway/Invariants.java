package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertFinding;
import io.meninx.guideline.AlertKeys;
import io.meninx.guideline.Findings;
import io.meninx.guideline.GuidelineRules;
import io.meninx.guideline.RecommendationCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold after every single decision about a patient, whatever came in. */
final class Invariants {
  private final Patient patient;
  private final Map<String, Integer> revisions = new HashMap<>();

  private Invariants(Patient patient) {
    this.patient = patient;
  }

  /** The patient, held against the invariants after every decision from now on. */
  static Patient holdFor(Patient patient) {
    Invariants invariants = new Invariants(patient);
    return patient.watchedBy(invariants::hold);
  }

  private void hold(Instant at, Decision decision) {
    openAlertsAreThoseTheRulesGive(at);
    oneOpenAlertPerCodeAndGap();
    revisionsCountUp(decision);
    timersAdvance(at);
    decidingAnewChangesNothing(at);
    nothingUnsafeIsPermitted(at);
  }

  // ------------------------------------------------------------------ alerts

  /** Contract section 5: at every moment the open alerts are exactly those the rules give. */
  private void openAlertsAreThoseTheRulesGive(Instant at) {
    List<String> wanted = new ArrayList<>();
    for (AlertFinding finding : patient.engine().wanted(patient.state(), at)) {
      wanted.add(
          line(
              AlertKeys.of(Facts.PATIENT, finding.slot(), finding.anchor()),
              finding.slot().code().name(),
              finding.slot().gap(),
              finding.stage(),
              finding.priority(),
              finding.dueAt()));
    }
    List<String> open = new ArrayList<>();
    for (OpenAlert alert : patient.state().alerts()) {
      AlertRevision last = alert.last();
      assertThat(last.state().name()).isNotIn("RESOLVED", "RETRACTED");
      open.add(
          line(
              last.alertKey(),
              last.code().name(),
              last.gap(),
              last.stage(),
              last.priority(),
              last.dueAt()));
    }
    assertThat(open).as("open alerts at %s", at).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static String line(
      String key, String code, Optional<?> gap, Optional<?> stage, Object priority, Object dueAt) {
    return code + " " + gap + " " + stage + " " + priority + " " + dueAt + " " + key;
  }

  private void oneOpenAlertPerCodeAndGap() {
    Set<String> slots = new HashSet<>();
    for (PublicState.AlertLine line : patient.visible().openAlerts()) {
      assertThat(slots.add(line.code() + " " + line.gap())).as("one open %s", line).isTrue();
    }
  }

  private void revisionsCountUp(Decision decision) {
    for (AlertRevision revision : decision.alerts()) {
      int expected = revisions.getOrDefault(revision.alertKey(), 0) + 1;
      assertThat(revision.revision()).as("revision of %s", revision.code()).isEqualTo(expected);
      revisions.put(revision.alertKey(), expected);
    }
  }

  // ------------------------------------------------------------------ time and state

  private void timersAdvance(Instant at) {
    patient
        .state()
        .nextDue()
        .ifPresent(due -> assertThat(due).as("next timer after %s", at).isAfter(at));
  }

  /** The state kept fact by fact is the one that all facts give. */
  private void decidingAnewChangesNothing(Instant at) {
    Decision anew = patient.engine().reevaluate(patient, Facts.PATIENT, at);
    assertThat(anew.state().visible())
        .as("state rebuilt from all facts at %s", at)
        .isEqualTo(patient.visible());
    assertThat(anew.state().corrections())
        .containsExactlyInAnyOrderElementsOf(patient.state().corrections());
    assertThat(anew.events()).isEmpty();
    assertThat(anew.alerts()).isEmpty();
    assertThat(anew.state().nextDue()).isEqualTo(patient.state().nextDue());
  }

  // ------------------------------------------------------------------ safety

  /** S15, S28, S29: judged here from the facts alone, by the shortest reading of the sentences. */
  private void nothingUnsafeIsPermitted(Instant at) {
    if (!patient.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)) {
      return;
    }
    List<Report> reports = current();
    assertThat(craniospinal(reports)).as("eligible after craniospinal radiotherapy").isFalse();
    Optional<Instant> open = lastFlow(reports, Set.of(ImagingReport.CsfFlow.UNOBSTRUCTED));
    assertThat(open).as("eligible without an open flow study").isPresent();
    assertThat(Duration.between(day(open.get()), at))
        .as("eligible on a flow study older than 8 weeks")
        .isLessThan(Duration.ofDays(57));
    Optional<Instant> closed =
        lastFlow(reports, Set.of(ImagingReport.CsfFlow.OBSTRUCTED, ImagingReport.CsfFlow.PARTIAL));
    if (closed.isPresent()) {
      boolean restored =
          reports.stream()
              .filter(Invariants::radiotherapyGiven)
              .map(report -> report.header().observedAt().instant())
              .anyMatch(then -> then.isAfter(day(closed.get())) && !then.isAfter(open.get()));
      assertThat(restored).as("eligible after an obstruction without radiotherapy").isTrue();
    }
  }

  private List<Report> current() {
    return patient.all().stream()
        .collect(Collectors.groupingBy(fact -> fact.fact().header().reportId()))
        .values()
        .stream()
        .map((List<StoredFact> versions) -> Report.of(versions))
        .filter(report -> report.header().status().counts())
        .toList();
  }

  private static Instant day(Instant instant) {
    return instant.truncatedTo(java.time.temporal.ChronoUnit.DAYS);
  }

  private static Optional<Instant> lastFlow(
      List<Report> reports, Set<ImagingReport.CsfFlow> flows) {
    return reports.stream()
        .filter(
            report ->
                report.current().fact() instanceof ImagingReport imaging
                    && flows.contains(imaging.csfFlow()))
        .map(report -> report.header().observedAt().instant())
        .max(Instant::compareTo);
  }

  private static boolean craniospinal(List<Report> reports) {
    return reports.stream()
        .anyMatch(
            report ->
                radiotherapyGiven(report)
                    && ((TreatmentEvent) report.current().fact()).field()
                        == TreatmentEvent.Field.CRANIOSPINAL);
  }

  private static boolean radiotherapyGiven(Report report) {
    Fact fact = report.current().fact();
    return fact instanceof TreatmentEvent event
        && event.modality() == TreatmentEvent.Modality.RADIOTHERAPY
        && (event.action().given() || event.action() == TreatmentEvent.Action.COMPLETED);
  }

  // ------------------------------------------------------------------ retention

  /** Invariant 10: the same facts, decided by rules that saw all reports at once. */
  static void assertUnthinnedGivesTheSame(Patient patient) {
    List<Report> all =
        patient.all().stream()
            .collect(Collectors.groupingBy(fact -> fact.fact().header().reportId()))
            .values()
            .stream()
            .map((List<StoredFact> versions) -> Report.of(versions))
            .sorted(Report.FOLD_ORDER)
            .toList();
    assertThat(patient.state().corrections())
        .isEqualTo(
            new GuidelineRules(patient.engine().guideline().parameters())
                .corrections(all, patient.now()));
    var whole = patient.engine().findings(all, patient.state().corrections(), patient.now());
    assertThat(patient.visible().recommendations())
        .containsExactlyElementsOf(whole.recommendations().keySet());
    assertThat(patient.visible().statusGroup()).isEqualTo(whole.statusGroup().value());
    assertThat(patient.visible().type()).isEqualTo(whole.classification().type());
    assertThat(patient.visible().schedules())
        .containsExactlyInAnyOrderElementsOf(
            whole.schedules().values().stream().map(Findings.Reasoned::value).toList());
    assertThat(patient.state().alerts())
        .extracting(alert -> alert.last().alertKey())
        .containsExactlyInAnyOrderElementsOf(
            whole.alertsInOrder().stream()
                .map(finding -> AlertKeys.of(Facts.PATIENT, finding.slot(), finding.anchor()))
                .toList());
  }
}
