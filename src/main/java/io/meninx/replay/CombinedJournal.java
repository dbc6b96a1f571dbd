package io.meninx.replay;

import io.meninx.journal.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An archive and a topic as one journal: the archive holds what is older, the topic what is newer.
 * Where both have an entry they have to have the same, link by link; an entry that is erased in one
 * of them is taken from the other.
 */
public final class CombinedJournal implements JournalSource {
  private final JournalSource older;
  private final JournalSource newer;

  /**
   * Two sources as one.
   *
   * @param older usually an archive
   * @param newer usually the topic
   */
  public CombinedJournal(JournalSource older, JournalSource newer) {
    this.older = older;
    this.newer = newer;
  }

  @Override
  public List<Integer> partitions() {
    TreeSet<Integer> all = new TreeSet<>(older.partitions());
    all.addAll(newer.partitions());
    return List.copyOf(all);
  }

  @Override
  public long atMost(int partition) {
    return older.atMost(partition) + newer.atMost(partition);
  }

  @Override
  public long end(int partition) {
    return Math.max(older.end(partition), newer.end(partition));
  }

  @Override
  public JournalReader open(int partition, long fromOffset) {
    return new Reader(
        partition, older.open(partition, fromOffset), newer.open(partition, fromOffset));
  }

  @Override
  public long erasures() {
    return older.erasures() + newer.erasures();
  }

  @Override
  public boolean isEmptied(int partition) {
    return older.isEmptied(partition) || newer.isEmptied(partition);
  }

  /** The topic has what the archive does not have yet. */
  @Override
  public boolean complete() {
    return newer.complete();
  }

  @Override
  public Optional<InputTopics> inputs() {
    return newer.inputs().or(older::inputs);
  }

  @Override
  public void close() {
    older.close();
    newer.close();
  }

  /** Merges by offset in the journal's topic, which both keep. */
  private final class Reader implements JournalReader {
    private final int partition;
    private final JournalReader first;
    private final JournalReader second;
    private Optional<JournalRecord> fromFirst;
    private Optional<JournalRecord> fromSecond;

    Reader(int partition, JournalReader first, JournalReader second) {
      this.partition = partition;
      this.first = first;
      this.second = second;
      this.fromFirst = first.next();
      this.fromSecond = second.next();
    }

    @Override
    public Optional<JournalRecord> next() {
      if (fromFirst.isEmpty() || fromSecond.isEmpty()) {
        return fromFirst.isPresent() ? takeFirst() : takeSecond();
      }
      long before = fromFirst.get().offset();
      long after = fromSecond.get().offset();
      if (before != after) {
        return before < after ? takeFirst() : takeSecond();
      }
      JournalRecord one = takeFirst().orElseThrow();
      JournalRecord other = takeSecond().orElseThrow();
      requireSame(one, other);
      return Optional.of(one instanceof JournalRecord.Erased ? other : one);
    }

    private void requireSame(JournalRecord one, JournalRecord other) {
      if (!one.link().equals(other.link()) || !body(one).equals(body(other))) {
        throw new JournalUnreadableException(
            "the archive and the topic differ: partition "
                + partition
                + ", offset "
                + one.offset());
      }
    }

    private Optional<JournalRecord> takeFirst() {
      Optional<JournalRecord> taken = fromFirst;
      fromFirst = first.next();
      return taken;
    }

    private Optional<JournalRecord> takeSecond() {
      Optional<JournalRecord> taken = fromSecond;
      fromSecond = second.next();
      return taken;
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  private static Sha256 body(JournalRecord record) {
    return switch (record) {
      case JournalRecord.Whole whole ->
          Sha256.of(whole.encoded(), 0, whole.encoded().length - Sha256.LENGTH);
      case JournalRecord.Erased erased -> erased.body();
    };
  }
}
