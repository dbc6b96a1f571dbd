package io.meninx.readmodel;

import io.meninx.journal.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a list goes on, as whoever asks for it hands it back: a sum over the list and the place,
 * and the place. Under another list the place may lie behind its end, and the empty page that comes
 * of it reads as "there is nothing".
 */
final class Cursors {
  private static final int SUM = 8;

  private Cursors() {}

  /**
   * A cursor.
   *
   * @param list what no other list has
   * @param place in it
   */
  static String of(byte[] list, byte[] place) {
    byte[] cursor =
        ByteBuffer.allocate(SUM + place.length).put(sum(list, place)).put(place).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /**
   * The place again.
   *
   * @throws CursorException it is of another list, or no cursor
   */
  @SuppressWarnings("UnusedException") // Says no more than that it is no cursor.
  static byte[] place(byte[] list, String cursor) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw new CursorException();
    }
    if (bytes.length <= SUM) {
      throw new CursorException();
    }
    byte[] place = Arrays.copyOfRange(bytes, SUM, bytes.length);
    if (!Arrays.equals(bytes, 0, SUM, sum(list, place), 0, SUM)) {
      throw new CursorException();
    }
    return place;
  }

  private static byte[] sum(byte[] list, byte[] place) {
    byte[] both =
        ByteBuffer.allocate(Integer.BYTES + list.length + place.length)
            .putInt(list.length)
            .put(list)
            .put(place)
            .array();
    return Arrays.copyOf(Sha256.of(both).bytes(), SUM);
  }
}
