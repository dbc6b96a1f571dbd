package io.meninx.archive;

import io.meninx.archive.Manifest.ArchiveFile;
import io.meninx.journal.Sha256;
import io.meninx.replay.JournalReader;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.JournalSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The journal in an archive. The manifest is verified when it is opened: every file is there, and
 * is what was written, byte by byte.
 */
public final class ArchiveJournal implements JournalSource {
  private final Path directory;
  private final Manifest manifest;

  private ArchiveJournal(Path directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /** Whether there is an archive in this directory, in order or not. */
  public static boolean isOne(Path directory) {
    return Files.exists(directory.resolve(Manifest.NAME));
  }

  /** Whether there is something else in this directory that has a manifest too. */
  public static boolean isOfAnotherKind(Path directory) {
    return Manifest.isOfAnotherKind(directory);
  }

  /**
   * Opens an archive and verifies it as a whole.
   *
   * @throws ArchiveException it is not one, or not in order; every file at fault is named
   */
  public static ArchiveJournal open(Path directory) {
    Manifest manifest =
        Manifest.read(directory)
            .orElseThrow(
                () ->
                    new ArchiveException(
                        directory + " is no archive: there is no " + Manifest.NAME + " in it"));
    List<String> problems = new ArrayList<>();
    manifest.files().forEach(file -> check(directory, file).ifPresent(problems::add));
    problems.addAll(manifest.inconsistencies());
    if (!problems.isEmpty()) {
      throw new ArchiveException(problems);
    }
    return new ArchiveJournal(directory, manifest);
  }

  private static Optional<String> check(Path directory, ArchiveFile file) {
    Path path = directory.resolve(file.name());
    if (!file.name().matches("[A-Za-z0-9.-]+")) {
      return Optional.of(Manifest.NAME + ": a file lies outside of the archive");
    }
    if (!Files.exists(path)) {
      return Optional.of(
          file.name()
              + ": missing; it has entries "
              + file.firstSequence()
              + " to "
              + file.lastSequence()
              + " of partition "
              + file.partition());
    }
    try {
      if (Files.size(path) != file.bytes()) {
        return Optional.of(
            file.name()
                + ": damaged, it has "
                + Files.size(path)
                + " bytes and not "
                + file.bytes());
      }
      return sha256(path).equals(file.sha256())
          ? Optional.empty()
          : Optional.of(file.name() + ": damaged, its SHA-256 is not that of the manifest");
    } catch (IOException _) {
      return Optional.of(file.name() + ": can't be read");
    }
  }

  private static String sha256(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return Sha256.ofHashBytes(digest.digest()).hex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public List<Integer> partitions() {
    return java.util.stream.IntStream.range(0, manifest.partitions()).boxed().toList();
  }

  @Override
  public long atMost(int partition) {
    return manifest.of(partition).stream().mapToLong(ArchiveFile::entries).sum();
  }

  @Override
  public long end(int partition) {
    return manifest.lastOf(partition).map(file -> file.lastOffset() + 1).orElse(0L);
  }

  @Override
  public long erasures() {
    return manifest.erasures();
  }

  /** Whether it has no entry of a partition because the topic had lost them all. */
  @Override
  public boolean isEmptied(int partition) {
    return manifest.emptied().contains(partition);
  }

  @Override
  public boolean complete() {
    return manifest.complete();
  }

  @Override
  public JournalReader open(int partition, long fromOffset) {
    return new Reader(
        new ArrayDeque<>(
            manifest.of(partition).stream()
                .filter(file -> file.lastOffset() >= fromOffset)
                .toList()),
        fromOffset);
  }

  private final class Reader implements JournalReader {
    private final Deque<ArchiveFile> files;
    private final long fromOffset;
    private Optional<FileReading> reading = Optional.empty();

    Reader(Deque<ArchiveFile> files, long fromOffset) {
      this.files = files;
      this.fromOffset = fromOffset;
    }

    @Override
    public Optional<JournalRecord> next() {
      while (true) {
        Optional<JournalRecord> next = reading.flatMap(FileReading::next);
        if (next.isEmpty()) {
          close();
          if (files.isEmpty()) {
            return next;
          }
          reading = Optional.of(new FileReading(directory.resolve(files.removeFirst().name())));
        } else if (next.get().offset() >= fromOffset) {
          return next;
        }
      }
    }

    @Override
    public void close() {
      reading.ifPresent(FileReading::close);
      reading = Optional.empty();
    }
  }
}
