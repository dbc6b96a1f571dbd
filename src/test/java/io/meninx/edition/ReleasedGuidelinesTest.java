package io.meninx.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meninx.guideline.Guideline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts of guidelines stand in journals for ever: those of every release, kept here as they were,
 * are read by this engine. A parameter that came since needs its value under {@code added} in
 * guidelines/journaled.yaml, within the range that is allowed.
 */
class ReleasedGuidelinesTest {
  private static final Path RELEASED = Path.of("src", "test", "resources", "guidelines-released");

  static Stream<Path> texts() throws IOException {
    try (Stream<Path> files = Files.list(RELEASED)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aReleasedTextIsStillReadFromAJournal(Path file) throws IOException {
    byte[] text = Files.readAllBytes(file);

    assertThatCode(() -> GuidelineEditions.readJournaled(file.toString(), text))
        .as(
            "released texts are never changed: a parameter that is missing in one gets its value"
                + " under `added` in guidelines/journaled.yaml")
        .doesNotThrowAnyException();
    Guideline read = GuidelineEditions.readJournaled(file.toString(), text);

    assertThat(file.getFileName()).hasToString(read.id() + "-" + read.version() + ".yaml");
  }
}
