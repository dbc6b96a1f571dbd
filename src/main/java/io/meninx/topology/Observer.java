package io.meninx.topology;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
   * A dead letter was written. Besides {@link #processed}, since a fact that was kept from before
   * the first tick can become one later than it was read.
   *
   * @param topic of the input
   * @param reason why
   */
  default void deadLetter(Topic topic, PoisonReason reason) {}

  /**
   * A tick was looked at.
   *
   * @param partition it came to
   * @param tick what it was worth
   * @param distance ON_TIME, AFTER_GAP: from the tick before, zero for the first; REPEATED, BEHIND:
   *     to the logical time; AHEAD: to the time it was received
   */
  default void tick(int partition, Tick tick, Duration distance) {}

  /** What a tick was worth. */
  enum Tick {
    /** It moved the logical time. */
    ON_TIME,
    /** It moved the logical time by more than five minutes: ticks were missing. */
    AFTER_GAP,
    /** Dropped, not newer than the last one: another instance told the same before. */
    REPEATED,
    /**
     * Dropped, and more than five minutes older than the last one: a clock is behind or went back.
     */
    BEHIND,
    /** Refused, more than five minutes ahead of its own record time: a clock is ahead. */
    AHEAD
  }

  /**
   * The logical time of a partition moved.
   *
   * @param partition that moved
   * @param logicalTime it moved to
   */
  default void moved(int partition, Instant logicalTime) {}

  /**
   * A partition was taken over, by a start or from another instance; told with the first look at
   * it.
   *
   * @param partition that is decided for here from now on
   * @param logicalTime where it stands; absent before its first tick
   */
  default void taken(int partition, Optional<Instant> logicalTime) {}

  /**
   * Timers fired, kept inputs were decided, or patients were evaluated anew.
   *
   * @param partition it happened on
   * @param count of decisions
   * @param more whether work that is due is left for later
   */
  default void worked(int partition, int count, boolean more) {}

  /**
   * A decision on one patient was made and kept; what it says goes out with the transaction.
   *
   * @param decided what and why, without the patient
   */
  default void decided(Decided decided) {}

  /**
   * An entry of the journal was made.
   *
   * @param bytes its length as it is sent
   */
  default void journaled(long bytes) {}

  /** Tells several, in this order. */
  static Observer all(List<Observer> observers) {
    return new Observers(observers);
  }
}
