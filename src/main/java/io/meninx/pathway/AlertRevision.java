package io.meninx.pathway;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One revision of an alert, as it goes out (contract section 5).
 *
 * @param alertKey computed from patient, code, gap and episode
 * @param revision counts up within a key, from 1
 * @param code kind of alert
 * @param state of this revision
 * @param stage how far a due date was passed, for alerts that have one
 * @param priority how soon a person must look
 * @param notifies whether a notification service is to send this revision
 * @param at logical time of the decision
 * @param dueAt 00:00Z of the target day, for alerts that have one
 * @param audience roles
 * @param summary at most 140 characters
 * @param gap exactly one gap code, or none
 * @param preliminary whether it rests on preliminary results only
 * @param rule behind it
 * @param evidence the facts it rests on
 * @param missing data that would be needed, as KIND.field
 * @param resolutionReason why it ended, for RESOLVED and RETRACTED
 */
public record AlertRevision(
    String alertKey,
    int revision,
    AlertCode code,
    AlertState state,
    Optional<AlertStage> stage,
    Priority priority,
    boolean notifies,
    Instant at,
    Optional<Instant> dueAt,
    List<Audience> audience,
    String summary,
    Optional<String> gap,
    boolean preliminary,
    RuleRef rule,
    List<Evidence> evidence,
    List<String> missing,
    Optional<ResolutionReason> resolutionReason) {
  public AlertRevision {
    audience = List.copyOf(audience);
    evidence = List.copyOf(evidence);
    missing = List.copyOf(missing);
  }
}
