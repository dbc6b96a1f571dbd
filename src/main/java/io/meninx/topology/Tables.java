package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.wire.StateCodec;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The four stores of a task, their changes buffered until {@link #flush}. */
final class Tables {
  private final SequencedMap<String, BufferedStore> stores = new LinkedHashMap<>();
  private final FactTable facts;
  private final PathwayTable pathways;
  private final TimerTable timers;
  private final PartitionTable partition;

  Tables(Function<String, KeyValueStore<Bytes, byte[]>> store, int partition, int partitions) {
    BufferedStore factStore = new BufferedStore(store.apply(Names.FACTS));
    BufferedStore pathwayStore = new BufferedStore(store.apply(Names.PATHWAYS));
    BufferedStore timerStore = new BufferedStore(store.apply(Names.TIMERS));
    BufferedStore partitionStore = new BufferedStore(store.apply(Names.PARTITION));
    StateCodec codec = new StateCodec();
    stores.put(Names.FACTS, factStore);
    stores.put(Names.PATHWAYS, pathwayStore);
    stores.put(Names.TIMERS, timerStore);
    stores.put(Names.PARTITION, partitionStore);
    this.facts = new FactTable(factStore, codec);
    this.pathways = new PathwayTable(pathwayStore, codec, facts, partitions);
    this.timers = new TimerTable(timerStore);
    this.partition = new PartitionTable(partitionStore, partition);
  }

  FactTable facts() {
    return facts;
  }

  PathwayTable pathways() {
    return pathways;
  }

  TimerTable timers() {
    return timers;
  }

  PartitionTable partition() {
    return partition;
  }

  StorePatientView view(PatientId patient) {
    return new StorePatientView(patient, facts, pathways);
  }

  void flush() {
    stores.values().forEach(BufferedStore::flush);
  }

  /** The stores by name. */
  SequencedMap<String, BufferedStore> stores() {
    return stores;
  }
}
