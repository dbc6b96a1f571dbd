package io.meninx.edition;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Anchors, aliases and tags of a text in YAML, which are refused wherever they stand: at sections,
 * lists, values and keys. Jackson does not tell of them all, so the events below it are gone
 * through.
 */
final class YamlMarks {
  private static final String REFUSED =
      "anchors, aliases and tags are not used here; write the value itself";

  private final Deque<Place> places = new ArrayDeque<>();
  private final Problems problems;

  private YamlMarks(Problems problems) {
    this.problems = problems;
  }

  /** A section or list that is being gone through. */
  private static final class Place {
    private final String path;
    private final boolean keys;
    private Optional<String> key = Optional.empty();
    private int index;

    Place(String path, boolean keys) {
      this.path = path;
      this.keys = keys;
    }

    /** The path of what stands here; goes on to what comes next. */
    String next(NodeEvent node) {
      if (!keys) {
        return Problems.at(path, index++);
      }
      String name = key.orElse(node instanceof ScalarEvent scalar ? scalar.getValue() : "");
      key = key.isPresent() ? Optional.empty() : Optional.of(name);
      return Problems.at(path, name);
    }
  }

  /** Adds a problem for each that stands in a text which Jackson could read. */
  static void refuse(String text, Problems problems) {
    YamlMarks marks = new YamlMarks(problems);
    try {
      new Yaml(new LoaderOptions()).parse(new StringReader(text)).forEach(marks::event);
    } catch (YAMLException _) {
      problems.add("", "not readable as YAML");
    }
  }

  private void event(Event event) {
    if (event instanceof CollectionEndEvent) {
      places.pop();
    } else if (event instanceof NodeEvent node) {
      @Nullable Place place = places.peek();
      String path = place == null ? "" : place.next(node);
      if (node.getAnchor() != null || isTagged(node)) {
        problems.add(path, REFUSED);
      }
      if (node instanceof CollectionStartEvent) {
        places.push(new Place(path, node instanceof MappingStartEvent));
      }
    }
  }

  private static boolean isTagged(NodeEvent node) {
    return switch (node) {
      case ScalarEvent scalar -> scalar.getTag() != null;
      case CollectionStartEvent start -> start.getTag() != null;
      default -> false;
    };
  }
}
