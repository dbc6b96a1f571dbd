package io.meninx.replay;

import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.Sha256;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.Schema;

/** An entry of the journal as it lies in a topic or an archive. */
public sealed interface JournalRecord {
  /**
   * Offset in the topic {@code pathway-journal} it was written to; an archive keeps it. Ascending,
   * with gaps.
   */
  long offset();

  /**
   * A whole entry.
   *
   * @param offset in the journal's topic
   * @param schema it was written with
   * @param encoded body and link, without frame, exactly as written
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on; nobody compares it.
  record Whole(long offset, Schema schema, byte[] encoded) implements JournalRecord {
    /**
     * Decodes it.
     *
     * @param reader of the calling thread
     * @throws PoisonRecordException it can't be decoded
     */
    public JournalEntry entry(OutputReader reader) throws PoisonRecordException {
      return reader.journal(schema, encoded, 0, encoded.length).entry();
    }
  }

  /**
   * An entry of which an archive kept only hashes, since it was about a person who was erased. The
   * chain covers {@code body} and nothing else: the other components were copied from the body when
   * it was erased, and can't be verified any more.
   *
   * @param offset in the journal's topic
   * @param sequence number of the entry
   * @param body hash of the erased body
   * @param link chain link of the entry
   * @param disposition what had become of the input
   * @param coordinates where the input was read
   * @param logicalTime of the partition
   * @param guidelineHash of the guideline decided by
   * @param engineVersion of the engine that decided
   */
  record Erased(
      long offset,
      long sequence,
      Sha256 body,
      Sha256 link,
      Disposition disposition,
      Optional<Coordinates> coordinates,
      Optional<Instant> logicalTime,
      String guidelineHash,
      String engineVersion)
      implements JournalRecord {}

  /** The link the record carries, unverified. */
  default Sha256 link() {
    return switch (this) {
      case Whole whole -> Chain.linkOf(whole.encoded());
      case Erased erased -> erased.link();
    };
  }

  /**
   * Verifies the record against the one before it.
   *
   * @param previous link of the entry before, {@link Chain#GENESIS} for the first
   */
  default boolean follows(Sha256 previous) {
    return switch (this) {
      case Whole whole -> Chain.verify(previous, whole.encoded()).isPresent();
      case Erased erased -> Chain.link(previous, erased.body()).equals(erased.link());
    };
  }
}
