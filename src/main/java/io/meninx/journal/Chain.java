package io.meninx.journal;

import java.util.Arrays;
import java.util.Optional;

/**
 * The chain of hashes over the journal of a partition: link = SHA-256(previous link,
 * SHA-256(body)), and 32 zero bytes before the first entry (contract section 7). An encoded entry
 * is its body followed by the 32 bytes of its link, so the chain is verified on the bytes as they
 * were written. Since the body enters as its hash, a body may be erased from an archive and
 * replaced by its hash, and the chain still verifies.
 */
public final class Chain {
  /** The link before the first entry of a partition. */
  public static final Sha256 GENESIS = Sha256.ofHex("0".repeat(2 * Sha256.LENGTH));

  private Chain() {}

  /** The link of an entry, from the link before it and its encoded body. */
  public static Sha256 link(Sha256 previous, byte[] body) {
    return link(previous, Sha256.of(body));
  }

  /** The link of an entry of which only the hash of the body is left. */
  public static Sha256 link(Sha256 previous, Sha256 bodyHash) {
    return Sha256.of(previous, bodyHash);
  }

  /**
   * Verifies one encoded entry.
   *
   * @param previous link of the entry before it
   * @param encoded body and link, without any frame
   * @return its link, to verify the next entry with; empty when the entry or the one before it was
   *     changed, or is missing
   */
  public static Optional<Sha256> verify(Sha256 previous, byte[] encoded) {
    if (encoded.length < Sha256.LENGTH) {
      return Optional.empty();
    }
    Sha256 link = linkOf(encoded);
    return link(previous, Sha256.of(encoded, 0, encoded.length - Sha256.LENGTH)).equals(link)
        ? Optional.of(link)
        : Optional.empty();
  }

  /**
   * The link an encoded entry carries, unverified.
   *
   * @throws IllegalArgumentException when it is too short to have one
   */
  public static Sha256 linkOf(byte[] encoded) {
    if (encoded.length < Sha256.LENGTH) {
      throw new IllegalArgumentException("a journal entry ends with the 32 bytes of its link");
    }
    return Sha256.ofHashBytes(
        Arrays.copyOfRange(encoded, encoded.length - Sha256.LENGTH, encoded.length));
  }
}
