package io.meninx.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of one JSON object, read by name and type. Absent and null are the same: not known. What
 * does not fit is added to the problems and read as not known; {@link #refuseOthers} adds the keys
 * that nobody asked for. No message repeats a value.
 */
final class Fields {

  /** Carried for the reader of a file and never looked at (contract section 6). */
  static final Set<String> COMMENTS =
      Set.of(
          "note",
          "dayNote",
          "dayBasis",
          "orderOnly",
          "inferred",
          "textSeen",
          "completeness",
          "documentedDecisions");

  private static final Set<String> TIMES =
      Set.of("day", "time", "observedDay", "reportedDay", "reportedTime");

  private final ObjectNode object;
  private final String path;
  private final Problems problems;
  private final Set<String> asked = new HashSet<>(COMMENTS);

  private Fields(ObjectNode object, String path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** The keys of what ought to be an object; when it is none, that is a problem and no key is. */
  static Fields of(JsonNode node, String path, Problems problems) {
    if (node instanceof ObjectNode object) {
      return new Fields(object, path, problems);
    }
    problems.add(path, "must be an object");
    return new Fields(JsonNodeFactory.instance.objectNode(), path, problems);
  }

  /** Adds a problem with the value of a key. */
  void refuse(String key, String reason) {
    problems.add(Problems.at(path, key), reason);
  }

  /** Adds a problem with the object itself. */
  void refuseAll(String reason) {
    problems.add(path, reason);
  }

  /** Adds every key that was not asked for and is no comment. */
  void refuseOthers() {
    for (String key : (Iterable<String>) object::fieldNames) {
      if (!asked.contains(key)) {
        refuse(key, "there is no such key here");
      }
    }
  }

  /**
   * The object as text that does not depend on the order of its keys: without comments, without
   * what is not known, and without the times, which have defaults.
   */
  String content() {
    Map<String, Object> known = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!COMMENTS.contains(entry.getKey())
          && !TIMES.contains(entry.getKey())
          && !entry.getValue().isNull()) {
        known.put(entry.getKey(), entry.getValue());
      }
    }
    return known.toString();
  }

  /** What stands under a key, when it is there and not null. */
  Optional<JsonNode> value(String key) {
    asked.add(key);
    return Optional.ofNullable(object.get(key)).filter(node -> !node.isNull());
  }

  /** Text that is not empty. */
  Optional<String> text(String key) {
    return value(key).flatMap(node -> text(node, Problems.at(path, key)));
  }

  private Optional<String> text(JsonNode node, String at) {
    if (!node.isTextual()) {
      problems.add(at, "must be text");
      return Optional.empty();
    }
    if (node.textValue().isBlank()) {
      problems.add(at, "must not be empty");
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  /** Texts that are not empty; absent and null are the same. */
  Optional<List<String>> texts(String key) {
    return elements(key, this::text);
  }

  /** Yes, no or not known. */
  Tri flag(String key) {
    Optional<JsonNode> node = value(key);
    if (node.isPresent() && !node.get().isBoolean()) {
      refuse(key, "must be true or false");
      return Tri.UNKNOWN;
    }
    return node.map(value -> Tri.of(value.booleanValue())).orElse(Tri.UNKNOWN);
  }

  /** A whole number within bounds, both included. */
  OptionalInt integer(String key, int least, int most) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!node.get().isIntegralNumber()
        || !node.get().canConvertToInt()
        || node.get().intValue() < least
        || node.get().intValue() > most) {
      refuse(key, "must be a whole number" + bounds(least, most));
      return OptionalInt.empty();
    }
    return OptionalInt.of(node.get().intValue());
  }

  private static String bounds(int least, int most) {
    return most == Integer.MAX_VALUE ? ", " + least + " or more" : " from " + least + " to " + most;
  }

  /** A number that is not negative. */
  OptionalDouble amount(String key) {
    return number(key, 0, "must be a number, 0 or more");
  }

  /** A number. */
  OptionalDouble number(String key) {
    return number(key, -Double.MAX_VALUE, "must be a number");
  }

  private OptionalDouble number(String key, double least, String reason) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = node.get().doubleValue();
    if (!node.get().isNumber() || !Double.isFinite(number) || number < least) {
      refuse(key, reason);
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number + 0.0); // no negative zero
  }

  /**
   * A code.
   *
   * @param notKnown what absent and null are; not a code of the file
   */
  <E extends Enum<E>> E code(String key, Class<E> type, E notKnown) {
    return code(key, codes(type, code -> code != notKnown)).orElse(notKnown);
  }

  /** A code of this type, also the one that says not known. */
  <E extends Enum<E>> Optional<E> code(String key, Class<E> type) {
    return code(key, codes(type, code -> true));
  }

  /** One of these codes. */
  <E> Optional<E> code(String key, Map<String, E> codes) {
    return value(key).flatMap(node -> code(node, Problems.at(path, key), codes));
  }

  /** Codes out of these; absent and null are the same. */
  <E> Optional<List<E>> codes(String key, Map<String, E> codes) {
    return elements(key, (node, at) -> code(node, at, codes));
  }

  private <E> Optional<E> code(JsonNode node, String at, Map<String, E> codes) {
    if (!node.isTextual() || !codes.containsKey(node.textValue())) {
      problems.add(at, "must be one of " + String.join(", ", codes.keySet()));
      return Optional.empty();
    }
    return Optional.ofNullable(codes.get(node.textValue()));
  }

  /** The constants of a type by name, in their order. */
  static <E extends Enum<E>> Map<String, E> codes(Class<E> type, Predicate<E> admitted) {
    return Stream.of(type.getEnumConstants())
        .filter(admitted)
        .collect(
            Collectors.toMap(Enum::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  private <E> Optional<List<E>> elements(String key, ElementReader<E> reader) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    String at = Problems.at(path, key);
    if (!node.get().isArray()) {
      problems.add(at, "must be a list");
      return Optional.empty();
    }
    List<E> elements = new ArrayList<>();
    for (int i = 0; i < node.get().size(); i++) {
      reader.read(node.get().get(i), Problems.at(at, i)).ifPresent(elements::add);
    }
    return Optional.of(elements);
  }

  /** Hands over every key and text of an object under a key; a null is left out: not known. */
  void eachText(String key, BiConsumer<String, String> taker) {
    Optional<JsonNode> node = value(key);
    if (node.isEmpty()) {
      return;
    }
    Fields inner = of(node.get(), Problems.at(path, key), problems);
    for (String name : (Iterable<String>) inner.object::fieldNames) {
      if (name.isBlank()) {
        inner.refuse(name, "the key must not be empty");
      }
      inner.text(name).ifPresent(text -> taker.accept(name, text));
    }
  }

  /** The object under a key. */
  Optional<Fields> object(String key) {
    return value(key).map(node -> of(node, Problems.at(path, key), problems));
  }

  /** Reads one element of a list and adds what is wrong with it. */
  private interface ElementReader<E> {
    Optional<E> read(JsonNode node, String at);
  }
}
