package io.meninx.pathway;

import io.meninx.guideline.AlertStage;
import io.meninx.guideline.ManyReasons;
import io.meninx.guideline.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An open alert with what its life needs to remember.
 *
 * @param last the newest revision; its state is an open one
 * @param reasons fingerprints of the FINAL reasons named so far, sorted: another one brings a
 *     silenced alert back; of numbers of very many the highest
 * @param changedAt when it last became ACTIVE or ESCALATED: escalation counts from here
 * @param escalations within the present stage, at most 2
 * @param notified whether any revision was notified: only then a retraction is
 * @param notifyAt when a debounced first notification goes out, if it waits
 * @param snoozedUntil end of snooze, while SNOOZED
 */
public record OpenAlert(
    AlertRevision last,
    List<String> reasons,
    Instant changedAt,
    int escalations,
    boolean notified,
    Optional<Instant> notifyAt,
    Optional<Instant> snoozedUntil) {
  public OpenAlert {
    reasons = List.copyOf(ManyReasons.kept(reasons));
  }

  /**
   * Highest priority it ever had in this episode is the last one: priorities are compared revision
   * by revision.
   */
  public Priority priority() {
    return last.priority();
  }

  /** Stage of the last revision. */
  public Optional<AlertStage> stage() {
    return last.stage();
  }
}
