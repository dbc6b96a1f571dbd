package io.meninx.replay;

import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.service.topics.NewTopics;
import io.meninx.simulate.Arrival;
import io.meninx.testing.TestCluster;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.RetryingRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A cluster inside the process on which a history is decided live: inputs in transactions, some of
 * them aborted, the stream stopped and started again, by the guideline one likes.
 */
public final class LiveJournal implements AutoCloseable {
  private static final String GROUP = "meninx-live";
  private static final int BATCH = 500;

  /** Simulated record times lie in the past: nothing may be deleted for its age. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  /** So many patients come one after the other that the last of them live in the future. */
  private static final Map<String, String> ANY_TIME =
      Map.of("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

  private final TestCluster kafka = TestCluster.start(1, ANY_TIME);
  private final EmbeddedRegistry schemas = EmbeddedRegistry.start();
  private final TemporaryDirectory state = TemporaryDirectory.create("live");
  private final RegistryClient registry =
      new RetryingRegistryClient(
          new HttpRegistryClient(RegistrySettings.of(schemas.url())),
          RetryingRegistryClient.DEFAULT_PATIENCE);
  private final WireFormat wire = new WireFormat(registry, "");
  private final FactWriter writer = new FactWriter();
  private final int partitions;
  private final String engineVersion;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Admin admin;
  private int pending;
  private long sent;
  private boolean aborts;
  private final Map<Integer, Long> counted = new HashMap<>();
  private final OutputReader decoder = new OutputReader();
  private long journaled;

  /** With so many partitions; nothing is decided yet. */
  public LiveJournal(int partitions, String engineVersion) throws Exception {
    this.partitions = partitions;
    this.engineVersion = engineVersion;
    this.admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    NewTopics.make(
            admin,
            Arrays.stream(Topic.values())
                .map(topic -> new NewTopic(topic.baseName(), partitions, (short) 1).configs(KEPT))
                .toList())
        .get();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "live-inputs",
                ProducerConfig.LINGER_MS_CONFIG,
                20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
  }

  /** Addresses, for settings. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Address of the registry, for settings. */
  public String registryUrl() {
    return schemas.url();
  }

  /** How many inputs were sent, ticks included. */
  public long sent() {
    return sent;
  }

  /** A fact, received at its simulated time. */
  public void fact(Arrival arrival) {
    Encoded encoded;
    try {
      encoded = writer.encode(arrival.fact());
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
    byte[] key = arrival.fact().header().patientId().value().getBytes(StandardCharsets.UTF_8);
    send(
        new ProducerRecord<>(
            encoded.topic().baseName(),
            null,
            arrival.at().toEpochMilli(),
            key,
            wire.frame(encoded)));
  }

  /** A tick to every partition. */
  public void tick(Instant at) {
    byte[] value = wire.frame(writer.encodeTick(at, "live"));
    for (int partition = 0; partition < partitions; partition++) {
      send(
          new ProducerRecord<>(
              Topic.CLOCK_TICKS.baseName(), partition, at.toEpochMilli(), null, value));
    }
  }

  /** Every so many records a transaction ends, and one whose records nobody sees comes between. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record);
    sent++;
    if (++pending == BATCH) {
      commit();
      if (aborts) {
        var _ = producer.send(record);
        producer.abortTransaction();
        producer.beginTransaction();
      }
      aborts = !aborts;
    }
  }

  /** Makes all that was sent seen. */
  public void commit() {
    producer.commitTransaction();
    producer.beginTransaction();
    pending = 0;
  }

  /** Starts deciding by this guideline. */
  public StreamsRuntime started(Guideline guideline) throws InterruptedException {
    DecisionEngine engine =
        DecisionEngine.of(new PathwayEngine(guideline, EngineSettings.STANDARD));
    StreamsRuntime runtime =
        new StreamsRuntime(
            MeninxTopology.build(
                TopologySettings.of("", partitions, engine, engineVersion, registry)),
            StreamsRuntime.config(
                GROUP,
                kafka.bootstrapServers(),
                state.path(),
                Map.of("num.stream.threads", "2", "max.task.idle.ms", "200")));
    runtime.start();
    if (!runtime.awaitRunning(Duration.ofSeconds(60))) {
      throw new AssertionError("the stream does not start");
    }
    return runtime;
  }

  /** Waits until so large a share of what was sent is decided. */
  public void await(StreamsRuntime runtime, double share, Duration limit) throws Exception {
    for (long waited = 0; waited < limit.toMillis(); waited += 500) {
      if (runtime.failure().isPresent()) {
        throw new AssertionError(runtime.failure().get());
      }
      if (journaled() >= share * sent) {
        return;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("not decided in time: " + journaled + " of " + sent);
  }

  /** Entries of inputs in the journal so far; goes on where it stopped counting. */
  private long journaled() throws PoisonRecordException {
    try (KafkaJournal journal = journal(false)) {
      for (int partition : journal.partitions()) {
        try (JournalReader reader = journal.open(partition, counted.getOrDefault(partition, 0L))) {
          for (Optional<JournalRecord> next = reader.next();
              next.isPresent();
              next = reader.next()) {
            counted.put(partition, next.get().offset() + 1);
            if (((JournalRecord.Whole) next.get()).entry(decoder).disposition().ofAnInput()) {
              journaled++;
            }
          }
        }
      }
    }
    return journaled;
  }

  /**
   * Has the broker delete the older half of every partition of the journal, as its retention does.
   */
  public void forgetHalf() throws Exception {
    Map<TopicPartition, RecordsToDelete> older = new HashMap<>();
    try (KafkaJournal journal = journal(false)) {
      for (int partition : journal.partitions()) {
        older.put(
            new TopicPartition(Topic.PATHWAY_JOURNAL.baseName(), partition),
            RecordsToDelete.beforeOffset(journal.end(partition) / 2));
      }
    }
    admin.deleteRecords(older).all().get();
  }

  /** The journal in its topic. */
  public KafkaJournal journal(boolean compareInputs) {
    return new KafkaJournal(
        Map.of("bootstrap.servers", kafka.bootstrapServers()), "", registry, compareInputs);
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close();
    registry.close();
    schemas.close();
    kafka.close();
    state.close();
  }
}
