package io.meninx.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The brokers of the other tests, and the faults they can be given. */
@Timeout(240)
class TestClusterIT {
  private static final String TOPIC = "kps-updates";

  @Test
  void threeBrokersLoseNothingWhenOneIsKilledAndComesBack() throws Exception {
    try (TestCluster cluster = TestCluster.start(3);
        Admin admin = admin(cluster.bootstrapServers());
        KafkaProducer<byte[], byte[]> producer = producer(cluster.bootstrapServers())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) -1))).all().get();
      assertThat(send(producer).get().offset()).isZero();

      cluster.kill(leader(admin));
      assertThat(send(producer).get().offset()).isEqualTo(1);

      for (int node = 1; node <= cluster.nodes(); node++) {
        if (!alive(admin).contains(node)) {
          cluster.restart(node);
        }
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(inSync(admin)).isEqualTo(3));
      assertThat(send(producer).get().offset()).isEqualTo(2);
    }
  }

  @Test
  void whoComesByTheDetourIsCutOffAndWhatWasSentArrivesLate() throws Exception {
    try (TestCluster cluster = TestCluster.start(1);
        Admin admin = admin(cluster.bootstrapServers());
        KafkaProducer<byte[], byte[]> direct = producer(cluster.bootstrapServers());
        KafkaProducer<byte[], byte[]> far = producer(cluster.detour())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) -1))).all().get();
      assertThat(send(far).get().offset()).isZero();

      cluster.cut();
      Future<RecordMetadata> late = send(far);
      assertThat(send(direct).get(20, TimeUnit.SECONDS).offset()).isEqualTo(1);
      Thread.sleep(Duration.ofSeconds(1));
      assertThat(late.isDone()).isFalse();

      cluster.heal();
      assertThat(late.get(20, TimeUnit.SECONDS).offset()).isEqualTo(2);
    }
  }

  private static Admin admin(String servers) {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer) {
    return producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[] {1}));
  }

  private static int leader(Admin admin) throws ExecutionException, InterruptedException {
    return description(admin).leader().id();
  }

  private static int inSync(Admin admin) throws ExecutionException, InterruptedException {
    return description(admin).isr().size();
  }

  private static org.apache.kafka.common.TopicPartitionInfo description(Admin admin)
      throws ExecutionException, InterruptedException {
    return Objects.requireNonNull(
            admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC))
        .partitions()
        .getFirst();
  }

  private static List<Integer> alive(Admin admin) throws ExecutionException, InterruptedException {
    return admin.describeCluster().nodes().get().stream()
        .map(org.apache.kafka.common.Node::id)
        .toList();
  }
}
