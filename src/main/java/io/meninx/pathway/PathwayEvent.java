package io.meninx.pathway;

import io.meninx.guideline.Evidence;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.ScheduleEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision.
 *
 * @param eventId name-based over the content (invariant 11)
 * @param type kind of event
 * @param code what it is about: type/certainty, group, stage, recommendation, contraindication,
 *     schedule, response or fact kind
 * @param at logical time of the decision
 * @param rule behind it
 * @param outcome of the rule
 * @param evidence the facts it rests on
 * @param missing data that would be needed, as KIND.field
 * @param gap of an MDT_REVIEW
 * @param previous the code that stood before, for the CHANGED events
 * @param factId report id, for FACT_SUPERSEDED and FACT_WITHDRAWN
 * @param entries of a schedule, for SCHEDULE_ISSUED and SCHEDULE_CHANGED
 */
public record PathwayEvent(
    String eventId,
    EventType type,
    String code,
    Instant at,
    RuleRef rule,
    Outcome outcome,
    List<Evidence> evidence,
    List<String> missing,
    Optional<String> gap,
    Optional<String> previous,
    Optional<String> factId,
    List<ScheduleEntry> entries) {
  public PathwayEvent {
    evidence = List.copyOf(evidence);
    missing = List.copyOf(missing);
    entries = List.copyOf(entries);
  }
}
