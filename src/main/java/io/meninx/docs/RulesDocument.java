package io.meninx.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.edition.Statements;
import io.meninx.edition.Statements.Answer;
import io.meninx.edition.Statements.Statement;
import io.meninx.guideline.AlertCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * topology-docs/rules.md: statement, answer, parameters, code, tests, case files; and for every
 * alert the rules that raise it. Read from the sources: the list of statements, the names of test
 * classes (S06S30RepeatPunctureTest is about S6 and S30), what vignettes say they cover, and what
 * their reviewed outputs hold.
 */
public final class RulesDocument {
  /** Where it is written, from the root of the repository. */
  public static final Path FILE = Path.of("topology-docs", "rules.md");

  private static final Path TESTS = Path.of("src", "test", "java", "io", "meninx");
  private static final Path VIGNETTES = Path.of("src", "test", "resources", "vignettes");
  private static final Pattern IDS =
      Pattern.compile("^((?:[SG]\\d{1,2})+)\\w*(?:Test|Properties)\\.java$");
  private static final Pattern ID = Pattern.compile("([SG])0*(\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_CASES = 4;

  private final SortedMap<String, SortedSet<String>> tests = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> cases = new TreeMap<>();
  private final Map<AlertCode, SortedSet<String>> rules = new EnumMap<>(AlertCode.class);
  private final Map<AlertCode, SortedSet<String>> alertCases = new EnumMap<>(AlertCode.class);
  private final Statements statements;

  private RulesDocument(Statements statements) {
    this.statements = statements;
  }

  /** What a document needs and did not find; empty when the table has no empty cell. */
  public record Gaps(
      List<String> statementsWithoutTest,
      List<String> statementsWithoutCase,
      List<AlertCode> alertsWithoutRule) {
    public Gaps {
      statementsWithoutTest = List.copyOf(statementsWithoutTest);
      statementsWithoutCase = List.copyOf(statementsWithoutCase);
      alertsWithoutRule = List.copyOf(alertsWithoutRule);
    }
  }

  /** Reads the sources below the root of the repository. */
  public static RulesDocument read(Path root) {
    RulesDocument document = new RulesDocument(Statements.shipped());
    document.readTests(root.resolve(TESTS));
    document.readVignettes(root.resolve(VIGNETTES));
    return document;
  }

  private void readTests(Path directory) {
    for (Path file : files(directory, ".java")) {
      String name = String.valueOf(file.getFileName());
      Matcher ids = IDS.matcher(name);
      if (ids.matches()) {
        Matcher id = ID.matcher(ids.group(1));
        while (id.find()) {
          add(
              tests,
              id.group(1) + id.group(2),
              name.substring(0, name.length() - ".java".length()));
        }
      }
    }
  }

  private void readVignettes(Path directory) {
    for (Path file : files(directory.resolve("expected"), ".json")) {
      String name = String.valueOf(file.getFileName()).replace(".json", "");
      json(file).path("covers").forEach(id -> add(cases, id.asText(), name));
    }
    for (Path file : files(directory.resolve("golden"), ".json")) {
      String name = String.valueOf(file.getFileName()).replace(".json", "");
      for (JsonNode alert : json(file).path("alerts")) {
        AlertCode code = AlertCode.valueOf(alert.path("code").asText());
        rules
            .computeIfAbsent(code, _ -> new TreeSet<>())
            .add(alert.path("rule").path("id").asText());
        alertCases.computeIfAbsent(code, _ -> new TreeSet<>()).add(name);
      }
    }
  }

  private static void add(Map<String, SortedSet<String>> map, String key, String value) {
    map.computeIfAbsent(key, _ -> new TreeSet<>()).add(value);
  }

  private static List<Path> files(Path directory, String ending) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is missing for a table without empty cells. */
  public Gaps gaps() {
    List<String> withoutTest = new ArrayList<>();
    List<String> withoutCase = new ArrayList<>();
    for (Statement statement : statements.all()) {
      if (statement.answer() == Answer.RULE) {
        if (!tests.containsKey(statement.id())) {
          withoutTest.add(statement.id());
        }
        if (!cases.containsKey(statement.id())) {
          withoutCase.add(statement.id());
        }
      }
    }
    List<AlertCode> withoutRule = new ArrayList<>(List.of(AlertCode.values()));
    withoutRule.removeAll(rules.keySet());
    return new Gaps(withoutTest, withoutCase, withoutRule);
  }

  /** The document, in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Rules and traceability\n\n");
    text.append(
        "Generated by `./meninx docs`; the build fails when it is out of date. Statements S1 to S36"
            + " are the source's, in our own words; ");
    text.append(
        "G1 to "
            + statements.all().getLast().id()
            + " are its gaps with the default taken.\n"
            + "RULE = behaviour, INFORMATION = attached to decisions, ");
    text.append(
        "PERSON = only people can answer, EMPTY = the source says nothing and nothing is"
            + " invented.\n\n");
    text.append(
        "| id | says | answer | parameters | code | tests | case files |\n"
            + "|---|---|---|---|---|---|---|\n");
    for (Statement statement : statements.all()) {
      row(text, statement);
    }
    text.append(
        "\n"
            + "## Alerts and the rules that raise them\n\n"
            + "| alert | rules | case files |\n"
            + "|---|---|---|\n");
    for (AlertCode code : AlertCode.values()) {
      text.append("| ")
          .append(code)
          .append(" | ")
          .append(list(rules.get(code)))
          .append(" | ")
          .append(some(alertCases.get(code)))
          .append(" |\n");
    }
    return text.toString();
  }

  private void row(StringBuilder text, Statement statement) {
    boolean behaves = statement.answer() == Answer.RULE;
    String why = statement.why().map(reason -> ": " + reason).orElse("");
    text.append("| ").append(statement.id());
    text.append(" | ").append(statement.says());
    text.append(" | ").append(statement.answer()).append(why);
    text.append(" | ")
        .append(
            statement.parameters().isEmpty() ? "none" : String.join(", ", statement.parameters()));
    text.append(" | ")
        .append(statement.code().isEmpty() ? "none" : String.join(", ", statement.code()));
    text.append(" | ")
        .append(
            behaves || tests.containsKey(statement.id())
                ? list(tests.get(statement.id()))
                : "none needed");
    text.append(" | ")
        .append(
            behaves || cases.containsKey(statement.id())
                ? some(cases.get(statement.id()))
                : "none needed");
    text.append(" |\n");
  }

  private static String list(@org.jspecify.annotations.Nullable SortedSet<String> values) {
    return values == null ? "" : String.join(", ", values);
  }

  private static String some(@org.jspecify.annotations.Nullable SortedSet<String> values) {
    if (values == null) {
      return "";
    }
    List<String> first = values.stream().limit(SHOWN_CASES).toList();
    int more = values.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
