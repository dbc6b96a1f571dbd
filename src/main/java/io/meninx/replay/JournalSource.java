package io.meninx.replay;

import java.util.List;
import java.util.Optional;

/**
 * Where a journal is read from: memory, Kafka, an archive, or two of them as one. It has an end
 * that does not move while it is read.
 *
 * <p>Different partitions may be read by different threads at the same time; one reader belongs to
 * one thread.
 */
public interface JournalSource extends AutoCloseable {
  /** Numbers of the partitions that have a journal, ascending. */
  List<Integer> partitions();

  /** About how many entries a partition has, to tell how far a run is; never fewer than it has. */
  long atMost(int partition);

  /** Offset of the journal's topic behind the last entry that a partition can have. */
  long end(int partition);

  /**
   * Reads a partition from its oldest entry.
   *
   * @throws JournalUnreadableException it can't be read
   */
  default JournalReader open(int partition) {
    return open(partition, 0);
  }

  /**
   * Reads a partition from an offset of the journal's topic on, or from the oldest entry there is
   * after it.
   *
   * @throws JournalUnreadableException it can't be read
   */
  JournalReader open(int partition, long fromOffset);

  /** How often a patient was erased from it: whose decisions rest on erased ones is one of them. */
  default long erasures() {
    return 0;
  }

  /**
   * Whether all was written that was there to be written: an archive is not while an export goes
   * on, and after one that was interrupted.
   */
  default boolean complete() {
    return true;
  }

  /** Whether a partition had entries, if it turns out that it has none any more. */
  default boolean isEmptied(int partition) {
    return false;
  }

  /** The input topics the journal is about, where they can be read. */
  default Optional<InputTopics> inputs() {
    return Optional.empty();
  }

  /** Frees what it holds. */
  @Override
  default void close() {}
}
