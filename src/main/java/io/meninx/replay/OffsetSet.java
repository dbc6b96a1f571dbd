package io.meninx.replay;

import java.util.BitSet;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Offsets of a topic partition, however far apart: bits in blocks that are there only where offsets
 * are, so that memory grows with their number and not with their distance.
 */
final class OffsetSet {
  private static final int BLOCK_BITS = 12;
  private static final long PLACE = (1L << BLOCK_BITS) - 1;

  private final TreeMap<Long, BitSet> blocks = new TreeMap<>();

  void add(long offset) {
    blocks.computeIfAbsent(block(offset), _ -> new BitSet()).set(place(offset));
  }

  boolean contains(long offset) {
    BitSet block = blocks.get(block(offset));
    return block != null && block.get(place(offset));
  }

  void remove(long offset) {
    BitSet block = blocks.get(block(offset));
    if (block != null) {
      block.clear(place(offset));
    }
  }

  void removeBefore(long offset) {
    blocks.headMap(block(offset)).clear();
    BitSet block = blocks.get(block(offset));
    if (block != null) {
      block.clear(0, place(offset));
    }
  }

  OffsetSet copy() {
    OffsetSet copy = new OffsetSet();
    blocks.forEach((number, block) -> copy.blocks.put(number, (BitSet) block.clone()));
    return copy;
  }

  /** In ascending order. */
  LongStream stream() {
    return blocks.entrySet().stream()
        .flatMapToLong(
            block ->
                block.getValue().stream()
                    .mapToLong(place -> (block.getKey() << BLOCK_BITS) + place));
  }

  private static long block(long offset) {
    return offset >> BLOCK_BITS;
  }

  private static int place(long offset) {
    return (int) (offset & PLACE);
  }
}
