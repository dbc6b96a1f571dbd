package io.meninx.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What dashboards and rules ask of Prometheus. */
public final class Expressions {
  public static final Path RULES = Path.of("helm/meninx/rules/meninx.rules.yaml");
  public static final Path DASHBOARDS = Path.of("helm/meninx/dashboards");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** Functions and words of the language are followed by something else, or are not these. */
  private static final Pattern NAME =
      Pattern.compile("\\b((?:meninx|jvm|process|system|kafka)_[a-z_]+)\\b");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:meninx|jvm|process|system|kafka)_[a-z_]+)\\{([^}]*)}");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

  private Expressions() {}

  /** An expression and where it stands. */
  public record Expression(String place, String text) {
    /** Names of metrics in it. */
    public Set<String> metrics() {
      Set<String> names = new TreeSet<>();
      Matcher matcher = NAME.matcher(text);
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
      return names;
    }

    /** Labels it selects by. */
    public List<Selection> selections() {
      List<Selection> found = new ArrayList<>();
      Matcher selector = SELECTOR.matcher(text);
      while (selector.find()) {
        Matcher matcher = MATCHER.matcher(selector.group(2));
        while (matcher.find()) {
          found.add(
              new Selection(
                  selector.group(1), matcher.group(1), matcher.group(2), matcher.group(3)));
        }
      }
      return found;
    }

    /** With values for the variables of a dashboard. */
    public String asked() {
      return text.replace("$__rate_interval", "1m")
          .replace("$job", ".*")
          .replace("$instance", ".*");
    }
  }

  /** A label that is compared. */
  public record Selection(String metric, String label, String operator, String value) {}

  public static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    YAML.readTree(Files.readString(RULES))
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  public static List<Path> dashboardFiles() throws IOException {
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  public static JsonNode dashboard(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  public static List<Expression> ofRules() throws IOException {
    return rules().stream()
        .map(rule -> new Expression(rule.path("alert").asText(), rule.path("expr").asText()))
        .toList();
  }

  public static List<Expression> ofDashboards() throws IOException {
    List<Expression> expressions = new ArrayList<>();
    for (Path file : dashboardFiles()) {
      for (JsonNode panel : dashboard(file).path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          expressions.add(
              new Expression(
                  file.getFileName() + ": " + panel.path("title").asText(),
                  target.path("expr").asText()));
        }
      }
    }
    return expressions;
  }

  public static List<Expression> all() throws IOException {
    return Stream.concat(ofRules().stream(), ofDashboards().stream()).toList();
  }
}
