package io.meninx.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void moreTimeIsWorse() {
    Comparison.Change change = change("ms", Optional.empty(), List.of(10.0, 11.0), List.of(20.0));

    assertThat(change.isRegression()).isTrue();
    assertThat(change.line()).endsWith("REGRESSION");
  }

  @Test
  void fewerInputsASecondAreWorse() {
    assertThat(change("inputs/s", Optional.empty(), List.of(900.0, 1000.0), List.of(500.0)))
        .matches(Comparison.Change::isRegression);
    assertThat(change("inputs/s", Optional.empty(), List.of(900.0, 1000.0), List.of(2000.0)))
        .matches(change -> !change.isRegression() && change.worseBy() < 0);
  }

  @Test
  void theBarSaysWhichWayARatioIsGood() {
    Optional<Bar> atLeast = Optional.of(Bar.atLeast(0.5));
    assertThat(change("", atLeast, List.of(0.8), List.of(0.6)).isRegression()).isTrue();
    assertThat(change("", atLeast, List.of(0.6), List.of(0.8)).isRegression()).isFalse();
  }

  @Test
  void whatTheRoundsScatterIsNoRegression() {
    assertThat(change("ms", Optional.empty(), List.of(5.0, 10.0, 21.0), List.of(20.0)))
        .matches(change -> !change.isRegression());
    assertThat(change("ms", Optional.empty(), List.of(10.0), List.of(11.0)))
        .matches(change -> !change.isRegression());
  }

  private static Comparison.Change change(
      String unit, Optional<Bar> bar, List<Double> before, List<Double> after) {
    return new Comparison.Change(
        "row", new Figure("a", unit, before, bar), new Figure("a", unit, after, bar));
  }
}
