package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.replay.JournalRecord.Whole;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import java.util.Optional;

/** Reads and decodes the journal of a partition, and nothing else. */
final class PartitionReading {
  private PartitionReading() {}

  /** Whom an alert is about. */
  static Optional<PatientId> patientOf(JournalSource source, int partition, String alertKey) {
    OutputReader reader = new OutputReader();
    try (JournalReader journal = source.open(partition)) {
      for (Optional<JournalRecord> next = journal.next(); next.isPresent(); next = journal.next()) {
        if (next.get() instanceof Whole whole) {
          for (Group group : whole.entry(reader).groups()) {
            if (group.alerts().stream().anyMatch(alert -> alert.alertKey().equals(alertKey))) {
              return Optional.of(group.patientId());
            }
          }
        }
      }
      return Optional.empty();
    } catch (PoisonRecordException e) {
      throw new JournalUnreadableException(
          "partition " + partition + " has an entry that can't be decoded", e);
    }
  }

  static long read(JournalSource source, int partition, Progress progress) {
    OutputReader reader = new OutputReader();
    long entries = 0;
    try (JournalReader journal = source.open(partition)) {
      for (Optional<JournalRecord> next = journal.next(); next.isPresent(); next = journal.next()) {
        if (next.get() instanceof Whole whole) {
          whole.entry(reader);
        }
        entries++;
        progress.done(1);
      }
      return entries;
    } catch (PoisonRecordException e) {
      throw new JournalUnreadableException(
          "partition " + partition + ", entry " + entries + " can't be decoded", e);
    }
  }
}
