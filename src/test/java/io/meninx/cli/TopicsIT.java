package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.cli.Deployed.Said;
import io.meninx.fact.Facts;
import io.meninx.service.topics.NewTopics;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.Names;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryRefusedException;
import io.meninx.wire.registry.SchemaCatalog;
import io.meninx.wire.registry.SchemaCatalog.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsIT {
  private static final Schema OTHER =
      SchemaBuilder.record("KpsUpdate")
          .namespace("io.meninx.wire.avro")
          .fields()
          .requiredBytes("other")
          .endRecord();

  @TempDir private Path directory;
  private Deployed deployed;

  @BeforeEach
  void start() {
    deployed = new Deployed(directory);
  }

  @AfterEach
  void close() {
    deployed.close();
  }

  @Test
  void whatWasMadeIsInOrderAndEveryChangeIsFound() throws Exception {
    Path config =
        deployed.config("one", oneBroker(), "stream: {groupProtocol: streams, standbyReplicas: 1}");
    assertThat(check(config).exit()).isEqualTo(Meninx.FAILED);
    assertThat(check(config).err().lines())
        .contains("meninx: topic kps-updates: topic: expected to be there, found none")
        .contains(
            "meninx: subject kps-updates-value: compatibility: expected FULL_TRANSITIVE, found"
                + " BACKWARD")
        .contains(
            "meninx: subject kps-updates-value: schema: expected this build's, found not"
                + " registered")
        .contains("meninx: group meninx: streams.session.timeout.ms: expected 10000, found 6000");

    Said created = meninx("topics", "--create", "--config", config.toString());
    assertThat(created.err()).isEmpty();
    assertThat(created.out())
        .contains("made topic pathway-journal")
        .contains(
            Topic.values().length
                + " topics with 3 partitions each, their schemas and the group are in order");
    assertThat(created.exit()).isZero();
    assertThat(meninx("topics", "--create", "--config", config.toString()).out())
        .doesNotContain("made topic");
    assertThat(check(config).exit()).isZero();

    alter(topic("kps-updates"), "message.timestamp.type", "CreateTime");
    alter(topic("pathway-journal"), "retention.ms", "1000");
    alter(topic("dead-letters"), "max.message.bytes", "1000000");
    alter(topic("patient-pathways"), "cleanup.policy", "delete");
    alter(
        new ConfigResource(ConfigResource.Type.GROUP, "meninx"),
        "streams.num.standby.replicas",
        "0");
    morePartitions("imaging-reports", 5);
    Said changed = check(config);
    assertThat(changed.exit()).isEqualTo(Meninx.FAILED);
    assertThat(changed.out()).contains("6 differences");
    assertThat(changed.err().lines())
        .containsExactlyInAnyOrder(
            "meninx: topic imaging-reports: partitions: expected 3, found 5",
            "meninx: topic kps-updates: message.timestamp.type: expected LogAppendTime, found"
                + " CreateTime",
            "meninx: topic patient-pathways: cleanup.policy: expected compact, found delete",
            "meninx: topic pathway-journal: retention.ms: expected 31536000000 or more, found 1000",
            "meninx: topic dead-letters: max.message.bytes: expected 2097152 or more, found"
                + " 1000000",
            "meninx: group meninx: streams.num.standby.replicas: expected 1, found 0");
  }

  /** The stream would go on with what is there, and nobody would know. */
  @Test
  void inputsThatWereDeletedBeforeTheyWereDecidedAreFound() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    deployed.send(Facts.kps("first", 90).build(), Facts.kps("second", 80).build());
    try (Admin admin = admin()) {
      int hash = Utils.murmur2(Facts.PATIENT.value().getBytes(StandardCharsets.UTF_8));
      TopicPartition where =
          new TopicPartition("kps-updates", Utils.toPositive(hash) % Deployed.PARTITIONS);
      admin
          .alterConsumerGroupOffsets("meninx", Map.of(where, new OffsetAndMetadata(1)))
          .all()
          .get();
      makeChangelogs(admin);
      row(Names.PARTITION, where.partition());
      assertThat(check(config).exit()).isZero();
      admin.deleteRecords(Map.of(where, RecordsToDelete.beforeOffset(2))).all().get();

      Said said = check(config);

      assertThat(said.exit()).isEqualTo(Meninx.FAILED);
      assertThat(said.err().strip())
          .isEqualTo(
              "meninx: topic kps-updates: first offset of partition "
                  + where.partition()
                  + ": expected at most 1, the first that is not decided, found 2: what was"
                  + " between is deleted and lost");
    }
  }

  /** The stream would go on, know no patient any more and decide everything anew. */
  @Test
  void stateThatIsLostIsFound() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    try (Admin admin = admin()) {
      decided(admin, "kps-updates", 0);
      assertThat(check(config).exit()).isZero();

      decided(admin, "clock-ticks", 7);
      assertThat(check(config).err().lines())
          .hasSize(4)
          .contains(
              "meninx: topic meninx-facts-changelog: topic: expected to be there, since inputs are"
                  + " decided already, found none: state is lost: restore this topic, or do the"
                  + " Reset of topology-docs/operations.md");

      makeChangelogs(admin);
      assertThat(check(config).err().strip())
          .isEqualTo(
              "meninx: topic meninx-partition-changelog: rows: expected some, since inputs are"
                  + " decided already, found none in the partitions [1]: state is lost: restore"
                  + " this topic, or do the Reset of topology-docs/operations.md");

      row(Names.PARTITION, 1);
      assertThat(check(config).exit()).isZero();

      row(Names.FACTS, 1);
      TopicPartition facts = new TopicPartition("meninx-facts-changelog", 1);
      // Brokers refuse it of a topic that is only compacted.
      alter(topic(facts.topic()), "cleanup.policy", "compact,delete");
      admin.deleteRecords(Map.of(facts, RecordsToDelete.beforeOffset(1))).all().get();
      alter(topic(facts.topic()), "cleanup.policy", "compact");
      assertThat(check(config).err().strip())
          .startsWith("meninx: topic meninx-facts-changelog: rows:")
          .contains("none in the partitions [1]: state is lost");

      // The Reset takes the group away too.
      admin
          .deleteTopics(
              Names.STORES.stream().map(store -> "meninx-" + store + "-changelog").toList())
          .all()
          .get();
      admin.deleteConsumerGroups(List.of("meninx")).all().get();
      assertThat(check(config).exit()).isZero();
    }
  }

  @Test
  void changelogsThatWouldLoseRowsAreFound() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    try (Admin admin = admin()) {
      makeChangelogs(admin);
    }
    assertThat(check(config).exit()).isZero();

    alter(topic("meninx-facts-changelog"), "cleanup.policy", "delete");
    alter(topic("meninx-timers-changelog"), "cleanup.policy", "compact,delete");
    alter(topic("meninx-pathways-changelog"), "delete.retention.ms", "1000");
    morePartitions("meninx-partition-changelog", 5);
    assertThat(check(config).err().lines())
        .containsExactlyInAnyOrder(
            "meninx: topic meninx-facts-changelog: cleanup.policy: expected compact, found delete",
            "meninx: topic meninx-timers-changelog: cleanup.policy: expected compact, found"
                + " compact,delete",
            "meninx: topic meninx-pathways-changelog: delete.retention.ms: expected 2592000000 or"
                + " more, found 1000",
            "meninx: topic meninx-partition-changelog: partitions: expected 3, found 5");
  }

  /** Brokers forget a group that was away for long, 7 days by default. */
  @Test
  void offsetsThatWereForgottenAreFound() throws Exception {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    try (KafkaProducer<byte[], byte[]> producer = deployed.producer()) {
      producer.send(new ProducerRecord<>("pathway-journal", new byte[1])).get();
    }

    Said said = check(config);

    assertThat(said.exit()).isEqualTo(Meninx.FAILED);
    assertThat(said.err().strip())
        .isEqualTo(
            "meninx: group meninx: offsets: expected to be there, since there is a journal, found"
                + " none: all inputs that are there will be read and journaled again");
  }

  @Test
  void aSchemaThatThisBuildsIsNotCompatibleWithIsFound() {
    deployed.registry.catalog().register(Topic.KPS_UPDATES.subject("ward-"), OTHER);
    Path config = deployed.config("one", oneBroker().replace("{", "{prefix: ward-, "));

    Said created = meninx("topics", "--create", "--config", config.toString());

    assertThat(created.exit()).isEqualTo(Meninx.FAILED);
    assertThat(created.err()).contains("ward-kps-updates-value");
    assertThat(check(config).err().lines())
        .contains(
            "meninx: subject ward-kps-updates-value: schema: expected one that this build's is"
                + " compatible with, found an incompatible one, version 1");
  }

  /** One sender must not silence everybody; what this build writes has to be its own. */
  @Test
  void aSchemaOfASenderDoesNotStopTheServiceAndCannotBeRegisteredAnyMore() {
    Path config = deployed.config("one", oneBroker());
    assertThat(meninx("topics", "--create", "--config", config.toString()).exit()).isZero();
    SchemaCatalog catalog = deployed.registry.catalog();
    String inputs = Topic.KPS_UPDATES.subject("");
    assertThatThrownBy(() -> catalog.register(inputs, OTHER))
        .isInstanceOf(RegistryRefusedException.class);

    catalog.level(inputs, Level.NONE);
    catalog.register(inputs, OTHER);
    catalog.level(inputs, Level.BACKWARD);
    Said said = check(config);
    assertThat(said.exit()).isEqualTo(Meninx.FAILED);
    assertThat(said.err().lines())
        .containsExactlyInAnyOrder(
            "meninx: subject kps-updates-value: compatibility: expected FULL_TRANSITIVE, found"
                + " BACKWARD",
            "meninx: subject kps-updates-value: schema: expected one that this build's is"
                + " compatible with, found an incompatible one, version 2");
    assertThat(essential(config).exit()).isZero();
    assertThat(meninx("topics", "--create", "--essential", "--config", config.toString()).exit())
        .isZero();
    assertThat(catalog.level(inputs)).isEqualTo(Level.FULL_TRANSITIVE);

    String ticks = Topic.CLOCK_TICKS.subject("");
    catalog.level(ticks, Level.NONE);
    catalog.register(ticks, OTHER);
    catalog.level(ticks, Level.FULL_TRANSITIVE);
    assertThat(essential(config).exit()).isEqualTo(Meninx.FAILED);
  }

  /** The page writes there too: without a schema of this build nobody could answer an alert. */
  @Test
  void aSchemaThatKeepsAnswersOutStopsTheService() {
    deployed.registry.catalog().register(Topic.ALERT_RESPONSES.subject("ward-"), OTHER);
    Path config = deployed.config("one", oneBroker().replace("{", "{prefix: ward-, "));

    Said created = meninx("topics", "--create", "--essential", "--config", config.toString());

    assertThat(created.exit()).isEqualTo(Meninx.FAILED);
    assertThat(created.err()).contains("ward-alert-responses-value");
  }

  @Test
  void moreReplicasThanBrokersAreRefusedByTheClusterAndThatIsTold() {
    Said said = meninx("topics", "--create", "--config", deployed.config("one").toString());

    assertThat(said.exit()).isEqualTo(Meninx.FAILED);
    assertThat(said.err()).contains("the cluster refuses (InvalidReplicationFactorException");
  }

  @Test
  void aClusterThatDoesNotAnswerIsTold() {
    Path config = deployed.config("one", oneBroker());
    deployed.closeCluster();

    Said said = check(config);

    assertThat(said.exit()).isEqualTo(Meninx.FAILED);
    assertThat(said.err()).contains("no answer from ");
  }

  private static Said check(Path config) {
    return meninx("topics", "--check", "--config", config.toString());
  }

  private static Said essential(Path config) {
    return meninx("topics", "--check", "--essential", "--config", config.toString());
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private void alter(ConfigResource resource, String setting, String value) throws Exception {
    try (Admin admin = admin()) {
      var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }

  private void morePartitions(String topic, int count) throws Exception {
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all().get();
    }
  }

  /** As the stream makes them at its first start. */
  private static void makeChangelogs(Admin admin) throws Exception {
    NewTopics.make(
            admin,
            Names.STORES.stream()
                .map(
                    store ->
                        new NewTopic(
                                "meninx-" + store + "-changelog", Deployed.PARTITIONS, (short) 1)
                            .configs(MeninxTopology.CHANGELOG))
                .toList())
        .get();
  }

  private void row(String store, int partition) throws Exception {
    byte[] some = {1};
    try (KafkaProducer<byte[], byte[]> producer = deployed.producer()) {
      producer
          .send(new ProducerRecord<>("meninx-" + store + "-changelog", partition, some, some))
          .get();
    }
  }

  private static void decided(Admin admin, String topic, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            "meninx", Map.of(new TopicPartition(topic, 1), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private Admin admin() {
    return Admin.create(
        Map.<String, Object>of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers()));
  }
}
