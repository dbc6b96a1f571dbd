package io.meninx.topology;

import io.meninx.wire.Failures;
import java.io.Serial;

/**
 * The program failed on one record: a bug. Nothing of it was written; started again, the stream
 * comes to the same record, unless an operator puts it aside.
 *
 * <p>Says which record, and the fault by class and line, never what the fault said: messages of
 * exceptions quote values, and Kafka Streams logs them with all causes (invariant 9). So it has no
 * cause, and the stack trace of the fault as its own.
 */
public final class RecordFailureException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long offset;
  private final String fault;

  /**
   * Of a record.
   *
   * @param topic without the prefix
   * @param partition of the topic
   * @param offset in the partition
   * @param fault what was thrown
   */
  public RecordFailureException(String topic, int partition, long offset, Throwable fault) {
    super(
        "Failed on " + topic + ":" + partition + ":" + offset + ": " + Failures.told(fault),
        null,
        false,
        true);
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.fault = Failures.told(fault);
    setStackTrace(fault.getStackTrace());
  }

  /** The record, as {@code --skip} takes it: TOPIC:PARTITION:OFFSET, without the prefix. */
  public String coordinates() {
    return topic + ":" + partition + ":" + offset;
  }

  /** The fault: classes and place. */
  public String fault() {
    return fault;
  }
}
