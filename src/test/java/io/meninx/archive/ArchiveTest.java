package io.meninx.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.PatientId;
import io.meninx.journal.Sha256;
import io.meninx.replay.CombinedJournal;
import io.meninx.replay.DelegatingJournal;
import io.meninx.replay.JournalReader;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.JournalSource;
import io.meninx.replay.JournalUnreadableException;
import io.meninx.replay.MemoryJournal;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The journal in files: the same audit, and nothing missing or changed goes unseen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all(Recording.ENGINE);
  private static final String TOPIC = "pathway-journal";
  private static final long SMALL = 200_000;

  private List<JournalRecord> records = List.of();

  @BeforeAll
  void record() {
    records = Recording.simulated(8, Duration.ofDays(2));
  }

  @Test
  void anArchiveIsDecidedTheSameAsTheJournalItIsOf(@TempDir Path directory) throws Exception {
    Export.Result written = export(records, directory);

    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(written.entries()).isEqualTo(records.size());
    assertThat(files(directory)).hasSizeGreaterThan(2);
    assertThat(result.reproduced()).isTrue();
    assertThat(result).isEqualTo(Replay.run(Recording.journal(records), OPTIONS));
  }

  @Test
  void theSameJournalGivesTheSameBytes(@TempDir Path one, @TempDir Path other) throws Exception {
    export(records, one);
    export(records, other);

    assertThat(contents(one)).isEqualTo(contents(other));
  }

  @Test
  void anyAvroToolReadsTheFiles(@TempDir Path directory) throws Exception {
    export(records, directory);

    long rows = 0;
    for (String name : files(directory)) {
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(
              directory.resolve(name).toFile(), new GenericDatumReader<GenericRecord>())) {
        for (GenericRecord row : reader) {
          GenericRecord body = (GenericRecord) ((GenericRecord) row.get("entry")).get("body");
          assertThat(body.get("sequence")).isEqualTo(rows++);
        }
      }
    }
    assertThat(rows).isEqualTo(records.size());
  }

  @Test
  void theManifestHasTheGuidelinesAndTheEngineVersions(@TempDir Path directory) throws Exception {
    export(records, directory);

    Manifest manifest = Manifest.read(directory).orElseThrow();

    assertThat(manifest.engineVersions())
        .containsExactly(Map.entry(Recording.ENGINE, (long) records.size()));
    assertThat(manifest.guidelines()).hasSize(1);
    assertThat(manifest.files().stream().mapToLong(Manifest.ArchiveFile::entries).sum())
        .isEqualTo(records.size());
  }

  // Going on.

  @Test
  void anInterruptedExportGoesOnWithWhatIsNotThereYet(@TempDir Path directory, @TempDir Path whole)
      throws Exception {
    JournalSource failing = failingAfter(records.size() * 2 / 3);
    assertThatThrownBy(() -> new Export(directory, TOPIC, SMALL, Progress.NONE).run(failing))
        .isInstanceOf(JournalUnreadableException.class);
    long there = ArchiveJournal.open(directory).atMost(0);

    Export.Result rest = export(records, directory);
    export(records, whole);

    assertThat(there).isPositive().isLessThan(records.size());
    assertThat(rest.kept()).isEqualTo(there);
    assertThat(rest.entries()).isEqualTo(records.size() - there);
    assertThat(contents(directory)).isEqualTo(contents(whole));
  }

  @Test
  void anArchiveSaysThatItIsNotFinishedUntilItIs(@TempDir Path directory) throws Exception {
    JournalSource failing = failingAfter(records.size() * 2 / 3);
    assertThatThrownBy(() -> new Export(directory, TOPIC, SMALL, Progress.NONE).run(failing))
        .isInstanceOf(JournalUnreadableException.class);
    ArchiveJournal interrupted = ArchiveJournal.open(directory);

    export(records, directory);

    assertThat(interrupted.complete()).isFalse();
    assertThat(Replay.run(interrupted, OPTIONS).complete()).isFalse();
    assertThat(ArchiveJournal.open(directory).complete()).isTrue();
    // As every manifest was before this could be told.
    assertThat(Files.readString(directory.resolve(Manifest.NAME))).doesNotContain("complete");
  }

  /** Both would write the same unfinished files. */
  @Test
  void twoExportsAtOnceAreRefused(@TempDir Path directory) throws Exception {
    try (ArchiveLock _ = ArchiveLock.take(directory)) {
      assertThatThrownBy(() -> export(records, directory))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("another export or erasure is writing this archive");
    }
    export(records, directory);
    try (ArchiveLock _ = ArchiveLock.take(directory)) {
      assertThatThrownBy(() -> new Erasure(directory).erase(new PatientId("sim-000001")))
          .isInstanceOf(ArchiveException.class);
    }
    assertThat(new Erasure(directory).erase(new PatientId("sim-000001"))).isPositive();
  }

  @Test
  void anArchiveGrowsWithTheJournal(@TempDir Path directory) throws Exception {
    export(records.subList(0, records.size() / 2), directory);
    export(records, directory);
    Export.Result nothing = export(records, directory);

    assertThat(nothing.entries()).isZero();
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).reproduced()).isTrue();
  }

  @Test
  void aJournalThatDoesNotGoOnWhereTheArchiveEndsIsRefused(@TempDir Path directory)
      throws Exception {
    int half = records.size() / 2;
    export(records.subList(0, half), directory);
    List<JournalRecord> other =
        Recording.forged(
            records, half, entry -> Recording.withGroups(entry, List.of(), entry.coordinates()));
    List<JournalRecord> gap = new ArrayList<>(records);
    gap.remove(half);

    assertThatThrownBy(() -> export(gap, directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("entry " + (half + 1))
        .hasMessageContaining("ends before entry " + half);
    assertThat(export(other, directory).entries()).isEqualTo(records.size() - half);
  }

  /** Topics that were made anew: a nightly export must not do nothing and say that all is well. */
  @Test
  void aJournalThatEndsBeforeWhatIsArchivedIsRefused(@TempDir Path directory) throws Exception {
    export(records, directory);
    List<JournalRecord> other =
        Recording.forged(
            records,
            decided(),
            entry -> Recording.withGroups(entry, List.of(), entry.coordinates()));

    assertThatThrownBy(() -> export(records.subList(0, records.size() / 2), directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("ends at offset " + records.size() / 2)
        .hasMessageContaining("another journal");
    assertThatThrownBy(() -> export(other, directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("another entry is at offset " + (records.size() - 1));
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).reproduced()).isTrue();
  }

  // A topic that has deleted its oldest entries.

  @Test
  void aNewArchiveBeginsWhereTheTopicDoes(@TempDir Path directory) throws Exception {
    int third = records.size() / 3;
    List<JournalRecord> rest = records.subList(third, records.size());

    Export.Result written = export(rest.subList(0, third), directory);
    export(rest, directory);
    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(written.begins()).containsExactly(Map.entry(0, (long) third));
    assertThat(Manifest.read(directory).orElseThrow().begins()).isEqualTo(written.begins());
    assertThat(result.entries()).isEqualTo(rest.size());
    assertThat(result).isEqualTo(Replay.run(Recording.journal(rest), OPTIONS));
    assertThat(result.diverged()).isZero();
    assertThat(result.reproduced()).as("it is not whole").isFalse();
    assertThat(result.beginsLate()).isTrue();
  }

  @Test
  void anArchiveThatBeginsLateCanLoseAPatientAndNoFile(@TempDir Path directory) throws Exception {
    export(records.subList(records.size() / 3, records.size()), directory);

    assertThat(new Erasure(directory).erase(new PatientId("sim-000003"))).isPositive();
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).diverged()).isZero();

    Manifest manifest = Manifest.read(directory).orElseThrow();
    manifest.withFiles(manifest.files().subList(1, manifest.files().size())).write(directory);
    assertThatThrownBy(() -> ArchiveJournal.open(directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("the archive has none of " + records.size() / 3);
  }

  @Test
  void anArchiveThatTheTopicHasOvertakenIsRefusedAndItIsSaidWhatToDo(@TempDir Path directory)
      throws Exception {
    int third = records.size() / 3;
    export(records.subList(0, third), directory);

    assertThatThrownBy(() -> export(records.subList(third + 7, records.size()), directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("entry " + (third + 7))
        .hasMessageContaining("ends before entry " + third)
        .hasMessageContaining("export to a new directory");
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).entries()).isEqualTo(third);
  }

  /** Manifests that were written before it could be so have no such field. */
  @Test
  void aManifestOfAnArchiveThatBeginsWithEntryZeroSaysNothingOfIt(@TempDir Path directory)
      throws Exception {
    export(records, directory);

    assertThat(Files.readString(directory.resolve(Manifest.NAME))).doesNotContain("begins");
    assertThat(Manifest.read(directory).orElseThrow().begins()).isEmpty();
  }

  /** Otherwise the archive would be whole, and the patients of the partition not be missed. */
  @Test
  void aPartitionThatLostAllItsEntriesIsNotWholeInTheArchiveEither(@TempDir Path directory)
      throws Exception {
    JournalSource topic = emptied(List.of());

    Export.Result written = new Export(directory, TOPIC, SMALL, Progress.NONE).run(topic);
    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);
    Map<String, Sha256> before = contents(directory);
    new Export(directory, TOPIC, SMALL, Progress.NONE).run(topic);

    assertThat(written.emptied()).containsExactly(1);
    assertThat(result).isEqualTo(Replay.run(topic, OPTIONS));
    assertThat(result.reproduced()).isFalse();
    assertThat(result.partitions().getLast().chain().breaks())
        .singleElement()
        .asString()
        .contains("MISSING", "all entries are missing");
    assertThat(contents(directory)).isEqualTo(before);
    assertThat(new Erasure(directory).erase(new PatientId("sim-000001"))).isPositive();
    assertThat(ArchiveJournal.open(directory).isEmptied(1)).isTrue();
  }

  /** It begins late from then on, and says that. */
  @Test
  void whenEntriesOfItComeItIsNoLongerEmpty(@TempDir Path directory) throws Exception {
    new Export(directory, TOPIC, SMALL, Progress.NONE).run(emptied(List.of()));
    List<JournalRecord> later =
        Recording.ofPartition(1, records).subList(records.size() / 3, records.size());

    Export.Result written = new Export(directory, TOPIC, SMALL, Progress.NONE).run(emptied(later));

    assertThat(written.emptied()).isEmpty();
    assertThat(written.begins()).containsExactly(Map.entry(1, (long) records.size() / 3));
    assertThat(Files.readString(directory.resolve(Manifest.NAME))).doesNotContain("emptied");
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).beginsLate()).isTrue();
  }

  /** A topic whose second partition has these entries and had others. */
  private JournalSource emptied(List<JournalRecord> second) {
    MemoryJournal journal = new MemoryJournal(Map.of(0, records, 1, second));
    return new DelegatingJournal() {
      @Override
      public JournalSource journal() {
        return journal;
      }

      @Override
      public boolean isEmptied(int partition) {
        return partition == 1 && second.isEmpty();
      }
    };
  }

  // Damage.

  @Test
  void aFlippedByteIsFoundInWhateverFileItIs(@TempDir Path directory) throws Exception {
    export(records, directory);
    for (String name : contents(directory).keySet()) {
      Path file = directory.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      byte[] flipped = bytes.clone();
      flipped[bytes.length / 2] ^= 1;
      Files.write(file, flipped);

      assertThatThrownBy(() -> ArchiveJournal.open(directory))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("damaged");
      Files.write(file, bytes);
    }
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).reproduced()).isTrue();
  }

  @Test
  void aMissingFileIsNamedWithWhatItHad(@TempDir Path directory) throws Exception {
    export(records, directory);
    String name = files(directory).get(1);
    Files.delete(directory.resolve(name));

    assertThatThrownBy(() -> ArchiveJournal.open(directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(name + ": missing; it has entries");
  }

  @Test
  void aFileThatWasTakenOutOfTheManifestTooLeavesAGap(@TempDir Path directory) throws Exception {
    export(records, directory);
    Manifest manifest = Manifest.read(directory).orElseThrow();
    List<Manifest.ArchiveFile> fewer = new ArrayList<>(manifest.files());
    Manifest.ArchiveFile gone = fewer.remove(1);
    manifest.withFiles(fewer).write(directory);

    assertThatThrownBy(() -> ArchiveJournal.open(directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("the archive has none of " + gone.firstSequence());
  }

  @Test
  void anEntryThatWasRewrittenWithItsFileAndManifestBreaksTheChain(@TempDir Path directory)
      throws Exception {
    int index = decided();
    List<JournalRecord> tampered = new ArrayList<>(records);
    tampered.set(
        index,
        Recording.forged(
                records,
                index,
                entry -> Recording.withGroups(entry, List.of(), entry.coordinates()))
            .get(index));
    unchecked(tampered, directory);

    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(result.partitions().getFirst().chain().breaks().getFirst().sequence())
        .isEqualTo(index + 1L);
    assertThat(result.reproduced()).isFalse();
  }

  // Archive and topic as one.

  @Test
  void anArchiveAndATopicThatForgotWhatIsOldAreOneJournal(@TempDir Path directory)
      throws Exception {
    int size = records.size();
    export(records.subList(0, size * 2 / 3), directory);
    JournalSource topic = Recording.journal(records.subList(size / 3, size));

    ReplayResult result =
        Replay.run(new CombinedJournal(ArchiveJournal.open(directory), topic), OPTIONS);

    assertThat(result).isEqualTo(Replay.run(Recording.journal(records), OPTIONS));
  }

  @Test
  void whereArchiveAndTopicBothHaveAnEntryItHasToBeTheSame(@TempDir Path directory)
      throws Exception {
    int half = decided();
    export(records, directory);
    List<JournalRecord> other =
        Recording.forged(
            records, half, entry -> Recording.withGroups(entry, List.of(), entry.coordinates()));

    assertThatThrownBy(
            () ->
                Replay.run(
                    new CombinedJournal(ArchiveJournal.open(directory), Recording.journal(other)),
                    OPTIONS))
        .isInstanceOf(JournalUnreadableException.class)
        .hasMessageContaining("partition 0, offset " + half);
  }

  // Erasure.

  @Test
  void anErasedPatientIsGoneAndTheChainStillVerifies(@TempDir Path directory) throws Exception {
    PatientId patient = new PatientId("sim-000003");
    export(records, directory);

    long erased = new Erasure(directory).erase(patient);
    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(erased).isPositive();
    assertThat(result.erased()).isEqualTo(erased);
    assertThat(result.chainsWhole()).isTrue();
    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.patients()).isEqualTo(7);
    for (String name : files(directory)) {
      assertThat(uncompressed(directory.resolve(name))).doesNotContain(patient.value());
    }
    assertThat(new Erasure(directory).erase(patient)).isZero();
  }

  /** Interrupted after the manifest was replaced, the old files are still there. */
  @Test
  void whatAnInterruptedErasureLeftBehindGoesWithTheNextOne(@TempDir Path directory)
      throws Exception {
    export(records, directory);
    Path old = directory.resolve(files(directory).getFirst());
    byte[] named = Files.readAllBytes(old);
    new Erasure(directory).erase(new PatientId("sim-000002"));
    assertThat(old).doesNotExist();
    Files.write(old, named);
    Path part = Files.write(directory.resolve("journal-0000-000000000000-e1.avro.part"), named);
    Path foreign = Files.writeString(directory.resolve("notes.txt"), "not ours");

    assertThat(new Erasure(directory).erase(new PatientId("sim-000002"))).isZero();

    assertThat(old).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(foreign).exists();
    assertThat(Replay.run(ArchiveJournal.open(directory), OPTIONS).reproduced()).isTrue();
  }

  @Test
  void oneAfterTheOtherCanBeErased(@TempDir Path directory) throws Exception {
    export(records, directory);
    for (int i = 1; i <= 8; i++) {
      new Erasure(directory).erase(new PatientId("sim-00000" + i));
    }

    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(result.chainsWhole()).isTrue();
    assertThat(result.patients()).isZero();
    assertThat(result.reproduced()).isTrue();
  }

  private static String uncompressed(Path file) {
    StringBuilder text = new StringBuilder();
    try (FileReading reading = new FileReading(file)) {
      for (Optional<JournalRecord> next = reading.next(); next.isPresent(); next = reading.next()) {
        if (next.get() instanceof JournalRecord.Whole whole) {
          text.append(new String(whole.encoded(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return text.toString();
  }

  /** An entry in the middle that has decisions. */
  private int decided() {
    int index = records.size() / 2;
    while (Recording.entry(records.get(index)).groups().isEmpty()) {
      index++;
    }
    return index;
  }

  private static Export.Result export(List<JournalRecord> journal, Path directory) {
    return new Export(directory, TOPIC, SMALL, Progress.NONE).run(Recording.journal(journal));
  }

  /** Files and a manifest that fit whatever the entries are. */
  private static void unchecked(List<JournalRecord> journal, Path directory) throws IOException {
    JournalRecord.Whole first = (JournalRecord.Whole) journal.getFirst();
    try (FileWriting writing =
        new FileWriting(
            directory,
            Export.name(0, 0, 0),
            0,
            first.schema(),
            Optional.of(io.meninx.journal.Chain.GENESIS))) {
      for (int i = 0; i < journal.size(); i++) {
        writing.append(journal.get(i), i);
      }
      Manifest.empty(TOPIC, 1).withFiles(List.of(writing.finish())).write(directory);
    }
  }

  private JournalSource failingAfter(int entries) {
    MemoryJournal journal = Recording.journal(records);
    return new DelegatingJournal() {
      @Override
      public JournalSource journal() {
        return journal;
      }

      @Override
      public JournalReader open(int partition, long fromOffset) {
        JournalReader reader = journal.open(partition, fromOffset);
        int[] left = {entries};
        return () -> {
          if (left[0]-- == 0) {
            throw new JournalUnreadableException("away");
          }
          return reader.next();
        };
      }
    };
  }

  private static List<String> files(Path directory) throws IOException {
    return contents(directory).keySet().stream().filter(name -> name.endsWith(".avro")).toList();
  }

  private static Map<String, Sha256> contents(Path directory) throws IOException {
    Map<String, Sha256> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(one -> !one.endsWith(ArchiveLock.NAME)).toList()) {
        contents.put(file.getFileName().toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
