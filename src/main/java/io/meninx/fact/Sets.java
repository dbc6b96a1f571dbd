package io.meninx.fact;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sets that iterate in the order of the enum, so that everything printed from them is the same
 * every time.
 */
final class Sets {
  private Sets() {}

  static <E extends Enum<E>> Set<E> ordered(Class<E> type, Collection<E> values) {
    if (values.isEmpty()) {
      return Set.of();
    }
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(values);
    return Collections.unmodifiableSet(copy);
  }
}
