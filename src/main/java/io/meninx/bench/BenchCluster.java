package io.meninx.bench;

import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.service.BoundedRocksDb;
import io.meninx.service.RocksDbMemory;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.topics.Deployment;
import io.meninx.service.topics.NewTopics;
import io.meninx.topology.StreamsRuntime;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.jspecify.annotations.Nullable;

/**
 * A broker and a registry inside the process, with the topics of a deployment, and streams that run
 * on it with the settings of {@code run}.
 */
final class BenchCluster implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final List<String> TUNING =
      List.of(
          "MENINX_STREAM_",
          "MENINX_KAFKA_STREAMS_",
          "MENINX_KAFKA_PRODUCER_",
          "MENINX_KAFKA_CONSUMER_");

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 10;

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final EmbeddedRegistry schemas = EmbeddedRegistry.start();
  private final TemporaryDirectory directory = TemporaryDirectory.create("bench");
  private final RegistryClient registry;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> unsent = new AtomicReference<>();

  BenchCluster() throws IOException {
    ServiceSettings settings = settings("bench", "one", 1, 0);
    registry = settings.registryClient();
    try (Deployment deployment = new Deployment(settings)) {
      deployment.create();
    }
    admin = Admin.create(settings.admin());
    Map<String, Object> config = settings.producer();
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Settings as of {@code run}, with files of their own.
   *
   * @param application whose state and group it is
   * @param instance of it
   */
  ServiceSettings settings(String application, String instance, int threads, int standbys)
      throws IOException {
    Path file = file(application, instance);
    Files.writeString(
        file,
        """
        applicationId: %s
        instance: %s
        stateDir: %s
        ticks: false
        kafka:
          bootstrapServers: %s
        schemaRegistry:
          url: %s
        topics:
          partitions: %d
          replicationFactor: 1
          minInSyncReplicas: 1
        stream:
          threads: %d
          standbyReplicas: %d
        http:
          port: 0
          api: false
        """
            .formatted(
                application,
                instance,
                stateDir(application, instance),
                kafka.bootstrapServers(),
                schemas.url(),
                PARTITIONS,
                threads,
                standbys));
    return ServiceSettings.load(file, tuned());
  }

  /**
   * Settings of this process's environment that change how a stream runs, so that others can be
   * measured: the same for Meninx and for what it is measured against.
   */
  private static Map<String, String> tuned() {
    Map<String, String> tuned = new HashMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (TUNING.stream().anyMatch(name::startsWith)) {
                tuned.put(name, value);
              }
            });
    return tuned;
  }

  /** File of settings. */
  Path file(String application, String instance) {
    return directory.path().resolve(application + "-" + instance + ".yaml");
  }

  Path stateDir(String application, String instance) {
    return directory.path().resolve(application + "-" + instance);
  }

  Path directory() {
    return directory.path();
  }

  RegistryClient registry() {
    return registry;
  }

  WireFormat wire() {
    return new WireFormat(registry, "");
  }

  /** A stream that runs. */
  record Running(StreamsRuntime runtime, RocksDbMemory memory) implements AutoCloseable {
    @Override
    public void close() {
      runtime.close();
      memory.close();
    }
  }

  /** Starts a stream; returns when it takes records. */
  Running start(Topology topology, ServiceSettings settings, Optional<StateRestoreListener> restore)
      throws InterruptedException {
    Properties config = settings.streams();
    RocksDbMemory memory = new RocksDbMemory(settings.stream().rocksdbMemoryBytes());
    config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    config.put(RocksDbMemory.SETTING, memory);
    StreamsRuntime runtime = new StreamsRuntime(topology, config);
    restore.ifPresent(runtime.streams()::setGlobalStateRestoreListener);
    runtime.start();
    if (!runtime.awaitRunning(LIMIT)) {
      throw new IllegalStateException("the stream does not start", runtime.failure().orElse(null));
    }
    return new Running(runtime, memory);
  }

  /** Makes a topic of the usual number of partitions. */
  void topic(String name) throws InterruptedException, ExecutionException {
    NewTopics.make(admin, List.of(new NewTopic(name, PARTITIONS, (short) 1))).get();
  }

  /** Sends inputs, in order. */
  void send(Inputs.One input) {
    var _ = producer.send(record(input), (_, problem) -> unsent.compareAndSet(null, problem));
  }

  @SuppressWarnings("NullAway") // A record without a partition or a key has null there.
  private static ProducerRecord<byte[], byte[]> record(Inputs.One input) {
    return new ProducerRecord<>(
        input.topic().baseName(),
        input.partition().orElse(null),
        input.key().orElse(null),
        input.value());
  }

  /** Waits until all that was sent has arrived; what is measured with less would be a lie. */
  void flush() {
    producer.flush();
    if (unsent.get() != null) {
      throw new IllegalStateException("an input was not sent", unsent.get());
    }
  }

  /** Ends of the partitions of topics. */
  Map<TopicPartition, Long> ends(List<String> topics)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : topics) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        admin.listOffsets(asked).all().get().entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }

  /** Waits until a group has committed that it read all this. */
  void awaitCommitted(String group, Map<TopicPartition, Long> ends, Running stream)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (stream.runtime().failure().isPresent()) {
        throw new IllegalStateException("the stream failed", stream.runtime().failure().get());
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      boolean all =
          ends.entrySet().stream()
              .filter(end -> end.getValue() > 0)
              .allMatch(
                  end ->
                      committed.containsKey(end.getKey())
                          && committed.get(end.getKey()).offset() >= end.getValue());
      if (all) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException("not done within " + LIMIT);
  }

  /** Bytes that the logs of some topics take on the broker's disk. */
  long bytes(Predicate<String> topics) throws InterruptedException, ExecutionException {
    List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
    long bytes = 0;
    for (Map<String, LogDirDescription> directories :
        admin.describeLogDirs(brokers).allDescriptions().get().values()) {
      for (LogDirDescription one : directories.values()) {
        for (Map.Entry<TopicPartition, ReplicaInfo> replica : one.replicaInfos().entrySet()) {
          bytes += topics.test(replica.getKey().topic()) ? replica.getValue().size() : 0;
        }
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    admin.close(Duration.ofSeconds(1));
    registry.close();
    schemas.close();
    kafka.close();
    directory.close();
  }
}
