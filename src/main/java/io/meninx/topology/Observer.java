package io.meninx.topology;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.time.Instant;
import java.util.Optional;

/**
 * Is told what the topology does, for metrics. Called from the stream's threads while they work;
 * not part of the transaction, so its numbers are indicative (invariant 8). Must not block or
 * throw. Gets no patient and no content.
 */
public interface Observer {
  /** Looks at nothing. */
  Observer NONE = new Observer() {};

  /**
   * An input was processed.
   *
   * @param topic it came from; a DUPLICATE from clock-ticks is a dropped tick
   * @param disposition what became of it
   * @param reason why, for a DEAD_LETTER
   */
  default void processed(Topic topic, Disposition disposition, Optional<PoisonReason> reason) {}

  /**
   * The logical time of a partition moved.
   *
   * @param partition that moved
   * @param logicalTime it moved to
   */
  default void moved(int partition, Instant logicalTime) {}

  /**
   * Timers fired, kept inputs were decided, or patients were evaluated anew.
   *
   * @param partition it happened on
   * @param count of decisions
   * @param more whether work that is due is left for later
   */
  default void worked(int partition, int count, boolean more) {}
}
