package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry.Group;
import java.util.Optional;

/** Looks for an alert among the decisions that stood in entries that are erased. */
final class AlertSearch implements Watcher {
  private final String alertKey;
  private Optional<PatientId> found = Optional.empty();

  AlertSearch(String alertKey) {
    this.alertKey = alertKey;
  }

  /** Whom it is about. */
  Optional<PatientId> found() {
    return found;
  }

  @Override
  public void erased(JournalPosition position, Group group) {
    if (PartitionReading.has(group, alertKey)) {
      found = Optional.of(group.patientId());
    }
  }
}
