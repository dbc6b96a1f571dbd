package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo on its real Kafka. */
@Timeout(240)
class DemoIT {

  @TempDir private Path directory;

  @Test
  void allPublishedCasesOnOneClockAreDecidedAsPlayDecidesThem() {
    var out = new StringWriter();
    var err = new StringWriter();

    int exit =
        Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), "demo", "--verify");

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("Verified: the decisions on all 18 cases are those of play.")
        .contains("end of the case")
        .containsPattern("(?m)^total +154 ")
        .doesNotContain("\u001b");
    assertThat(exit).isEqualTo(Meninx.DONE);
  }

  @Test
  void aKilledDemoLeavesNoFilesAndNoComplaints() throws IOException, InterruptedException {
    Path complaints = directory.resolve("stderr");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Meninx.class.getName(),
                "demo")
            .redirectError(complaints.toFile())
            .start();
    try (BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.lines().filter(line -> line.contains("ASSESSMENT")).findFirst()).isPresent();
      demo.destroy(); // TERM
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroyForcibly();
    }

    assertThat(Files.readString(complaints)).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }
}
