package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.ReportWriter.Timelines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says, that it says no more than that, and that it stays small. */
class HtmlReportTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all("1.0");
  private static final Guideline OTHER = other();
  private static final Path GOLDEN = Path.of("src/test/resources/report");

  @TempDir private Path directory = Path.of("");

  /** A guideline whose name does not change when a rule does. */
  private static Guideline other() {
    Guideline strict = GuidelineEditions.load("lm-nsclc-strict");
    return new Guideline("other", "2", "f".repeat(64), "text", strict.parameters());
  }

  private final Timelines different =
      patients -> patients.stream().sorted().map(id -> SmallJournal.timeline(id, false)).toList();

  private String audit() throws IOException {
    SmallJournal.writeDifferences(directory);
    return Reports.write(SmallJournal.diverged(OPTIONS), different, Limits.STANDARD, directory);
  }

  private String whatIf(int patients, Limits limits) {
    ReplayResult result = SmallJournal.whatIf(OPTIONS, OTHER, patients);
    return Reports.write(result, different, limits, directory);
  }

  // As a whole.

  @Test
  void anAuditWithDifferencesIsWrittenAsItWasReviewed() throws IOException {
    checkGolden("audit.html", audit());
  }

  @Test
  void aComparisonIsWrittenAsItWasReviewed() throws IOException {
    checkGolden("what-if.html", whatIf(1, Limits.STANDARD));
  }

  private static void checkGolden(String name, String html) throws IOException {
    Path golden = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, html);
    }
    assertThat(html)
        .as("golden file %s; after review: -Dgolden.update=true", name)
        .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }

  @Test
  void theSameIsWrittenTwiceWithTheSameBytes() throws IOException {
    assertThat(audit()).isEqualTo(audit());
    assertThat(whatIf(30, Limits.STANDARD)).isEqualTo(whatIf(30, Limits.STANDARD));
    assertThat(directory.resolve(HtmlReport.NAME + ".part")).doesNotExist();
  }

  // The verdict.

  @Test
  void whereNothingDiffersItSaysSo() {
    String html =
        Reports.write(SmallJournal.identical(OPTIONS), none(), Limits.STANDARD, directory);

    assertThat(html)
        .contains("All 8 recorded entries are decided the same again, and the journal is whole")
        .contains("✓ whole")
        .contains("Nobody is drawn")
        .doesNotContain("class=\"verdict bad\"")
        .doesNotContain("<svg viewBox");
  }

  @Test
  void everyReasonWhyItIsNotReproducedIsNamed() throws IOException {
    assertThat(audit())
        .contains("Not everything that was recorded can be reproduced")
        .contains("1 entry decided otherwise by the same version of the engine")
        .contains("1 entry decided otherwise by this other version of the engine")
        .contains("the journal is not whole: 1 place")
        .contains("a link does not follow");
  }

  @Test
  void aDifferenceIsShownFieldByFieldWithWhatChangedInIt() throws IOException {
    assertThat(audit())
        .contains("missing <del>&lt;b&gt;spine&lt;/b&gt;</del> on day 2")
        .contains("missing <ins>brain</ins> on day 2")
        .contains("<em>none</em>")
        .contains("recorded by engine 0.9");
  }

  @Test
  void aComparisonSaysWhoChangesFromWhenAndByHowMuch() {
    assertThat(whatIf(1, Limits.STANDARD))
        .contains("other, version 2 would have changed something for 1 of 1 patient")
        .contains("MRI due 3 d earlier")
        .contains("<td class=\"t\">2025-01-04 00:00</td>")
        .contains(">recorded</text>", ">other</text>")
        .contains("1 other kind does not change");
  }

  @Test
  void aPatientWhoWasAskedForIsDrawnThoughNothingDiffers() {
    PatientId patient = new PatientId("asked-for");
    ReplayResult result = SmallJournal.identical(OPTIONS.withPatients(Set.of(patient)));

    String html =
        Reports.write(
            result,
            wanted -> List.of(SmallJournal.timeline(patient, true)),
            Limits.STANDARD,
            directory);

    assertThat(html)
        .contains("Timeline of patient asked-for")
        .contains("everything is decided the same")
        .contains("Everything recorded about 1 patient is decided the same again")
        .doesNotContain("class=\"differs\"")
        .doesNotContain("recorded entries are decided the same again");
  }

  /** A report of a mistyped id must not say that all is well. */
  @Test
  void ofAPatientWhoIsNotInTheJournalNothingIsConfirmed() {
    ReplayResult typo =
        SmallJournal.aboutNobody(OPTIONS.withPatients(Set.of(new PatientId("TYPO"))), 0);

    assertThat(Reports.write(typo, _ -> List.of(), Limits.STANDARD, directory))
        .contains("class=\"verdict bad\"", "Nothing in the journal is about this patient")
        .doesNotContain("is decided the same again", "is made the same again", "erased; some");
  }

  @Test
  void whoseEntriesAreAllErasedIsNotConfirmedEither() {
    ReplayOptions gone = OPTIONS.withPatients(Set.of(new PatientId("gone")));

    for (ReplayOptions options : List.of(gone, gone.withGuideline(OTHER))) {
      ReplayResult erased = SmallJournal.aboutNobody(options, 3);
      assertThat(Reports.write(erased, _ -> List.of(), Limits.STANDARD, directory))
          .contains("class=\"verdict bad\"", "Nothing in the journal is about this patient")
          .contains("3 entries are erased; some may have been about this patient")
          .doesNotContain(
              "decided the same again", "would have been the same", "changed something");
    }
  }

  private static Timelines none() {
    return patients -> {
      throw new AssertionError("nobody is to be drawn");
    };
  }

  // Text from outside.

  @Test
  void nothingFromOutsideBecomesMarkup() throws IOException {
    for (String html : List.of(audit(), whatIf(3, Limits.STANDARD))) {
      assertThat(html)
          .contains("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;⟨U+202E⟩&amp;amp;")
          .doesNotContain("<img")
          .doesNotContain("\u202E")
          .doesNotContain("<i>missing")
          .doesNotContain("<script>alert");
      assertThat(Pattern.compile("<script").matcher(html).results()).hasSize(1);
      assertThat(Pattern.compile("</title>").matcher(html).results().count())
          .isEqualTo(Pattern.compile("<title[ >]").matcher(html).results().count());
    }
  }

  @Test
  void itLoadsNothingAndRunsNothingButItsOwn() throws IOException {
    assertThat(audit())
        .containsPattern(
            "Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src"
                + " &#39;sha256-[^ ]+&#39;; script-src &#39;sha256-[^ ]+&#39;; base-uri"
                + " &#39;none&#39;; form-action &#39;none&#39;\"")
        .doesNotContain("http://", "https://", " src=\"", "@import", " style=\"", "onclick");
  }

  // For everybody.

  @Test
  void everyDrawingHasATitleAndADescriptionAndEveryHeadAScope() throws IOException {
    String html = audit();

    List<String> labelled =
        all(html, "<svg viewBox=\"[^\"]+\" role=\"img\" aria-labelledby=\"([^\"]+)\"");
    assertThat(labelled).isNotEmpty();
    for (String ids : labelled) {
      for (String id : ids.split(" ", -1)) {
        assertThat(html).contains("id=\"" + id + "\"");
      }
    }
    assertThat(all(html, "(<th[ >][^>]*)")).allMatch(head -> head.contains("scope="));
    assertThat(all(html, "href=\"#([^\"]+)\""))
        .isNotEmpty()
        .allSatisfy(anchor -> assertThat(html).contains("id=\"" + anchor + "\""));
    assertThat(all(html, " id=\"([^\"]+)\"")).doesNotHaveDuplicates();
  }

  private static List<String> all(String html, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(html);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  // Bounds.

  @Test
  void noMorePatientsAreDrawnAndListedThanTheLimitsSayAndTheRestIsCounted() {
    String html = whatIf(50, new Limits(4, 1_000_000, 10, 5, 300));

    assertThat(all(html, "(<svg viewBox=\"0 0 1120)")).hasSize(4);
    assertThat(html)
        .contains("10 are listed; all are in whatif.jsonl, 40 more.")
        .contains("46 more patients are not drawn")
        .contains("replay --patient ID --guideline FILE draws any one of them");
    assertThat(all(html, "(<tr data-in=\"changed\">)")).hasSize(10);
  }

  @Test
  void drawingsEndWhenTheyHaveGrownTooLarge() {
    String html = whatIf(50, new Limits(50, 30_000, 10, 5, 300));

    assertThat(all(html, "(<svg viewBox=\"0 0 1120)")).hasSizeBetween(1, 5);
    assertThat(html).contains("more patients are not drawn");
  }

  @Test
  void moreDifferencesThanTheLimitAreCountedAndNotShown() throws IOException {
    SmallJournal.writeDifferences(directory);

    String html =
        Reports.write(
            SmallJournal.diverged(OPTIONS),
            different,
            new Limits(5, 100_000, 5, 1, 300),
            directory);

    assertThat(html)
        .contains("2 decisions differ")
        .contains("The first 1 are shown; all are in diff.jsonl, 1 more.")
        .doesNotContain("recorded by engine 0.9");
  }

  @Test
  void aPatientWithMoreFactsThanTheLimitStaysSmall() {
    String html = whatIf(1, new Limits(1, 1_000_000, 5, 5, 2));

    assertThat(html).contains("2 later facts are left out here");
  }

  @Test
  void twentyThousandPatientsMakeAFileThatCanBeSent() throws IOException {
    whatIf(20_000, Limits.STANDARD);

    assertThat(Files.size(directory.resolve(HtmlReport.NAME))).isLessThan(12_000_000);
  }
}
