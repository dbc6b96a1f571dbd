package io.meninx.topology;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Builds the keys of stores: parts one after the other, lengths before texts that others follow, so
 * that no two keys meet.
 */
final class Keys {
  private static final int LONGEST = 0xffff;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

  private Keys() {}

  static Keys key() {
    return new Keys();
  }

  Keys tag(int tag) {
    bytes.write(tag);
    return this;
  }

  /** A text with its length, two bytes, before it. */
  Keys sized(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > LONGEST) {
      throw new IllegalArgumentException("an identifier is longer than a key can hold");
    }
    bytes.write(utf8.length >>> 8);
    bytes.write(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /** A text up to the end of the key. */
  Keys rest(String text) {
    return rest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes up to the end of the key. */
  Keys rest(byte[] tail) {
    bytes.writeBytes(tail);
    return this;
  }

  /** A number whose keys sort as the numbers do, negative ones first. */
  Keys ordered(long number) {
    long flipped = number ^ Long.MIN_VALUE;
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.write((int) (flipped >>> shift));
    }
    return this;
  }

  Bytes bytes() {
    return Bytes.wrap(bytes.toByteArray());
  }

  static long ordered(byte[] key, int offset) {
    long flipped = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      flipped = flipped << 8 | key[offset + i] & 0xff;
    }
    return flipped ^ Long.MIN_VALUE;
  }

  /** The text from an offset to the end of a key. */
  static String rest(byte[] key, int offset) {
    return new String(key, offset, key.length - offset, StandardCharsets.UTF_8);
  }

  /** The first key after all that start with this one; the prefix does not end in 0xff. */
  static Bytes after(Bytes prefix) {
    byte[] end = prefix.get().clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (++end[i] != 0) {
        return Bytes.wrap(end);
      }
    }
    throw new IllegalArgumentException("nothing sorts after this prefix");
  }
}
