package io.meninx.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An input that was not kept, with its untouched bytes. The bytes may hold anything, patient data
 * included; the other fields hold none. Prints redacted.
 *
 * @param reason code, for instance UNRECOGNIZED_ENUM
 * @param field path of the field at fault, never its value
 * @param topic without the prefix
 * @param partition of the input
 * @param offset of the input
 * @param recordTimestamp the broker's append time, milliseconds
 * @param at logical time of the partition; absent before its first tick
 * @param key raw key; absent when there was none; not copied, do not change it
 * @param value raw value; absent when there was none; not copied, do not change it
 * @param headers raw, in order
 * @param engineVersion of the engine that refused it
 */
public record DeadLetter(
    String reason,
    Optional<String> field,
    String topic,
    int partition,
    long offset,
    Instant recordTimestamp,
    Optional<Instant> at,
    Optional<byte[]> key,
    Optional<byte[]> value,
    List<Header> headers,
    String engineVersion) {

  public DeadLetter {
    headers = List.copyOf(headers);
  }

  /**
   * A header of the input.
   *
   * @param name may hold anything
   * @param value raw; absent when it had none; not copied, do not change it
   */
  public record Header(String name, Optional<byte[]> value) {
    @Override
    public String toString() {
      return "Header[redacted]";
    }
  }

  @Override
  public String toString() {
    return "DeadLetter[" + reason + ", " + topic + "-" + partition + "@" + offset + ", redacted]";
  }
}
