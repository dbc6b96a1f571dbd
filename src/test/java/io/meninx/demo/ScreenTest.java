package io.meninx.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.casefile.CaseFile;
import io.meninx.explain.Words;
import io.meninx.fact.FactKind;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.RuleRef;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScreenTest {

  private final StringWriter text = new StringWriter();
  private final CaseFile file =
      CaseFile.read(
          "c.json",
          "{'case':'case-01','facts':[{'kind':'CSF','day':0,'cytology':'NEGATIVE','volumeMl':4}]}"
              .replace('\'', '"')
              .getBytes(StandardCharsets.UTF_8));

  @Test
  void aLineSaysWhenWhoWhatAndWhy() {
    Screen screen = new Screen(new PrintWriter(text), false, 120);

    screen.arrived(file, file.arrivals().getFirst());
    screen.decided(file, event(EventType.CLASSIFICATION_CHANGED, "IIA/PROBABLE"));

    assertThat(text.toString().lines())
        .containsExactly(
            "2025-01-01 12:00  case-01   + CSF  cytology negative, 4 mL",
            "                              classified IIA/PROBABLE  S3; 2025-01-01 pattern=LINEAR;"
                + " missing: PERFORMANCE.kps");
  }

  @Test
  void noLineIsLongerThanTheTerminalIsWide() {
    Screen screen = new Screen(new PrintWriter(text), false, 60);

    screen.decided(
        file, event(EventType.RECOMMENDATION_ISSUED, "PLATINUM_CHEMOTHERAPY_CNS_ACTIVE"));
    screen.decided(file, event(EventType.CLASSIFICATION_CHANGED, "IIA"));

    assertThat(text.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(61));
  }

  @Test
  void escapeSequencesAreOnlyUsedWhenColourMayBe() {
    new Screen(new PrintWriter(text), false, 80).heading("h");
    assertThat(text.toString()).doesNotContain("\u001b");

    new Screen(new PrintWriter(text), true, 80).heading("h");
    assertThat(text.toString()).contains("\u001b[1mh\u001b[0m");
  }

  @Test
  void controlCharactersOfACaseNeverReachTheTerminal() {
    assertThat(Screen.cut("a\u001b[2Jb", 80)).isEqualTo("a [2Jb");
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void noEventIsWordedAsAnOrder(EventType type) {
    assertThat(Words.of(event(type, "X")).toLowerCase(Locale.ROOT))
        .doesNotContain("must", "should", "give ", "do not", "start ");
  }

  private static PathwayEvent event(EventType type, String code) {
    return new PathwayEvent(
        "e",
        type,
        code,
        Instant.parse("2025-01-01T12:00:00Z"),
        RuleRef.of("S3"),
        Outcome.MET,
        List.of(
            new Evidence(
                "f",
                FactKind.IMAGING,
                "pattern=LINEAR",
                ResultStatus.FINAL,
                ObservedAt.day(LocalDate.parse("2025-01-01")))),
        List.of("PERFORMANCE.kps"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
