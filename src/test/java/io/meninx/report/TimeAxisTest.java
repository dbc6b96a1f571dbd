package io.meninx.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAxisTest {
  private static final Instant FROM = Instant.parse("2025-01-10T06:30:00Z");

  private static TimeAxis axis(Duration length) {
    return new TimeAxis(FROM, FROM.plus(length), 100, 200);
  }

  @Test
  void timesBeyondTheEdgesAreAtTheEdges() {
    TimeAxis axis = axis(Duration.ofDays(10));

    assertThat(axis.x(FROM.plus(Duration.ofDays(5)))).isCloseTo(150, within(0.001));
    assertThat(axis.x(FROM.minus(Duration.ofDays(5_000)))).isEqualTo(100);
    assertThat(axis.x(FROM.plus(Duration.ofDays(5_000)))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT30M", "PT5H", "P1D", "P9D", "P40D", "P200D", "P900D", "P4000D", "P40000D"})
  void ticksAreFewRoundAndInside(String length) {
    TimeAxis axis = axis(Duration.parse(length));
    List<TimeAxis.Tick> ticks = axis.ticks();

    assertThat(ticks).hasSizeBetween(1, 11);
    assertThat(ticks)
        .extracting(TimeAxis.Tick::at)
        .isSorted()
        .allMatch(at -> !at.isBefore(axis.from()) && !at.isAfter(axis.to()));
    assertThat(ticks).extracting(TimeAxis.Tick::label).doesNotHaveDuplicates();
  }

  @Test
  void monthsBeginOnTheFirst() {
    assertThat(axis(Duration.ofDays(200)).ticks())
        .extracting(TimeAxis.Tick::label)
        .startsWith("2025-02", "2025-03");
  }
}
