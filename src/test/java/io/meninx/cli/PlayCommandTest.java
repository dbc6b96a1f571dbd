package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.casefile.PublishedCases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayCommandTest {

  private static final String CONFIRMED =
      """
      {"case": "confirmed", "facts": [
        {"kind": "CSF", "day": 0, "cytology": "POSITIVE"},
        {"kind": "IMAGING", "day": 0, "modality": "MRI", "regions": ["BRAIN", "SPINE"],
         "contrast": true, "leptomeningealPattern": "LINEAR"},
        {"kind": "CLOCK", "day": 10}]}
      """;

  @TempDir private Path directory;

  private Path cases;
  private Path out;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeDirectories() throws IOException {
    cases = Files.createDirectory(directory.resolve("cases"));
    out = directory.resolve("not/there/yet");
  }

  @Test
  void aCaseIsDecidedByTheRulesAndWritten() throws IOException {
    write("a.json", CONFIRMED);

    assertThat(play(cases.resolve("a.json"))).isEqualTo(Meninx.DONE);

    assertThat(Files.readString(out.resolve("confirmed.json")))
        .startsWith("{\n  \"case\": \"confirmed\",\n  \"guideline\": {\n    \"id\": \"lm-nsclc\"")
        .contains("\"code\": \"IA/CONFIRMED\",\n      \"at\": \"2025-01-01T12:00:01Z\"")
        .contains("\"at\": \"2025-01-11T23:59:00Z\",\n    \"type\": \"IA\"");
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    Path published = Path.of("src/main/resources/cases");
    List<Path> some = List.of(published.resolve("case-03.json"), published.resolve("case-28.json"));

    assertThat(play(some.toArray(Path[]::new))).isEqualTo(Meninx.DONE);
    List<byte[]> first = results();
    assertThat(play(some.toArray(Path[]::new))).isEqualTo(Meninx.DONE);

    assertThat(first).hasSize(2);
    assertThat(results()).usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void ofADirectoryAllJsonFilesArePlayed() throws IOException {
    write("a.json", "{\"case\": \"one\", \"facts\": []}");
    write("b.json", "{\"case\": \"two\", \"facts\": []}");
    write("INDEX.md", "no case");

    assertThat(play(cases)).isEqualTo(Meninx.DONE);

    assertThat(out).isDirectoryNotContaining("glob:**.part");
    assertThat(out.resolve("one.json")).exists();
    assertThat(out.resolve("two.json")).exists();
  }

  @Test
  void whenOneFileCannotBeUsedNothingIsWrittenAndAllMistakesAreTold() throws IOException {
    write("a.json", CONFIRMED);
    write("b.json", CONFIRMED.replace("POSITIVE", "YES"));
    write("c.json", "{\"case\": \"c\", \"facts\": [{\"kind\": \"PERFORMANCE\", \"kps\": 75}]}");

    assertThat(play(cases)).isEqualTo(Meninx.WRONG_USE);

    assertThat(out).doesNotExist();
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("b.json: $.facts[0].cytology: must be one of POSITIVE, NEGATIVE, EQUIVOCAL")
        .contains("c.json: $.facts[0].day: must be there")
        .contains("$.facts[0].kps: must be a multiple of 10");
  }

  @Test
  void twoFilesOfOneCaseAreRefused() throws IOException {
    write("a.json", CONFIRMED);
    write("b.json", CONFIRMED);

    assertThat(play(cases)).isEqualTo(Meninx.WRONG_USE);
    assertThat(err.toString()).contains("b.json: $.case: is also the case of");
  }

  @Test
  void whatIsNotThereIsWrongUse() {
    assertThat(play(cases.resolve("no.json"))).isEqualTo(Meninx.WRONG_USE);
    assertThat(play(cases)).isEqualTo(Meninx.WRONG_USE);
    assertThat(meninx("play", "--cases", cases.toString())).isEqualTo(Meninx.WRONG_USE);
    assertThat(meninx("play", "--out", out.toString())).isEqualTo(Meninx.WRONG_USE);
  }

  @Test
  void anUnknownGuidelineIsWrongUse() throws IOException {
    write("a.json", CONFIRMED);

    assertThat(
            meninx(
                "play", "--cases", cases.toString(), "--out", out.toString(), "--guideline", "x"))
        .isEqualTo(Meninx.WRONG_USE);
    assertThat(err.toString()).hasLineCount(1).startsWith("meninx: ");
  }

  @Test
  void anotherGuidelineThatComesWithTheProgramIsNamedInTheResult() throws IOException {
    write("a.json", CONFIRMED);

    assertThat(
            meninx(
                "play",
                "--cases",
                cases.toString(),
                "--out",
                out.toString(),
                "--guideline",
                "lm-nsclc-strict"))
        .isEqualTo(Meninx.DONE);
    assertThat(Files.readString(out.resolve("confirmed.json")))
        .contains("\"id\": \"lm-nsclc-strict\"");
  }

  @Test
  void withADebounceTheFirstNotificationOfWhatIsNotStatWaits() throws IOException {
    write("a.json", CONFIRMED);

    assertThat(
            meninx(
                "play", "--cases", cases.toString(), "--out", out.toString(), "--debounce", "30"))
        .isEqualTo(Meninx.DONE);
    assertThat(Files.readString(out.resolve("confirmed.json")))
        .contains("\"notify\": false,\n      \"at\": \"2025-01-01T12:00:01Z\"")
        .contains("\"notify\": true,\n      \"at\": \"2025-01-01T12:30:");
    assertThat(meninx("play", "--cases", "x", "--out", "y", "--debounce", "-1"))
        .isEqualTo(Meninx.WRONG_USE);
  }

  @Test
  void thePublishedCasesAreTheOnesOfTheDirectory() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/cases"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")))
          .hasSameSizeAs(PublishedCases.all());
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(cases.resolve(name), text);
  }

  private List<byte[]> results() throws IOException {
    List<byte[]> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.sorted().toList()) {
        results.add(Files.readAllBytes(file));
      }
    }
    return results;
  }

  private int play(Path... paths) {
    List<String> words = new ArrayList<>(List.of("play", "--out", out.toString(), "--cases"));
    Stream.of(paths).map(Path::toString).forEach(words::add);
    return meninx(words.toArray(String[]::new));
  }

  private int meninx(String... words) {
    return Meninx.run(
        Meninx.COMMANDS, new PrintWriter(new StringWriter()), new PrintWriter(err), words);
  }
}
