package io.meninx.guideline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Name-based identifiers: the same content has the same id, everywhere and every time. */
public final class Names {
  private static final int ID_BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();

  /** One for each thread: to look one up takes as long as to hash an id. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Names::make);

  private Names() {}

  /** First half of the SHA-256 over the parts, each with its length, as lower-case hex. */
  public static String hash(String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + encoded[i].length;
    }
    byte[] content = new byte[length];
    int at = 0;
    for (byte[] part : encoded) {
      content[at++] = (byte) (part.length >>> 24);
      content[at++] = (byte) (part.length >>> 16);
      content[at++] = (byte) (part.length >>> 8);
      content[at++] = (byte) part.length;
      System.arraycopy(part, 0, content, at, part.length);
      at += part.length;
    }
    return HEX.formatHex(DIGEST.get().digest(content), 0, ID_BYTES);
  }

  private static MessageDigest make() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
