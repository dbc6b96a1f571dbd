package io.meninx.replay;

import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.replay.ChainReport.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeMap;

/**
 * The sum over input offsets of a partition's journal: each once, ascending, and of that partition,
 * since every output goes to the partition number of its input (contract section 2).
 */
final class OffsetAudit {
  private final TreeMap<String, Seen> topics = new TreeMap<>();
  private final int journal;
  private final ChainAudit chain;

  /** Of the journal of a partition. */
  OffsetAudit(int partition, ChainAudit chain) {
    this.journal = partition;
    this.chain = chain;
  }

  private static final class Seen {
    private final int partition;
    private final long first;
    private final OffsetSet offsets = new OffsetSet();
    private long last = -1;
    private long count;

    Seen(int partition, long first) {
      this.partition = partition;
      this.first = first;
    }
  }

  /** An entry of this input. */
  void accept(long sequence, Coordinates at) {
    String name = at.topic() + "-" + at.partition();
    Seen seen = topics.computeIfAbsent(name, _ -> first(sequence, at));
    if (at.offset() <= seen.last) {
      chain.fault(
          sequence,
          Fault.OFFSET_REPEATED,
          name + " offset " + at.offset() + " comes after offset " + seen.last);
      return;
    }
    seen.last = at.offset();
    seen.count++;
    seen.offsets.add(at.offset());
  }

  /** The first entry of an input topic-partition; one fault names all that follow. */
  private Seen first(long sequence, Coordinates at) {
    if (at.partition() != journal) {
      chain.fault(
          sequence,
          Fault.WRONG_PARTITION,
          "its input is of "
              + at.topic()
              + "-"
              + at.partition()
              + ": the journal of partition "
              + at.partition()
              + " stands in the place of another");
    }
    return new Seen(at.partition(), at.offset());
  }

  /** Compares with what is in the input topics, where they can be read. */
  List<InputOffsets> compared(Optional<InputTopics> inputs) {
    List<InputOffsets> sums = new ArrayList<>();
    topics.forEach(
        (name, seen) -> {
          String topic = name.substring(0, name.lastIndexOf('-'));
          sums.add(
              new InputOffsets(
                  topic,
                  seen.partition,
                  seen.first,
                  seen.last,
                  seen.count,
                  inputs.flatMap(topics -> compare(topics, topic, seen))));
        });
    return sums;
  }

  private Optional<Long> compare(InputTopics inputs, String topic, Seen seen) {
    // A journal from its first entry on has every input; of a later one only what follows is known.
    long from = chain.fromTheBeginning() ? 0 : seen.first;
    Optional<InputTopics.Offsets> there = inputs.offsets(topic, seen.partition, from, seen.last);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    OffsetSet unmatched = seen.offsets.copy();
    unmatched.removeBefore(there.get().earliest());
    long count = 0;
    for (PrimitiveIterator.OfLong it = there.get().offsets(); it.hasNext(); count++) {
      long offset = it.nextLong();
      if (seen.offsets.contains(offset)) {
        unmatched.remove(offset);
      } else {
        fault(Fault.OFFSET_MISSING, topic, seen, offset, "has no entry");
      }
    }
    unmatched.stream()
        .limit(ChainReport.MOST_BREAKS)
        .forEach(offset -> fault(Fault.OFFSET_UNKNOWN, topic, seen, offset, "is not in the topic"));
    return Optional.of(count);
  }

  private void fault(Fault fault, String topic, Seen seen, long offset, String what) {
    chain.fault(
        chain.expected(), fault, topic + "-" + seen.partition + " offset " + offset + " " + what);
  }
}
