package io.meninx.demo;

import io.meninx.casefile.CaseRecorder;
import io.meninx.demo.MergedClock.CaseArrival;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Sends ticks and facts so that each fact is decided at the instant it arrives.
 *
 * <p><b>Why in lock-step.</b> A decision on a fact is made at the logical time of its partition, so
 * the tick of its arrival must be processed before it and the next tick after it. Ticks and facts
 * are in different topics, and between topics Kafka Streams promises no order: it prefers the
 * smallest record time among what it has fetched, and {@code max.task.idle.ms} only makes it wait
 * for more. Waiting on what was committed does promise it: nothing is sent before the journal, read
 * committed, has the entries of everything sent before. Those are processed and their transaction
 * is closed, so that not even a restart of the stream could put them after what is sent next.
 * Within a topic and partition order is Kafka's own, so ticks go together; facts of one instant
 * belong to different patients, whose order does not matter.
 *
 * <p>It costs two commits for each instant at which something arrives, which is the pace of the
 * demo. Not thread-safe.
 */
final class Lockstep implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  /** The sender of the ticks. */
  private static final String INSTANCE = "demo";

  private final int partitions;
  private final RegistryClient registry;
  private final CaseRecorder recorder;
  private final Runnable healthCheck;
  private final Duration patience;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final FactWriter writer = new FactWriter();
  private final Set<Place> pending = new HashSet<>();

  /**
   * Connects.
   *
   * @param bootstrapServers of the cluster
   * @param partitions of every topic
   * @param registry of the schemas
   * @param recorder gets what comes out
   * @param healthCheck throws when the stream has stopped
   * @param patience how long nothing at all may come out before that is a failure
   */
  Lockstep(
      String bootstrapServers,
      int partitions,
      RegistryClient registry,
      CaseRecorder recorder,
      Runnable healthCheck,
      Duration patience) {
    this.partitions = partitions;
    this.registry = registry;
    this.recorder = recorder;
    this.healthCheck = healthCheck;
    this.patience = patience;
    this.producer = producer(bootstrapServers);
    this.consumer = consumer(bootstrapServers);
    List<TopicPartition> outputs = new ArrayList<>();
    for (Topic topic : Topic.outputs()) {
      for (int i = 0; i < partitions; i++) {
        outputs.add(new TopicPartition(topic.name(""), i));
      }
    }
    consumer.assign(outputs);
    consumer.seekToBeginning(outputs);
  }

  private static Producer<byte[], byte[]> producer(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Where an input record is. */
  private record Place(String topic, int partition, long offset) {}

  /** Lets time pass on every partition to each of these instants, in order. */
  void ticks(List<Instant> instants) {
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    for (Instant at : instants) {
      Encoded tick = writer.encodeTick(at, INSTANCE);
      for (int i = 0; i < partitions; i++) {
        acknowledged.add(send(tick, i, Optional.empty(), at));
      }
    }
    acknowledged.forEach(sent -> pending.add(place(sent)));
    await();
  }

  /** Facts arrive, at most one of each patient. */
  void facts(List<CaseArrival> arrivals) {
    Map<CaseArrival, Future<RecordMetadata>> acknowledged = new HashMap<>();
    for (CaseArrival it : arrivals) {
      byte[] key = it.file().patientId().value().getBytes(StandardCharsets.UTF_8);
      int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
      acknowledged.put(it, send(encoded(it), partition, Optional.of(key), it.arrival().at()));
    }
    acknowledged.forEach(
        (it, sent) -> {
          Place place = place(sent);
          Topic topic = FactWriter.topicOf(it.arrival().fact());
          recorder.sent(it.file(), it.arrival().index(), topic, place.partition(), place.offset());
          pending.add(place);
        });
    await();
  }

  private Encoded encoded(CaseArrival arrival) {
    try {
      return writer.encode(arrival.arrival().fact());
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("a fact that was read cannot be written", e);
    }
  }

  @SuppressWarnings("NullAway") // A record without a key has the key null.
  private Future<RecordMetadata> send(
      Encoded encoded, int partition, Optional<byte[]> key, Instant at) {
    int id = registry.idFor(encoded.topic().subject(""), encoded.schema());
    return producer.send(
        new ProducerRecord<>(
            encoded.topic().name(""),
            partition,
            at.toEpochMilli(),
            key.orElse(null),
            encoded.framed(id)));
  }

  private static Place place(Future<RecordMetadata> sent) {
    try {
      RecordMetadata at = sent.get();
      return new Place(at.topic(), at.partition(), at.offset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not take a record", e);
    }
  }

  /** Returns when everything sent is in the journal and everything the journal tells was read. */
  private void await() {
    long lastNews = System.nanoTime();
    while (!pending.isEmpty() || !recorder.settled()) {
      var records = consumer.poll(POLL);
      records.forEach(this::received);
      if (!records.isEmpty()) {
        lastNews = System.nanoTime();
      } else if (System.nanoTime() - lastNews > patience.toNanos()) {
        throw new IllegalStateException("nothing came out of the stream for " + patience);
      }
      healthCheck.run();
    }
  }

  private void received(ConsumerRecord<byte[], byte[]> record) {
    Topic topic = Topic.of("", record.topic()).orElseThrow();
    recorder
        .received(topic, record.partition(), record.value())
        .flatMap(io.meninx.journal.JournalEntry::coordinates)
        .ifPresent(at -> pending.remove(place(at)));
  }

  private static Place place(Coordinates at) {
    return new Place(at.topic(), at.partition(), at.offset());
  }

  @Override
  public void close() {
    try {
      producer.close(Duration.ofSeconds(2));
    } finally {
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
    }
  }
}
