package io.meninx.replay;

import java.util.List;

/** A journal that is another one, but for what a test changes. */
@FunctionalInterface
public interface DelegatingJournal extends JournalSource {
  /** The other one. */
  JournalSource journal();

  @Override
  default List<Integer> partitions() {
    return journal().partitions();
  }

  @Override
  default long atMost(int partition) {
    return journal().atMost(partition);
  }

  @Override
  default long end(int partition) {
    return journal().end(partition);
  }

  @Override
  default JournalReader open(int partition, long fromOffset) {
    return journal().open(partition, fromOffset);
  }
}
