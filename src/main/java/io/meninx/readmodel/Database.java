package io.meninx.readmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/**
 * Rows on disk. One thread writes, any number read; a reader that comes after the end is told so,
 * since the library would end the process.
 *
 * <p>A batch is written as a whole. It outlives a crash of the process; when the machine crashes
 * the last batches may be missing, rows and offsets together, and are read again.
 */
final class Database implements AutoCloseable {
  private static final long CACHE = 32L << 20;
  private static final long WRITE_BUFFER = 16L << 20;

  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private final LRUCache cache;
  private final Options options;
  private final ReadOptions reading;
  private final WriteOptions writing;
  private final RocksDB rocks;
  private boolean closed;

  Database(Path directory) {
    // Before anything of the library is made.
    RocksDbLibrary.load();
    reading = new ReadOptions();
    writing = new WriteOptions();
    cache = new LRUCache(CACHE);
    options =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
    try {
      Files.createDirectories(directory);
      rocks = RocksDB.open(options, directory.toString());
    } catch (IOException | RocksDBException e) {
      throw new ReadModelException(
          "the read model cannot be opened in "
              + directory
              + ": another process has it, or the directory cannot be written",
          e);
    }
  }

  /** A row, or nothing. */
  Optional<byte[]> get(byte[] key) {
    return locked(() -> present(rocks.get(reading, key)));
  }

  /** {@link Moment#walk} over the rows as they are now. */
  void walk(byte[] prefix, byte[] after, Predicate<Row> more) {
    locked(
        () -> {
          walk(reading, prefix, after, more);
          return true;
        });
  }

  /** Answers from the rows as they are now, whatever is written until the answer is there. */
  <T> T atOneMoment(Function<Moment, T> question) {
    return locked(
        () -> {
          Snapshot snapshot = rocks.getSnapshot();
          try (ReadOptions then = new ReadOptions().setSnapshot(snapshot)) {
            return question.apply(new Moment(then));
          } finally {
            rocks.releaseSnapshot(snapshot);
          }
        });
  }

  /** The rows as they were at a moment; for the question it was given to only. */
  final class Moment {
    private final ReadOptions then;

    private Moment(ReadOptions then) {
      this.then = then;
    }

    /** A row, or nothing. */
    Optional<byte[]> get(byte[] key) {
      return locked(() -> present(rocks.get(then, key)));
    }

    /**
     * Walks over rows that begin alike, in order, until {@code more} says no.
     *
     * @param prefix they begin with
     * @param after walk on behind this row; an empty one from the first
     */
    void walk(byte[] prefix, byte[] after, Predicate<Row> more) {
      locked(
          () -> {
            Database.this.walk(then, prefix, after, more);
            return true;
          });
    }
  }

  private void walk(ReadOptions options, byte[] prefix, byte[] after, Predicate<Row> more)
      throws RocksDBException {
    try (RocksIterator rows = rocks.newIterator(options)) {
      rows.seek(after.length == 0 ? prefix : after);
      if (after.length > 0 && rows.isValid() && Arrays.equals(rows.key(), after)) {
        rows.next();
      }
      while (rows.isValid()
          && Rows.startsWith(rows.key(), prefix)
          && more.test(new Row(rows.key(), rows.value()))) {
        rows.next();
      }
      rows.status();
    }
  }

  /** A row. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
  record Row(byte[] key, byte[] value) {}

  /** Size of the files and of what is not in files yet, bytes. */
  long bytes() {
    return locked(
        () ->
            rocks.getLongProperty("rocksdb.total-sst-files-size")
                + rocks.getLongProperty("rocksdb.cur-size-all-mem-tables"));
  }

  /** Rows that are written together. */
  Batch batch() {
    return new Batch();
  }

  /** Removes everything. */
  void clear() {
    locked(
        () -> {
          rocks.deleteRange(new byte[] {0}, new byte[] {(byte) 0xff});
          return true;
        });
  }

  private static Optional<byte[]> present(byte @Nullable [] value) {
    return Optional.ofNullable(value);
  }

  private interface Work<T> {
    T get() throws RocksDBException;
  }

  private <T> T locked(Work<T> work) {
    life.readLock().lock();
    try {
      if (closed) {
        throw new ReadModelException("the read model is closed");
      }
      return work.get();
    } catch (RocksDBException e) {
      throw new ReadModelException("the read model cannot be read or written", e);
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        rocks.close();
        reading.close();
        writing.close();
        options.close();
        cache.close();
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  /** Sees its own rows before they are written. */
  final class Batch implements AutoCloseable {
    private final WriteBatchWithIndex rows = new WriteBatchWithIndex(true);

    private Batch() {}

    Optional<byte[]> get(byte[] key) {
      return locked(() -> present(rows.getFromBatchAndDB(rocks, reading, key)));
    }

    void put(byte[] key, byte[] value) {
      locked(
          () -> {
            rows.put(key, value);
            return true;
          });
    }

    void remove(byte[] key) {
      locked(
          () -> {
            rows.delete(key);
            return true;
          });
    }

    void write() {
      locked(
          () -> {
            rocks.write(writing, rows);
            rows.clear();
            return true;
          });
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
