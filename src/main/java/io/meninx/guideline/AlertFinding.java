package io.meninx.guideline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An alert the rules give for a state and time. Whether a person hears of it, and how often, is
 * decided by the life of the alert in the pathway.
 *
 * @param slot code and gap
 * @param anchor what the episode is about: a report id, or T0's date with a schedule entry; never a
 *     counter
 * @param stage how far a due date was passed
 * @param priority how soon a person must look
 * @param dueAt 00:00Z of the target day
 * @param audience roles
 * @param summary at most 140 characters
 * @param reason with evidence
 * @param reasons fingerprints of the distinct reasons, sorted; of more than 200 only their number;
 *     another FINAL one wakes a silenced alert
 * @param preliminary whether it rests on preliminary results
 */
public record AlertFinding(
    Findings.AlertSlot slot,
    String anchor,
    Optional<AlertStage> stage,
    Priority priority,
    Optional<Instant> dueAt,
    List<Audience> audience,
    String summary,
    Reason reason,
    List<String> reasons,
    boolean preliminary) {
  /** Longest summary, in characters. */
  public static final int LONGEST_SUMMARY = 140;

  public AlertFinding {
    audience = List.copyOf(audience);
    reasons = reasons.size() < 2 ? List.copyOf(reasons) : distinct(reasons);
    if (summary.length() > LONGEST_SUMMARY) {
      summary = summary.substring(0, LONGEST_SUMMARY - 1) + "…";
    }
  }

  private static List<String> distinct(List<String> reasons) {
    return ManyReasons.bounded(List.copyOf(new TreeSet<>(reasons)));
  }

  /** The same on preliminary results: at most ROUTINE, and it says so. */
  public AlertFinding onPreliminary() {
    return new AlertFinding(
        slot,
        anchor,
        stage,
        Priority.ROUTINE,
        dueAt,
        audience,
        "Preliminary: " + summary,
        reason,
        reasons,
        true);
  }
}
