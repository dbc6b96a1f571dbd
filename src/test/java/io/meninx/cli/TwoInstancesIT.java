package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.cli.Deployed.Instance;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.PatientId;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.WireFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances share twelve partitions. Each answers for every patient, whoever decides; when one
 * is killed the other answers throughout and soon decides for all.
 */
@Timeout(400)
class TwoInstancesIT {
  private static final int PARTITIONS = 12;
  private static final Duration AFTER_THE_DECISION = Duration.ofSeconds(1);
  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path directory;
  private Deployed deployed;
  private RegistryClient registry;
  private KafkaProducer<byte[], byte[]> producer;
  private final HttpClient client = HttpClient.newHttpClient();
  private final FactWriter writer = new FactWriter();
  private final List<String> patients = twoOfEachPartition();

  @BeforeEach
  void start() {
    deployed = new Deployed(directory, PARTITIONS);
    registry = new HttpRegistryClient(RegistrySettings.of(deployed.registry.url()));
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close(Duration.ZERO);
    client.close();
    registry.close();
    deployed.close();
  }

  private static List<String> twoOfEachPartition() {
    List<String> patients = new ArrayList<>();
    int[] found = new int[PARTITIONS];
    for (int i = 0; patients.size() < 2 * PARTITIONS; i++) {
      String patient = "p-" + i;
      byte[] key = patient.getBytes(StandardCharsets.UTF_8);
      int partition = Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
      if (found[partition] < 2) {
        found[partition]++;
        patients.add(patient);
      }
    }
    return patients;
  }

  @Test
  void eachAnswersForEveryPatientAndOneIsEnough(TestReporter reporter) throws Exception {
    Instance one = run("one");
    Instance other = run("other");
    one.awaitReady();
    other.awaitReady();
    awaitBothAtWork(one, other);
    send(
        patient ->
            Facts.assessment("a-" + patient).patient(patient).suspicion(Suspicion.HIGH).build());
    awaitAll(one, _ -> true);
    awaitAll(other, _ -> true);

    Duration behind = slowest(List.of(one, other));
    reporter.publishEntry("answered after the decision, slowest of 48", behind.toMillis() + " ms");
    if (!machineIsBusyWithOthers()) {
      assertThat(behind).isLessThan(AFTER_THE_DECISION);
    }

    try (Asker asker = new Asker(other)) {
      long start = System.nanoTime();
      one.process().destroyForcibly();
      send(
          patient ->
              Facts.csf("c-" + patient).patient(patient).cytology(Cytology.POSITIVE).build());
      awaitAll(other, answer -> answer.contains("\"certainty\":\"CONFIRMED\""));
      Duration takeover = Duration.ofNanos(System.nanoTime() - start);
      reporter.publishEntry("decided for all after a kill", takeover.toMillis() + " ms");
      reporter.publishEntry(
          "asked meanwhile",
          asker.asked.get() + " times, slowest " + asker.slowest.get() / 1_000_000 + " ms");
      assertThat(asker.asked.get()).isGreaterThan(50);
      assertThat(asker.refused).isEmpty();
      if (!machineIsBusyWithOthers()) {
        assertThat(takeover).isLessThan(TAKEOVER);
      }
    }
  }

