package io.meninx.topology;

import io.meninx.wire.Topic;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read: untouched bytes and where they stood.
 *
 * @param topic it came from
 * @param partition of the topic
 * @param offset in the partition
 * @param timestamp record time: the broker's append time, milliseconds
 * @param key raw
 * @param value raw
 * @param headers raw
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes of a record; nobody compares it.
record InputRecord(
    Topic topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /** Lengths and presence, as in a dead letter. */
  private static final long HEADER_BYTES = 8;

  InputRecord {
    headers = List.copyOf(headers);
  }

  /** Of key, value and headers together, bytes; a header without content takes some too. */
  long length() {
    long length = (long) length(key) + length(value);
    for (Header header : headers) {
      length += HEADER_BYTES + Utils.utf8Length(header.name()) + length(header.value());
    }
    return length;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /**
   * A header of a record.
   *
   * @param name may hold anything
   * @param value raw
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Header(String name, byte @Nullable [] value) {
    @Override
    public String toString() {
      return "Header[redacted]";
    }
  }

  @Override
  public String toString() {
    return "InputRecord[" + topic.baseName() + ":" + partition + ":" + offset + ", redacted]";
  }
}
