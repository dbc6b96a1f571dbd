package io.meninx.pathway;

import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.ManyReasons;
import io.meninx.guideline.Priority;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An open alert with what its life needs to remember.
 *
 * @param last the newest revision; its state is an open one
 * @param reasons fingerprints of the FINAL reasons named so far, sorted: another one brings a
 *     silenced alert back; of numbers of very many the highest
 * @param changedAt when it last became ACTIVE or ESCALATED: escalation counts from here
 * @param escalations within the present stage, at most 2
 * @param told everybody whom a revision that notifies addressed, in the order of the roles: a
 *     retraction goes to all of them, and notifies only if there are any
 * @param notifyAt when a debounced first notification goes out, if it waits
 * @param snoozedUntil end of snooze, while SNOOZED
 */
public record OpenAlert(
    AlertRevision last,
    List<String> reasons,
    Instant changedAt,
    int escalations,
    List<Audience> told,
    Optional<Instant> notifyAt,
    Optional<Instant> snoozedUntil) {
  public OpenAlert {
    reasons = List.copyOf(ManyReasons.kept(reasons));
    told = List.copyOf(told);
  }

  /** An alert whose first revision this is. */
  static OpenAlert of(AlertRevision first, List<String> reasons, Optional<Instant> notifyAt) {
    return new OpenAlert(
        first, reasons, first.at(), 0, told(List.of(), first), notifyAt, Optional.empty());
  }

  /** Who has been told once a revision is out. */
  List<Audience> toldBy(AlertRevision next) {
    return told(told, next);
  }

  private static List<Audience> told(List<Audience> before, AlertRevision next) {
    if (!next.notifies() || before.containsAll(next.audience())) {
      return before;
    }
    Set<Audience> all = EnumSet.noneOf(Audience.class);
    all.addAll(before);
    all.addAll(next.audience());
    return List.copyOf(all);
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
