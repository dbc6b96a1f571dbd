package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;

/** Is told everything about the patients of a partition, in order. For use by one thread. */
interface Watcher {
  /** Looks at nothing. */
  Watcher NONE =
      new Watcher() {
        @Override
        public boolean looks() {
          return false;
        }
      };

  /** Whether it wants to be told at all. */
  default boolean looks() {
    return true;
  }

  /** An input about a patient. */
  default void input(JournalPosition position, JournalEntry entry, Fact fact) {}

  /** An input that was received by the end of what is looked at, and decided only after it. */
  default void undecided(JournalPosition position, JournalEntry entry, Fact fact) {}

  /** Decisions as they stand in the journal. */
  default void recorded(JournalPosition position, Group group) {}

  /**
   * Decisions that were recorded in an entry that is erased, as they are made now; told of in
   * addition to {@link #recomputed}.
   *
   * @param position the first entry after that one that shows that they were made; when there is
   *     none, the last one that is erased
   */
  default void erased(JournalPosition position, Group group) {}

  /** Decisions as they are made now, while this entry is looked at. */
  default void recomputed(JournalPosition position, Group group) {}
}
