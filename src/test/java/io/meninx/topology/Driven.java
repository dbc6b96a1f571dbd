package io.meninx.topology;

import io.meninx.embedded.TemporaryDirectory;
import io.meninx.fact.Fact;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.Sha256;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in the test driver, with words for what tests do with it. */
public final class Driven implements AutoCloseable {
  private final TemporaryDirectory directory = TemporaryDirectory.create("driven");
  private final RegistryClient registry;
  private final WireFormat wire;
  private final FactWriter writer = new FactWriter();
  private final OutputReader reader = new OutputReader();
  private final TopologyTestDriver driver;
  private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
  private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);
  private final List<JournalEntry> journal = new ArrayList<>();
  private Sha256 link = Chain.GENESIS;

  public Driven(DecisionEngine engine) {
    this(engine, settings -> settings);
  }

  public Driven(DecisionEngine engine, UnaryOperator<TopologySettings> change) {
    this(engine, new InMemoryRegistryClient(), change);
  }

  Driven(DecisionEngine engine, RegistryClient registry, UnaryOperator<TopologySettings> change) {
    this.registry = registry;
    this.wire = new WireFormat(registry, "");
    TopologySettings settings = change.apply(TopologySettings.of("", 1, engine, "test", registry));
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "meninx-test");
    config.put(StreamsConfig.STATE_DIR_CONFIG, directory.path().toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver = new TopologyTestDriver(MeninxTopology.build(settings), config, Instant.EPOCH);
    for (Topic topic : Topic.inputs()) {
      inputs.put(
          topic,
          driver.createInputTopic(
              topic.baseName(), new ByteArraySerializer(), new ByteArraySerializer()));
    }
    for (Topic topic : Topic.outputs()) {
      outputs.put(
          topic,
          driver.createOutputTopic(
              topic.baseName(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }
  }

  TopologyTestDriver driver() {
    return driver;
  }

  /**
   * Goes on with what another wrote into its stores, as a new start of the process does. Offsets of
   * inputs begin at zero again, which nothing in the topology minds.
   */
  public Driven(Driven before, DecisionEngine engine, UnaryOperator<TopologySettings> change) {
    this(engine, before.registry, change);
    for (String name : List.of(Names.FACTS, Names.PATHWAYS, Names.TIMERS, Names.PARTITION)) {
      KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(name);
      KeyValueStore<Bytes, byte[]> rows = before.driver.getKeyValueStore(name);
      try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
        all.forEachRemaining(row -> store.put(row.key, row.value));
      }
    }
    journal.addAll(before.journal());
    link = before.link;
  }

  /** A tick that is received when it tells. */
  public void tick(Instant time) {
    tick(time, time);
  }

  void tick(Instant time, Instant receivedAt) {
    send(Topic.CLOCK_TICKS, null, framed(writer.encodeTick(time, "i1")), receivedAt);
  }

  /** A fact that is received when it was reported. */
  public void fact(Fact fact) {
    String patient = fact.header().patientId().value();
    send(FactWriter.topicOf(fact), patient, bytes(fact), fact.header().reportedAt());
  }

  public byte[] bytes(Fact fact) {
    try {
      return framed(writer.encode(fact));
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] framed(Encoded encoded) {
    return wire.frame(encoded);
  }

  public void send(Topic topic, @Nullable String key, byte @Nullable [] value, Instant at) {
    send(topic, key, value, at, new RecordHeaders());
  }

  void send(
      Topic topic, @Nullable String key, byte @Nullable [] value, Instant at, Headers headers) {
    send(topic, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, at, headers);
  }

  void send(
      Topic topic, byte @Nullable [] key, byte @Nullable [] value, Instant at, Headers headers) {
    Objects.requireNonNull(inputs.get(topic)).pipeInput(new TestRecord<>(key, value, headers, at));
  }

  /** Lets the pump run once. */
  public void pump() {
    driver.advanceWallClockTime(Duration.ofMillis(100));
  }

  /** Whole journal so far; its chain is verified on the way. */
  List<JournalEntry> journal() {
    for (TestRecord<byte[], byte[]> row : output(Topic.PATHWAY_JOURNAL)) {
      byte[] body = Arrays.copyOfRange(row.value(), Frames.HEADER_LENGTH, row.value().length);
      link = Chain.verify(link, body).orElseThrow(() -> new AssertionError("the chain is broken"));
      journal.add(read(row.value()));
    }
    return List.copyOf(journal);
  }

  /** Dispositions of the journal so far. */
  List<Disposition> dispositions() {
    return journal().stream().map(JournalEntry::disposition).toList();
  }

  private JournalEntry read(byte[] value) {
    try {
      return reader
          .journal(
              Topic.PATHWAY_JOURNAL.valueSchema(),
              value,
              Frames.HEADER_LENGTH,
              value.length - Frames.HEADER_LENGTH)
          .entry();
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    for (TestRecord<byte[], byte[]> row : output(Topic.DEAD_LETTERS)) {
      try {
        letters.add(
            reader.deadLetter(
                Topic.DEAD_LETTERS.valueSchema(),
                row.value(),
                Frames.HEADER_LENGTH,
                row.value().length - Frames.HEADER_LENGTH));
      } catch (PoisonRecordException e) {
        throw new AssertionError(e);
      }
    }
    return letters;
  }

  public List<TestRecord<byte[], byte[]>> output(Topic topic) {
    return Objects.requireNonNull(outputs.get(topic)).readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
    registry.close();
    directory.close();
  }
}
