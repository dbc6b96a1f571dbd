package io.meninx.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();

  public Sha256 {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
  }

  private static boolean isHex(String text) {
    if (text.length() != 2 * LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The hash with these 32 bytes. */
  public static Sha256 ofHashBytes(byte[] hash) {
    return new Sha256(HEX.formatHex(hash));
  }

  /** Hashes bytes. */
  public static Sha256 of(byte[] content) {
    return of(content, 0, content.length);
  }

  /** Hashes part of an array. */
  public static Sha256 of(byte[] content, int offset, int length) {
    MessageDigest digest = digest();
    digest.update(content, offset, length);
    return ofHashBytes(digest.digest());
  }

  /** Hashes the UTF-8 form of a text. */
  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Its 32 bytes. */
  public byte[] bytes() {
    return HEX.parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
