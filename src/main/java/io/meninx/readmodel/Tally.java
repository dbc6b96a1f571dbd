package io.meninx.readmodel;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts that stand in rows of their own and change in the batch of the rows they count, so that
 * they are exact after a restart and cost nothing to ask. One thread changes them, any number read
 * what was written.
 */
final class Tally {
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private final Map<String, Long> pending = new HashMap<>();

  /** As the rows have it. */
  void load(Database database) {
    written.clear();
    pending.clear();
    byte[] prefix = Rows.counts();
    database.walk(
        prefix,
        new byte[0],
        row -> {
          ByteBuffer rest =
              ByteBuffer.wrap(row.key(), prefix.length, row.key().length - prefix.length);
          written.put(Rows.text(rest), ByteBuffer.wrap(row.value()).getLong());
          return true;
        });
  }

  void add(String name, long change) {
    pending.merge(name, pending.getOrDefault(name, written(name)) + change, (_, now) -> now);
  }

  /** Puts what changed into a batch; {@link #wrote} is to follow. */
  void putInto(Database.Batch batch) {
    pending.forEach(
        (name, count) ->
            batch.put(Rows.count(name), ByteBuffer.allocate(Long.BYTES).putLong(count).array()));
  }

  /** The batch was written. */
  void wrote() {
    written.putAll(pending);
    pending.clear();
  }

  /** As it was written last; 0 for what was never counted. */
  long written(String name) {
    return written.getOrDefault(name, 0L);
  }
}
