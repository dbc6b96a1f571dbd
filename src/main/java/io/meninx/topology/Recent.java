package io.meninx.topology;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was lately used, up to a weight: what was not used for longest goes first, but never the
 * last one. For use by one thread.
 *
 * @param <K> what it is found by
 * @param <V> what is kept; its weight does not change while it is here
 */
final class Recent<K, V> {
  private final Map<K, V> values = new LinkedHashMap<>(256, 0.75f, true);
  private final long most;
  private final ToIntFunction<V> weighing;
  private long weight;

  /**
   * Empty.
   *
   * @param most weight of all together; one value may be heavier
   * @param weighing of a value
   */
  Recent(long most, ToIntFunction<V> weighing) {
    this.most = most;
    this.weighing = weighing;
  }

  @Nullable V get(K key) {
    return values.get(key);
  }

  void put(K key, V value) {
    remove(key);
    values.put(key, value);
    weight += weighing.applyAsInt(value);
    Iterator<V> eldest = values.values().iterator();
    while (weight > most && values.size() > 1) {
      weight -= weighing.applyAsInt(eldest.next());
      eldest.remove();
    }
  }

  void remove(K key) {
    V before = values.remove(key);
    if (before != null) {
      weight -= weighing.applyAsInt(before);
    }
  }
}
