package io.meninx.pathway;

import io.meninx.guideline.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Revisions of alerts that say something else than they did. */
public final class Revisions {
  private Revisions() {}

  /** With another summary. */
  public static AlertRevision saying(AlertRevision alert, String summary) {
    return with(alert, alert.notifies(), alert.dueAt(), summary, alert.evidence());
  }

  /** Resting on other evidence. */
  public static AlertRevision restingOn(AlertRevision alert, List<Evidence> evidence) {
    return with(alert, alert.notifies(), alert.dueAt(), alert.summary(), evidence);
  }

  /** With another summary, due at no time, and notifying nobody. */
  public static AlertRevision playedDown(AlertRevision alert, String summary) {
    return with(alert, false, Optional.empty(), summary, alert.evidence());
  }

  private static AlertRevision with(
      AlertRevision alert,
      boolean notifies,
      Optional<Instant> dueAt,
      String summary,
      List<Evidence> evidence) {
    return new AlertRevision(
        alert.alertKey(),
        alert.revision(),
        alert.code(),
        alert.state(),
        alert.stage(),
        alert.priority(),
        notifies,
        alert.at(),
        dueAt,
        alert.audience(),
        summary,
        alert.gap(),
        alert.preliminary(),
        alert.rule(),
        evidence,
        alert.missing(),
        alert.resolutionReason());
  }
}
