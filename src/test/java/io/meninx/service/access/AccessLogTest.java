package io.meninx.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.PatientId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
  private static final PatientId ANNA = new PatientId("anna");

  @TempDir private Path directory;

  private AccessLog log() throws IOException {
    return new AccessLog(directory.resolve("access"), Optional.empty(), Clock.systemUTC());
  }

  @Test
  void theKeyIsMadeOnceAndKept() throws IOException {
    Files.createDirectories(directory.resolve("access"));
    Files.writeString(directory.resolve("access/key.new"), "of a start that was cut off");
    String hash;
    try (AccessLog log = log()) {
      hash = log.hash(ANNA);
    }

    assertThat(directory.resolve("access/key")).hasSize(32);
    assertThat(directory.resolve("access/key.new")).doesNotExist();
    try (AccessLog again = log()) {
      assertThat(again.hash(ANNA)).isEqualTo(hash);
    }
  }

  /** An empty one ended every start as a failure of the program. */
  @ParameterizedTest
  @ValueSource(ints = {0, 31})
  void aKeyThatIsNotWholeIsRefusedAndNotReplaced(int bytes) throws IOException {
    Files.createDirectories(directory.resolve("access"));
    Path key = Files.write(directory.resolve("access/key"), new byte[bytes]);

    assertThatThrownBy(this::log)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access/key")
        .hasMessageContaining("stateDir")
        .hasMessageContaining(bytes + " bytes instead of 32");
    assertThat(key).hasSize(bytes);
  }

  @Test
  void aFileInThePlaceOfTheLogIsNamedWithTheReason() throws IOException {
    Files.writeString(directory.resolve("access"), "");

    assertThatThrownBy(this::log)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the access log in "
                + directory.resolve("access")
                + " below stateDir: it is a file and no directory");
  }
}
