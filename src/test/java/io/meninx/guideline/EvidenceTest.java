package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * One alert of a patient with thousands of doses: its journal entry must not outgrow its topic.
   */
  @Test
  void ofVeryManyPiecesThoseInTheMiddleAreOnlyCounted() {
    List<Evidence> many = IntStream.range(0, 5_000).mapToObj(EvidenceTest::piece).toList();

    Reason reason = Reason.met(new RuleRef("S2", List.of("S2")), many);

    assertThat(reason.evidence()).hasSize(200);
    assertThat(reason.evidence().subList(0, 99)).isEqualTo(many.subList(0, 99));
    assertThat(reason.evidence().get(99).factId()).isEqualTo("r99");
    assertThat(reason.evidence().get(99).value()).isEqualTo("(and 4800 more) action=GIVEN");
    assertThat(reason.evidence().subList(100, 200)).isEqualTo(many.subList(4_900, 5_000));
    assertThat(Reason.met(reason.rule(), many.subList(0, 200)).evidence())
        .isEqualTo(many.subList(0, 200));
  }

  /** Alerts by the dozen may rest on the same acts, and go into one journal entry. */
  @Test
  void ofLongPiecesTooThoseInTheMiddleAreOnlyCounted() {
    List<Evidence> many =
        IntStream.range(0, 150).mapToObj(i -> piece(i, "腫".repeat(1_000))).toList();

    Reason reason = Reason.met(new RuleRef("S2", List.of("S2")), many);

    int size = reason.evidence().size();
    assertThat(reason.evidence().stream().mapToInt(EvidenceTest::utf8).sum())
        .isBetween(28 * 1024, 32 * 1024 + 20);
    assertThat(reason.evidence().getFirst()).isEqualTo(many.getFirst());
    assertThat(reason.evidence().getLast()).isEqualTo(many.getLast());
    assertThat(reason.evidence())
        .filteredOn(piece -> piece.value().startsWith("(and " + (150 - size) + " more) "))
        .hasSize(1);
  }

  @Test
  void twoHundredPiecesOfTheUsualLengthAreKept() {
    List<Evidence> many = IntStream.range(0, 200).mapToObj(i -> piece(i, "é".repeat(75))).toList();

    assertThat(Reason.met(new RuleRef("S2", List.of("S2")), many).evidence()).isEqualTo(many);
  }

  @Test
  void itsLengthIsThatOfItsTextsInUtf8() {
    Evidence piece = piece(7, "aé腫\uD83E\uDDE0");

    assertThat(piece.bytes()).isEqualTo(utf8(piece));
  }

  private static int utf8(Evidence piece) {
    return (piece.factId() + piece.value()).getBytes(StandardCharsets.UTF_8).length;
  }

  private static Evidence piece(int number, String value) {
    return new Evidence(
        "r" + number, FactKind.TREATMENT, value, ResultStatus.FINAL, ObservedAt.at(Facts.noon(0)));
  }

  private static Evidence piece(int number) {
    return new Evidence(
        "r" + number,
        FactKind.TREATMENT,
        "action=GIVEN",
        ResultStatus.FINAL,
        ObservedAt.at(Facts.noon(0)));
  }

  @Test
  void aCharacterIsNotCutInTwo() {
    String cut = value("x".repeat(998) + "\uD83E\uDDE0" + "x");

    assertThat(cut).isEqualTo("x".repeat(998) + "…");
  }
}
