package io.meninx.fact;

import java.util.List;
import java.util.Optional;

/** Lists as records of the core have them: short. */
public final class Lists {
  private Lists() {}

  /** With what there is, if there is anything. */
  public static <T> List<T> of(Optional<T> value) {
    return value.isPresent() ? List.of(value.get()) : List.of();
  }
}
