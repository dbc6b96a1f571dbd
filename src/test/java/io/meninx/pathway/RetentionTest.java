package io.meninx.pathway;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.Guideline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What is kept of a long history decides as the whole of it does (invariant 10): every decision is
 * compared with one over all facts ever received. It holds for every edition that can be loaded,
 * not for the shipped ones alone: so also for those at the ends of what parameters may be.
 */
class RetentionTest {

  /** Each with the values that say how far back a rule looks. */
  private enum Edition {
    STANDARD(Map.of()),
    STRICT(Map.of()),
    FORGETFUL(
        Map.ofEntries(
            entry("pastActDays", "1"),
            entry("holdDays", "1"),
            entry("maximumAgeHours", "1"),
            entry("validDays", "1"),
            entry("kpsValidDays", "1"),
            entry("poorBelowDays", "1"),
            entry("examinationDays", "0"),
            entry("signsBeforeOpeningDays", "0"),
            entry("baselineExamBeforeDays", "0"),
            entry("kpsOverdueDays", "1"),
            entry("kpsCriticalDays", "1"))),
    REMEMBERING(
        Map.ofEntries(
            entry("pastActDays", "365"),
            entry("holdDays", "30"),
            entry("maximumAgeHours", "336"),
            entry("validDays", "365"),
            entry("kpsValidDays", "90"),
            entry("poorBelowDays", "365"),
            entry("examinationDays", "60"),
            entry("signsBeforeOpeningDays", "365"),
            entry("baselineExamBeforeDays", "90"),
            entry("courseSilentDays", "365"),
            entry("kpsOverdueDays", "90"),
            entry("kpsCriticalDays", "180")));

    private final Map<String, String> values;

    Edition(Map<String, String> values) {
      this.values = values;
    }

    Guideline guideline() {
      if (this == STRICT) {
        return GuidelineEditions.load("lm-nsclc-strict");
      }
      String text = GuidelineEditions.standard().text();
      for (Map.Entry<String, String> value : values.entrySet()) {
        String other =
            text.replaceFirst(
                "(?m)^  " + value.getKey() + ": \\S+",
                "  " + value.getKey() + ": " + value.getValue());
        assertThat(other).as(value.getKey()).isNotEqualTo(text);
        text = other;
      }
      return GuidelineEditions.read(name(), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Provide
  Arbitrary<List<Histories.Line>> years() {
    return Histories.overYears();
  }

  @Property(tries = 12, seed = "7", shrinking = ShrinkingMode.OFF)
  void thinnedReportsDecideAsAllReportsDo(
      @ForAll Edition edition, @ForAll("years") List<Histories.Line> lines) {
    List<StoredFact> facts = new ArrayList<>(Histories.facts(lines));
    facts.sort(Comparator.comparing(StoredFact::receivedAt));
    Patient patient = Invariants.holdFor(new Patient(edition.guideline(), Duration.ZERO));
    for (int i = 0; i < facts.size(); i++) {
      patient.arrive(facts.get(i).fact(), facts.get(i).receivedAt());
      if (i % 10 == 0) {
        Invariants.assertUnthinnedGivesTheSame(patient);
      }
    }

    assertThat(patient.state().factCount()).isGreaterThan(200);
    assertThat(patient.state().retained()).hasSizeLessThan(patient.state().factCount());
    assertThat(patient.state().frontier()).isPositive();
    for (int week = 1; week <= 20; week++) {
      patient.until(patient.now().plus(Duration.ofDays(7)));
      Invariants.assertUnthinnedGivesTheSame(patient);
    }
  }
}
