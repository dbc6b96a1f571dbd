package io.meninx.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir private Path directory;

  @Test
  void itIsMadeAndNothingIsLeftInIt() throws IOException {
    Path made = directory.resolve("some/where");
    StateDirectory.check(made);

    assertThat(made).isEmptyDirectory();
  }

  @Test
  void aFileIsNamedWithSettingAndReason() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    refused(file, "it is a file and no directory");
    refused(file.resolve("below"), "Not a directory");
  }

  /** There nobody can make a directory, whoever the tests run as. */
  @Test
  void whatCannotBeMadeIsNamedWithSettingAndReason() {
    Path proc = Path.of("/proc");
    assumeThat(proc).isDirectory();

    refused(proc.resolve("meninx"), "it cannot be made there");
  }

  private static void refused(Path directory, String reason) {
    assertThatThrownBy(() -> StateDirectory.check(directory))
        .isInstanceOf(IOException.class)
        .hasMessage("stateDir " + directory + ": " + reason);
  }
}
