package io.meninx.edition;

import io.meninx.edition.Value.Items;
import io.meninx.edition.Value.Keys;
import io.meninx.edition.Value.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * One section of an edition, read key by key. What is missing or wrong is added to the problems,
 * and a stand-in is given back so that the rest is checked too: the lowest number allowed, or a
 * list without the wrong elements. No stand-in leaves the package, since any problem ends in an
 * exception.
 */
final class Section {

  private static final Pattern PLAIN_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?");
  private static final int LONGEST_LIST = 500;

  private final String path;
  private final Map<String, Value> values;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();
  private final Set<String> wrong = new HashSet<>();

  private Section(String path, Map<String, Value> values, Problems problems) {
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  /** Binds a whole file; keys that the binding did not ask for are unknown. */
  static <T> Optional<T> bind(Value tree, Problems problems, Function<Section, T> binding) {
    if (!(tree instanceof Keys keys)) {
      problems.add("", "the file is " + tree.kind() + "; a section of keys is needed");
      return Optional.empty();
    }
    return Optional.of(bind("", keys.values(), problems, binding));
  }

  private static <T> T bind(
      String path, Map<String, Value> values, Problems problems, Function<Section, T> binding) {
    Section section = new Section(path, values, problems);
    T bound = binding.apply(section);
    for (String key : values.keySet()) {
      if (!section.known.contains(key)) {
        problems.add(Problems.at(path, key), "unknown key");
      }
    }
    return bound;
  }

  /** A section within this one. One that is missing is one problem, not one for each key. */
  <T> T section(String key, Function<Section, T> binding) {
    Optional<Value> found = value(key, "a section of keys");
    if (found.isPresent() && found.get() instanceof Keys keys) {
      return bind(at(key), keys.values(), problems, binding);
    }
    found.ifPresent(value -> wrong(key, at(key), value, "a section of keys"));
    return bind(at(key), Map.of(), new Problems(), binding);
  }

  /** A whole number. */
  int whole(String key, Range range) {
    return value(key, wholeNumber(range))
        .flatMap(value -> number(key, at(key), value, range, true))
        .orElse(range.low())
        .intValue();
  }

  /** A number, with or without decimals. */
  double number(String key, Range range) {
    return value(key, "a number " + range)
        .flatMap(value -> number(key, at(key), value, range, false))
        .orElse(range.low())
        .doubleValue();
  }

  /** A list of exactly {@code size} whole numbers, each with a range of its own. */
  List<Integer> wholes(String key, int size, IntFunction<Range> range) {
    List<Integer> numbers = wholes(key, range);
    if (isSound(key) && numbers.size() != size) {
      addWrong(key, at(key), numbers.size() + " values; exactly " + size + " are needed");
    }
    return numbers;
  }

  /** A list of one or more whole numbers, each above the one before it. */
  List<Integer> rising(String key, Range range) {
    List<Integer> numbers = wholes(key, _ -> range);
    for (int i = 1; isSound(key) && i < numbers.size(); i++) {
      if (numbers.get(i) <= numbers.get(i - 1)) {
        addWrong(
            key,
            Problems.at(at(key), i),
            numbers.get(i) + " is not " + range.above(numbers.get(i - 1), "the value before it"));
      }
    }
    return numbers;
  }

  private List<Integer> wholes(String key, IntFunction<Range> range) {
    List<Integer> numbers = new ArrayList<>();
    List<Value> items = items(key, "a list of whole numbers " + range.apply(0));
    for (int i = 0; i < items.size(); i++) {
      number(key, Problems.at(at(key), i), items.get(i), range.apply(i), true)
          .ifPresent(number -> numbers.add(number.intValue()));
    }
    return numbers;
  }

  /** A list of one or more different numbers. */
  List<Double> numbers(String key, Range range) {
    Set<Double> numbers = new LinkedHashSet<>();
    List<Value> items = items(key, "a list of numbers " + range);
    for (int i = 0; i < items.size(); i++) {
      String place = Problems.at(at(key), i);
      Optional<BigDecimal> number = number(key, place, items.get(i), range, false);
      if (number.isPresent() && !numbers.add(number.get().doubleValue())) {
        addWrong(key, place, items.get(i).shown() + " stands in this list twice");
      }
    }
    return List.copyOf(numbers);
  }

  /** A list of one or more different words, in the order of the file. */
  List<String> words(String key, Words words) {
    Set<String> found = new LinkedHashSet<>();
    List<Value> items = items(key, "a list of texts");
    for (int i = 0; i < items.size(); i++) {
      String place = Problems.at(at(key), i);
      if (!(items.get(i) instanceof Scalar(Scalar.Type type, String word))
          || type != Scalar.Type.TEXT) {
        wrong(key, place, items.get(i), "a text, in quotes if need be,");
      } else if (!words.matches(word)) {
        addWrong(key, place, Problems.shown(word) + " is not " + words);
      } else if (!found.add(word)) {
        addWrong(key, place, Problems.shown(word) + " stands in this list twice");
      }
    }
    return List.copyOf(found);
  }

  /** A text of this form. */
  String text(String key, Pattern form, String meaning) {
    Optional<Value> found = value(key, meaning);
    if (found.isEmpty()) {
      return "";
    }
    if (!(found.get() instanceof Scalar(Scalar.Type type, String text))
        || type != Scalar.Type.TEXT) {
      wrong(key, at(key), found.get(), meaning + ", in quotes if need be,");
      return "";
    }
    if (!form.matcher(text).matches()) {
      addWrong(key, at(key), Problems.shown(text) + " is not " + meaning);
    }
    return text;
  }

  /** Adds a problem of a key that was read. */
  void refuse(String key, String reason) {
    addWrong(key, at(key), reason);
  }

  /** Whether a key that was read had no problem of its own. */
  boolean isSound(String key) {
    return !wrong.contains(key);
  }

  private Optional<BigDecimal> number(
      String key, String place, Value value, Range range, boolean whole) {
    String needed = whole ? wholeNumber(range) : "a number " + range;
    if (!(value instanceof Scalar(Scalar.Type type, String text))
        || (type != Scalar.Type.WHOLE && (whole || type != Scalar.Type.DECIMAL))) {
      wrong(key, place, value, needed);
      return Optional.empty();
    }
    if (!PLAIN_NUMBER.matcher(text).matches()) {
      addWrong(
          key, place, value.shown() + " is not a plain decimal number; " + needed + " is needed");
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text);
    if (!range.contains(number)) {
      addWrong(key, place, value.shown() + " is not " + range);
      return Optional.empty();
    }
    return Optional.of(number);
  }

  private static String wholeNumber(Range range) {
    return range.step() == 0 ? "a whole number " + range : range.toString();
  }

  private List<Value> items(String key, String needed) {
    Optional<Value> found = value(key, needed);
    if (found.isEmpty()) {
      return List.of();
    }
    if (!(found.get() instanceof Items(List<Value> items))) {
      wrong(key, at(key), found.get(), needed);
      return List.of();
    }
    if (items.isEmpty() || items.size() > LONGEST_LIST) {
      addWrong(
          key, at(key), items.size() + " values; the number of values is in 1.." + LONGEST_LIST);
      return List.of();
    }
    return items;
  }

  private Optional<Value> value(String key, String needed) {
    known.add(key);
    Optional<Value> found = Optional.ofNullable(values.get(key));
    if (found.isEmpty()) {
      addWrong(key, at(key), "missing; " + needed + " is needed");
    }
    return found;
  }

  private void wrong(String key, String place, Value value, String needed) {
    String shown = value.shown().isEmpty() ? "this" : value.shown();
    addWrong(key, place, shown + " is " + value.kind() + "; " + needed + " is needed");
  }

  private void addWrong(String key, String place, String reason) {
    wrong.add(key);
    problems.add(place, reason);
  }

  private String at(String key) {
    return Problems.at(path, key);
  }
}
