package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  private static final String SUSPECTED =
      """
      {"case": "suspected", "facts": [
        {"kind": "ASSESSMENT", "id": "visit", "day": 0, "suspicion": "HIGH", "signs": ["HEADACHE"]},
        {"kind": "IMAGING", "id": "mri", "day": 0, "modality": "MRI", "regions": ["BRAIN", "SPINE"],
         "contrast": true, "leptomeningealPattern": "LINEAR"},
        {"kind": "IMAGING", "id": "flow", "day": 1, "modality": "CSF_FLOW_STUDY", "csfFlow": "PARTIAL"}]}
      """;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private String explain(String subject) throws IOException {
    Path file = directory.resolve("suspected.json");
    Files.writeString(file, SUSPECTED);
    out.getBuffer().setLength(0);
    int code = meninx("explain", subject, "--cases", file.toString());
    return code + "\n" + out;
  }

  private int meninx(String... command) {
    return Meninx.run(
        Meninx.COMMANDS, new PrintWriter(out, true), new PrintWriter(err, true), command);
  }

  @Test
  void aStatusGroupThatIsUnknownFromTheStartSaysWhatIsMissing() throws IOException {
    assertThat(explain("suspected"))
        .contains(
            "status group unknown; stage",
            "  no status group can be given without: KPS (life expectancy, not known either,"
                + " decides only when below a month)\n",
            "Status group unknown\n",
            "  not known: life expectancy, KPS\n");
  }

  @Test
  void whatWasLookedAtAndNotMetSaysWhatItWants() throws IOException {
    assertThat(explain("suspected"))
        .containsPattern(
            "INTRATHECAL_ELIGIBLE \\(S15\\): wants type IA, thin deposits, CSF flow open and valid,"
                + " .*; not known: .*KPS");
  }

  @Test
  void whatStandsAgainstAnActNamesItsReport() throws IOException {
    assertThat(explain("suspected"))
        .containsSubsequence(
            "Stands against an act",
            "INTRATHECAL_FLOW_OBSTRUCTED",
            "on 2025-01-02  imaging CSF flow partial (final, report flow)");
  }

  @Test
  void anAlertSaysHowItWent() throws IOException {
    String patient = explain("suspected");
    String key = patient.replaceAll("(?s).*KPS_MISSING_OR_STALE  key (\\S+).*", "$1");

    assertThat(explain(key))
        .startsWith("0\nROUTINE KPS_MISSING_OR_STALE, DUE (ACTIVE)")
        .contains("not known: KPS", "How it went:", "notified");
  }

  @Test
  void whatMostReadersCameForStandsFirstTheMostUrgentAlertsBeforeTheOthers() throws IOException {
    assertThat(explain("suspected"))
        .startsWith(
            "0\nAt 2025-01-02 23:59 UTC\nIn short: type IIA, probable; status group unknown")
        .containsSubsequence(
            "missing for the diagnosis: CSF cytology\n",
            "stands against an act: intrathecal flow obstructed\n",
            "Open alerts",
            "Type IIA, certainty probable",
            "Criteria met for",
            "Looked at, criteria not met or not known");
  }

  @Test
  void noFieldNameOfTheInterfaceIsLeftForAClinicianToRead() throws IOException {
    assertThat(explain("suspected"))
        .doesNotContain("PERFORMANCE.", "ASSESSMENT.", "IMAGING.", "CSF.", "BIOPSY.", "=");
  }

  /** Else the end of the case would be printed as the answer about an earlier moment. */
  @Test
  void untilWithoutAJournalIsWrongUse() {
    assertThat(meninx("explain", "case-25", "--until", "2025-01-01T00:00:00Z")).isEqualTo(2);

    assertThat(err.toString()).contains("--until").contains("--from");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--cases, a.json", "--guideline, lm-nsclc-strict", "--debounce, 0"})
  void whatIsAboutCasesIsWrongUseWithAJournal(String option, String value) {
    assertThat(meninx("explain", "p", "--from", directory.toString(), option, value)).isEqualTo(2);

    assertThat(err.toString()).contains("--from explains a journal").contains("not with " + option);
  }

  @Test
  void anUnknownIdIsWrongUse() throws IOException {
    assertThat(explain("nobody")).startsWith("2\n");
    assertThat(err.toString()).contains("no patient and no alert with this id");
  }
}
