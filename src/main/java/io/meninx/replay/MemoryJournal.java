package io.meninx.replay;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A journal in memory, for tests and for what was just decided. */
public final class MemoryJournal implements JournalSource {
  private final TreeMap<Integer, List<JournalRecord>> partitions = new TreeMap<>();

  /**
   * A journal of these records.
   *
   * @param partitions records by partition, in order
   */
  public MemoryJournal(Map<Integer, List<JournalRecord>> partitions) {
    partitions.forEach(
        (partition, records) -> this.partitions.put(partition, List.copyOf(records)));
  }

  @Override
  public List<Integer> partitions() {
    return List.copyOf(partitions.keySet());
  }

  @Override
  public long atMost(int partition) {
    return records(partition).size();
  }

  @Override
  public long end(int partition) {
    List<JournalRecord> records = records(partition);
    return records.isEmpty() ? 0 : records.getLast().offset() + 1;
  }

  @Override
  public JournalReader open(int partition, long fromOffset) {
    Iterator<JournalRecord> records =
        records(partition).stream().filter(record -> record.offset() >= fromOffset).iterator();
    return () -> records.hasNext() ? Optional.of(records.next()) : Optional.empty();
  }

  private List<JournalRecord> records(int partition) {
    return partitions.getOrDefault(partition, List.of());
  }
}
