package io.meninx.archive;

import io.meninx.archive.Manifest.ArchiveFile;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.replay.JournalReader;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.JournalSource;
import io.meninx.replay.Progress;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Writes a journal to an archive, or goes on with one: what the manifest names is kept, what an
 * interrupted export left behind is done again. The chain is verified on the way. A new archive
 * begins where the journal does: when the topic has forgotten its oldest entries, not with entry 0.
 * Of a partition that has lost all of them it notes that, so that it does not pass for one that
 * never had any.
 */
public final class Export {
  /** Bytes of entries, before compression, after which a new file begins. */
  public static final long FILE_BYTES = 128L << 20;

  /** Names of files of an archive, finished or not. */
  static final Pattern NAMES =
      Pattern.compile("journal-\\d{4,}-\\d{12,}(-e\\d+)?\\.avro(\\.part)?");

  private static final int STRIDE = 256;

  private static final String ADVICE =
      ": what lies between is not in the topic. Keep this archive as it is, and export to a new"
          + " directory: an archive may begin where the topic does";

  private final Path directory;
  private final String topic;
  private final long fileBytes;
  private final Progress progress;

  /**
   * An export.
   *
   * @param directory made when it is not there
   * @param topic name of the journal's topic
   * @param fileBytes when a new file begins
   */
  public Export(Path directory, String topic, long fileBytes, Progress progress) {
    this.directory = directory;
    this.topic = topic;
    this.fileBytes = fileBytes;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param entries written
   * @param files written
   * @param kept entries that were there already
   * @param begins by partition, the entry that the archive begins with, where that is not entry 0
   * @param emptied partitions of which the archive has nothing because the topic has lost it all
   */
  public record Result(
      long entries, long files, long kept, Map<Integer, Long> begins, Set<Integer> emptied) {
    public Result {
      begins = Collections.unmodifiableMap(new TreeMap<>(begins));
      emptied = Collections.unmodifiableSet(new TreeSet<>(emptied));
    }
  }

  /**
   * Writes what the archive does not have yet.
   *
   * @throws ArchiveException the archive is damaged, is of another journal, is being written by
   *     somebody else, or the journal does not go on where the archive ends
   */
  public Result run(JournalSource source) {
    try {
      Files.createDirectories(directory);
      try (ArchiveLock _ = ArchiveLock.take(directory)) {
        return runAlone(source);
      }
    } catch (IOException e) {
      throw new ArchiveException(directory + ": can't be written", e);
    }
  }

  private Result runAlone(JournalSource source) throws IOException {
    Manifest manifest = begun(source);
    long kept = manifest.files().stream().mapToLong(ArchiveFile::entries).sum();
    long files = 0;
    for (int partition : source.partitions()) {
      Manifest after = partition(source, manifest, partition);
      files += after.files().size() - manifest.files().size();
      manifest = after;
    }
    if (!manifest.complete()) {
      manifest.completed().write(directory);
    }
    long all = manifest.files().stream().mapToLong(ArchiveFile::entries).sum();
    return new Result(all - kept, files, kept, manifest.begins(), manifest.emptied());
  }

  private Manifest begun(JournalSource source) throws IOException {
    int partitions = source.partitions().isEmpty() ? 0 : source.partitions().getLast() + 1;
    Optional<Manifest> there = Manifest.read(directory);
    if (there.isEmpty()) {
      Manifest empty = Manifest.empty(topic, partitions);
      empty.write(directory);
      return empty;
    }
    ArchiveJournal.open(directory).close(); // goes on with nothing that is damaged
    Manifest manifest = there.get();
    if (!manifest.topic().equals(topic) || manifest.partitions() != partitions) {
      throw new ArchiveException(
          directory
              + " is an archive of "
              + manifest.topic()
              + " with "
              + manifest.partitions()
              + " partitions");
    }
    return manifest;
  }

  private Manifest partition(JournalSource source, Manifest before, int partition)
      throws IOException {
    Optional<ArchiveFile> last = before.lastOf(partition);
    long fromOffset = last.map(ArchiveFile::lastOffset).orElse(0L);
    if (last.isPresent() && source.end(partition) <= fromOffset) {
      throw anotherJournal(partition, "the journal ends at offset " + source.end(partition), last);
    }
    try (JournalReader journal = source.open(partition, fromOffset);
        Rolling rolling = new Rolling(before, partition, last)) {
      int told = 0;
      Optional<JournalRecord> next = journal.next();
      if (last.isPresent() && next.isPresent() && next.get().offset() == fromOffset) {
        if (!next.get().link().hex().equals(last.get().lastLink())) {
          throw anotherJournal(partition, "another entry is at offset " + fromOffset, last);
        }
        next = journal.next();
      }
      for (; next.isPresent(); next = journal.next()) {
        rolling.append(next.get());
        if (++told == STRIDE) {
          progress.done(told);
          told = 0;
        }
      }
      progress.done(told);
      rolling.roll();
      return noted(source, rolling.manifest, partition);
    }
  }

  private Manifest noted(JournalSource source, Manifest manifest, int partition)
      throws IOException {
    if (manifest.lastOf(partition).isPresent()
        || !source.isEmptied(partition)
        || manifest.emptied().contains(partition)) {
      return manifest;
    }
    Manifest emptied = manifest.emptying(partition);
    emptied.write(directory);
    return emptied;
  }

  private ArchiveException anotherJournal(int partition, String why, Optional<ArchiveFile> last) {
    return new ArchiveException(
        "partition "
            + partition
            + ": "
            + why
            + ", and what is archived in "
            + directory
            + " ends at offset "
            + last.map(ArchiveFile::lastOffset).orElseThrow()
            + ": this is another journal, which needs a directory of its own");
  }

  /** The files of a partition, one after the other. */
  private final class Rolling implements AutoCloseable {
    private final int partition;
    private final OutputReader reader = new OutputReader();
    private Manifest manifest;
    private Optional<FileWriting> file = Optional.empty();
    private Optional<Schema> schema = Optional.empty();
    private final Map<String, String> guidelines = new HashMap<>();
    private final Map<String, Long> engineVersions = new HashMap<>();
    private Optional<Sha256> link;
    private boolean nothingYet;
    private long next;

    Rolling(Manifest manifest, int partition, Optional<ArchiveFile> last) {
      this.manifest = manifest;
      this.partition = partition;
      this.link =
          last.map(end -> Sha256.ofHex(end.lastLink())).or(() -> Optional.of(Chain.GENESIS));
      this.nothingYet = last.isEmpty();
      this.next = last.map(end -> end.lastSequence() + 1).orElse(0L);
    }

    void append(JournalRecord record) throws IOException {
      long sequence = sequence(record);
      if (nothingYet && sequence > 0) {
        beginLate(sequence);
      }
      nothingYet = false;
      if (sequence != next || !link.map(record::follows).orElse(true)) {
        throw new ArchiveException(
            "partition "
                + partition
                + ": entry "
                + sequence
                + " at offset "
                + record.offset()
                + " does not follow what is archived, which ends before entry "
                + next
                + (sequence > next ? ADVICE : ""));
      }
      if (record instanceof JournalRecord.Whole whole
          && schema.filter(whole.schema()::equals).isEmpty()) {
        roll();
        schema = Optional.of(whole.schema());
      }
      FileWriting open = file.isPresent() ? file.get() : begin();
      open.append(record, sequence);
      link = Optional.of(record.link());
      next++;
      if (open.contentBytes() >= fileBytes) {
        roll();
      }
    }

    /** The link before this entry is not known: the chain begins with its own. */
    private void beginLate(long sequence) {
      next = sequence;
      link = Optional.empty();
      manifest = manifest.beginning(partition, sequence);
    }

    private long sequence(JournalRecord record) {
      return switch (record) {
        case JournalRecord.Erased erased -> {
          engineVersions.merge(erased.engineVersion(), 1L, Long::sum);
          yield erased.sequence();
        }
        case JournalRecord.Whole whole -> {
          JournalEntry entry = decoded(whole);
          engineVersions.merge(entry.engineVersion(), 1L, Long::sum);
          entry.guidelineText().ifPresent(text -> guidelines.put(entry.guidelineHash(), text));
          yield entry.sequence();
        }
      };
    }

    private JournalEntry decoded(JournalRecord.Whole whole) {
      try {
        return whole.entry(reader);
      } catch (PoisonRecordException e) {
        throw new ArchiveException(
            "partition "
                + partition
                + ": the entry at offset "
                + whole.offset()
                + " can't be decoded: "
                + e.getMessage());
      }
    }

    private FileWriting begin() throws IOException {
      FileWriting begun =
          new FileWriting(
              directory,
              name(partition, next, 0),
              partition,
              schema.orElseGet(io.meninx.wire.Topic.PATHWAY_JOURNAL::valueSchema),
              link);
      file = Optional.of(begun);
      return begun;
    }

    /** Completes the file, if one is open, and only then names it in the manifest. */
    void roll() throws IOException {
      if (file.isEmpty()) {
        return;
      }
      ArchiveFile done = file.get().finish();
      file = Optional.empty();
      manifest = manifest.with(done, guidelines, engineVersions);
      guidelines.clear();
      engineVersions.clear();
      manifest.write(directory);
    }

    @Override
    public void close() throws IOException {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }

  /** Name of a file; rewritten for an erasure it has another. */
  static String name(int partition, long firstSequence, int erasure) {
    String suffix = erasure == 0 ? "" : "-e" + erasure;
    return "journal-%04d-%012d%s.avro".formatted(partition, firstSequence, suffix);
  }
}