  /** With ticks of its own, unlike the other tests: this is about the present. */
  private Instance run(String name) throws IOException {
    Path config =
        deployed.config(
            name,
            "topics: {partitions: 12, replicationFactor: 1, minInSyncReplicas: 1}",
            "tickInterval: 1s");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("ticks: false", "ticks: true")
            .replace("http: {port: 0}", "http: {port: 0, requestsPerMinute: 1000000}"));
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    return deployed.run(name, config);
  }

  /** Before that nobody knows which of them a kill hits. */
  private static void awaitBothAtWork(Instance one, Instance other) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                List.of(one, other).stream()
                    .allMatch(
                        instance ->
                            instance
                                .ask("/metrics")
                                .filter(said -> said.contains("meninx_partitions 6.0"))
                                .isPresent()));
  }

  private void send(Function<String, Fact> fact) {
    WireFormat wire = new WireFormat(registry, "");
    for (String patient : patients) {
      try {
        Encoded encoded = writer.encode(fact.apply(patient));
        var _ =
            producer.send(
                new ProducerRecord<>(
                    encoded.topic().name(""),
                    patient.getBytes(StandardCharsets.UTF_8),
                    wire.frame(encoded)));
      } catch (PoisonRecordException e) {
        throw new AssertionError(e);
      }
    }
    producer.flush();
  }

  private String answer(Instance instance, String patient) throws IOException {
    URI address = URI.create(instance.address()).resolve("/api/v1/patients/" + patient);
    try {
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void awaitAll(Instance instance, Predicate<String> wanted) {
    Set<String> waiting = new TreeSet<>(patients);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              for (String patient : List.copyOf(waiting)) {
                String answer = answer(instance, patient);
                if (answer.startsWith("200 ") && wanted.test(answer)) {
                  waiting.remove(patient);
                }
              }
              return waiting.isEmpty();
            });
  }

  /** From when a decision can be read from its topic to when an instance tells it. */
  private Duration slowest(List<Instance> instances) throws InterruptedException {
    Map<String, Long> decided = new ConcurrentHashMap<>();
    Map<String, Long> answered = new ConcurrentHashMap<>();
    List<Thread> threads = new ArrayList<>();
    AtomicBoolean attached = new AtomicBoolean();
    threads.add(Thread.ofPlatform().start(() -> watch(decided, attached)));
    Awaitility.await().atMost(PATIENCE).untilTrue(attached);
    for (Instance instance : instances) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> awaitAnswers(instance, instances.indexOf(instance) + " ", answered)));
    }
    send(patient -> Facts.kps("k-" + patient, 50).patient(patient).day(1).build());
    for (Thread thread : threads) {
      assertThat(thread.join(PATIENCE)).isTrue();
    }
    assertThat(decided).hasSameSizeAs(patients);
    assertThat(answered).hasSize(patients.size() * instances.size());
    return answered.entrySet().stream()
        .map(
            told ->
                Duration.ofNanos(
                    Math.max(
                        0,
                        told.getValue()
                            - decided.getOrDefault(told.getKey().substring(2), Long.MAX_VALUE))))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private void awaitAnswers(Instance instance, String name, Map<String, Long> answered) {
    awaitAll(
        instance,
        answer -> {
          boolean there = answer.contains("\"statusGroup\":\"POOR\"");
          if (there) {
            String patient = answer.split("\"patientId\":\"", 2)[1].split("\"", 2)[0];
            answered.putIfAbsent(name + patient, System.nanoTime());
          }
          return there;
        });
  }

  private void watch(Map<String, Long> decided, AtomicBoolean attached) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            deployed.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    OutputReader reader = new OutputReader();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(one -> new TopicPartition(Topic.PATIENT_PATHWAYS.baseName(), one))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      attached.set(true);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (decided.size() < patients.size() && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
          Pathway pathway = pathway(reader, record.value());
          PatientId patient = pathway.patientId();
          if (pathway.state().statusGroup().name().equals("POOR")) {
            decided.putIfAbsent(patient.value(), System.nanoTime());
          }
        }
      }
    }
  }

  private static Pathway pathway(OutputReader reader, byte[] value) {
    try {
      return reader.pathway(
          Topic.PATIENT_PATHWAYS.valueSchema(),
          value,
          Frames.HEADER_LENGTH,
          value.length - Frames.HEADER_LENGTH);
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks an instance for one patient after the other, all the time. */
  private final class Asker implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    Asker(Instance instance) {
      thread = Thread.ofPlatform().start(() -> ask(instance));
    }

    private void ask(Instance instance) {
      for (int i = 0; !ended.get(); i = (i + 1) % patients.size()) {
        long start = System.nanoTime();
        try {
          String answer = answer(instance, patients.get(i));
          if (!answer.startsWith("200 ")) {
            refused.add(answer);
          }
        } catch (IOException e) {
          refused.add(e.toString());
        }
        asked.incrementAndGet();
        long took = System.nanoTime() - start;
        slowest.accumulateAndGet(took, Math::max);
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended.set(true);
      thread.join();
    }
  }

  private static boolean machineIsBusyWithOthers() {
    var machine = ManagementFactory.getOperatingSystemMXBean();
    return machine.getSystemLoadAverage() > 4.0 * machine.getAvailableProcessors();
  }
}
