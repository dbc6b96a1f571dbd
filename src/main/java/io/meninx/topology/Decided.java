package io.meninx.topology;

import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EventType;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.ResolutionReason;
import io.meninx.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A decision on one patient, for an {@link Observer}: kinds and codes only, neither patient nor
 * content.
 *
 * @param cause why it was made
 * @param topic of the input, for INPUT and HELD_INPUT
 * @param since when that was received to which it answers, by the broker's clock: the input for
 *     INPUT and HELD_INPUT, the newest tick for TIMER; absent when nobody knows, as for a timer
 *     before the first tick after a start
 * @param events decided, in order
 * @param alerts revisions, in order
 * @param oddities what is unusual about the input
 */
public record Decided(
    Cause cause,
    Optional<Topic> topic,
    Optional<Instant> since,
    List<EventType> events,
    List<AlertChange> alerts,
    Set<Oddity> oddities) {
  public Decided {
    events = List.copyOf(events);
    alerts = List.copyOf(alerts);
    oddities = Set.copyOf(oddities);
  }

  /** What is unusual about an input that was decided on. */
  public enum Oddity {
    /** Its clinical time lies before that of a report that was known of the patient. */
    LATE,
    /** It took the place of a version that had counted. */
    AMENDED,
    /** It took back a version that had counted. */
    WITHDRAWN,
    /** Its clinical time or another value is implausible; kept and flagged. */
    IMPLAUSIBLE
  }

  /**
   * A revision of an alert.
   *
   * @param code of the alert
   * @param priority of the revision
   * @param stage of the revision, for alerts that have one
   * @param before the stage it had, if it was open and had one
   * @param raised whether it was not open before
   * @param ended why it is no longer open; absent while it is
   * @param notifies whether people are to be told
   */
  public record AlertChange(
      AlertCode code,
      Priority priority,
      Optional<AlertStage> stage,
      Optional<AlertStage> before,
      boolean raised,
      Optional<ResolutionReason> ended,
      boolean notifies) {}

  /** What there is to tell of a decision that was kept. */
  static Decided of(
      Cause cause,
      Optional<Topic> topic,
      Optional<Instant> since,
      PatientState before,
      Decision decision) {
    return new Decided(
        cause,
        topic,
        since,
        decision.events().stream().map(PathwayEvent::type).toList(),
        changes(before, decision.alerts()),
        oddities(before, decision));
  }

  private static List<AlertChange> changes(PatientState before, List<AlertRevision> revisions) {
    if (revisions.isEmpty()) {
      return List.of();
    }
    Map<String, AlertRevision> open = new HashMap<>();
    for (OpenAlert alert : before.alerts()) {
      open.put(alert.last().alertKey(), alert.last());
    }
    List<AlertChange> changes = new ArrayList<>();
    for (AlertRevision now : revisions) {
      Optional<AlertRevision> was = Optional.ofNullable(open.get(now.alertKey()));
      changes.add(
          new AlertChange(
              now.code(),
              now.priority(),
              now.stage(),
              was.flatMap(AlertRevision::stage),
              was.isEmpty() && now.state().open(),
              now.state().open() ? Optional.empty() : now.resolutionReason(),
              now.notifies()));
      if (now.state().open()) {
        open.put(now.alertKey(), now);
      } else {
        open.remove(now.alertKey());
      }
    }
    return changes;
  }

  private static Set<Oddity> oddities(PatientState before, Decision decision) {
    Optional<StoredFact> fact = decision.store();
    if (fact.isEmpty()) {
      return Set.of();
    }
    EnumSet<Oddity> found = EnumSet.noneOf(Oddity.class);
    if (!before.retained().isEmpty()
        && Report.FOLD_ORDER.compare(Report.of(fact.get()), before.retained().getLast()) < 0) {
      found.add(Oddity.LATE);
    }
    ResultStatus status = fact.get().fact().header().status();
    for (PathwayEvent event : decision.events()) {
      if (event.type() == EventType.FACT_SUPERSEDED) {
        found.add(Oddity.AMENDED);
      } else if (event.type() == EventType.FACT_WITHDRAWN && status == ResultStatus.WITHDRAWN) {
        found.add(Oddity.WITHDRAWN);
      }
    }
    if (decision.flag().isPresent()) {
      found.add(Oddity.IMPLAUSIBLE);
    }
    return found;
  }
}
