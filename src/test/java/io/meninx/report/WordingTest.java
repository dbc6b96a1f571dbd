package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.report.DivergenceSection.Common;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "MRI_DUE,MRI due",
    "MDT_REVIEW_NEEDED G17,MDT review needed G17",
    "BIOPSY_NEEDED,Biopsy needed",
    "THIRD_GENERATION_EGFR_TKI,Third generation EGFR TKI"
  })
  void aCodeIsReadAsWords(String code, String words) {
    assertThat(Wording.code(code)).isEqualTo(words);
  }

  @Test
  void anEventIsReadAsTypeAndCode() {
    assertThat(Wording.event("RECOMMENDATION_ISSUED MDT_REVIEW G1"))
        .isEqualTo("Recommendation issued: MDT review G1");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,same time",
    "P4D,4 d later",
    "-P4D,4 d earlier",
    "P1DT2H30M,1 d 2 h later",
    "-PT90M,1 h 30 min earlier",
    "PT1S,1 s later",
    "PT0.5S,less than 1 s later"
  })
  void aShiftSaysHowMuchAndWhichWay(String shift, String words) {
    assertThat(Wording.shift(Duration.parse(shift))).isEqualTo(words);
  }

  @Test
  void secondsAreWrittenOnlyWhenThereAreAny() {
    assertThat(Wording.time(Instant.parse("2025-01-02T03:04:00Z"))).isEqualTo("2025-01-02 03:04");
    assertThat(Wording.time(Instant.parse("2025-01-02T03:04:05Z")))
        .isEqualTo("2025-01-02 03:04:05");
  }

  @Test
  void aCutNeverHalvesACharacter() {
    assertThat(Wording.cut("ab\uD83E\uDE7Acd", 4)).isEqualTo("ab\u2026");
    assertThat(Wording.cut("abcd", 4)).isEqualTo("abcd");
  }

  @Test
  void whatTwoTextsShareIsWholeWords() {
    String one = "KPS 70 on day 3; missing";
    String other = "KPS 75 on day 3; missing";

    assertThat(Common.of(one, other)).isEqualTo(new Common(4, " on day 3; missing".length()));
    assertThat(Common.of("a", "a b")).isEqualTo(new Common(1, 0));
    assertThat(Common.of("same", "same")).isEqualTo(new Common(4, 0));
  }
}
