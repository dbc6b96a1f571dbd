package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents that are written from the program are the ones of this program. */
class GeneratedFilesTest {
  private static final Map<Path, String> FILES = GeneratedFiles.all();

  static Stream<Path> files() {
    return FILES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void theCommittedFileIsTheOneOfThisProgram(Path file) throws IOException {
    UpToDate.assertSame(file, Optional.ofNullable(FILES.get(file)).orElseThrow());
  }

  /** Links between the documents, and to files beside them, lead somewhere. */
  @ParameterizedTest
  @MethodSource("files")
  void linksLeadToFilesAndHeadings(Path file) throws IOException {
    if (file.toString().endsWith(".md")) {
      assertThat(Links.broken(file)).isEmpty();
    }
  }

  @Test
  void thePictureShowsEveryTopicOfTheStreamAndEveryStore() {
    String svg = FILES.getOrDefault(Path.of("topology-docs", "topology.svg"), "");

    assertThat(svg)
        .contains(">imaging-reports<", ">clock-ticks<", ">pathway-journal<", ">dead-letters<")
        .contains(">facts<", ">pathways<", ">timers<", ">partition<", ">decide<")
        .doesNotContain("dead-letters-handled");
    assertThat(svg.split("class=\"way\"", -1)).hasSize(1 + 8 + 5);
  }
}
