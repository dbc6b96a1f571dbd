package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import io.meninx.service.ExitCode;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be checked of documents that people write. */
class HandWrittenDocumentsTest {
  private static final Path DOCUMENTS = Path.of("topology-docs");
  private static final Path OPERATIONS = DOCUMENTS.resolve("operations.md");
  private static final Path RULES = Path.of("helm", "meninx", "rules", "meninx.rules.yaml");
  private static final Path CONTRACT = DOCUMENTS.resolve("contract.md");
  private static final Pattern CITED =
      Pattern.compile(
          "(?i)contract,?[\\s*]+sections?[\\s*]+([0-9]+(?:(?:,| and| to)[\\s*]+[0-9]+)*)");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}(?:\\./)?meninx +([a-z]+)");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> files = Files.list(DOCUMENTS)) {
      return Stream.concat(
          Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md")),
          files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndHeadings(Path file) throws IOException {
    assertThat(Links.broken(file)).isEmpty();
  }

  @Test
  void everyAlertRuleHasASectionThatSaysWhatToDo() throws IOException {
    Set<String> sections = Links.headings(OPERATIONS);
    List<String> missing = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    JsonNode file = new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile());
    for (JsonNode group : file.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        String runbook = rule.at("/annotations/runbook").asText();
        rules.add(rule.path("alert").asText());
        if (!runbook.startsWith(OPERATIONS + "#")
            || !sections.contains(runbook.substring(runbook.indexOf('#') + 1))) {
          missing.add(rule.path("alert").asText() + " " + runbook);
        }
      }
    }

    assertThat(rules).isNotEmpty();
    assertThat(missing).isEmpty();
    assertThat(
            Files.readAllLines(OPERATIONS).stream().filter(line -> line.startsWith("### Meninx")))
        .containsExactlyElementsOf(rules.stream().map(rule -> "### " + rule).toList());
  }

  @Test
  void everyExitCodeHasARow() throws IOException {
    String text = Files.readString(OPERATIONS);

    assertThat(Arrays.stream(ExitCode.values()).map(code -> "| " + code.code() + " | "))
        .allSatisfy(row -> assertThat(text).contains("\n" + row));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsExist(Path file) throws IOException {
    Set<String> known =
        Set.of(
            "demo",
            "play",
            "run",
            "topics",
            "simulate",
            "replay",
            "export",
            "explain",
            "dlq",
            "burden",
            "docs",
            "bench");

    assertThat(COMMAND.matcher(Files.readString(file)).results().map(found -> found.group(1)))
        .allSatisfy(command -> assertThat(known).contains(command));
  }

  @Test
  void theContractNamesEveryCode() throws IOException {
    String text = Files.readString(CONTRACT);

    assertThat(
            Stream.<Enum<?>[]>of(
                    AlertCode.values(),
                    AlertStage.values(),
                    AlertState.values(),
                    Audience.values(),
                    Certainty.values(),
                    ContraindicationCode.values(),
                    EntryState.values(),
                    EventType.values(),
                    Outcome.values(),
                    Priority.values(),
                    RecommendationCode.values(),
                    ResolutionReason.values(),
                    ScheduleCode.values(),
                    Stage.values(),
                    StatusGroup.values())
                .flatMap(Arrays::stream)
                .map(Enum::name))
        .allSatisfy(code -> assertThat(text).containsPattern("\\b" + code + "\\b"));
    assertThat(Arrays.stream(Topic.values()).map(Topic::baseName))
        .allSatisfy(topic -> assertThat(text).contains("`" + topic + "`"));
  }

  @Test
  void sectionsOfTheContractThatCommentsNameAreThere() throws IOException {
    List<String> sections =
        Files.readAllLines(CONTRACT).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3, line.indexOf('.')))
            .toList();
    List<String> cited = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        CITED
            .matcher(Files.readString(file))
            .results()
            .flatMap(found -> Arrays.stream(found.group(1).split("[^0-9]+")))
            .forEach(cited::add);
      }
    }

    assertThat(cited).hasSizeGreaterThan(10).allMatch(sections::contains);
  }
}
