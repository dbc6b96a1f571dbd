package io.meninx.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.meninx.monitoring.Expressions.Selection;
import io.meninx.service.metrics.LibraryMetric;
import io.meninx.service.metrics.Metric;
import io.meninx.service.metrics.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and rules name what there is, without a Prometheus; with one: profile monitoring. */
class MonitoringFilesTest {
  private static final Path CASES = Path.of("src/test/prometheus/meninx.rules.test.yaml");
  private static final Set<String> KINDS = Set.of("timeseries", "stat", "table", "heatmap", "row");

  /** Labels that Prometheus adds, and those of the JVM's memory. */
  private static final Set<String> LABELS_OF_OTHERS = Set.of("job", "instance", "area");

  private static Map<String, Metric> ownSeries() {
    Map<String, Metric> series = new HashMap<>();
    for (Metric metric : Metric.values()) {
      metric.seriesNames().forEach(name -> series.put(name, metric));
    }
    return series;
  }

  @Test
  void everyMetricThatIsAskedForIsInTheCatalogue() throws IOException {
    Set<String> known =
        Stream.concat(
                ownSeries().keySet().stream(),
                Arrays.stream(LibraryMetric.values()).map(LibraryMetric::prometheusName))
            .collect(Collectors.toSet());

    for (Expressions.Expression expression : Expressions.all()) {
      assertThat(known).as(expression.place()).containsAll(expression.metrics());
    }
  }

  @Test
  void everyMetricOfOursIsOnADashboardOrInARule() throws IOException {
    Set<String> asked = new HashSet<>();
    for (Expressions.Expression expression : Expressions.all()) {
      asked.addAll(expression.metrics());
    }

    assertThat(Metric.values())
        .filteredOn(metric -> metric.seriesNames().stream().noneMatch(asked::contains))
        // Told in other words: live by readiness, entries by bytes, restored by what remains.
        .containsExactlyInAnyOrder(
            Metric.LIVE, Metric.JOURNAL_ENTRIES, Metric.RESTORE_RESTORED, Metric.REPLAY_ENTRIES);
  }

