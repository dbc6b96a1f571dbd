package io.meninx.deadletter;

import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.fact.Fact;
import io.meninx.journal.JournalEntry;
import io.meninx.service.topics.NewTopics;
import io.meninx.testing.TestCluster;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.RetryingRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real Kafka, a registry over HTTP, and the stream on them, with words for what tests do. */
public final class LiveStream implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int partitions;
  private final TestCluster kafka = TestCluster.start(1);
  private final EmbeddedRegistry schemas = EmbeddedRegistry.start();
  private final TemporaryDirectory state = TemporaryDirectory.create("live");
  private final RegistryClient registry;
  private final WireFormat wire;
  private final FactWriter writer = new FactWriter();
  private final OutputReader reader = new OutputReader();
  private final KafkaProducer<byte[], byte[]> producer;

  public LiveStream(int partitions) {
    this.partitions = partitions;
    this.registry =
        new RetryingRegistryClient(
            new HttpRegistryClient(RegistrySettings.of(schemas.url())),
            RetryingRegistryClient.DEFAULT_PATIENCE);
    this.wire = new WireFormat(registry, "");
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    createTopics();
  }

  /** As a deployment has them: inputs take 1 MiB and the time of the broker. */
  private void createTopics() {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      NewTopics.make(
              admin,
              Arrays.stream(Topic.values())
                  .map(
                      topic ->
                          new NewTopic(topic.baseName(), partitions, (short) 1)
                              .configs(configs(topic)))
                  .toList())
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> configs(Topic topic) {
    Map<String, String> configs = new HashMap<>();
    switch (topic.direction()) {
      case INPUT -> configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
      case OUTPUT ->
          configs.put(
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(DeadLetter.MAX_RECORD_BYTES));
      case OPERATIONS ->
          configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }
    return configs;
  }

  /** From now on records of the topic have so many bytes at most. */
  void takesAtMost(Topic topic, int bytes) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.baseName());
    AlterConfigOp op =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(op))).all().get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public RegistryClient registry() {
    return registry;
  }

  public WireFormat wire() {
    return wire;
  }

  /** Settings of a deployment on this cluster, as a file has them. */
  public String yaml() {
    return """
    kafka:
      bootstrapServers: %s
    topics:
      partitions: %d
      replicationFactor: 1
      minInSyncReplicas: 1
    schemaRegistry:
      url: %s
    """
        .formatted(kafka.bootstrapServers(), partitions, schemas.url());
  }

  DeadLetterClients clients() {
    Map<String, Object> servers =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return new DeadLetterClients(servers, servers, registry, "");
  }

  public StreamsRuntime start(DecisionEngine engine) {
    return start(engine, settings -> settings);
  }

  /** Starts a stream; returns when it runs. */
  public StreamsRuntime start(DecisionEngine engine, UnaryOperator<TopologySettings> change) {
    StreamsRuntime runtime = begin(engine, change);
    try {
      if (!runtime.awaitRunning(PATIENCE)) {
        throw new AssertionError("the stream does not run", runtime.failure().orElse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return runtime;
  }

  /** Starts a stream that will fail on what waits for it, perhaps before one sees that it runs. */
  public StreamsRuntime startFailing(DecisionEngine engine) {
    return begin(engine, settings -> settings);
  }

  private StreamsRuntime begin(DecisionEngine engine, UnaryOperator<TopologySettings> change) {
    TopologySettings settings =
        change.apply(TopologySettings.of("", partitions, engine, "test", registry));
    Path directory = state.path();
    StreamsRuntime runtime =
        new StreamsRuntime(
            MeninxTopology.build(settings),
            StreamsRuntime.config("meninx-live", kafka.bootstrapServers(), directory, Map.of()));
    runtime.start();
    return runtime;
  }

  /** Tells every partition this time. */
  public void tick(Instant time) {
    byte[] value = wire.frame(writer.encodeTick(time, "i1"));
    for (int partition = 0; partition < partitions; partition++) {
      send(Topic.CLOCK_TICKS, partition, null, value, List.of());
    }
  }

  public void fact(Fact fact) {
    byte[] key = fact.header().patientId().value().getBytes(StandardCharsets.UTF_8);
    send(FactWriter.topicOf(fact), key, bytes(fact), List.of());
  }

  public byte[] bytes(Fact fact) {
    try {
      return wire.frame(writer.encode(fact));
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  public void send(
      Topic topic, byte @Nullable [] key, byte @Nullable [] value, List<String> headers) {
    send(topic, null, key, value, headers);
  }

  public void send(
      Topic topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<String> headers) {
    List<Header> all = new ArrayList<>();
    headers.forEach(name -> all.add(new RecordHeader(name, new byte[10])));
    var _ = producer.send(new ProducerRecord<>(topic.baseName(), partition, key, value, all));
  }

  public void flush() {
    producer.flush();
  }

  /** All committed records of a topic, in order within a partition. */
  public List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      new TopicScan(consumer).all(topic.baseName(), rows::add);
    }
    return rows;
  }

  List<JournalEntry> journal() {
    List<JournalEntry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> row : read(Topic.PATHWAY_JOURNAL)) {
      try {
        entries.add(
            reader
                .journal(
                    Topic.PATHWAY_JOURNAL.valueSchema(),
                    row.value(),
                    Frames.HEADER_LENGTH,
                    row.value().length - Frames.HEADER_LENGTH)
                .entry());
      } catch (PoisonRecordException e) {
        throw new AssertionError(e);
      }
    }
    return entries;
  }

  /** Waits until the journal has every input offset, and checks that it has each once. */
  public List<JournalEntry> awaitJournal(StreamsRuntime runtime) {
    flush();
    List<String> offsets = new ArrayList<>();
    for (Topic topic : Topic.inputs()) {
      read(topic)
          .forEach(row -> offsets.add(row.topic() + ":" + row.partition() + ":" + row.offset()));
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () ->
                runtime.failure().isPresent()
                    || journal().stream().filter(entry -> entry.coordinates().isPresent()).count()
                        >= offsets.size());
    runtime
        .failure()
        .ifPresent(
            failure -> {
              throw new AssertionError("the stream stopped", failure);
            });
    List<JournalEntry> journal = journal();
    List<String> journaled =
        journal.stream()
            .flatMap(entry -> entry.coordinates().stream())
            .map(c -> c.topic() + ":" + c.partition() + ":" + c.offset())
            .toList();
    org.assertj.core.api.Assertions.assertThat(journaled)
        .containsExactlyInAnyOrderElementsOf(offsets);
    return journal;
  }

  List<Letter> letters(Selection selection) {
    List<Letter> letters = new ArrayList<>();
    try (DeadLetterBox box = new DeadLetterBox(clients())) {
      box.each(selection, letters::add);
      org.assertj.core.api.Assertions.assertThat(box.unreadable()).isEmpty();
    }
    return letters;
  }

  /** From now on no registry answers. */
  public void stopRegistry() {
    schemas.close();
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
    schemas.close();
    kafka.close();
    state.close();
  }
}
