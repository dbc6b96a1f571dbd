package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.replay.JournalRecord;
import io.meninx.replay.Recording;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Reports of journals that were decided by the rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportOfAJournalTest {
  private List<JournalRecord> records = List.of();

  @TempDir private Path directory = Path.of("");

  @BeforeAll
  void record() {
    records = Recording.simulated(6, Duration.ofDays(1));
  }

  @Test
  void aJournalThatIsAsItWasIsReproduced() {
    assertThat(Reports.write(records, Reports.AUDIT, Limits.STANDARD, directory))
        .contains("class=\"verdict good\"")
        .contains("All %,d recorded entries".formatted(records.size()))
        .contains("lm-nsclc, version");
  }

  @Test
  void anAlertThatWasPlayedDownIsShownWithItsPatient() {
    String html = Reports.write(Forgery.of(records), Reports.AUDIT, Limits.STANDARD, directory);

    assertThat(html)
        .contains("class=\"verdict bad\"")
        .contains(Html.escaped(Forgery.SUMMARY))
        .doesNotContain(Forgery.SUMMARY)
        .contains("id=\"timeline-1\"");
  }

  @Test
  void anotherGuidelineIsSetAboveAndBelowForEveryPatientItChanges() {
    String html = Reports.write(records, Reports.WHAT_IF, Limits.STANDARD, directory);

    long listed = count(html, "<tr data-in=\"changed\">");
    assertThat(listed).isPositive().isEqualTo(count(html, "role=\"img\""));
    assertThat(html)
        .contains("lm-nsclc-strict, version")
        .containsPattern("class=\"differs\"[\\s\\S]*>recorded</text>[\\s\\S]*>other</text>")
        .contains("class=\"link\"");
  }

  @Test
  void theSameJournalGivesTheSameBytes() {
    String one = Reports.write(records, Reports.WHAT_IF, Limits.STANDARD, directory);
    String other =
        Reports.write(
            records, Reports.WHAT_IF.withThreads(2), Limits.STANDARD, directory.resolve("other"));

    assertThat(other).isEqualTo(one);
  }

  private static long count(String html, String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(html).results().count();
  }
}
