package io.meninx.topology;

import io.meninx.fact.PatientId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The store {@code timers}: one row per patient who waits for a time, in the order of the times.
 */
final class TimerTable {
  private final BufferedStore store;

  TimerTable(BufferedStore store) {
    this.store = store;
  }

  /**
   * A time a patient waits for.
   *
   * @param dueAt when, to the microsecond
   * @param patient who
   */
  record Timer(Instant dueAt, PatientId patient) implements Comparable<Timer> {
    private static final Comparator<Timer> ORDER =
        Comparator.comparing(Timer::dueAt).thenComparing(Timer::patient);

    @Override
    public int compareTo(Timer other) {
      return ORDER.compare(this, other);
    }
  }

  /** Moves the one timer of a patient. */
  void move(PatientId patient, Optional<Instant> before, Optional<Instant> after) {
    if (!before.equals(after)) {
      before.ifPresent(dueAt -> store.delete(key(dueAt, patient)));
      after.ifPresent(dueAt -> store.put(key(dueAt, patient), Rows.mark()));
    }
  }

  /**
   * The first timers due at or before a time.
   *
   * @param from nothing is due before this: the rows of timers that fired are gone, but not yet
   *     from the store's files, and a scan from the beginning would pass over all of them
   * @param until inclusive
   */
  List<Timer> due(Instant from, Instant until, int limit) {
    Bytes start = Keys.key().ordered(Micros.of(from)).bytes();
    Bytes end = Keys.key().ordered(Micros.of(until) + 1).bytes();
    return store.range(start, end, limit).stream()
        .map(row -> timer(row.key.get(), row.value))
        .toList();
  }

  private static Bytes key(Instant dueAt, PatientId patient) {
    return Keys.key().ordered(Micros.of(dueAt)).rest(patient.value()).bytes();
  }

  private static Timer timer(byte[] key, byte[] value) {
    Rows.requireKnown(Names.TIMERS, value);
    return new Timer(
        Micros.instant(Keys.ordered(key, 0)), new PatientId(Keys.rest(key, Long.BYTES)));
  }
}
