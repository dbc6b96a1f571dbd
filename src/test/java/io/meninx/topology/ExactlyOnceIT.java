package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.fact.Fact;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.Sha256;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientView;
import io.meninx.service.topics.NewTopics;
import io.meninx.testing.TestCluster;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The topology on a real Kafka and a registry over HTTP, exactly once. */
@Timeout(180)
class ExactlyOnceIT {
  private static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant START = at(0, "08:00");

  private final List<Path> before = temporaryFiles();
  private final TestCluster kafka = TestCluster.start(1);
  private final EmbeddedRegistry schemas = EmbeddedRegistry.start();
  private final TemporaryDirectory state = TemporaryDirectory.create("state");
  private final RegistryClient registry =
      new RetryingRegistryClient(
          new HttpRegistryClient(RegistrySettings.of(schemas.url())),
          RetryingRegistryClient.DEFAULT_PATIENCE);
  private final WireFormat wire = new WireFormat(registry, "");
  private final FactWriter writer = new FactWriter();
  private final OutputReader reader = new OutputReader();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private boolean closed;

  @BeforeEach
  void topics() throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      NewTopics.make(
              admin,
              Arrays.stream(Topic.values())
                  .map(topic -> new NewTopic(topic.baseName(), PARTITIONS, (short) 1))
                  .toList())
          .get();
    }
  }

  @AfterEach
  void close() {
    if (!closed) {
      closed = true;
      producer.close();
      registry.close();
      schemas.close();
      kafka.close();
      state.close();
    }
  }

  @Test
  void everyInputIsInTheJournalOnceThoughTheStreamIsRestarted() throws Exception {
    ScriptedEngine engine = new ScriptedEngine().waiting(Duration.ofMinutes(1), 1);
    try (StreamsRuntime runtime = started(engine)) {
      sendFacts("a", 20);
      tick(START);
      sendFacts("b", 20);
      sendPoison();
      awaitJournal();
      assertThat(runtime.failure()).isEmpty();
    }
    sendFacts("c", 20);
    tick(START.plusSeconds(60));
    try (StreamsRuntime runtime = started(new ScriptedEngine().waiting(Duration.ofMinutes(1), 1))) {
      awaitJournal();
      assertThat(runtime.failure()).isEmpty();
    }

    assertThat(facts(Disposition.DECIDED)).hasSize(60);
    assertThat(facts(Disposition.DEAD_LETTER)).hasSize(1);
    assertThat(read(Topic.PATIENT_PATHWAYS)).hasSize(60);
    assertThat(read(Topic.PATIENT_PATHWAYS))
        .allSatisfy(
            row ->
                assertThat(row.partition())
                    .isEqualTo(InputReader.partitionOf(row.key(), PARTITIONS)));

    close();
    assertThat(temporaryFiles()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void aBugStopsTheStreamWithItsCauseAndNothingIsLostOrDoubled() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (StreamsRuntime runtime = started(new Breaking("b-7", broken))) {
      tick(START);
      sendFacts("a", 20);
      sendFacts("b", 20);

      assertThat(runtime.awaitEnd(PATIENCE)).isTrue();
      assertThat(runtime.failure().orElseThrow())
          .hasRootCauseInstanceOf(RecordFailureException.class)
          .rootCause()
          .hasMessageContaining("IllegalStateException")
          .hasMessageNotContaining("broken");
    }
    broken.set(false);
    try (StreamsRuntime runtime = started(new Breaking("b-7", broken))) {
      awaitJournal();
      assertThat(runtime.failure()).isEmpty();
    }
    assertThat(facts(Disposition.DECIDED)).hasSize(40);
    assertThat(read(Topic.PATIENT_PATHWAYS)).hasSize(40);
  }

  /** Those that seem to be abandoned are removed at the next start. */
  @Test
  void storesInUseAreMarked() throws Exception {
    Instant now = Instant.now();
    Instant old = now.minus(TopologySettings.LONGEST_ABSENCE);
    try (StreamsRuntime runtime = started(new ScriptedEngine())) {
      tick(START);
      awaitJournal();
      age(old);
      runtime.markStores(now);
      assertThat(marks()).hasSize(PARTITIONS).allSatisfy(mark -> assertThat(mark).isAfter(old));
    }
  }

  private void age(Instant time) throws IOException {
    for (Path store : stores()) {
      Files.setLastModifiedTime(store, FileTime.from(time));
    }
  }

  private List<Instant> marks() throws IOException {
    List<Instant> marks = new ArrayList<>();
    for (Path store : stores()) {
      marks.add(Files.getLastModifiedTime(store).toInstant().minusSeconds(1));
    }
    return marks;
  }

  private List<Path> stores() throws IOException {
    try (Stream<Path> files = Files.list(state.path().resolve("meninx-it"))) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9]+_[0-9]+")).toList();
    }
  }

  @Test
  void aTickIsPublishedToEveryPartitionOnceAndTruncated() throws Exception {
    tick(START.plusSeconds(59));
    tick(START.plusSeconds(30));

    assertThat(read(Topic.CLOCK_TICKS))
        .extracting(ConsumerRecord::partition)
        .containsExactlyInAnyOrder(0, 1, 2, 0, 1, 2);
    try (StreamsRuntime runtime = started(new ScriptedEngine())) {
      awaitJournal();
      assertThat(runtime.failure()).isEmpty();
    }
    assertThat(journal())
        .filteredOn(entry -> entry.disposition() == Disposition.TICK)
        .hasSize(PARTITIONS)
        .allSatisfy(entry -> assertThat(entry.logicalTime()).hasValue(START));
    assertThat(journal())
        .filteredOn(entry -> entry.disposition() == Disposition.DUPLICATE)
        .hasSize(PARTITIONS);
  }

  private StreamsRuntime started(DecisionEngine engine) throws InterruptedException {
    TopologySettings settings = TopologySettings.of("", PARTITIONS, engine, "test", registry);
    StreamsRuntime runtime =
        new StreamsRuntime(
            MeninxTopology.build(settings),
            StreamsRuntime.config("meninx-it", kafka.bootstrapServers(), state.path(), Map.of()));
    runtime.start();
    assertThat(runtime.awaitRunning(PATIENCE)).isTrue();
    return runtime;
  }

  private void sendFacts(String group, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String patient = group + "-" + i;
      Fact fact = kps("r-" + patient, 80).patient(patient).day(0).build();
      var _ =
          producer.send(
              new ProducerRecord<>(
                  Topic.KPS_UPDATES.baseName(),
                  patient.getBytes(StandardCharsets.UTF_8),
                  wire.frame(writer.encode(fact))));
    }
    producer.flush();
  }

  private void sendPoison() {
    var _ =
        producer.send(
            new ProducerRecord<>(
                Topic.CSF_CYTOLOGY_RESULTS.baseName(), new byte[] {1}, new byte[] {2}));
    producer.flush();
  }

  private void tick(Instant time) {
    try (TickPublisher ticks =
        new TickPublisher(
            producer,
            wire,
            new TickPublisher.Settings("", PARTITIONS, Duration.ofMinutes(1), "i1"),
            Clock.fixed(time, ZoneOffset.UTC))) {
      ticks.publish();
      ticks.publish();
    }
  }

  /**
   * Waits until every input offset is in the journal, and checks that each is there once and every
   * chain holds.
   */
  private void awaitJournal() {
    List<String> offsets = inputOffsets();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () ->
                assertThat(
                        journal().stream()
                            .flatMap(entry -> entry.coordinates().stream())
                            .map(c -> c.topic() + "-" + c.partition() + "@" + c.offset()))
                    .containsExactlyInAnyOrderElementsOf(offsets));
  }

  private List<String> inputOffsets() {
    List<String> offsets = new ArrayList<>();
    for (Topic topic : Topic.inputs()) {
      read(topic)
          .forEach(row -> offsets.add(row.topic() + "-" + row.partition() + "@" + row.offset()));
    }
    return offsets;
  }

  private List<JournalEntry> facts(Disposition disposition) {
    return journal().stream().filter(entry -> entry.disposition() == disposition).toList();
  }

  private List<JournalEntry> journal() {
    Map<Integer, Sha256> links = new HashMap<>();
    List<JournalEntry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> row : read(Topic.PATHWAY_JOURNAL)) {
      byte[] body = Arrays.copyOfRange(row.value(), Frames.HEADER_LENGTH, row.value().length);
      Sha256 previous = links.getOrDefault(row.partition(), Chain.GENESIS);
      links.put(row.partition(), Chain.verify(previous, body).orElseThrow());
      try {
        entries.add(
            reader.journal(Topic.PATHWAY_JOURNAL.valueSchema(), body, 0, body.length).entry());
      } catch (PoisonRecordException e) {
        throw new AssertionError(e);
      }
    }
    return entries;
  }

  /** All committed records of a topic, in order within a partition. */
  private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          Stream.iterate(0, p -> p + 1)
              .limit(PARTITIONS)
              .map(p -> new TopicPartition(topic.baseName(), p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(rows::add);
      }
    }
    return rows;
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    @Nullable Long end = ends.get(partition);
    return end == null ? 0 : end;
  }

  private static List<Path> temporaryFiles() {
    String prefix = "meninx-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails on one patient for as long as it is broken. */
  private record Breaking(DecisionEngine engine, String patient, AtomicBoolean broken)
      implements DelegatingEngine {
    Breaking(String patient, AtomicBoolean broken) {
      this(new ScriptedEngine(), patient, broken);
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
      if (broken.get() && fact.header().patientId().value().equals(patient)) {
        throw new IllegalStateException("broken");
      }
      return engine.decide(view, fact, receivedAt, now);
    }
  }
}
