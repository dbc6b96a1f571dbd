package io.meninx.service;

import io.meninx.readmodel.RocksDbLibrary;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory that all stores of the process take outside the heap: blocks read,
 * indexes, filters, and what is not yet written to files share one cache.
 */
public final class RocksDbMemory implements AutoCloseable {
  /** Under this name it goes through the settings of Kafka Streams to {@link BoundedRocksDb}. */
  public static final String SETTING = "meninx.rocksdb.memory";

  /** At most this part is for what is not yet written; the rest is for reading. */
  private static final double WRITE_PART = 0.5;

  /** For indexes and filters, so that they are not driven out by blocks. */
  private static final double INDEX_PART = 0.1;

  private final Cache cache;
  private final WriteBufferManager buffers;

  /** A bound of so many bytes; closed after the stores that share it. */
  public RocksDbMemory(long bytes) {
    RocksDbLibrary.load();
    cache = new LRUCache(bytes, -1, false, INDEX_PART);
    buffers = new WriteBufferManager((long) (bytes * WRITE_PART), cache);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager buffers() {
    return buffers;
  }

  @Override
  public void close() {
    buffers.close();
    cache.close();
  }

  @Override
  public String toString() {
    return "RocksDbMemory";
  }
}
