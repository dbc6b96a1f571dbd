package io.meninx.wire;

import io.meninx.fact.Tri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Writes the primitives of Avro binary into an array that grows; the counterpart of {@link
 * ByteDecoder}.
 */
final class ByteEncoder {
  private static final int NULL = 0;
  private static final int PRESENT = 1;

  private byte[] bytes = new byte[4096];
  private int size;

  void restart() {
    size = 0;
  }

  void restart(byte first) {
    bytes[0] = first;
    size = 1;
  }

  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }

  void integer(long value) {
    room(10);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void bool(boolean value) {
    room(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void real(double value) {
    room(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    integer(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  /** Bytes of a length that the schema says. */
  void fixed(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Microseconds since 1970, rounded down. */
  void instant(Instant value) {
    integer(value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000);
  }

  <C extends Enum<C>> void code(Codes<?, C> codes, C value) {
    integer(codes.ordinal(value));
  }

  void tri(Tri value) {
    if (present(value.known())) {
      bool(value == Tri.YES);
    }
  }

  void optionalInt(OptionalInt value) {
    if (present(value.isPresent())) {
      integer(value.getAsInt());
    }
  }

  void optionalReal(OptionalDouble value) {
    if (present(value.isPresent())) {
      real(value.getAsDouble() + 0.0);
    }
  }

  void optionalText(Optional<String> value) {
    if (present(value.isPresent())) {
      text(value.get());
    }
  }

  void optionalInstant(Optional<Instant> value) {
    if (present(value.isPresent())) {
      instant(value.get());
    }
  }

  <C extends Enum<C>> void optionalCode(Codes<?, C> codes, Optional<C> value) {
    if (present(value.isPresent())) {
      code(codes, value.get());
    }
  }

  /** The branch of a union with null; returns whether a value has to follow. */
  boolean present(boolean present) {
    integer(present ? PRESENT : NULL);
    return present;
  }

  void texts(List<String> values) {
    list(values, this::text);
  }

  /** One block with all items, then the block without any that ends a list. */
  <T> void list(Collection<T> values, Consumer<T> item) {
    if (!values.isEmpty()) {
      integer(values.size());
      values.forEach(item);
    }
    integer(0);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
