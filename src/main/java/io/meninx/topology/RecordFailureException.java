package io.meninx.topology;

import java.io.Serial;

/**
 * The program failed on one record: a bug. Nothing of it was written; started again, the stream
 * comes to the same record, unless an operator puts it aside. The message has no content of it.
 */
public final class RecordFailureException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long offset;

  RecordFailureException(String topic, int partition, long offset, RuntimeException cause) {
    super("Failed on " + topic + ":" + partition + ":" + offset, cause);
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }

  /** The record, as {@code --skip} takes it: TOPIC:PARTITION:OFFSET, without the prefix. */
  public String coordinates() {
    return topic + ":" + partition + ":" + offset;
  }
}
