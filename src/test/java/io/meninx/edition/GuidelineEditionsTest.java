package io.meninx.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meninx.edition.EditionException.Problem;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.Parameters;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidelineEditionsTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  // --- what is shipped -----------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("io.meninx.edition.GuidelineEditions#shipped")
  void aShippedEditionLoadsUnderItsOwnId(String id) {
    Guideline guideline = GuidelineEditions.load(id);

    assertThat(guideline.id()).isEqualTo(id);
    assertThat(guideline.version()).isEqualTo("1");
    assertThat(guideline.hash()).matches("[0-9a-f]{64}");
    assertThat(guideline.text()).startsWith("#").contains("\nid: " + id + "\n");
  }

  @Test
  void theStandardEditionIsTheFirstOne() {
    assertThat(GuidelineEditions.shipped()).containsExactly("lm-nsclc", "lm-nsclc-strict");
    assertThat(GuidelineEditions.standard()).isEqualTo(GuidelineEditions.load("lm-nsclc"));
  }

  @ParameterizedTest
  @MethodSource("io.meninx.edition.GuidelineEditions#shipped")
  void everyValueStandsInTheRecordUnderItsOwnKey(String id) throws IOException {
    Guideline guideline = GuidelineEditions.load(id);
    ObjectNode file = (ObjectNode) YAML.readTree(guideline.text());
    file.remove(List.of("id", "version"));

    assertThat(leavesOf(guideline.parameters())).isEqualTo(leavesOf("", file));
  }

  @Test
  void theStrictEditionDiffersInWhatItsHeaderSays() {
    Map<String, Object> standard = leavesOf(GuidelineEditions.standard().parameters());
    Map<String, Object> strict = leavesOf(GuidelineEditions.load("lm-nsclc-strict").parameters());
    Set<String> different = new TreeSet<>(standard.keySet());
    different.removeIf(path -> Objects.equals(standard.get(path), strict.get(path)));

    assertThat(different)
        .allMatch(
            path ->
                path.startsWith("schedules.")
                    || Set.of(
                            "status.goodAboveKps",
                            "status.poorBelowKps",
                            "status.kpsValidDays",
                            "flow.validDays",
                            "labs.maximumAgeHours")
                        .contains(path))
        .contains("status.goodAboveKps", "schedules.firstMri.due", "schedules.mdtAnswer.overdue");
    assertThat(different)
        .allSatisfy(
            path -> assertThat(number(strict, path)).as(path).isLessThan(number(standard, path)));
  }

  @Test
  void inTheStrictEditionAKpsOf60IsGoodAndOneOf50IsPoor() {
    Parameters.Status status = GuidelineEditions.load("lm-nsclc-strict").parameters().status();

    assertThat(60)
        .isGreaterThan(status.goodAboveKps())
        .isGreaterThanOrEqualTo(status.poorBelowKps());
    assertThat(50).isLessThan(status.poorBelowKps()).isLessThanOrEqualTo(status.goodAboveKps());
  }

  // --- hash and text -------------------------------------------------------------------------

  @Test
  void hashAndTextDoNotDependOnLineEndings() {
    String text = GuidelineEditions.standard().text();

    assertThat(read(text.replace("\n", "\r\n"))).isEqualTo(GuidelineEditions.standard());
    assertThat(read(text.replace("\n", "\r"))).isEqualTo(GuidelineEditions.standard());
  }

  @Test
  void theHashIsThatOfTheTextAndChangesWithAComment() {
    Guideline standard = GuidelineEditions.standard();

    assertThat(read(standard.text())).isEqualTo(standard);
    assertThat(standard.hash())
        .isEqualTo(sha256(standard.text()))
        .isNotEqualTo(read(standard.text() + "# reviewed\n").hash());
    assertThat(read(standard.text() + "# reviewed\n").parameters())
        .isEqualTo(standard.parameters());
  }

  // --- one error each, with its message ------------------------------------------------------

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          # out of range
          labs.maximumInr=7                | labs.maximumInr: 7 is not in 1..3
          labs.maximumInr=-1.4             | labs.maximumInr: -1.4 is not in 1..3
          flow.validDays=0                 | flow.validDays: 0 is not in 1..365
          intrathecal.doseMg=15.5          | intrathecal.doseMg: 15.5 is not in 1..15
          status.poorBelowKps=65           | status.poorBelowKps: 65 is not a multiple of 10 in 10..100
          status.goodAboveKps=75           | status.goodAboveKps: 75 is not a multiple of 10 in 60..90 (poorBelowKps is 70)
          schedules.worseningKpsDrop=15    | schedules.worseningKpsDrop: 15 is not a multiple of 10 in 10..100
          alerts.maximumSnoozeDays=8       | alerts.maximumSnoozeDays: 8 is not in 1..7
          schedules.nextMri.from=0         | schedules.nextMri.from: 0 is not in 1..365
          imaging.fieldStrengthsTesla=[1.5, 50] | imaging.fieldStrengthsTesla[1]: 50 is not in 0.1..15
          # relations
          schedules.firstMri={target: 42, from: 42, due: 41, overdue: 84} | schedules.firstMri.due: 41 is not in 42..365 (target is 42)
          schedules.firstMri.from=57       | schedules.firstMri.target: 56 is not in 57..365 (from is 57)
          schedules.firstMri.overdue=62    | schedules.firstMri.overdue: 62 is not in 63..365 (due is 63)
          schedules.mriReport.overdue=1    | schedules.mriReport.overdue: 1 is not in 2..90 (due is 2)
          schedules.kpsCriticalDays=13     | schedules.kpsCriticalDays: 13 is not in 14..180 (kpsOverdueDays is 14)
          schedules.lateMriAfterDays=55    | schedules.lateMriAfterDays: 55 is not in 56..1095 (firstMri.target is 56)
          schedules.lateExamIntervalDays=7 | schedules.lateExamIntervalDays: 7 is not above 7 and up to 365 (lateExam.beforeDays is 7)
          schedules.earlyExamDays=[28, 84, 56] | schedules.earlyExamDays[2]: 56 is not above 84 and up to 365 (the value before it)
          schedules.lateExam.overdueDays=6 | schedules.lateExam.overdueDays: 6 is not in 7..180 (lateDays is 7)
          schedules.earlyExam.lateDays=2   | schedules.earlyExam.lateDays: 2 is not in 3..60 (beforeDays is 3)
          csf.optimalAboveMl=5.0           | csf.optimalAboveMl: 5.0 is not above 5 and up to 50 (minimumVolumeMl is 5.0)
          status.goodAboveKps=50           | status.goodAboveKps: 50 is not a multiple of 10 in 60..90 (poorBelowKps is 70)
          imaging.baselineCriticalDays=13  | imaging.baselineCriticalDays: 13 is not in 14..180 (baselineMaximumDays is 14)
          labs.minimumPlateletsE9L=19      | labs.minimumPlateletsE9L: 19 is not in 20..150 (stopPlateletsE9L is 20.0)
          radiotherapy.focalMaximumGy=29.9 | radiotherapy.focalMaximumGy: 29.9 is not in 30..80 (focalMinimumGy is 30.0)
          radiotherapy.focalMaximumFractions=9 | radiotherapy.focalMaximumFractions: 9 is not in 10..40 (focalMinimumFractions is 10)
          alerts.urgentEscalationMinutes=29 | alerts.urgentEscalationMinutes: 29 is not in 30..10080 (statEscalationMinutes is 30)
          intrathecal.courseSilentDays=48  | intrathecal.courseSilentDays: 48 is not in 49..365 (maintenanceGapDays and maintenance.overdueDays)
          intrathecal.inductionGapMdtDays=3 | intrathecal.inductionGapMdtDays: 3 is not in 4..90 (the longest gap of the induction is 4)
          intrathecal.maintenanceGapDays=8 | intrathecal.maintenanceGapDays: 8 is not in 9..90 (maintenance.beforeDays is 7, and doses are 48 hours apart)
          intrathecal.gapsDays=[3, 4, 3, 4, 3, 4, 3, 4, 7, 7] | intrathecal.gapsDays: 10 values; exactly 11 are needed
          intrathecal.gapsDays=[3, 4, 3, 4, 3, 4, 3, 4, 7, 7, 7, 7] | intrathecal.gapsDays: 12 values; exactly 11 are needed
          intrathecal.gapsDays=[3, 0, 3, 4, 3, 4, 3, 4, 7, 7, 7] | intrathecal.gapsDays[1]: 0 is not in 3..28 (induction.beforeDays is 1, and doses are 48 hours apart)
          intrathecal.gapsDays=[3, 4, 3, 4, 3, 4, 3, 3, 7, 7, 7] | intrathecal.gapsDays[7]: 3 is not in 4..28 (consolidation.beforeDays is 2, and doses are 48 hours apart)
          imaging.fieldStrengthsTesla=[3.0, 3] | imaging.fieldStrengthsTesla[1]: 3 stands in this list twice
          # types
          status.poorBelowDays=thirty      | status.poorBelowDays: thirty is a text; a whole number in 1..365 is needed
          status.poorBelowDays="30"        | status.poorBelowDays: 30 is a text; a whole number in 1..365 is needed
          status.poorBelowDays=30.5        | status.poorBelowDays: 30.5 is a decimal number; a whole number in 1..365 is needed
          status.poorBelowDays=true        | status.poorBelowDays: true is true or false; a whole number in 1..365 is needed
          status.poorBelowDays=            | status.poorBelowDays: this is empty; a whole number in 1..365 is needed
          status.poorBelowDays=[30]        | status.poorBelowDays: this is a list; a whole number in 1..365 is needed
          status.poorBelowDays=1_0         | status.poorBelowDays: 1_0 is not a plain decimal number; a whole number in 1..365 is needed
          status.poorBelowDays=030         | status.poorBelowDays: 030 is not a plain decimal number; a whole number in 1..365 is needed
          labs.maximumInr=high             | labs.maximumInr: high is a text; a number in 1..3 is needed
          labs.maximumInr=1.4e0            | labs.maximumInr: 1.4e0 is not a plain decimal number; a number in 1..3 is needed
          labs.maximumInr=.nan             | labs.maximumInr: .nan is not a plain decimal number; a number in 1..3 is needed
          imaging.fieldStrengthsTesla=3.0  | imaging.fieldStrengthsTesla: 3.0 is a decimal number; a list of numbers in 0.1..15 is needed
          schedules.earlyExamDays=[]       | schedules.earlyExamDays: 0 values; the number of values is in 1..500
          flow=56                          | flow: 56 is a whole number; a section of keys is needed
          vocabulary.methotrexate=methotrexate | vocabulary.methotrexate: methotrexate is a text; a list of texts is needed
          vocabulary.methotrexate=[methotrexate, 5] | vocabulary.methotrexate[1]: 5 is a whole number; a text, in quotes if need be, is needed
          version=1                        | version: 1 is a whole number; a version of letters, digits, dots and hyphens, in quotes if need be, is needed
          version="1 b"                    | version: 1 b is not a version of letters, digits, dots and hyphens
          id="LM NSCLC"                    | id: LM NSCLC is not an id of lower-case letters, digits and hyphens
          # words
          vocabulary.typicalSigns=[]       | vocabulary.typicalSigns: 0 values; the number of values is in 1..500
          vocabulary.meningealSites=[Pia]  | vocabulary.meningealSites[0]: Pia is not lower-case words with single spaces, at most 60 characters
          vocabulary.meningealSites=[pia, pia] | vocabulary.meningealSites[1]: pia stands in this list twice
          vocabulary.methotrexate=[methotrexate, MTX] | vocabulary.methotrexate[1]: MTX is not 1 to 3 lower-case words, at most 60 characters
          vocabulary.methotrexate=[methotrexate, mtx high dose iv] | vocabulary.methotrexate[1]: mtx high dose iv is not 1 to 3 lower-case words, at most 60 characters
          vocabulary.methotrexate=[mtx]    | vocabulary.methotrexate: the word methotrexate itself is missing
          vocabulary.cranialNeuropathySigns=[diplopia] | vocabulary.cranialNeuropathySigns[0]: diplopia is not an upper-case code such as NECK_PAIN, at most 60 characters
          vocabulary.cranialNeuropathySigns=[DIPLOPIA, ANOSMIA] | vocabulary.cranialNeuropathySigns: ANOSMIA is not in vocabulary.typicalSigns
          vocabulary.panelGenes=[EGFR, egfr] | vocabulary.panelGenes[1]: egfr is not an upper-case gene such as EGFR, at most 60 characters
          vocabulary.panelGenes=[EGFR, TP53] | vocabulary.panelGenes: TP53 is not in vocabulary.driverGenes
          vocabulary.supportive=[steroid, pemetrexed] | vocabulary.supportive: pemetrexed stands in vocabulary.chemotherapy too
          vocabulary.supportive=[steroid, mtx] | vocabulary.supportive: mtx stands in vocabulary.methotrexate too
          vocabulary.alkInhibitor=[osimertinib] | vocabulary.alkInhibitor: osimertinib stands in vocabulary.thirdGenerationEgfrTki too
          vocabulary.activatingEgfr=[l858r, exon20] | vocabulary.activatingEgfr: exon20 stands in vocabulary.notActivatingEgfr too
          vocabulary.intrathecalSteroids=[hydrocortisone, prednisone] | vocabulary.intrathecalSteroids: prednisone is not in vocabulary.intrathecalAllowed
          vocabulary.intrathecalSteroids=[hydrocortisone, thiotepa] | vocabulary.intrathecalSteroids: thiotepa stands in vocabulary.chemotherapy too
          vocabulary.intrathecalAllowed=[hydrocortisone, dexamethasone, prednisolone, vincristine] | vocabulary.intrathecalAllowed: vincristine is fatal when given intrathecally
          vocabulary.intrathecalAllowed=[hydrocortisone, dexamethasone, prednisolone, liposomal vincristine] | vocabulary.intrathecalAllowed: liposomal vincristine is fatal when given intrathecally
          """)
  void oneWrongValueIsOneProblem(String change, String message) throws IOException {
    String path = change.substring(0, change.indexOf('='));
    String value = change.substring(change.indexOf('=') + 1);

    assertThat(problemsOf(with(path, value))).containsExactly(message);
  }

  @Test
  void noneIsNoSign() {
    String text =
        GuidelineEditions.standard().text().replace("typicalSigns: [", "typicalSigns: [NONE, ");

    assertThat(problemsOf(text))
        .containsExactly("vocabulary.typicalSigns: NONE is no sign: it says that none was found");
  }

  @Test
  void aWordMayBeChemotherapyAndAllowedIntrathecally() {
    Parameters.Vocabulary words = GuidelineEditions.standard().parameters().vocabulary();

    assertThat(words.chemotherapy()).contains("cytarabine", "thiotepa", "pemetrexed");
    assertThat(words.intrathecalAllowed()).contains("cytarabine", "thiotepa", "pemetrexed");
  }

  @Test
  void aWrongValueIsShownInOneShortLine() throws IOException {
    assertThat(problemsOf(with("id", "\"a\\nb" + "x".repeat(100) + "\"")))
        .containsExactly(
            "id: a?b"
                + "x".repeat(37)
                + "... is not an id of lower-case letters, digits and hyphens");
  }

  // --- keys ----------------------------------------------------------------------------------

  @Test
  void everyKeyThatIsLeftOutIsMissed() throws IOException {
    for (String path : leavesOf("", tree()).keySet()) {
      ObjectNode tree = tree();
      parentOf(tree, path).remove(lastOf(path));

      assertThat(problemsOf(YAML.writeValueAsString(tree)))
          .as(path)
          .singleElement()
          .satisfies(it -> assertThat(it).startsWith(path + ": missing; ").endsWith(" is needed"));
    }
  }

  @Test
  void everyKeyThatIsMisspeltIsUnknownAndMissed() throws IOException {
    for (String path : leavesOf("", tree()).keySet()) {
      ObjectNode tree = tree();
      ObjectNode parent = parentOf(tree, path);
      parent.set(lastOf(path) + "x", parent.remove(lastOf(path)));

      assertThat(problemsOf(YAML.writeValueAsString(tree)))
          .as(path)
          .hasSize(2)
          .contains(path + "x: unknown key")
          .anyMatch(it -> it.startsWith(path + ": missing; "));
    }
  }

  @Test
  void everyNumberHasARangeOnBothSides() throws IOException {
    for (Map.Entry<String, Object> leaf : leavesOf("", tree()).entrySet()) {
      for (int absurd : new int[] {-1, 99_999}) {
        if (leaf.getValue() instanceof Number) {
          assertThat(messagesWithout(leaf.getKey(), IntNode.valueOf(absurd)))
              .as(leaf.getKey())
              .anyMatch(it -> it.startsWith(leaf.getKey() + ": " + absurd + " is not "));
        }
      }
    }
  }

  @Test
  void everyValueOfAWrongTypeIsOneProblem() throws IOException {
    for (Map.Entry<String, Object> leaf : leavesOf("", tree()).entrySet()) {
      if (!Set.of("id", "version").contains(leaf.getKey())) {
        assertThat(messagesWithout(leaf.getKey(), TextNode.valueOf("soon")))
            .as(leaf.getKey())
            .singleElement()
            .satisfies(it -> assertThat(it).startsWith(leaf.getKey() + ": soon is a text; "));
      }
    }
  }

  @Test
  void aKeyThatStandsTwiceIsRefusedAtEveryLevel() {
    String text = GuidelineEditions.standard().text();

    assertThat(
            problemsOf(
                text.replace("  goodAboveKps: 70 ", "  goodAboveKps: 60\n  goodAboveKps: 70 ")))
        .containsExactly("status.goodAboveKps: this key stands here twice");
    assertThat(problemsOf(text + "flow: {validDays: 56}\n"))
        .containsExactly("flow: this key stands here twice");
  }

  @Test
  void aSectionThatIsMissingIsOneProblem() throws IOException {
    ObjectNode tree = tree();
    tree.remove("schedules");

    assertThat(problemsOf(YAML.writeValueAsString(tree)))
        .containsExactly("schedules: missing; a section of keys is needed");
  }

  @Test
  void anUnknownKeyIsQuotedWhenItIsNoPlainWord() {
    assertThat(problemsOf(GuidelineEditions.standard().text() + "\"a b\\t\": 1\n<<: 2\n"))
        .containsExactly("['a b?']: unknown key", "['<<']: unknown key");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    String text =
        GuidelineEditions.standard()
            .text()
            .replace("goodAboveKps: 70", "goodAboveKps: 75")
            .replace("validDays: 56", "validDays: soon")
            .replace("doseMg: 15.0", "doseMilligrams: 15.0")
            .replace("[meninges", "[Meninges");

    EditionException refused = refused(text);

    assertThat(refused)
        .hasMessage(
            """
            guideline edition site.yaml: 5 problems
              status.goodAboveKps: 75 is not a multiple of 10 in 60..90 (poorBelowKps is 70)
              flow.validDays: soon is a text; a whole number in 1..365 is needed
              intrathecal.doseMg: missing; a number in 1..15 is needed
              intrathecal.doseMilligrams: unknown key
              vocabulary.meningealSites[0]: Meninges is not lower-case words with single spaces, at most 60 characters\
            """);
    assertThat(refused.problems())
        .contains(new Problem("intrathecal.doseMilligrams", "unknown key"));
  }

  @Test
  void veryManyProblemsAreCounted() {
    StringBuilder text = new StringBuilder(GuidelineEditions.standard().text());
    for (int i = 0; i < 150; i++) {
      text.append("key").append(i).append(": 1\n");
    }

    EditionException refused = refused(text.toString());

    assertThat(refused.problems()).hasSize(150);
    assertThat(refused).hasMessageContaining("150 problems").hasMessageEndingWith("and 50 more");
    assertThat(refused.toString().lines()).hasSize(102);
  }

  // --- files ---------------------------------------------------------------------------------

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                  | the file is empty",
        "~# nothing~         | the file is empty",
        "~- csf~             | the file is a list; a section of keys is needed",
        "~lm-nsclc~          | the file is a text; a section of keys is needed",
        "~id: [lm~           | not readable as YAML",
        "~id: 'lm~           | not readable as YAML",
        "~id: a: b~          | not readable as YAML (line 1, column 6)",
        "~\t- id~            | not readable as YAML",
      })
  void whatIsNoEditionIsToldAsAWhole(String text, String message) {
    assertThat(problemsOf(text))
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith(message));
  }

  @Test
  void nestingWithoutEndIsNotFollowed() {
    assertThat(problemsOf("id: " + "[".repeat(200_000)))
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("not readable as YAML"));
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(problemsOf(GuidelineEditions.standard().text() + "---\nid: other\n"))
        .containsExactly("there is a second document; an edition is one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flow: &days {validDays: 56}", "flow: !site {validDays: 56}", "flow: *days"})
  void anchorsAliasesAndTagsAreRefused(String flow) {
    String text =
        GuidelineEditions.standard().text().replaceFirst("(?m)^flow:\n  validDays.*$", "");

    assertThat(problemsOf(text + flow + "\n"))
        .anyMatch(
            it ->
                it.equals(
                    "flow: anchors, aliases and tags are not used here; write the value itself"));
  }

  /** Nothing is shown twice, and each is shown where it stands. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~id: ~|~id: &name ~|id",
        "~id: ~|~&name id: ~|id",
        "~id: ~|~id: !!str ~|id",
        "~id: ~|~!!str id: ~|id",
        "~firstMri: {~|~firstMri: &first {~|schedules.firstMri",
        "~firstMri: {~|~&first firstMri: {~|schedules.firstMri",
        "~firstMri: {target: ~|~firstMri: {target: &days ~|schedules.firstMri.target",
        "~firstMri: {target: ~|~firstMri: {&days target: ~|schedules.firstMri.target",
        "~Tesla: [1.5~|~Tesla: &strengths [1.5~|imaging.fieldStrengthsTesla",
        "~Tesla: [1.5~|~Tesla: [&low 1.5~|imaging.fieldStrengthsTesla[0]",
        "~[1.5, 3.0]~|~[1.5, !!float 3.0]~|imaging.fieldStrengthsTesla[1]",
      })
  void anchorsOfValuesAndKeysAreRefused(String text, String marked, String path) {
    String standard = GuidelineEditions.standard().text();
    assertThat(standard).containsOnlyOnce(text);

    assertThat(problemsOf(standard.replace(text, marked)))
        .containsExactly(
            path + ": anchors, aliases and tags are not used here; write the value itself");
  }

  @Test
  void anAnchorOfAnItemInALineOfItsOwnIsRefused() {
    String standard = GuidelineEditions.standard().text();
    String list = "fieldStrengthsTesla: [1.5, 3.0]";
    assertThat(standard).containsOnlyOnce(list);

    assertThat(
            problemsOf(standard.replace(list, "fieldStrengthsTesla:\n    - 1.5\n    - &high 3.0")))
        .containsExactly(
            "imaging.fieldStrengthsTesla[1]: anchors, aliases and tags are not used here; write the"
                + " value itself");
  }

  @Test
  void moreThanOneMegabyteIsRefused() {
    String text = GuidelineEditions.standard().text();
    String comment = "#".repeat(GuidelineEditions.MAXIMUM_BYTES - text.length() - 1) + "\n";

    assertThat(read(text + comment).parameters())
        .isEqualTo(GuidelineEditions.standard().parameters());
    assertThat(problemsOf(text + "#" + comment)).containsExactly("more than 1048576 bytes");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] latin = "id: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
            catchThrowableOfType(
                EditionException.class, () -> GuidelineEditions.read("site.yaml", latin)))
        .hasMessage("guideline edition site.yaml: not UTF-8 text");
    assertThat(problemsOf("\uFEFF" + GuidelineEditions.standard().text()))
        .containsExactly("starts with a byte order mark; save it as UTF-8 without one");
  }

  @Test
  void anEditionIsLoadedFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("site.yaml");
    Files.writeString(file, GuidelineEditions.standard().text().replace("\n", "\r\n"));

    assertThat(GuidelineEditions.load(file.toString())).isEqualTo(GuidelineEditions.standard());
  }

  @Test
  void aPathWithoutAFileNamesTheShippedEditions(@TempDir Path directory) {
    assertThat(loadRefused("lm-nslc"))
        .hasMessage(
            "guideline edition lm-nslc: no such file; shipped editions are lm-nsclc,"
                + " lm-nsclc-strict");
    assertThat(loadRefused("")).hasMessageContaining("no such file");
    assertThat(loadRefused("a\0b")).hasMessage("guideline edition a?b: not a path of a file");
    assertThat(loadRefused(directory.toString())).hasMessageEndingWith(": this is a directory");
  }

  /** A case file given by mistake holds a patient: its values are in no message. */
  @Test
  void aFileOfAnotherKindIsNotRepeated() {
    EditionException refused =
        refused(
            "{\"case\": \"MARK-1\", \"patient\": \"MARK-2\", \"facts\": [{\"agent\":"
                + " \"MARK-3\"}]}");

    assertThat(refused.getMessage())
        .contains("facts: unknown key", "csf: missing")
        .doesNotContain("MARK");
    assertThat(refused("patient: \"MARK-2\nfacts: MARK-3: {").getMessage()).doesNotContain("MARK");
  }

  /** Whatever is done to a file, it loads or is refused: nothing else comes out. */
  @Property(tries = 2000)
  void aDamagedFileLoadsOrIsRefused(
      @ForAll @IntRange(max = 7_000) int at,
      @ForAll @IntRange(max = 20) int cut,
      @ForAll char put) {
    StringBuilder text = new StringBuilder(GuidelineEditions.standard().text());
    int from = Math.min(at, text.length());
    text.replace(from, Math.min(text.length(), from + cut), String.valueOf(put));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    try {
      assertThat(GuidelineEditions.read("damaged", bytes).hash()).matches("[0-9a-f]{64}");
    } catch (EditionException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }

  // --- helpers -------------------------------------------------------------------------------

  private static Guideline read(String text) {
    return GuidelineEditions.read("site.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static EditionException refused(String text) {
    EditionException refused = catchThrowableOfType(EditionException.class, () -> read(text));
    assertThat(refused).as("the edition was accepted").isNotNull();
    return refused;
  }

  private static double number(Map<String, Object> leaves, String path) {
    return ((Number) Objects.requireNonNull(leaves.get(path))).doubleValue();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return String.format(Locale.ROOT, "%064x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static EditionException loadRefused(String idOrPath) {
    return catchThrowableOfType(EditionException.class, () -> GuidelineEditions.load(idOrPath));
  }

  private static List<String> problemsOf(String text) {
    return refused(text).problems().stream().map(Problem::toString).toList();
  }

  /** The standard edition as a tree, as Jackson reads it. */
  private static ObjectNode tree() throws IOException {
    return (ObjectNode) YAML.readTree(GuidelineEditions.standard().text());
  }

  /**
   * The standard edition in JSON, which is YAML too, with one value as it would be written in YAML.
   */
  private static String with(String path, String value) throws IOException {
    ObjectNode tree = tree();
    parentOf(tree, path).put(lastOf(path), "HERE");
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(tree)
        .replace("\"HERE\"", value);
  }

  private static List<String> messagesWithout(String path, JsonNode replacement)
      throws IOException {
    ObjectNode tree = tree();
    parentOf(tree, path).set(lastOf(path), replacement);
    return problemsOf(YAML.writeValueAsString(tree));
  }

  private static ObjectNode parentOf(ObjectNode tree, String path) {
    ObjectNode parent = tree;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      parent = (ObjectNode) parent.required(keys[i]);
    }
    return parent;
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static Map<String, Object> leavesOf(String path, ObjectNode tree) {
    Map<String, Object> leaves = new TreeMap<>();
    tree.properties()
        .forEach(
            entry -> {
              String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              switch (entry.getValue()) {
                case ObjectNode section -> leaves.putAll(leavesOf(at, section));
                case ArrayNode list -> leaves.put(at, elements(list));
                case JsonNode value when value.isNumber() -> leaves.put(at, value.doubleValue());
                case JsonNode value -> leaves.put(at, value.asText());
              }
            });
    return leaves;
  }

  private static List<String> elements(ArrayNode list) {
    List<String> elements = new ArrayList<>();
    list.forEach(
        value ->
            elements.add(value.isNumber() ? String.valueOf(value.doubleValue()) : value.asText()));
    return elements.stream().sorted().toList();
  }

  /** The values of the records, by the names of their components. */
  private static Map<String, Object> leavesOf(Parameters parameters) {
    Map<String, Object> leaves = new TreeMap<>();
    addLeaves("", parameters, leaves);
    return leaves;
  }

  private static void addLeaves(String path, Record values, Map<String, Object> leaves) {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
      switch (valueOf(component, values)) {
        case Record section -> addLeaves(at, section, leaves);
        case Collection<?> list ->
            leaves.put(
                at,
                list.stream()
                    .map(it -> it instanceof Number n ? String.valueOf(n.doubleValue()) : "" + it)
                    .sorted()
                    .toList());
        case Number number -> leaves.put(at, number.doubleValue());
        case Object other -> leaves.put(at, other);
      }
    }
  }

  private static Object valueOf(RecordComponent component, Record values) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  // --- texts in journals ---------------------------------------------------------------------

  /** A parameter that the rules got later has a value written down for texts without it. */
  @Test
  void aJournaledTextWithoutAParameterOfTodayIsReadByWhatIsWrittenDownForIt() {
    String today = GuidelineEditions.standard().text();
    String older = today.replace("  validDays: 56               # G22\n", "  staleDays: 40\n");
    assertThat(older).isNotEqualTo(today);
    JournaledTexts texts =
        JournaledTexts.read("added: {flow: {validDays: 42}}\nremoved: {flow: {staleDays: 0}}\n");

    Guideline guideline =
        GuidelineEditions.readJournaled("older", older.getBytes(StandardCharsets.UTF_8), texts);

    assertThat(guideline.parameters().flow().validDays()).isEqualTo(42);
    assertThat(guideline.text()).isEqualTo(older);
    assertThat(guideline.hash()).isNotEqualTo(GuidelineEditions.standard().hash());
    assertThat(problemsOf(older))
        .anyMatch(problem -> problem.startsWith("flow.validDays: missing"));
  }

  @Test
  void whatAJournaledTextSaysItselfCounts() {
    JournaledTexts texts = JournaledTexts.read("added: {flow: {validDays: 42}}\nremoved: {}\n");
    Guideline standard = GuidelineEditions.standard();

    Guideline guideline =
        GuidelineEditions.readJournaled(
            "journal", standard.text().getBytes(StandardCharsets.UTF_8), texts);

    assertThat(guideline).isEqualTo(standard);
  }

  @ParameterizedTest
  @MethodSource("io.meninx.edition.GuidelineEditions#shipped")
  void textsOfTodayAreReadFromAJournalAsTheyAre(String id) {
    Guideline shipped = GuidelineEditions.load(id);

    assertThat(
            GuidelineEditions.readJournaled(
                "journal", shipped.text().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(shipped);
  }
}
