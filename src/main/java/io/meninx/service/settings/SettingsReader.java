package io.meninx.service.settings;

import io.meninx.edition.Problems;
import io.meninx.edition.Value;
import io.meninx.edition.Value.Items;
import io.meninx.edition.Value.Keys;
import io.meninx.edition.Value.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One section of the settings, read key by key: from the environment, else from the file, else the
 * default. What is wrong is added to the problems and the default is given back, so that the rest
 * is checked too; no such stand-in leaves the package, since any problem ends in an exception.
 */
final class SettingsReader {
  /** In front of the path of a file that holds the value. */
  static final String FILE_REFERENCE = "file:";

  private static final int LARGEST_SECRET = 1 << 20;
  private static final Pattern ADDRESS_WITH_USER = Pattern.compile("//[^/@]*@");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)?");

  private final String path;
  private final Map<String, Value> file;
  private final Sources sources;
  private final Set<String> known = new HashSet<>();

  /** What all sections share. */
  private record Sources(
      Map<String, String> environment, Set<String> variables, Problems problems) {}

  private SettingsReader(String path, Map<String, Value> file, Sources sources) {
    this.path = path;
    this.file = file;
    this.sources = sources;
  }

  /** A value, where it stands, and whether that is the file. */
  private record Found(String place, Value value, boolean inFile) {}

  /** Reads everything; what nobody asked for, in the file or in the environment, is a problem. */
  static <T> T read(
      Map<String, Value> file,
      Map<String, String> environment,
      Problems problems,
      java.util.function.Function<SettingsReader, T> binding) {
    Sources sources = new Sources(environment, new HashSet<>(), problems);
    SettingsReader root = new SettingsReader("", file, sources);
    T bound = binding.apply(root);
    root.refuseUnknown();
    environment.keySet().stream()
        .sorted()
        .filter(variable -> !sources.variables().contains(variable) && !Names.isForeign(variable))
        .forEach(variable -> problems.add(variable, "no setting has this environment variable"));
    sources.variables().stream()
        .sorted()
        .filter(environment::containsKey)
        .filter(variable -> environment.containsKey(variable + Names.FILE))
        .forEach(
            variable ->
                problems.add(
                    variable, variable + Names.FILE + " is set too; only one of them may be"));
    return bound;
  }

  /** A section within this one; one that is not there has the defaults. */
  <T> T section(String key, java.util.function.Function<SettingsReader, T> binding) {
    known.add(key);
    Map<String, Value> values =
        switch (file.get(key)) {
          case null -> Map.of();
          case Keys keys -> keys.values();
          case Scalar(Scalar.Type type, String _) when type == Scalar.Type.EMPTY -> Map.of();
          case Value other -> {
            refuse(at(key), other.kind() + "; a section of keys is needed");
            yield Map.of();
          }
        };
    SettingsReader section = new SettingsReader(at(key), values, sources);
    T bound = binding.apply(section);
    section.refuseUnknown();
    return bound;
  }

  private void refuseUnknown() {
    for (String key : file.keySet()) {
      if (!known.contains(key)) {
        refuse(
            at(key),
            "unknown key; known here are "
                + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  /** A text of a form that {@code allowed} tells. */
  String text(String key, String otherwise, Pattern form, String allowed) {
    return scalar(key, otherwise, form.asMatchPredicate(), UnaryOperator.identity(), allowed);
  }

  /** A text of which there must be one. */
  Optional<String> required(String key, Pattern form, String allowed) {
    if (found(key).isEmpty()) {
      missing(key, allowed);
      return Optional.empty();
    }
    return Optional.of(text(key, "", form, allowed)).filter(text -> !text.isEmpty());
  }

  /** A whole number from {@code low} to {@code high}. */
  int whole(String key, int otherwise, int low, int high) {
    Predicate<String> inRange =
        text ->
            WHOLE.matcher(text).matches()
                && Long.parseLong(text) >= low
                && Long.parseLong(text) <= high;
    return scalar(
        key, otherwise, inRange, Integer::parseInt, "a whole number from " + low + " to " + high);
  }

  /** True or false. */
  boolean truth(String key, boolean otherwise) {
    return scalar(
        key,
        otherwise,
        text -> text.equals("true") || text.equals("false"),
        Boolean::parseBoolean,
        "true or false");
  }

  /** One of the constants, in small letters, words parted by hyphens. */
  <E extends Enum<E>> E choice(String key, E otherwise) {
    List<E> all = Arrays.asList(otherwise.getDeclaringClass().getEnumConstants());
    return scalar(
        key,
        otherwise,
        text -> all.stream().anyMatch(one -> one.name().equalsIgnoreCase(text)),
        text -> Enum.valueOf(otherwise.getDeclaringClass(), text.toUpperCase(Locale.ROOT)),
        "one of "
            + all.stream()
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  /** A span of time from {@code low} to {@code high}. */
  Duration span(String key, Duration otherwise, String low, String high) {
    Duration least = span(low).orElseThrow();
    Duration most = span(high).orElseThrow();
    return scalar(
        key,
        otherwise,
        text ->
            span(text)
                .filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0)
                .isPresent(),
        text -> span(text).orElseThrow(),
        "a span of time from " + low + " to " + high + ", such as 500ms, 10s, 5m, 12h, 30d");
  }

  private static Optional<Duration> span(String text) {
    Matcher short_ = SPAN.matcher(text);
    if (short_.matches()) {
      long number = Long.parseLong(short_.group(1));
      return Optional.of(
          switch (short_.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** A number of bytes from {@code low} to {@code high}. */
  long size(String key, String otherwise, String low, String high) {
    return scalar(
        key,
        bytes(otherwise),
        text ->
            SIZE.matcher(text).matches() && bytes(text) >= bytes(low) && bytes(text) <= bytes(high),
        SettingsReader::bytes,
        "a size from " + low + " to " + high + ", such as 64MiB");
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case null -> number;
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      default -> number << 30;
    };
  }

  /** A list of texts; in the environment, and where the file has one text, parted by commas. */
  List<String> list(String key, Predicate<String> form, String allowed) {
    Optional<Found> found = found(key);
    if (found.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    switch (found.get().value()) {
      case Items(List<Value> items) -> {
        for (int i = 0; i < items.size(); i++) {
          if (items.get(i) instanceof Scalar(Scalar.Type _, String text)) {
            texts.add(text);
          } else {
            refuse(Problems.at(found.get().place(), i), "allowed is " + allowed);
          }
        }
      }
      case Scalar(Scalar.Type type, String text) -> {
        if (type != Scalar.Type.EMPTY) {
          Arrays.stream(text.split(",", -1)).map(String::strip).forEach(texts::add);
        }
      }
      case Keys _ -> refuse(found.get().place(), "a section of keys; allowed is " + allowed);
    }
    texts.stream()
        .filter(text -> !form.test(text))
        .forEach(text -> refuse(found.get().place(), text, allowed));
    return texts;
  }

  /**
   * A value that is never printed: from the environment, or {@code file:PATH}. Written into the
   * settings file itself it is refused.
   */
  Optional<Secret> secret(String key) {
    return found(key)
        .flatMap(
            found -> {
              if (!(found.value() instanceof Scalar(Scalar.Type _, String text))) {
                refuse(found.place(), "allowed is a text");
                return Optional.empty();
              }
              return resolved(found, Names.variable(at(key)), text, true);
            })
        .map(Secret::new);
  }

  /**
   * Settings of a library under its own names.
   *
   * @param normal gives the name under which a setting is kept
   * @param objection why a value cannot be used, or nothing
   */
  ClientSettings settings(
      String key,
      UnaryOperator<String> normal,
      BiFunction<String, String, Optional<String>> objection) {
    known.add(key);
    Map<String, Found> found = new TreeMap<>();
    switch (file.get(key)) {
      case null -> {}
      case Keys(Map<String, Value> values) ->
          values.forEach(
              (name, value) -> {
                String place = Problems.at(at(key), name);
                if (found.put(normal.apply(name), new Found(place, value, true)) != null) {
                  refuse(place, "this setting stands here twice");
                }
              });
      case Scalar(Scalar.Type type, String _) when type == Scalar.Type.EMPTY -> {}
      case Value other -> refuse(at(key), other.kind() + "; a section of settings is needed");
    }
    String prefix = Names.variable(at(key)) + "_";
    sources.environment().keySet().stream()
        .sorted()
        .filter(name -> name.startsWith(prefix) && !sources.variables().contains(name))
        .forEach(
            name -> {
              sources.variables().add(name);
              String rest = name.substring(prefix.length());
              boolean isFile = rest.endsWith(Names.FILE);
              String setting =
                  Names.setting(
                      isFile ? rest.substring(0, rest.length() - Names.FILE.length()) : rest);
              found.put(normal.apply(setting), variable(name, isFile));
            });
    Map<String, String> values = new TreeMap<>();
    found.forEach(
        (name, one) -> value(key, name, one, objection).ifPresent(v -> values.put(name, v)));
    return new ClientSettings(values);
  }

  private Optional<String> value(
      String key,
      String name,
      Found found,
      BiFunction<String, String, Optional<String>> objection) {
    if (!(found.value() instanceof Scalar(Scalar.Type _, String text))) {
      refuse(found.place(), found.value().kind() + "; allowed is a text or a number");
      return Optional.empty();
    }
    boolean secret = KnownSettings.isSecret(name) || ADDRESS_WITH_USER.matcher(text).find();
    String variable = Names.variable(at(key)) + "_" + Names.ofLibrary(name);
    Optional<String> value = resolved(found, variable, text, secret);
    Optional<String> reason = value.flatMap(v -> objection.apply(name, v));
    reason.ifPresent(
        why ->
            refuse(found.place(), secret || isReference(text) ? why : quoted(text) + ": " + why));
    return reason.isPresent() ? Optional.empty() : value;
  }

  /** The value, read from its file when it names one. */
  private Optional<String> resolved(Found found, String variable, String text, boolean secret) {
    if (isReference(text)) {
      return content(found.place(), text.substring(FILE_REFERENCE.length()));
    }
    if (secret && found.inFile()) {
      refuse(
          found.place(),
          "a secret does not stand in this file; write file:PATH, or set "
              + variable
              + " or "
              + variable
              + Names.FILE);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static boolean isReference(String text) {
    return text.startsWith(FILE_REFERENCE);
  }

  private Optional<String> content(String place, String name) {
    try {
      Path from = Path.of(name);
      if (Files.isRegularFile(from) && Files.size(from) <= LARGEST_SECRET) {
        return Optional.of(Files.readString(from).stripTrailing());
      }
      refuse(place, quoted(name) + " is not a readable file of at most 1 MiB");
    } catch (IOException | InvalidPathException _) {
      refuse(place, quoted(name) + " is not a readable file of UTF-8 text");
    }
    return Optional.empty();
  }

  private <T> T scalar(
      String key,
      T otherwise,
      Predicate<String> fits,
      java.util.function.Function<String, T> parse,
      String allowed) {
    Optional<Found> found = found(key);
    if (found.isEmpty()) {
      return otherwise;
    }
    if (!(found.get().value() instanceof Scalar(Scalar.Type _, String text))) {
      refuse(found.get().place(), found.get().value().kind() + "; allowed is " + allowed);
      return otherwise;
    }
    if (!fits.test(text)) {
      refuse(found.get().place(), text, allowed);
      return otherwise;
    }
    return parse.apply(text);
  }

  private Optional<Found> found(String key) {
    known.add(key);
    String name = Names.variable(at(key));
    String nameOfFile = name + Names.FILE;
    sources.variables().add(name);
    sources.variables().add(nameOfFile);
    Map<String, String> environment = sources.environment();
    if (environment.containsKey(name)) {
      return Optional.of(variable(name, false));
    }
    if (environment.containsKey(nameOfFile)) {
      Found reference = variable(nameOfFile, true);
      return content(nameOfFile, environment.getOrDefault(nameOfFile, ""))
          .map(text -> new Found(reference.place(), new Scalar(Scalar.Type.TEXT, text), false));
    }
    return Optional.ofNullable(file.get(key)).map(value -> new Found(at(key), value, true));
  }

  private Found variable(String name, boolean isFile) {
    String text = sources.environment().getOrDefault(name, "");
    return new Found(
        name, new Scalar(Scalar.Type.TEXT, isFile ? FILE_REFERENCE + text : text), false);
  }

  /** Says that a key is needed and not there. */
  void missing(String key, String allowed) {
    refuse(at(key), "missing (or " + Names.variable(at(key)) + "); needed is " + allowed);
  }

  /** Adds a problem of a key of this section. */
  void refuseKey(String key, String reason) {
    refuse(at(key), reason);
  }

  /** Whether nothing was found wrong so far. */
  boolean sound() {
    return sources.problems().found().isEmpty();
  }

  private void refuse(String place, String text, String allowed) {
    refuse(place, quoted(text) + " is not allowed; allowed is " + allowed);
  }

  private void refuse(String place, String reason) {
    sources.problems().add(place, reason);
  }

  private static String quoted(String text) {
    return "\"" + Problems.shown(text) + "\"";
  }

  private String at(String key) {
    return Problems.at(path, key);
  }
}
