package io.meninx.fact;

import java.util.List;
import java.util.Optional;

/**
 * Lists as records of the core have them: short, and most often the very same objects. Records that
 * are compared dozens of times in every decision say themselves when they are equal; a test holds
 * that against their components.
 */
public final class Lists {
  private Lists() {}

  /** With what there is, if there is anything. */
  public static <T> List<T> of(Optional<T> value) {
    return value.isPresent() ? List.of(value.get()) : List.of();
  }

  /** What {@link List#equals} gives, without iterators. */
  @SuppressWarnings("ReferenceEquality") // most are the same object: that is seen at once
  public static <T> boolean equal(List<T> one, List<T> other) {
    if (one == other) {
      return true;
    }
    int size = one.size();
    if (other.size() != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      T left = one.get(i);
      T right = other.get(i);
      if (left != right && !left.equals(right)) {
        return false;
      }
    }
    return true;
  }
}
