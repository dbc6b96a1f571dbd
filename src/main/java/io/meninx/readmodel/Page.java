package io.meninx.readmodel;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param items in order
 * @param next where the list goes on, to be handed back as it is; absent at the end. A page may
 *     have fewer items than asked for, or none, and still have a next one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
