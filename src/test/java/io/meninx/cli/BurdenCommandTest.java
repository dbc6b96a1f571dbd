package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurdenCommandTest {
  private static final String TOO_EARLY =
      """
      {"case": "too-early", "facts": [
        {"kind": "ASSESSMENT", "day": 0, "suspicion": "HIGH"},
        {"kind": "TREATMENT", "day": 0, "modality": "SYSTEMIC", "action": "STARTED", "agent": "osimertinib"},
        {"kind": "CLOCK", "day": 1}]}
      """;

  @TempDir private Path directory;

  private Path json;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void nameFile() {
    json = directory.resolve("burden.json");
  }

  @Test
  void eachSourceHasItsOwnNumbers() throws IOException {
    Path file = Files.writeString(directory.resolve("case.json"), TOO_EARLY);

    assertThat(burden("--cases", file.toString(), "--patients", "3")).isEqualTo(Meninx.DONE);

    JsonNode sources = new ObjectMapper().readTree(Files.readString(json)).get("sources");
    assertThat(sources.findValuesAsText("source"))
        .containsExactly("published cases", "given cases", "simulated patients");
    assertThat(sources.get(0).get("patients").asInt()).isEqualTo(18);
    assertThat(sources.get(1).get("worst").get(0).get("patient").asText()).isEqualTo("too-early");
    assertThat(sources.get(2).get("patients").asInt()).isEqualTo(3);
    assertThat(sources.get(1).get("roles").findValuesAsText("role"))
        .contains("TREATING_ONCOLOGIST");
    assertThat(sources.get(1).get("roles").get(0).get("mostIn24Hours").get("max").asInt())
        .isPositive();
    assertThat(out.toString())
        .contains("18 published cases, ", "1 given cases, ", "3 simulated patients, ")
        .contains("TREATMENT_BEFORE_CONFIRMATION")
        .containsPattern("TREATING_ONCOLOGIST +[0-9]+ +[0-9]+ +[0-9]+ +[0-9]+, [0-9]+, [0-9]+")
        .contains("too-early: ");
  }

  @Test
  void theSameQuestionHasTheSameAnswer() throws IOException {
    assertThat(burden("--patients", "4", "--seed", "9")).isEqualTo(Meninx.DONE);
    String first = Files.readString(json);
    assertThat(burden("--patients", "4", "--seed", "9")).isEqualTo(Meninx.DONE);
    assertThat(Files.readString(json)).isEqualTo(first);
  }

  @Test
  void whoAnswersIsToldLess() throws IOException {
    assertThat(burden("--patients", "6")).isEqualTo(Meninx.DONE);
    long unanswered = notifications();
    assertThat(burden("--patients", "6", "--answered-after", "60")).isEqualTo(Meninx.DONE);
    assertThat(notifications()).isLessThan(unanswered);
  }

  @Test
  void anotherGuidelineAndDebounceAreTaken() throws IOException {
    assertThat(burden("--patients", "0", "--guideline", "lm-nsclc-strict", "--debounce", "0"))
        .isEqualTo(Meninx.DONE);
    JsonNode root = new ObjectMapper().readTree(Files.readString(json));
    assertThat(root.at("/guideline/id").asText()).isEqualTo("lm-nsclc-strict");
    assertThat(root.get("debounceMinutes").asInt()).isZero();
    assertThat(root.get("sources")).hasSize(1);
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertThat(burden("--patients", "-1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(burden("--debounce", "-1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(burden("--answered-after", "-1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(burden("--guideline", "none-such")).isEqualTo(Meninx.WRONG_USE);
    assertThat(burden("--cases", "none-such.json")).isEqualTo(Meninx.WRONG_USE);
    assertThat(json).doesNotExist();
  }

  private long notifications() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(json))
        .at("/sources/1/notifications")
        .asLong();
  }

  private int burden(String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "burden";
    System.arraycopy(options, 0, words, 1, options.length);
    words[options.length + 1] = "--json";
    words[options.length + 2] = json.toString();
    return Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), words);
  }
}
