package io.meninx.wire;

import java.time.Instant;
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
    String engineVersion) {
  @Override
  public String toString() {
    return "DeadLetter[" + reason + ", " + topic + "-" + partition + "@" + offset + ", redacted]";
  }
}
