package io.meninx.replay;

import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import java.util.List;

/**
 * What was decided on a patient, from the first decision to the last.
 *
 * @param events pathway events in order
 * @param revisions revisions of alerts in order
 * @param alerts the lives of alerts, in the order in which they began
 */
public record Course(
    List<PathwayEvent> events, List<AlertRevision> revisions, List<AlertSpan> alerts) {
  public Course {
    events = List.copyOf(events);
    revisions = List.copyOf(revisions);
    alerts = List.copyOf(alerts);
  }
}
