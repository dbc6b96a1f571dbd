package io.meninx.replay;

import io.meninx.replay.JournalRecord.Whole;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import java.util.Optional;

/** Reads and decodes the journal of a partition, and nothing else. */
final class PartitionReading {
  private PartitionReading() {}

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
