package io.meninx.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class JournalSizeTest {
  private final LastAnswer records = new LastAnswer(Duration.ofMinutes(2), () -> 0);

  /** The thread that asks would end, and nobody be told. */
  @Test
  void whateverGoesWrongItCanBeAskedAgain() throws InterruptedException {
    JournalSize.ask(() -> failing(new ExecutionException(new KafkaException("away"))), records);
    JournalSize.ask(() -> failing(new TimeoutException()), records);
    JournalSize.ask(
        () -> {
          throw new IllegalStateException("a fault");
        },
        records);
    assertThat(records.value()).isNaN();

    JournalSize.ask(() -> 17, records);

    assertThat(records.value()).isEqualTo(17);
  }

  private static <E extends Exception> long failing(E failure) throws E {
    throw failure;
  }
}
