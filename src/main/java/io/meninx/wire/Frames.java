package io.meninx.wire;

/**
 * The Confluent wire format: 0x00, schema id as four big-endian bytes, body. The id in headers,
 * which newer clients offer as an option, is not supported.
 */
public final class Frames {
  /** Bytes before the body. */
  public static final int HEADER_LENGTH = 5;

  private static final byte MAGIC = 0;

  private Frames() {}

  /** Puts a body into a frame. */
  public static byte[] frame(int schemaId, byte[] body) {
    byte[] framed = new byte[HEADER_LENGTH + body.length];
    framed[0] = MAGIC;
    framed[1] = (byte) (schemaId >>> 24);
    framed[2] = (byte) (schemaId >>> 16);
    framed[3] = (byte) (schemaId >>> 8);
    framed[4] = (byte) schemaId;
    System.arraycopy(body, 0, framed, HEADER_LENGTH, body.length);
    return framed;
  }

  /**
   * The schema id of a frame; the body starts at {@link #HEADER_LENGTH}.
   *
   * @throws PoisonRecordException FRAME_TOO_SHORT, FRAME_MAGIC
   */
  public static int schemaId(byte[] framed) throws PoisonRecordException {
    if (framed.length < HEADER_LENGTH) {
      throw new PoisonRecordException(PoisonReason.FRAME_TOO_SHORT);
    }
    if (framed[0] != MAGIC) {
      throw new PoisonRecordException(PoisonReason.FRAME_MAGIC);
    }
    return framed[1] << 24 | (framed[2] & 0xff) << 16 | (framed[3] & 0xff) << 8 | framed[4] & 0xff;
  }
}
