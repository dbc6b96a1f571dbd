package io.meninx.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256. */
public final class Sha256 {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();

  /** One for each thread: every decision needs several, and to look one up takes as long. */
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::make);

  private final byte[] hash;

  private Sha256(byte[] hash) {
    this.hash = hash;
  }

  /**
   * The hash that is written so.
   *
   * @param hex 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException it is not that
   */
  public static Sha256 ofHex(String hex) {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
    return new Sha256(HEX.parseHex(hex));
  }

  private static boolean isHex(String text) {
    return text.length() == 2 * LENGTH
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }

  /**
   * The hash with these 32 bytes.
   *
   * @throws IllegalArgumentException there are more or fewer
   */
  public static Sha256 ofHashBytes(byte[] hash) {
    if (hash.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes");
    }
    return new Sha256(hash.clone());
  }

  /** Hashes bytes. */
  public static Sha256 of(byte[] content) {
    return of(content, 0, content.length);
  }

  /** Hashes part of an array. */
  public static Sha256 of(byte[] content, int offset, int length) {
    MessageDigest digest = DIGEST.get();
    digest.update(content, offset, length);
    return new Sha256(digest.digest());
  }

  /** Hashes the UTF-8 form of a text. */
  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hashes two hashes, one after the other. */
  static Sha256 of(Sha256 one, Sha256 other) {
    MessageDigest digest = DIGEST.get();
    digest.update(one.hash);
    digest.update(other.hash);
    return new Sha256(digest.digest());
  }

  /** Its 32 bytes. */
  public byte[] bytes() {
    return hash.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HEX.formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static MessageDigest make() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