  /** A wrong tag or value gives an empty panel and no error. */
  @Test
  void tagsAndTheirValuesAreThoseOfTheMetric() throws IOException {
    Map<String, Metric> series = ownSeries();
    int compared = 0;
    for (Expressions.Expression expression : Expressions.all()) {
      for (Selection selection : expression.selections()) {
        Metric metric = series.get(selection.metric());
        if (LABELS_OF_OTHERS.contains(selection.label()) || metric == null) {
          continue;
        }
        List<Tag> tags =
            metric.tags().stream().filter(tag -> tag.key().equals(selection.label())).toList();
        assertThat(tags).as(expression.place() + " " + selection).hasSize(1);
        assertThat(tags.getFirst().allowed())
            .as(expression.place() + " " + selection)
            .containsAll(List.of(selection.value().split("\\|", -1)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(6);
  }

  @Test
  void dashboardsAreWhatGrafanaTakes() throws IOException {
    List<String> uids = new ArrayList<>();
    for (Path file : Expressions.dashboardFiles()) {
      JsonNode dashboard = Expressions.dashboard(file);
      String name = file.getFileName().toString();
      uids.add(dashboard.path("uid").asText());
      assertThat(dashboard.path("uid").asText()).isEqualTo(name.replace(".json", ""));
      assertThat(dashboard.path("title").asText()).isNotBlank();
      assertThat(dashboard.path("schemaVersion").asInt()).isBetween(36, 42);
      assertThat(dashboard.has("id")).as("%s has an id of one Grafana", name).isFalse();
      assertThat(variables(dashboard)).startsWith("datasource").contains("job");
      assertThat(dashboard.at("/templating/list/0/query").asText()).isEqualTo("prometheus");
      panels(name, dashboard);
    }
    assertThat(uids).hasSize(2).doesNotHaveDuplicates();
  }

  private static List<String> variables(JsonNode dashboard) {
    List<String> names = new ArrayList<>();
    dashboard.at("/templating/list").forEach(one -> names.add(one.path("name").asText()));
    return names;
  }

  private static void panels(String name, JsonNode dashboard) {
    List<String> variables = variables(dashboard);
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      String place = name + ": " + panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(place + " has an id of its own").isTrue();
      assertThat(KINDS).as(place).contains(panel.path("type").asText());
      assertThat(panel.path("title").asText()).as(place).isNotBlank();
      occupy(place, panel.path("gridPos"), taken);
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.at("/datasource/uid").asText()).as(place).isEqualTo("${datasource}");
        assertThat(panel.path("targets")).as(place).isNotEmpty();
        panel
            .path("targets")
            .forEach(
                target -> {
                  assertThat(target.path("refId").asText()).as(place).matches("[A-Z]");
                  assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                  assertThat(used(target.path("expr").asText())).as(place).isSubsetOf(variables);
                });
      }
    }
  }

  /** Variables of the dashboard, without those that Grafana has itself. */
  private static List<String> used(String expression) {
    return Pattern.compile("\\$(\\w+)")
        .matcher(expression)
        .results()
        .map(match -> match.group(1))
        .filter(variable -> !variable.startsWith("__"))
        .toList();
  }

  private static void occupy(String place, JsonNode grid, Set<List<Integer>> taken) {
    assertThat(grid.path("x").asInt() + grid.path("w").asInt()).as(place).isBetween(1, 24);
    assertThat(grid.path("h").asInt()).as(place).isPositive();
    for (int x = 0; x < grid.path("w").asInt(); x++) {
      for (int y = 0; y < grid.path("h").asInt(); y++) {
        assertThat(taken.add(List.of(grid.path("x").asInt() + x, grid.path("y").asInt() + y)))
            .as(place + " lies over another")
            .isTrue();
      }
    }
  }

  @Test
  void everyRuleSaysWhatItMeansAndWhereToReadOn() throws IOException {
    Set<String> names = new HashSet<>();
    List<String> guide = Files.readAllLines(Path.of("topology-docs/operations.md"));
    for (JsonNode rule : Expressions.rules()) {
      String name = rule.path("alert").asText();
      assertThat(names.add(name)).as(name + " is there once").isTrue();
      assertThat(name).startsWith("Meninx");
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).endsWith(".");
      assertThat(rule.at("/annotations/runbook").asText())
          .isEqualTo("topology-docs/operations.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(guide).contains("### " + name);
    }
    assertThat(names).hasSize(22);
  }

  /** Nobody answers simulated patients, their ticks are of another time, and they end. */
  @Test
  void rulesLookAtNoSimulatedPatients() throws IOException {
    String prometheus = Files.readString(Path.of("deploy/compose/prometheus.yml"));
    Map<String, List<String>> targets = new HashMap<>();
    Pattern.compile("job_name: (\\S+)\\s+(?:#.*\\s+)*dns_sd_configs:\\s+- names: \\[([^]]*)]")
        .matcher(prometheus)
        .results()
        .forEach(job -> targets.put(job.group(1), List.of(job.group(2).split(", "))));
    assertThat(targets)
        .isEqualTo(Map.of("meninx", List.of("meninx"), "simulated-patients", List.of("demo")));
    for (Expressions.Expression rule : Expressions.ofRules()) {
      for (String metric : rule.metrics()) {
        if (!metric.startsWith("meninx_replay_")) {
          assertThat(rule.selections())
              .as(rule.place() + ": " + metric)
              .filteredOn(selection -> selection.metric().equals(metric))
              .extracting(Selection::label, Selection::operator, Selection::value)
              .containsAnyOf(
                  tuple("job", "!=", "simulated-patients"), tuple("job", "=~", ".*meninx.*"));
        }
      }
      assertThat(rule.text())
          .as(rule.place())
          .doesNotContainPattern("meninx_(?!replay)[a-z_]+(?![a-z_{])");
    }
  }

  /** Simulated patients are nobody's: their alerts and partitions beside real ones hide those. */
  @Test
  void dashboardsShowOneDeploymentAndNoSimulatedPatients() throws IOException {
    for (Path file : Expressions.dashboardFiles()) {
      for (JsonNode variable : Expressions.dashboard(file).at("/templating/list")) {
        if (variable.path("name").asText().equals("job")) {
          String asked = "label_values(meninx_ready{job!=\"simulated-patients\"}, job)";
          assertThat(variable.path("definition").asText()).isEqualTo(asked);
          assertThat(variable.at("/query/query").asText()).isEqualTo(asked);
          assertThat(variable.path("includeAll").asBoolean(true)).as(file + " has all").isFalse();
          assertThat(variable.path("multi").asBoolean(true)).as(file + " has some").isFalse();
          assertThat(variable.path("current")).as(file + " begins with one").isEmpty();
        }
      }
    }
    for (Expressions.Expression panel : Expressions.ofDashboards()) {
      for (String metric : panel.metrics()) {
        if (!metric.startsWith("meninx_replay_")) {
          assertThat(panel.selections())
              .as(panel.place() + ": " + metric)
              .contains(new Selection(metric, "job", "=~", "$job"));
        }
      }
    }
  }

  /** What one deployment has too much, while another takes over, is not what another lacks. */
  @Test
  void partitionsWithoutAnInstanceAreCountedForEachDeploymentByItself() throws IOException {
    String asked =
        Expressions.ofDashboards().stream()
            .filter(panel -> panel.place().endsWith(": Partitions without an instance"))
            .findFirst()
            .orElseThrow()
            .asked();

    assertThat(Files.readString(CASES)).contains("expr: '" + asked + "'");
  }

  /** Of the tests that promtool runs. */
  @Test
  void everyRuleHasACase() throws IOException {
    String cases = Files.readString(CASES);
    for (JsonNode rule : Expressions.rules()) {
      assertThat(cases).contains("alertname=\"" + rule.path("alert").asText() + "\"");
    }
  }
}
