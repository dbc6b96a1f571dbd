package io.meninx.wire;

import io.meninx.fact.Tri;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary from an array and believes no length it reads there: a text, a fixed or a block
 * of items that is longer than the bytes left is an error before any memory is taken for it.
 * (Avro's own decoder allocates first, its limits are global system properties.) Any error is an
 * {@link AvroRuntimeException}.
 */
final class ByteDecoder extends Decoder {
  private byte[] bytes = {};
  private int position;
  private int end;

  ByteDecoder over(byte[] source, int offset, int length) {
    bytes = source;
    position = offset;
    end = offset + length;
    return this;
  }

  int remaining() {
    return end - position;
  }

  // Values of the core, as ByteEncoder writes them. Here and not around, so that they are as fast
  // as the rest.

  /** A text; bytes that are no UTF-8 are an error. */
  String text() {
    int length = length();
    String text = string(length);
    position += length;
    return text;
  }

  private String string(int length) {
    for (int i = position; i < position + length; i++) {
      if (bytes[i] < 0) {
        return decoded(length);
      }
    }
    return new String(bytes, position, length, StandardCharsets.ISO_8859_1);
  }

  @SuppressWarnings("UnusedException") // Its message is about the text.
  private String decoded(int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, position, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  Instant instant() {
    long micros = readLong();
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  <C extends Enum<C>> C code(Codes<?, C> codes) {
    return codes.at(readInt()).orElseThrow(ByteDecoder::broken);
  }

  Tri tri() {
    return present() ? Tri.of(readBoolean()) : Tri.UNKNOWN;
  }

  OptionalInt optionalInt() {
    return present() ? OptionalInt.of(readInt()) : OptionalInt.empty();
  }

  OptionalDouble optionalReal() {
    return present() ? OptionalDouble.of(readDouble()) : OptionalDouble.empty();
  }

  Optional<String> optionalText() {
    return present() ? Optional.of(text()) : Optional.empty();
  }

  Optional<Instant> optionalInstant() {
    return present() ? Optional.of(instant()) : Optional.empty();
  }

  <C extends Enum<C>> Optional<C> optionalCode(Codes<?, C> codes) {
    return present() ? Optional.of(code(codes)) : Optional.empty();
  }

  /** The branch of a union with null: whether a value follows. */
  boolean present() {
    int branch = readIndex();
    if (branch != 0 && branch != 1) {
      throw broken();
    }
    return branch == 1;
  }

  <T> List<T> list(Supplier<T> item) {
    long count = items();
    if (count == 0) {
      return List.of();
    }
    List<T> list = new ArrayList<>((int) count);
    for (; count != 0; count = items()) {
      for (long i = 0; i < count; i++) {
        list.add(item.get());
      }
    }
    return list;
  }

  void each(Runnable item) {
    for (long count = items(); count != 0; count = items()) {
      for (long i = 0; i < count; i++) {
        item.run();
      }
    }
  }

  /** Nothing may follow. */
  void end() {
    if (remaining() > 0) {
      throw broken();
    }
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() {
    byte value = next();
    if (value != 0 && value != 1) {
      throw broken();
    }
    return value == 1;
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw broken();
    }
    return (int) value;
  }

  @Override
  public long readLong() {
    long raw = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte part = next();
      raw |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return raw >>> 1 ^ -(raw & 1);
      }
    }
    throw broken();
  }

  @Override
  public float readFloat() {
    return Float.intBitsToFloat((int) littleEndian(4));
  }

  @Override
  public double readDouble() {
    return Double.longBitsToDouble(littleEndian(8));
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) {
    int length = length();
    Utf8 text = old == null ? new Utf8() : old;
    text.setByteLength(length);
    System.arraycopy(bytes, position, text.getBytes(), 0, length);
    position += length;
    return text;
  }

  @Override
  public String readString() {
    int length = length();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  @Override
  public void skipString() {
    skipLength();
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) {
    byte[] copy = new byte[length()];
    readFixed(copy, 0, copy.length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() {
    skipLength();
  }

  /** Not {@code position += length()}: that takes the position from before the length was read. */
  private void skipLength() {
    int length = length();
    position += length;
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    need(length);
    System.arraycopy(bytes, position, target, start, length);
    position += length;
  }

  @Override
  public void skipFixed(int length) {
    need(length);
    position += length;
  }

  @Override
  public int readEnum() {
    return readInt();
  }

  @Override
  public int readIndex() {
    return readInt();
  }

  @Override
  public long readArrayStart() {
    return items();
  }

  @Override
  public long arrayNext() {
    return items();
  }

  @Override
  public long skipArray() {
    return skipBlocks();
  }

  @Override
  public long readMapStart() {
    return items();
  }

  @Override
  public long mapNext() {
    return items();
  }

  @Override
  public long skipMap() {
    return skipBlocks();
  }

  /**
   * Number of items in the next block. An item takes a byte or more, so there can't be more than
   * bytes left.
   */
  private long items() {
    long count = readLong();
    if (count < 0) {
      readLong(); // Length of the block in bytes: only of use for skipping.
      count = -count;
    }
    if (count < 0 || count > remaining()) {
      throw broken();
    }
    return count;
  }

  /**
   * Skips blocks that say their length; returns the number of items of the first that does not, 0
   * at the end.
   */
  private long skipBlocks() {
    long count = readLong();
    while (count < 0) {
      skipLength();
      count = readLong();
    }
    if (count > remaining()) {
      throw broken();
    }
    return count;
  }

  private int length() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw broken();
    }
    return (int) length;
  }

  private long littleEndian(int length) {
    need(length);
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | bytes[position + i] & 0xff;
    }
    position += length;
    return value;
  }

  private byte next() {
    need(1);
    return bytes[position++];
  }

  private void need(int length) {
    if (length < 0 || length > remaining()) {
      throw broken();
    }
  }

  private static AvroRuntimeException broken() {
    return new AvroRuntimeException("the bytes are not what the schema says");
  }
}
