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

  /**
   * Whom an alert is about, as far as it was read.
   *
   * @param patient of the first revision that was met
   * @param anyErased whether an entry in which one may have stood is erased
   */
  record Sought(Optional<PatientId> patient, boolean anyErased) {}

  /** Looks for an alert in what was recorded. */
  static Sought patientOf(JournalSource source, int partition, String alertKey) {
    OutputReader reader = new OutputReader();
    boolean anyErased = false;
    try (JournalReader journal = source.open(partition)) {
      for (Optional<JournalRecord> next = journal.next(); next.isPresent(); next = journal.next()) {
        if (next.get() instanceof Whole whole) {
          for (Group group : whole.entry(reader).groups()) {
            if (has(group, alertKey)) {
              return new Sought(Optional.of(group.patientId()), anyErased);
            }
          }
        } else {
          anyErased = true;
        }
      }
      return new Sought(Optional.empty(), anyErased);
    } catch (PoisonRecordException e) {
      throw new JournalUnreadableException(
          "partition " + partition + " has an entry that can't be decoded", e);
    }
  }

  /** Whether a revision of this alert is among the decisions. */
  static boolean has(Group group, String alertKey) {
    return group.alerts().stream().anyMatch(alert -> alert.alertKey().equals(alertKey));
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
