package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private long now = -1;
  private final Repeats repeats = new Repeats(Duration.ofMinutes(1), () -> now);

  @Test
  void eachIsToldAtOnceAndTheSameAgainAfterAWhile() {
    assertThat(repeats.isDue("one")).isTrue();
    assertThat(repeats.isDue("another")).isTrue();
    now += Duration.ofMinutes(1).toNanos() - 1;
    assertThat(repeats.isDue("one")).isFalse();
    now++;
    assertThat(repeats.isDue("one")).isTrue();
    assertThat(repeats.isDue("one")).isFalse();
  }
}
