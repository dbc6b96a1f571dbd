package io.meninx.replay;

import java.util.Comparator;

/**
 * Where an entry stands in the journal.
 *
 * @param partition of the journal
 * @param sequence number of the entry in the partition
 */
public record JournalPosition(int partition, long sequence) implements Comparable<JournalPosition> {
  private static final Comparator<JournalPosition> ORDER =
      Comparator.comparingInt(JournalPosition::partition)
          .thenComparingLong(JournalPosition::sequence);

  @Override
  public int compareTo(JournalPosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "partition " + partition + ", entry " + sequence;
  }
}
