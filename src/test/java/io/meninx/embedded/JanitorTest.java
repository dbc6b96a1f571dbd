package io.meninx.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanitorTest {
  @TempDir Path directory;

  @Test
  void whatAProcessKilledWithoutAWordLeftIsRemoved() throws Exception {
    Process killed = child();
    await().atMost(Duration.ofSeconds(30)).until(() -> holdsFiles());

    killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(directory).isEmptyDirectory());
  }

  private boolean holdsFiles() throws IOException {
    try (var entries = Files.walk(directory)) {
      return entries.anyMatch(Files::isRegularFile);
    }
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName())
        .start();
  }

  /** A process with a temporary directory and a janitor, which never ends by itself. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
      TemporaryDirectory temporary = TemporaryDirectory.create("janitor");
      Process janitor = Janitor.hire().orElseThrow();
      Files.writeString(temporary.path().resolve("file"), "left");
      janitor.waitFor();
    }
  }
}
