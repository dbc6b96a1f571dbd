package io.meninx.wire;

import io.meninx.journal.Sha256;
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
 * @param reasonClass name of the {@link PoisonReason.Kind}; empty when the engine did not say
 * @param omitted set when the input is too large to be copied; then there is no key, value or
 *     header here
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
    String engineVersion,
    String reasonClass,
    Optional<Omitted> omitted) {

  /**
   * Largest input, key, value and headers together, whose bytes are copied. Above what a broker
   * takes by default (1 MiB), so that bytes are missing only where a topic was opened for more.
   */
  public static final int MAX_COPIED_BYTES = 3 * 512 * 1024;

  /**
   * Largest record of the topic dead-letters: {@code max.message.bytes} of the topic and {@code
   * max.request.size} of its producer may not be less. Key and value of a small input are in it,
   * and a small key once more as key of the record.
   */
  public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

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

  /**
   * What stands for bytes that are too many to be copied: they are where they were, at the
   * coordinates of the input, for as long as its topic keeps them.
   *
   * @param length of key, value and headers together, bytes
   * @param key hash; absent when there was no key
   * @param value hash; absent when there was no value
   */
  public record Omitted(long length, Optional<Sha256> key, Optional<Sha256> value) {}

  @Override
  public String toString() {
    return "DeadLetter[" + reason + ", " + topic + "-" + partition + "@" + offset + ", redacted]";
  }
}
