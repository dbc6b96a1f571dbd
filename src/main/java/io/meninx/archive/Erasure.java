package io.meninx.archive;

import io.meninx.archive.Manifest.ArchiveFile;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.replay.JournalRecord;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Takes a person out of an archive: every entry that names the patient keeps the hash of its body
 * and its link, so that the chain still verifies, and loses the body. Such an entry may also have
 * held decisions about others that were made at the same tick; those are recomputed from their
 * facts, which stay.
 *
 * <p>Files are rewritten under new names, the manifest is replaced, then the old files are deleted:
 * interrupted at any moment, the archive is whole. What an interruption left behind, which may name
 * the patient, goes when anybody is erased the next time.
 */
public final class Erasure {
  private final Path directory;
  private final OutputReader reader = new OutputReader();

  /** In this archive. */
  public Erasure(Path directory) {
    this.directory = directory;
  }

  /**
   * Erases a patient.
   *
   * @return how many entries lost their body
   * @throws ArchiveException the archive is damaged or can't be written
   */
  public long erase(PatientId patient) {
    ArchiveJournal.open(directory).close();
    try (ArchiveLock _ = ArchiveLock.take(directory)) {
      return eraseAlone(patient);
    } catch (IOException e) {
      throw new ArchiveException(directory + ": can't be written", e);
    }
  }

  private long eraseAlone(PatientId patient) {
    Manifest manifest = Manifest.read(directory).orElseThrow();
    List<ArchiveFile> files = new ArrayList<>();
    List<ArchiveFile> replaced = new ArrayList<>();
    long erased = 0;
    try {
      for (ArchiveFile file : manifest.files()) {
        Optional<ArchiveFile> rewritten =
            concerns(file, patient) ? Optional.of(rewrite(file, patient)) : Optional.empty();
        files.add(rewritten.orElse(file));
        if (rewritten.isPresent()) {
          replaced.add(file);
          erased += rewritten.get().erased() - file.erased();
        }
      }
      if (!replaced.isEmpty()) {
        manifest.erased(files).write(directory);
      }
      deleteAllBut(files);
      return erased;
    } catch (IOException e) {
      throw new ArchiveException(directory + ": can't be written", e);
    }
  }

  /** Files of this program that the manifest does not name; anybody else's stay. */
  private void deleteAllBut(List<ArchiveFile> files) throws IOException {
    Set<String> named = new HashSet<>();
    files.forEach(file -> named.add(file.name()));
    try (DirectoryStream<Path> there = Files.newDirectoryStream(directory)) {
      for (Path file : there) {
        String name = file.getFileName().toString();
        if (Export.NAMES.matcher(name).matches() && !named.contains(name)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private boolean concerns(ArchiveFile file, PatientId patient) {
    try (FileReading reading = new FileReading(directory.resolve(file.name()))) {
      for (Optional<JournalRecord> next = reading.next(); next.isPresent(); next = reading.next()) {
        if (next.get() instanceof JournalRecord.Whole whole && names(decoded(whole), patient)) {
          return true;
        }
      }
      return false;
    }
  }

  private ArchiveFile rewrite(ArchiveFile file, PatientId patient) throws IOException {
    String name = Export.name(file.partition(), file.firstSequence(), generation(file) + 1);
    long sequence = file.firstSequence();
    try (FileReading reading = new FileReading(directory.resolve(file.name()));
        FileWriting writing =
            new FileWriting(
                directory, name, file.partition(), schema(file), Manifest.linkBefore(file))) {
      for (Optional<JournalRecord> next = reading.next(); next.isPresent(); next = reading.next()) {
        writing.append(without(next.get(), patient), sequence++);
      }
      return writing.finish();
    }
  }

  private static int generation(ArchiveFile file) {
    int at = file.name().indexOf("-e");
    return at < 0 ? 0 : Integer.parseInt(file.name().substring(at + 2, file.name().indexOf('.')));
  }

  private Schema schema(ArchiveFile file) {
    try (FileReading reading = new FileReading(directory.resolve(file.name()))) {
      for (Optional<JournalRecord> next = reading.next(); next.isPresent(); next = reading.next()) {
        if (next.get() instanceof JournalRecord.Whole whole) {
          return whole.schema();
        }
      }
      return Topic.PATHWAY_JOURNAL.valueSchema();
    }
  }

  private JournalRecord without(JournalRecord record, PatientId patient) {
    if (!(record instanceof JournalRecord.Whole whole)) {
      return record;
    }
    JournalEntry entry = decoded(whole);
    if (!names(entry, patient)) {
      return record;
    }
    int body = whole.encoded().length - Sha256.LENGTH;
    return new JournalRecord.Erased(
        whole.offset(),
        entry.sequence(),
        Sha256.of(whole.encoded(), 0, body),
        whole.link(),
        entry.disposition(),
        entry.coordinates(),
        entry.logicalTime(),
        entry.guidelineHash(),
        entry.engineVersion());
  }

  /** Also a dead letter whose key was the patient's id: its hash can be guessed. */
  private static boolean names(JournalEntry entry, PatientId patient) {
    boolean input =
        entry.input().orElse(null) instanceof Input.OfFact(Fact fact)
            && fact.header().patientId().equals(patient);
    boolean key =
        entry
            .deadLetter()
            .flatMap(JournalEntry.DeadLetterRef::key)
            .filter(Sha256.of(patient.value())::equals)
            .isPresent();
    return input
        || key
        || entry.groups().stream().anyMatch(group -> group.patientId().equals(patient));
  }

  private JournalEntry decoded(JournalRecord.Whole whole) {
    try {
      return whole.entry(reader);
    } catch (PoisonRecordException e) {
      throw new ArchiveException(
          "the entry at offset " + whole.offset() + " can't be decoded: " + e.getMessage());
    }
  }
}
