package io.meninx.casefile;

import io.meninx.casefile.CaseResult.DecidedBy;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import java.util.ArrayList;
import java.util.List;

/**
 * What was decided on one case so far, in order. A decision made for a moment after the end of the
 * case is not part of it: the clock of {@code demo} runs on while other cases go on.
 */
public final class CaseLog {

  private final CaseFile file;
  private final List<PathwayEvent> events = new ArrayList<>();
  private final List<AlertRevision> alerts = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private PublicState state = PublicState.EMPTY;

  /** An empty log of this case. */
  public CaseLog(CaseFile file) {
    this.file = file;
  }

  /** The case. */
  public CaseFile file() {
    return file;
  }

  /** Adds an event; says whether it is part of the case. */
  public boolean add(PathwayEvent event) {
    return !event.at().isAfter(file.end()) && events.add(event);
  }

  /** Adds an alert revision; says whether it is part of the case. */
  public boolean add(AlertRevision alert) {
    return !alert.at().isAfter(file.end()) && alerts.add(alert);
  }

  /** Adds a fact that was put aside or flagged. */
  public void add(Rejected fact) {
    rejected.add(fact);
  }

  /** The public state from now on. */
  public void state(PublicState now) {
    state = now;
  }

  /** The alert revisions so far. */
  public List<AlertRevision> alerts() {
    return List.copyOf(alerts);
  }

  /** Everything so far. */
  public CaseResult result(Guideline guideline) {
    return new CaseResult(
        file.name(), DecidedBy.of(guideline), events, alerts, rejected, file.end(), state);
  }
}
