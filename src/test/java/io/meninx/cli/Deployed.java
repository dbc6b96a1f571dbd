package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.fact.Fact;
import io.meninx.journal.JournalEntry;
import io.meninx.testing.JavaProcess;
import io.meninx.testing.TestCluster;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.WireFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A cluster, a registry in this process, and instances of the service beside it. */
final class Deployed implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ADDRESS = Pattern.compile("Answers at (http://\\S+)");

  private final String bootstrapServers;
  private final String secureBootstrapServers;
  private final Runnable closeCluster;
  private final AtomicBoolean clusterClosed = new AtomicBoolean();
  final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path directory;
  private final int partitions;
  private final List<Instance> instances = new ArrayList<>();

  Deployed(Path directory) {
    this(directory, PARTITIONS);
  }

  /** With so many partitions of every topic. */
  Deployed(Path directory, int partitions) {
    this(directory, TestCluster.start(1), partitions);
  }

  private Deployed(Path directory, TestCluster cluster, int partitions) {
    this(directory, cluster.bootstrapServers(), "", cluster::close, partitions);
  }

  /** On this cluster, which is closed with it. */
  Deployed(Path directory, EmbeddedKafka kafka) {
    this(
        directory,
        kafka.bootstrapServers(),
        kafka.secureBootstrapServers(),
        kafka::close,
        PARTITIONS);
  }

  private Deployed(
      Path directory,
      String bootstrapServers,
      String secureBootstrapServers,
      Runnable closeCluster,
      int partitions) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.secureBootstrapServers = secureBootstrapServers;
    this.closeCluster = closeCluster;
    this.partitions = partitions;
  }

  /** Sends facts as a hospital's interface would, in this order. */
  void send(Fact... facts) {
    FactWriter writer = new FactWriter();
    try (RegistryClient client = new HttpRegistryClient(RegistrySettings.of(registry.url()));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      WireFormat wire = new WireFormat(client, "");
      for (Fact fact : facts) {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    FactWriter.topicOf(fact).baseName(),
                    fact.header().patientId().value().getBytes(StandardCharsets.UTF_8),
                    wire.frame(writer.encode(fact))));
      }
      producer.flush();
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Its caller closes it. */
  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** For {@code bootstrap.servers}. */
  String bootstrapServers() {
    return bootstrapServers;
  }

  /** The same of the listener with security, where the cluster was started with one. */
  String secureBootstrapServers() {
    return secureBootstrapServers;
  }

  /** Takes the cluster away for good. */
  void closeCluster() {
    if (clusterClosed.compareAndSet(false, true)) {
      closeCluster.run();
    }
  }

  /** What a command said, and its exit code. */
  record Said(int exit, String out, String err) {}

  /** Settings of a small cluster, with these lines added. */
  Path config(String name, String... lines) {
    String text =
        """
        kafka:
          bootstrapServers: %s
          admin: {default.api.timeout.ms: 8000, request.timeout.ms: 4000}
        schemaRegistry: {url: "%s"}
        instance: %s
        stateDir: %s
        ticks: false
        http: {port: 0}
        """
            .formatted(bootstrapServers, registry.url(), name, directory.resolve("state-" + name));
    return write(name, text + String.join("\n", lines) + "\n");
  }

  /** The lines of a cluster of one broker. */
  static String oneBroker() {
    return "topics: {partitions: " + PARTITIONS + ", replicationFactor: 1, minInSyncReplicas: 1}";
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command in this process. */
  static Said meninx(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), args);
    return new Said(exit, out.toString(), err.toString());
  }

  /** Starts an instance in a process of its own. */
  Instance run(String name, Path config, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "--config", config.toString()));
    arguments.addAll(List.of(more));
    Path log = directory.resolve("log-" + name);
    try {
      Process process =
          new ProcessBuilder(
                  JavaProcess.command(256, Meninx.class, arguments.toArray(String[]::new)))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Instance instance = new Instance(process, log);
      instances.add(instance);
      return instance;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An instance of the service. */
  record Instance(Process process, Path log) {
    String said() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for its end; returns its exit code. */
    int exit(Duration limit) throws InterruptedException {
      assertThat(process.waitFor(limit)).as("ends within %s: %s", limit, said()).isTrue();
      return process.exitValue();
    }

    /** Waits until it works. */
    void awaitReady() {
      Awaitility.await()
          .atMost(PATIENCE)
          .failFast("it has ended", () -> !process.isAlive())
          .until(() -> ask("/health/ready").filter(answer -> answer.startsWith("200")).isPresent());
    }

    /** Where it answers; it must have said so. */
    String address() {
      Matcher address = ADDRESS.matcher(said());
      assertThat(address.find()).isTrue();
      return address.group(1);
    }

    /** Status and body; nothing when nobody answers. */
    Optional<String> ask(String path) {
      return send(path, HttpRequest.newBuilder().GET());
    }

    /** Sends JSON; returns status and body. */
    String post(String path, String json) {
      return send(
              path,
              HttpRequest.newBuilder()
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(json)))
          .orElse("nobody answers");
    }

    private Optional<String> send(String path, HttpRequest.Builder request) {
      Matcher address = ADDRESS.matcher(said());
      if (!address.find()) {
        return Optional.empty();
      }
      try (HttpClient client = HttpClient.newHttpClient()) {
        var answer =
            client.send(
                request.uri(URI.create(address.group(1) + path)).build(), BodyHandlers.ofString());
        return Optional.of(answer.statusCode() + " " + answer.body());
      } catch (IOException _) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  /**
   * Commits offset 0 of every input in a transaction that stays open, as an instance that dies just
   * then would leave it; the brokers abort it after 10 s at the earliest.
   */
  KafkaProducer<byte[], byte[]> leaveOffsetsUncommitted(String group) {
    var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "dead",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                10_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (Topic topic : Topic.inputs()) {
      for (int partition = 0; partition < partitions; partition++) {
        offsets.put(new TopicPartition(topic.baseName(), partition), new OffsetAndMetadata(0));
      }
    }
    producer.initTransactions();
    producer.beginTransaction();
    producer.sendOffsetsToTransaction(
        offsets, new ConsumerGroupMetadata(group, -1, "", Optional.empty()));
    return producer;
  }

  /** Waits until every input is in the journal; returns how long that took. */
  Duration awaitJournal() {
    long start = System.nanoTime();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(journaled()).containsExactlyInAnyOrderElementsOf(inputs()));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private List<String> inputs() {
    List<String> inputs = new ArrayList<>();
    for (Topic topic : Topic.inputs()) {
      read(topic)
          .forEach(row -> inputs.add(row.topic() + "-" + row.partition() + "@" + row.offset()));
    }
    return inputs;
  }

  private List<String> journaled() {
    return journal().stream()
        .flatMap(entry -> entry.coordinates().stream())
        .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
        .toList();
  }

  /** The committed journal. */
  List<JournalEntry> journal() {
    OutputReader reader = new OutputReader();
    return read(Topic.PATHWAY_JOURNAL).stream()
        .map(
            row -> {
              try {
                int body = Frames.HEADER_LENGTH;
                return reader
                    .journal(
                        Topic.PATHWAY_JOURNAL.valueSchema(),
                        row.value(),
                        body,
                        row.value().length - body)
                    .entry();
              } catch (PoisonRecordException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  /** The committed records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
    return read(topic.baseName());
  }

  /** The committed records of a topic with this name. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, this.partitions)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(rows::add);
      }
    }
    return rows;
  }

  @Override
  public void close() {
    instances.forEach(instance -> instance.process().destroyForcibly());
    registry.close();
    closeCluster();
  }
}
