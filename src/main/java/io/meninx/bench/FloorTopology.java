package io.meninx.bench;

import io.meninx.fact.Fact;
import io.meninx.fact.StoredFact;
import io.meninx.journal.Input;
import io.meninx.pathway.PublicState;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.StateCodec;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The least a stream over these inputs can do, to measure against: it decodes an input as Meninx
 * does, gets and puts one row of the patient, and sends one record of the form of {@code
 * patient-pathways}. It decides nothing and keeps no journal.
 */
final class FloorTopology {
  static final String OUTPUT = "floor-output";
  private static final String STORE = "rows";
  private static final byte[] OF_A_TICK = "tick".getBytes(StandardCharsets.UTF_8);

  private FloorTopology() {}

  static Topology build(RegistryClient registry, Runnable onInput) {
    Topology topology = new Topology();
    for (Topic topic : Topic.inputs()) {
      topology.addSource(
          AutoOffsetReset.earliest(),
          "read-" + topic.baseName(),
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer(),
          topic.baseName());
    }
    topology.addProcessor(
        "floor",
        () -> new FloorProcessor(registry, onInput),
        Topic.inputs().stream().map(topic -> "read-" + topic.baseName()).toArray(String[]::new));
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled(),
        "floor");
    topology.addSink(
        "write", OUTPUT, new ByteArraySerializer(), new ByteArraySerializer(), "floor");
    return topology;
  }

  private static final class FloorProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final WireFormat wire;
    private final Runnable onInput;
    private final StateCodec codec = new StateCodec();
    private final OutputWriter writer = new OutputWriter("floor", "1");
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> rows;

    FloorProcessor(RegistryClient registry, Runnable onInput) {
      this.wire = new WireFormat(registry, "");
      this.onInput = onInput;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> opened) {
      context = opened;
      rows = opened.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      ProcessorContext<byte[], byte[]> opened = Optional.ofNullable(context).orElseThrow();
      KeyValueStore<Bytes, byte[]> store = Optional.ofNullable(rows).orElseThrow();
      onInput.run();
      RecordMetadata metadata = opened.recordMetadata().orElseThrow();
      Topic topic = Topic.of("", metadata.topic()).orElseThrow();
      Instant at = Instant.ofEpochMilli(record.timestamp());
      switch (read(topic, record.value())) {
        case Input.OfFact(Fact fact) -> {
          Bytes key = Bytes.wrap(record.key());
          byte[] before = store.get(key);
          if (before != null) {
            codec.decodeFact(before);
          }
          store.put(key, codec.encode(new StoredFact(fact, at)));
          opened.forward(
              record.withValue(
                  wire.frame(writer.pathway(fact.header().patientId(), at, PublicState.EMPTY))));
        }
        case Input.OfTick _ -> {
          Bytes key = Bytes.wrap(OF_A_TICK);
          store.get(key);
          store.put(key, record.value());
          opened.forward(new Record<>(OF_A_TICK, record.value(), record.timestamp()));
        }
      }
    }

    private Input read(Topic topic, byte[] value) {
      try {
        return wire.read(topic, value);
      } catch (PoisonRecordException e) {
        throw new IllegalStateException("a simulated input can't be read: " + e.field(), e);
      }
    }
  }
}
