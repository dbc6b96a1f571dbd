package io.meninx.archive;

import io.meninx.replay.JournalRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** The entries of one file of an archive, in order; holds one block. */
final class FileReading implements AutoCloseable {
  private final String name;
  private final DataFileStream<Object> blocks;
  private final ArchiveFormat format;
  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private long left;

  FileReading(Path file) {
    this.name = file.getFileName().toString();
    try {
      this.blocks =
          new DataFileStream<>(
              new BufferedInputStream(Files.newInputStream(file), 1 << 16),
              new GenericDatumReader<>());
      this.format = ArchiveFormat.ofRows(blocks.getSchema());
    } catch (IOException | AvroRuntimeException e) {
      throw new ArchiveException(name + ": can't be read", e);
    }
  }

  Optional<JournalRecord> next() {
    try {
      while (left == 0) {
        if (!blocks.hasNext()) {
          return Optional.empty();
        }
        ByteBuffer block = blocks.nextBlock();
        left = blocks.getBlockCount();
        decoder =
            DecoderFactory.get()
                .binaryDecoder(
                    block.array(),
                    block.arrayOffset() + block.position(),
                    block.remaining(),
                    decoder);
      }
      left--;
      return Optional.of(format.decode(decoder));
    } catch (IOException
        | NoSuchElementException
        | AvroRuntimeException
        | IllegalArgumentException e) {
      throw new ArchiveException(name + ": damaged", e);
    }
  }

  @Override
  public void close() {
    try {
      blocks.close();
    } catch (IOException e) {
      throw new ArchiveException(name + ": can't be closed", e);
    }
  }
}
