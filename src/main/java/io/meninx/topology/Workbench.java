package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.PatientState;
import io.meninx.topology.Outbox.Message;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.Patience;
import io.meninx.wire.registry.WireFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * One partition of the topology without Kafka around it, for measurements: the task and its stores
 * on disk as they are in the stream, inputs given by hand, outputs taken by hand, and no changelog.
 * Counts what is written. Not safe for use by several threads.
 */
public final class Workbench implements AutoCloseable {
  private static final List<String> STORES =
      List.of(Names.FACTS, Names.PATHWAYS, Names.TIMERS, Names.PARTITION);

  private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new LinkedHashMap<>();
  private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
  private final Tables tables;
  private final Outbox outbox;
  private final ForeignDecoder foreign;
  private final PartitionTask task;

  /**
   * A value that goes to a topic.
   *
   * @param topic which
   * @param keyBytes length of its key, 0 when it has none
   * @param value framed
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
  public record Sent(Topic topic, int keyBytes, byte[] value) {}

  /**
   * What a store's changelog gets.
   *
   * @param records rows written or deleted
   * @param bytes of keys and values
   */
  public record Written(long records, long bytes) {}

  /**
   * An empty partition, number 0.
   *
   * @param settings with one partition
   * @param directory of the stores, empty
   */
  public Workbench(TopologySettings settings, Path directory) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "workbench");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    MockProcessorContext<byte[], byte[]> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), directory.toFile());
    for (String name : STORES) {
      KeyValueStore<Bytes, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
              .withCachingDisabled()
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      stores.put(name, store);
    }
    Guideline guideline = settings.engine().guideline();
    WireFormat wire = new WireFormat(settings.registry(), settings.prefix());
    tables = new Tables(name -> Optional.ofNullable(stores.get(name)).orElseThrow(), 0, 1);
    outbox = new Outbox(new OutputWriter(guideline.id(), guideline.version()), wire);
    foreign = new ForeignDecoder(settings.serdes(), settings.prefix(), Patience.USUAL);
    task = new PartitionTask(settings, 0, tables, outbox, new InputReader(settings, wire, foreign));
  }

  /**
   * Processes an input as the stream does, and writes the stores.
   *
   * @param timestamp record time, milliseconds
   * @param out gets what goes out, in order
   */
  @SuppressWarnings("NullAway") // A record without a key has null there.
  public void accept(
      Topic topic, long timestamp, Optional<byte[]> key, byte[] value, Consumer<Sent> out) {
    long offset = offsets.merge(topic, 1L, Long::sum) - 1;
    task.accept(new InputRecord(topic, 0, offset, timestamp, key.orElse(null), value, List.of()));
    write(out);
  }

  /** Goes on with work that is due until none is left. */
  public void finish(Consumer<Sent> out) {
    while (task.hasWorkLeft()) {
      task.pump();
      write(out);
    }
  }

  private void write(Consumer<Sent> out) {
    tables.flush();
    for (Message message : outbox.take()) {
      byte[] key = message.key();
      out.accept(new Sent(message.topic(), key == null ? 0 : key.length, message.value()));
    }
  }

  /** Puts patients into the stores as they are, with their timers; for a partition full of them. */
  public void track(Map<PatientId, PatientState> patients) {
    patients.forEach(
        (patient, state) -> {
          tables.pathways().put(patient, state, Optional.empty());
          tables.timers().move(patient, Optional.empty(), state.nextDue().map(Micros::truncated));
        });
    tables.flush();
  }

  /** What is kept of a patient. */
  public PatientState state(PatientId patient) {
    return tables.pathways().state(patient);
  }

  /** What the changelogs got so far, by store. */
  public SequencedMap<String, Written> written() {
    SequencedMap<String, Written> written = new LinkedHashMap<>();
    tables
        .stores()
        .forEach(
            (name, store) ->
                written.put(name, new Written(store.rowsWritten(), store.bytesWritten())));
    return written;
  }

  @Override
  public void close() {
    foreign.close();
    new ArrayList<>(stores.values()).forEach(KeyValueStore::close);
  }
}
