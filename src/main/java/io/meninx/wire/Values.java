package io.meninx.wire;

import io.meninx.fact.Tri;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Single values between their two forms: null in Avro is absent or unknown in the core, and nothing
 * else is.
 */
final class Values {
  private Values() {}

  /**
   * A text. Bytes that are no UTF-8 are poison and not replaced: two different ids would become
   * one.
   *
   * @throws PoisonRecordException MALFORMED_TEXT
   */
  static String text(CharSequence value, String field) throws PoisonRecordException {
    if (!(value instanceof Utf8 utf8)) {
      return value.toString();
    }
    byte[] bytes = utf8.getBytes();
    int length = utf8.getByteLength();
    return isAscii(bytes, length)
        ? new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
        : decode(bytes, length, field);
  }

  private static boolean isAscii(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("UnusedException") // Its message is about the text.
  private static String decode(byte[] bytes, int length, String field)
      throws PoisonRecordException {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new PoisonRecordException(PoisonReason.MALFORMED_TEXT, field);
    }
  }

  static Optional<String> optional(@Nullable CharSequence value, String field)
      throws PoisonRecordException {
    return value == null ? Optional.empty() : Optional.of(text(value, field));
  }

  static List<String> texts(List<CharSequence> values, String field) throws PoisonRecordException {
    List<String> texts = new ArrayList<>(values.size());
    for (CharSequence value : values) {
      texts.add(text(value, field));
    }
    return texts;
  }

  /** Reads a list item by item. */
  static <W, C> List<C> list(List<W> values, Reading<W, C> reading) throws PoisonRecordException {
    List<C> read = new ArrayList<>(values.size());
    for (W value : values) {
      read.add(reading.read(value));
    }
    return read;
  }

  /** Reads a value that may be null. */
  static <W, C> Optional<C> optional(@Nullable W value, Reading<W, C> reading)
      throws PoisonRecordException {
    return value == null ? Optional.empty() : Optional.of(reading.read(value));
  }

  static Tri tri(@Nullable Boolean value) {
    return value == null ? Tri.UNKNOWN : Tri.of(value);
  }

  static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** Negative zero becomes zero: they are the same amount, and must be the same content. */
  static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value + 0.0);
  }

  static @Nullable Boolean nullable(Tri value) {
    return switch (value) {
      case YES -> Boolean.TRUE;
      case NO -> Boolean.FALSE;
      case UNKNOWN -> null;
    };
  }

  static @Nullable Integer nullable(OptionalInt value) {
    return value.isPresent() ? (Integer) value.getAsInt() : null;
  }

  static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? (Double) (value.getAsDouble() + 0.0) : null;
  }

  static List<CharSequence> sequences(List<String> values) {
    return new ArrayList<>(values);
  }

  /** Reads one value; poison names its own field. */
  @FunctionalInterface
  interface Reading<W, C> {
    C read(W value) throws PoisonRecordException;
  }
}
