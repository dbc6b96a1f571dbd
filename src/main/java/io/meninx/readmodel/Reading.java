package io.meninx.readmodel;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/** Is told how the read model reads, for metrics. Must neither block nor throw. */
public interface Reading {
  /** Looks at nothing. */
  Reading NONE = new Reading() {};

  /**
   * A revision of an alert can be read by those who read committed records. Told from when the read
   * model first had read everything there was: before that, old ones are read again.
   *
   * @param sinceReceipt from the record time of the input or tick its partition had read last when
   *     it decided, to now; two clocks, so a little below zero may be
   */
  default void alertReadable(Duration sinceReceipt) {}

  /**
   * A client was made.
   *
   * @return is run before it is closed
   */
  default Runnable opened(Consumer<byte[], byte[]> client) {
    return () -> {};
  }
}
