package io.meninx.guideline;

import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.Patient;
import java.util.List;
import java.util.Optional;

/** What a test looks at that the patient has no word for. */
final class Seen {
  private Seen() {}

  /** What the last change of the classification said was missing. */
  static List<String> missingOfClassification(Patient patient) {
    return last(patient, EventType.CLASSIFICATION_CHANGED).map(PathwayEvent::missing).orElseThrow();
  }

  /** What the last change of the status group said was missing. */
  static List<String> missingOfStatus(Patient patient) {
    return last(patient, EventType.STATUS_GROUP_CHANGED).map(PathwayEvent::missing).orElseThrow();
  }

  private static Optional<PathwayEvent> last(Patient patient, EventType type) {
    return patient.events.stream().filter(e -> e.type() == type).reduce((one, two) -> two);
  }

  /** The stage of the open alert; empty when none is open or it has no stage. */
  static Optional<AlertStage> stage(Patient patient, AlertCode code) {
    return patient.open(code).flatMap(AlertRevision::stage);
  }

  /** The priority of the open alert. */
  static Optional<Priority> priority(Patient patient, AlertCode code) {
    return patient.open(code).map(AlertRevision::priority);
  }

  /** State of the only entry of a schedule. */
  static Optional<EntryState> entry(Patient patient, ScheduleCode code) {
    return patient.schedule(code).map(schedule -> schedule.entries().getFirst().state());
  }

  /** The last revision of the board's question about a gap. */
  static Optional<AlertRevision> question(Patient patient, String gap) {
    return patient.revisions(AlertCode.MDT_REVIEW_NEEDED).stream()
        .filter(alert -> alert.gap().equals(Optional.of(gap)))
        .reduce((one, two) -> two);
  }
}
