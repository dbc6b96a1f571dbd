package io.meninx.archive;

import io.meninx.archive.Manifest.ArchiveFile;
import io.meninx.journal.Sha256;
import io.meninx.replay.JournalRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/** One file of an archive on its way; it has its name when it is complete. */
final class FileWriting implements AutoCloseable {
  private static final String PART = ".part";

  private final Path directory;
  private final String name;
  private final int partition;
  private final ArchiveFormat format;
  private final MessageDigest digest = sha256();
  private final DataFileWriter<Object> writer;
  private final Optional<Sha256> previousLink;
  private Optional<Sha256> lastLink;
  private long firstOffset;
  private long lastOffset;
  private long firstSequence;
  private long lastSequence;
  private long entries;
  private long erased;
  private long contentBytes;

  FileWriting(
      Path directory, String name, int partition, Schema entrySchema, Optional<Sha256> previousLink)
      throws IOException {
    this.directory = directory;
    this.name = name;
    this.partition = partition;
    this.format = new ArchiveFormat(entrySchema);
    this.previousLink = previousLink;
    this.lastLink = previousLink;
    OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(name + PART)), 1 << 16);
    this.writer = new DataFileWriter<>(new GenericDatumWriter<>(format.rowSchema()));
    writer.setCodec(ArchiveFormat.codec());
    writer.create(
        format.rowSchema(), new DigestOutputStream(out, digest), ArchiveFormat.marker(name));
  }

  void append(JournalRecord record, long sequence) throws IOException {
    ByteBuffer row = format.encode(record);
    contentBytes += row.remaining();
    writer.appendEncoded(row);
    if (entries == 0) {
      firstOffset = record.offset();
      firstSequence = sequence;
    }
    lastOffset = record.offset();
    lastSequence = sequence;
    lastLink = Optional.of(record.link());
    entries++;
    erased += record instanceof JournalRecord.Erased ? 1 : 0;
  }

  /** Bytes of the entries so far, before compression. */
  long contentBytes() {
    return contentBytes;
  }

  /** Completes the file and gives it its name. */
  ArchiveFile finish() throws IOException {
    writer.close();
    Path part = directory.resolve(name + PART);
    Manifest.sync(part);
    Path file = directory.resolve(name);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    return new ArchiveFile(
        name,
        partition,
        firstOffset,
        lastOffset,
        firstSequence,
        lastSequence,
        entries,
        erased,
        previousLink.map(Sha256::hex).orElse(""),
        lastLink.map(Sha256::hex).orElse(""),
        Files.size(file),
        Sha256.ofHashBytes(digest.digest()).hex());
  }

  /** Drops it when it was not finished. */
  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(directory.resolve(name + PART));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
