package io.meninx.service;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Puts every store under the process's one bound; Kafka Streams makes one for each store. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  private static final long WRITE_BUFFER_BYTES = 4 << 20;

  /**
   * Of a write buffer, for a filter of its keys: some 25 bits for each. Up to a thirty-second it
   * lies in the block that a write buffer takes at once; more would be taken besides, by every
   * store.
   */
  private static final double FILTER_PART = 0.02;

  /** Made by Kafka Streams. */
  public BoundedRocksDb() {}

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    if (!(configs.get(RocksDbMemory.SETTING) instanceof RocksDbMemory memory)) {
      throw new IllegalStateException("the bound of the stores' memory is not among the settings");
    }
    if (!(options.tableFormatConfig() instanceof BlockBasedTableConfig table)) {
      throw new IllegalStateException("the stores' tables have another format");
    }
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.buffers());
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    // Most lookups are for what is not there: an event or a report that is new.
    options.setMemtablePrefixBloomSizeRatio(FILTER_PART);
    options.setMemtableWholeKeyFiltering(true);
    options.setOptimizeFiltersForHits(false); // Kafka Streams leaves the last level without any
  }

  @Override
  public void close(String store, Options options) {
    // What the stores share is closed with the service.
  }
}
