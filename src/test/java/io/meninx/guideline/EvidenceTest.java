package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static String value(String value) {
    return new Evidence(
            "r", FactKind.TREATMENT, value, ResultStatus.FINAL, ObservedAt.at(Facts.noon(0)))
        .value();
  }

  @Test
  void whatFitsIsWhatWasSaid() {
    String longest = "x".repeat(1_000);

    assertThat(value(longest)).isEqualTo(longest);
  }

  /** An alert may rest on as many facts as a patient has, and has to be sent. */
  @Test
  void whatIsLongerIsCutAndSaysSo() {
    assertThat(value("x".repeat(1_001))).isEqualTo("x".repeat(999) + "…");
  }

  @Test
  void aCharacterIsNotCutInTwo() {
    String cut = value("x".repeat(998) + "\uD83E\uDDE0" + "x");

    assertThat(cut).isEqualTo("x".repeat(998) + "…");
  }
}
