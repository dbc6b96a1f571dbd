package io.meninx.topology;

import java.util.Arrays;

/**
 * The values of rows that no schema describes: one byte with the number of the format, then the
 * content, as in the rows of {@link io.meninx.wire.StateCodec}. So no row has to be guessed at
 * after an upgrade; a second format is another case where the content is read.
 */
final class Rows {
  /** The format written, and the only one so far. */
  static final byte FORMAT = 1;

  private static final byte[] EMPTY = {};

  private Rows() {}

  /** A row without content: that it is there says it all. */
  static byte[] mark() {
    return row(EMPTY);
  }

  static byte[] row(byte[] content) {
    byte[] row = new byte[content.length + 1];
    row[0] = FORMAT;
    System.arraycopy(content, 0, row, 1, content.length);
    return row;
  }

  /** What a row holds. */
  static byte[] content(String store, byte[] row) {
    requireKnown(store, row);
    return Arrays.copyOfRange(row, 1, row.length);
  }

  /** A row of a later release, or a damaged one, is not guessed at: the process stops. */
  static void requireKnown(String store, byte[] row) {
    if (row.length == 0) {
      throw new IllegalStateException("The store " + store + " has a row without a format");
    }
    if (row[0] != FORMAT) {
      throw new IllegalStateException(
          "The store %s has rows of format %d; this engine reads format %d and no other"
              .formatted(store, row[0], FORMAT));
    }
  }
}
