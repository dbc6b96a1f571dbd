package io.meninx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.testing.TestCluster;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.SchemaCatalog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed that has gone mad. */
@Timeout(300)
class GarbageIT {
  private static final int GARBAGE = 100_000;
  private static final Topic TOPIC = Topic.CSF_CYTOLOGY_RESULTS;
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(200);
  private static final Instant NOW = Instant.parse("2025-03-01T08:00:00Z");

  private final SchemaCatalog catalog = new SchemaCatalog();
  private final FactWriter writer = new FactWriter();

  @Test
  void aHundredThousandRecordsOfGarbageAreDeadLettersAndTheNextGoodOneIsDecided() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(catalog);
        TestCluster cluster = TestCluster.start(1);
        TemporaryDirectory directory = TemporaryDirectory.create("garbage");
        Fleet fleet = new Fleet(maker(cluster, registry, directory))) {
      KafkaSide kafka =
          new KafkaSide(cluster.bootstrapServers(), History.prefix("garbage"), PARTITIONS);
      maker(cluster, registry, directory).createTopics();
      try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
        sendTicks(kafka, producer);
        sendGarbage(kafka, producer);
        sendGood(kafka, producer);
      }
      fleet.start("one");
      JournalTail journal = new JournalTail(kafka);
      journal.awaitDecided(first(kafka), true, PATIENCE);
      long start = System.nanoTime();
      journal.awaitDecided(all(kafka), true, PATIENCE);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();

      Comparison comparison = new Comparison(kafka, engine(), registry.url());
      System.out.printf(
          "garbage: %d records in %.1f s, %.0f a second; %s%n",
          GARBAGE, millis / 1000.0, GARBAGE * 1000.0 / millis, comparison.figures());
      assertThat(comparison.differences()).isEmpty();
      assertThat(comparison.deadLetters()).isEqualTo(GARBAGE);
      assertThat(comparison.patients()).isEqualTo(PARTITIONS);
      assertThat(fleet.startedAgain()).isZero();
    }
  }

  private static InstanceMaker maker(
      TestCluster cluster, EmbeddedRegistry registry, TemporaryDirectory directory) {
    int port = URI.create(registry.url()).getPort();
    return new InstanceMaker("garbage", cluster, port, PARTITIONS, directory.path());
  }

  private static PathwayEngine engine() {
    return new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
  }

  private void sendTicks(KafkaSide kafka, KafkaProducer<byte[], byte[]> producer) {
    byte[] tick = framed(writer.encodeTick(NOW, "harness"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(producer, kafka, Topic.CLOCK_TICKS, partition, null, tick);
    }
  }

  /** Noise, frames cut short, frames around noise, schema ids that nobody knows, nothing at all. */
  private void sendGarbage(KafkaSide kafka, KafkaProducer<byte[], byte[]> producer) {
    Random random = new Random(42);
    int known =
        catalog.register(TOPIC.subject(History.prefix("garbage")), TOPIC.valueSchema()).id();
    for (int i = 0; i < GARBAGE; i++) {
      byte[] noise = new byte[1 + random.nextInt(200)];
      random.nextBytes(noise);
      byte[] value =
          switch (i % 100) {
            case 0 -> Frames.frame(1_000_000 + random.nextInt(1_000), noise);
            case 1 -> new byte[0];
            case 2 -> null;
            case 3 -> new byte[] {0, 0, 0};
            default -> i % 2 == 0 ? Frames.frame(known, noise) : noise;
          };
      send(producer, kafka, TOPIC, i % PARTITIONS, null, value);
    }
  }

  /** One patient on each partition. */
  private void sendGood(KafkaSide kafka, KafkaProducer<byte[], byte[]> producer)
      throws PoisonRecordException {
    Set<Integer> served = new HashSet<>();
    for (int i = 0; served.size() < PARTITIONS; i++) {
      String patient = "p-" + i;
      byte[] key = patient.getBytes(StandardCharsets.UTF_8);
      int partition = Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
      if (served.add(partition)) {
        Fact fact = Facts.csf("r-" + i).patient(patient).day(58).positive().build();
        send(producer, kafka, TOPIC, partition, key, framed(writer.encode(fact)));
      }
    }
  }

  private byte[] framed(Encoded encoded) {
    String subject = encoded.topic().subject(History.prefix("garbage"));
    return encoded.framed(catalog.register(subject, encoded.schema()).id());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      KafkaSide kafka,
      Topic topic,
      int partition,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    var _ = producer.send(new ProducerRecord<>(kafka.name(topic), partition, key, value));
  }

  private static Map<TopicPartition, Long> all(KafkaSide kafka) {
    return kafka.ends(TOPIC);
  }

  private static Map<TopicPartition, Long> first(KafkaSide kafka) {
    Map<TopicPartition, Long> first = new HashMap<>(kafka.ends(TOPIC));
    first.replaceAll((_, _) -> 1L);
    return first;
  }
}
