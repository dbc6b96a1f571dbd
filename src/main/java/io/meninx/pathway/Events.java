package io.meninx.pathway;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Findings;
import io.meninx.guideline.Names;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Reason;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.ScheduleEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the pathway events of one decision: the differences between what stood and what stands. */
final class Events {
  private static final RuleRef VERSIONS = RuleRef.of("G46", "G49");

  private final PatientId patient;
  private final Instant now;
  private final String cause;
  private final List<PathwayEvent> events = new ArrayList<>();

  /**
   * Events of one decision.
   *
   * @param cause what was decided on, so that the same event at the same time for another cause has
   *     another id
   */
  Events(PatientId patient, Instant now, String cause) {
    this.patient = patient;
    this.now = now;
    this.cause = cause;
  }

  List<PathwayEvent> events() {
    return events;
  }

  /**
   * A version that counted was replaced or withdrawn; or a preliminary one was withdrawn, which may
   * have stood against something.
   */
  void versions(Report before, StoredFact arrived, Report after) {
    boolean withdrawn = arrived.fact().header().status() == ResultStatus.WITHDRAWN;
    boolean said =
        before.header().status().counts()
            || (withdrawn && before.header().status() == ResultStatus.PRELIMINARY);
    if (!said || !after.current().equals(arrived)) {
      return;
    }
    Fact old = before.current().fact();
    Evidence evidence =
        new Evidence(
            old.header().reportId().value(),
            old.kind(),
            "version of " + old.header().reportedAt(),
            old.header().status(),
            old.header().observedAt());
    add(
        withdrawn ? EventType.FACT_WITHDRAWN : EventType.FACT_SUPERSEDED,
        old.kind().name(),
        Reason.met(VERSIONS, List.of(evidence)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(old.header().reportId().value()),
        List.of());
  }

  /** Everything visible that changed, in a fixed order. */
  void changes(PublicState before, PublicState after, Findings findings) {
    if (after.type() != before.type() || after.certainty() != before.certainty()) {
      changed(
          EventType.CLASSIFICATION_CHANGED,
          before.type() + "/" + before.certainty(),
          after.type() + "/" + after.certainty(),
          findings.classification().reason());
    }
    changed(
        EventType.STATUS_GROUP_CHANGED,
        before.statusGroup().name(),
        after.statusGroup().name(),
        findings.statusGroup().reason());
    changed(
        EventType.STAGE_CHANGED,
        before.stage().name(),
        after.stage().name(),
        findings.stage().reason());
    if (!after.recommendations().equals(before.recommendations())) {
      recommendations(before, after, findings);
    }
    if (!after.contraindications().equals(before.contraindications())) {
      contraindications(before, after, findings);
    }
    if (!after.schedules().equals(before.schedules())) {
      schedules(before, after, findings);
    }
  }

  private void changed(EventType type, String before, String after, Reason reason) {
    if (!before.equals(after)) {
      add(type, after, reason, Optional.empty(), Optional.of(before), Optional.empty(), List.of());
    }
  }

  private void recommendations(PublicState before, PublicState after, Findings findings) {
    for (Recommendation gone : before.recommendations()) {
      if (!after.recommendations().contains(gone)) {
        Reason withheld = findings.withheld().get(gone);
        Reason reason =
            withheld == null
                ? noLonger(RuleRef.of(gone.gap().orElse(gone.code().name())))
                : withheld;
        add(EventType.RECOMMENDATION_WITHDRAWN, gone.code().name(), reason, gone.gap());
      }
    }
    for (Map.Entry<Recommendation, Reason> entry : findings.recommendations().entrySet()) {
      if (!before.recommendations().contains(entry.getKey())) {
        add(
            EventType.RECOMMENDATION_ISSUED,
            entry.getKey().code().name(),
            entry.getValue(),
            entry.getKey().gap());
      }
    }
  }

  private void contraindications(PublicState before, PublicState after, Findings findings) {
    for (ContraindicationCode gone : before.contraindications()) {
      if (!after.contraindications().contains(gone)) {
        add(
            EventType.CONTRAINDICATION_LIFTED,
            gone.name(),
            noLonger(gone.rule()),
            Optional.empty());
      }
    }
    for (Map.Entry<ContraindicationCode, Reason> entry : findings.contraindications().entrySet()) {
      if (!before.contraindications().contains(entry.getKey())) {
        add(
            EventType.CONTRAINDICATION_RAISED,
            entry.getKey().name(),
            entry.getValue(),
            Optional.empty());
      }
    }
  }

  private void schedules(PublicState before, PublicState after, Findings findings) {
    for (Schedule gone : before.schedules()) {
      if (after.schedules().stream().noneMatch(schedule -> schedule.code() == gone.code())) {
        schedule(EventType.SCHEDULE_CHANGED, gone.code(), noLonger(gone.code().rule()), List.of());
      }
    }
    for (Findings.Reasoned<Schedule> reasoned : findings.schedules().values()) {
      Schedule schedule = reasoned.value();
      Reason reason = reasoned.reason();
      Optional<Schedule> old =
          before.schedules().stream().filter(other -> other.code() == schedule.code()).findFirst();
      if (old.isEmpty()) {
        schedule(EventType.SCHEDULE_ISSUED, schedule.code(), reason, schedule.entries());
      } else if (!old.get().equals(schedule)) {
        schedule(EventType.SCHEDULE_CHANGED, schedule.code(), reason, schedule.entries());
      }
    }
  }

  private void schedule(
      EventType type, ScheduleCode code, Reason reason, List<ScheduleEntry> entries) {
    add(type, code.name(), reason, Optional.empty(), Optional.empty(), Optional.empty(), entries);
  }

  /** A response to treatment is told once per report. */
  void response(Findings.AssessedResponse response) {
    add(
        EventType.RESPONSE_ASSESSED,
        response.code(),
        response.reason(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(response.reportId()),
        List.of());
  }

  private static Reason noLonger(RuleRef rule) {
    return new Reason(rule, Outcome.NOT_MET, List.of(), List.of());
  }

  private void add(EventType type, String code, Reason reason, Optional<String> gap) {
    add(type, code, reason, gap, Optional.empty(), Optional.empty(), List.of());
  }

  private void add(
      EventType type,
      String code,
      Reason reason,
      Optional<String> gap,
      Optional<String> previous,
      Optional<String> factId,
      List<ScheduleEntry> entries) {
    String id =
        Names.hash(
            "event",
            patient.value(),
            type.name(),
            code,
            gap.orElse(""),
            factId.orElse(""),
            now.toString(),
            cause);
    events.add(
        new PathwayEvent(
            id,
            type,
            code,
            now,
            reason.rule(),
            reason.outcome(),
            reason.evidence(),
            reason.missing(),
            gap,
            previous,
            factId,
            entries));
  }
}
