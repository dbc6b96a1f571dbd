package io.meninx.replay;

import java.util.Optional;

/** The journal of one partition, in order. For use by one thread. */
public interface JournalReader extends AutoCloseable {
  /**
   * The next record; empty at the end.
   *
   * @throws JournalUnreadableException it can't be read
   */
  Optional<JournalRecord> next();

  /** Frees what it holds. */
  @Override
  default void close() {}
}
