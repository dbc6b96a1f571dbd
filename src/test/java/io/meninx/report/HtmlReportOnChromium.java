package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.replay.JournalRecord;
import io.meninx.replay.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The report in a real browser (profile {@code browser}): nothing on the console, the script ran.
 * Screenshots for people stay in {@code target/report-browser}. The browser is {@code
 * -Dchromium=PATH}, or else Debian's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlReportOnChromium {
  private static final Path OUT = Path.of("target/report-browser").toAbsolutePath();
  private static final String CHROMIUM = System.getProperty("chromium", "/usr/bin/chromium");

  private List<JournalRecord> records = List.of();

  @BeforeAll
  void record() throws IOException {
    Files.createDirectories(OUT);
    records = Recording.simulated(30, Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 20_000})
  void aComparisonOpensWithNothingOnTheConsole(int patients) throws Exception {
    Reports.Many many = Reports.many(records, patients);
    Path directory = OUT.resolve("what-if-" + patients);
    Reports.write(many.result(), many.timelines(), Limits.STANDARD, directory);

    opens(directory.resolve(HtmlReport.NAME));
  }

  @ParameterizedTest
  @CsvSource({"identical,0", "forged,1"})
  void anAuditOpensWithNothingOnTheConsole(String name, int forged) throws Exception {
    Path directory = OUT.resolve("audit-" + name);
    Reports.write(
        forged == 0 ? records : Forgery.of(records), Reports.AUDIT, Limits.STANDARD, directory);

    opens(directory.resolve(HtmlReport.NAME));
  }

  @Test
  void aLinkIntoWhatIsClosedOpensIt() throws Exception {
    Reports.Many many = Reports.many(records, 3);
    Path directory = OUT.resolve("link");
    Reports.write(many.result(), many.timelines(), Limits.STANDARD, directory);

    String page = directory.resolve(HtmlReport.NAME).toUri() + "#timeline-3";

    assertThat(run(page, "--dump-dom").out())
        .containsPattern("id=\"timeline-3\"[^>]* open=\"\"")
        .doesNotContainPattern("id=\"timeline-2\"[^>]* open=\"\"");
  }

  private static void opens(Path page) throws Exception {
    Path picture = page.resolveSibling("screenshot.png");
    Files.deleteIfExists(picture);
    for (String dark : List.of("", "--force-dark-mode")) {
      Path shot = page.resolveSibling(dark.isEmpty() ? "screenshot.png" : "dark.png");
      Ended ended =
          run(page.toUri().toString(), "--screenshot=" + shot, "--window-size=1280,4500", dark);

      assertThat(ended.err()).doesNotContain("CONSOLE");
      assertThat(shot).isNotEmptyFile();
    }
    Ended dom = run(page.toUri().toString(), "--dump-dom");
    assertThat(dom.err()).doesNotContain("CONSOLE");
    assertThat(dom.out()).contains("<main").doesNotContainPattern("class=\"filter\" hidden");
  }

  private record Ended(String out, String err) {}

  private static Ended run(String page, String... more) throws Exception {
    Path err = Files.createTempFile("chromium", ".err");
    Path out = Files.createTempFile("chromium", ".out");
    Path profile = Files.createTempDirectory("chromium");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"));
    command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
    command.addAll(List.of("--disable-component-update", "--disable-sync", "--hide-scrollbars"));
    command.addAll(List.of("--enable-logging=stderr", "--user-data-dir=" + profile));
    for (String argument : more) {
      if (!argument.isEmpty()) {
        command.add(argument);
      }
    }
    command.add(page);
    Process process =
        new ProcessBuilder(command)
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the browser ends").isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Ended(read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
