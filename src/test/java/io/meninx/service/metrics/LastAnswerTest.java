package io.meninx.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final LastAnswer answer = new LastAnswer(Duration.ofMinutes(2), nanos::get);

  @Test
  void aNumberStandsUntilItIsTooOld() {
    assertThat(answer.value()).isNaN();

    answer.is(42);
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(answer.value()).isEqualTo(42);

    nanos.incrementAndGet();
    assertThat(answer.value()).isNaN();

    answer.is(43);
    assertThat(answer.value()).isEqualTo(43);
  }
}
