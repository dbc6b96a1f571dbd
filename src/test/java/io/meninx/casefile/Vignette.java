package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.edition.GuidelineEditions;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.topology.DecisionEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A case file of the tests with what must come out of it.
 *
 * @param name of the case and of its files
 * @param file the case, as it is played
 * @param golden the bytes {@code play} writes for it, reviewed; rewritten only with {@code
 *     -Dgolden.update=true}
 */
record Vignette(String name, Path file, Path golden) {

  static final Path VIGNETTES = Path.of("src/test/resources/vignettes");
  static final Path PUBLISHED = Path.of("src/main/resources/cases");
  static final Path PUBLISHED_GOLDEN = Path.of("src/test/resources/published-golden");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PathwayEngine ENGINE =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.withDebounce(Duration.ZERO));
  private static final CasePlayer PLAYER =
      new CasePlayer(DecisionEngine.of(ENGINE), "test", List.of());

  /** The project vignettes, by name. */
  static List<Vignette> vignettes() {
    return in(VIGNETTES, VIGNETTES.resolve("golden"));
  }

  /** The published cases, by name. */
  static List<Vignette> published() {
    return in(PUBLISHED, PUBLISHED_GOLDEN);
  }

  private static List<Vignette> in(Path cases, Path goldens) {
    try (Stream<Path> files = Files.list(cases)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .sorted()
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .map(
              name ->
                  new Vignette(
                      name, cases.resolve(name + ".json"), goldens.resolve(name + ".json")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays the case as {@code play} does; the bytes it writes. */
  byte[] play() {
    return PLAYER.play(CaseFile.read(file)).toJson();
  }

  /**
   * Plays the case a second time, without a topology: the engine alone on a patient in memory. The
   * same bytes say that two runs agree and that the topology adds nothing to what is decided.
   */
  byte[] playInMemory() {
    return new MemoryCasePlayer(ENGINE).play(CaseFile.read(file)).result().toJson();
  }

  /** What must come out, by hand. */
  JsonNode expectation() {
    return json(VIGNETTES.resolve("expected").resolve(name + ".json"));
  }

  /** What came out when it was last reviewed. */
  JsonNode goldenJson() {
    return json(golden);
  }

  /**
   * Compares with the golden file, or rewrites it when told to. The hash of the guideline is left
   * out: a word more in a vocabulary changes no decision here.
   */
  void checkGolden(byte[] played) {
    String text = new String(played, StandardCharsets.UTF_8);
    try {
      boolean update = Boolean.getBoolean("golden.update");
      if (update
          && !(Files.exists(golden)
              && withoutHash(Files.readString(golden)).equals(withoutHash(text)))) {
        Files.createDirectories(golden.toAbsolutePath().getParent());
        Files.write(golden, played);
      }
      assertThat(withoutHash(text))
          .as("golden file of %s; after review: -Dgolden.update=true", name)
          .isEqualTo(withoutHash(Files.readString(golden)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutHash(String json) {
    return json.replaceFirst("\"hash\": \"[0-9a-f]+\"", "\"hash\": \"\"");
  }

  static JsonNode json(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Path path) {
    try {
      return json(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read", e);
    }
  }
}
