package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meninx.service.ExitCode;
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
}
