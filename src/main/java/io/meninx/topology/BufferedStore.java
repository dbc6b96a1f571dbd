package io.meninx.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store whose changes wait until all decisions of a unit of work are made: read through here they
 * are there, in the store they are not. So nothing that throws while deciding leaves half of its
 * state behind (invariant 7).
 */
final class BufferedStore {
  private final KeyValueStore<Bytes, byte[]> store;

  /** New values; empty = deleted. */
  private final NavigableMap<Bytes, Optional<byte[]>> changes = new TreeMap<>();

  /** What was looked up in this unit of work: nobody else writes the store, so it stays so. */
  private final Map<Bytes, Optional<byte[]>> read = new HashMap<>();

  private long rowsWritten;
  private long bytesWritten;

  BufferedStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  byte @Nullable [] get(Bytes key) {
    Optional<byte[]> known = changes.get(key);
    if (known == null) {
      known = read.computeIfAbsent(key, asked -> Optional.ofNullable(store.get(asked)));
    }
    return known.orElse(null);
  }

  void put(Bytes key, byte[] value) {
    changes.put(key, Optional.of(value));
  }

  void delete(Bytes key) {
    changes.put(key, Optional.empty());
  }

  /** All rows whose key starts so, in order. */
  List<KeyValue<Bytes, byte[]>> startingWith(Bytes prefix) {
    return range(prefix, Keys.after(prefix), Integer.MAX_VALUE);
  }

  /** Length of the values of all rows whose key starts so; none of them is kept meanwhile. */
  long bytesStartingWith(Bytes prefix) {
    Bytes before = Keys.after(prefix);
    long bytes = 0;
    try (KeyValueIterator<Bytes, byte[]> iterator = store.range(prefix, before)) {
      while (iterator.hasNext()) {
        KeyValue<Bytes, byte[]> row = iterator.next();
        if (!changes.containsKey(row.key) && row.key.compareTo(before) < 0) {
          bytes += row.value.length;
        }
      }
    }
    for (Optional<byte[]> change : changes.subMap(prefix, before).values()) {
      bytes += change.map(value -> value.length).orElse(0);
    }
    return bytes;
  }

  /** The first rows of a range, in order. */
  List<KeyValue<Bytes, byte[]>> range(Bytes from, Bytes before, int limit) {
    List<KeyValue<Bytes, byte[]>> rows = stored(from, before, limit);
    SortedMap<Bytes, Optional<byte[]>> changed = changes.subMap(from, before);
    if (changed.isEmpty()) {
      return rows;
    }
    TreeMap<Bytes, byte[]> merged = new TreeMap<>();
    rows.forEach(row -> merged.put(row.key, row.value));
    changed.forEach((key, value) -> value.ifPresent(bytes -> merged.put(key, bytes)));
    return merged.entrySet().stream()
        .limit(limit)
        .map(row -> KeyValue.pair(row.getKey(), row.getValue()))
        .toList();
  }

  private List<KeyValue<Bytes, byte[]>> stored(Bytes from, Bytes before, int limit) {
    List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> iterator = store.range(from, before)) {
      while (rows.size() < limit && iterator.hasNext()) {
        KeyValue<Bytes, byte[]> row = iterator.next();
        if (!changes.containsKey(row.key) && row.key.compareTo(before) < 0) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Writes the changes, in one batch. */
  void flush() {
    if (!changes.isEmpty()) {
      List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(changes.size());
      for (Map.Entry<Bytes, Optional<byte[]>> change : changes.entrySet()) {
        byte[] value = change.getValue().orElse(null);
        bytesWritten += change.getKey().get().length + (value == null ? 0 : value.length);
        rows.add(KeyValue.pair(change.getKey(), value));
      }
      rowsWritten += rows.size();
      store.putAll(rows);
      changes.clear();
    }
    if (!read.isEmpty()) {
      read.clear();
    }
  }

  /** Rows written or deleted so far: records of the changelog. */
  long rowsWritten() {
    return rowsWritten;
  }

  /** Bytes of their keys and values. */
  long bytesWritten() {
    return bytesWritten;
  }
}
