package io.meninx.edition;

import io.meninx.edition.Value.Keys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What makes the text of an older guideline readable: parameters that were added since, each with
 * the value by which rules decide as they did before it was there, and parameters that are gone.
 * Both are written down in {@code guidelines/journaled.yaml}; a file that is given for use today
 * has to be complete and gets nothing of this.
 *
 * @param added keys with their values, nested like a guideline
 * @param removed keys, nested like a guideline; their values say nothing
 */
record JournaledTexts(Keys added, Keys removed) {
  private static final String ADDED = "added";
  private static final String REMOVED = "removed";

  /** Reads the file; it comes with the program, so anything wrong with it is a bug. */
  static JournaledTexts read(String text) {
    Problems problems = new Problems();
    Optional<Value> tree = YamlReader.read(text, problems);
    problems.throwIfAny("journaled.yaml");
    if (tree.orElse(null) instanceof Keys keys) {
      return new JournaledTexts(section(keys, ADDED), section(keys, REMOVED));
    }
    throw new IllegalStateException("journaled.yaml has to be a section of keys");
  }

  private static Keys section(Keys keys, String name) {
    return keys.values().get(name) instanceof Keys section ? section : new Keys(Map.of());
  }

  /** The tree of an older text as it would be written today. */
  Value completed(Value tree) {
    return tree instanceof Keys keys ? completed(keys, added, removed) : tree;
  }

  private static Keys completed(Keys keys, Keys added, Keys removed) {
    Map<String, Value> values = new LinkedHashMap<>();
    keys.values()
        .forEach(
            (key, value) -> {
              Value gone = removed.values().get(key);
              if (value instanceof Keys section) {
                values.put(key, completed(section, below(added, key), below(removed, key)));
              } else if (gone == null) {
                values.put(key, value);
              }
            });
    added.values().forEach(values::putIfAbsent);
    return new Keys(values);
  }

  private static Keys below(Keys keys, String key) {
    return keys.values().get(key) instanceof Keys section ? section : new Keys(Map.of());
  }
}
