package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.cli.Deployed.Instance;
import io.meninx.cli.Deployed.Said;
import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedKafka.SecureListener;
import io.meninx.service.topics.AccessPlan;
import io.meninx.service.topics.AccessPlan.Who;
import io.meninx.testing.JavaProcess;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The permissions that topology-docs/topics.md lists are enough, each for its principal, on a
 * cluster that allows nothing else.
 */
@Timeout(240)
class AccessIT {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STRANGER = "stranger";

  @TempDir private Path directory;

  @Test
  void everyoneMayDoTheirOwnWorkAndNoOther() throws Exception {
    try (Deployed deployed = new Deployed(directory, EmbeddedKafka.start(listener()))) {
      allow(deployed);

      done("topics", "--create", "--config", config(deployed, name(Who.SETUP)));
      done("topics", "--check", "--config", config(deployed, name(Who.SETUP)));
      done(simulate(deployed, name(Who.SENDER)));
      garbage(deployed);

      Instance instance = deployed.run("service", Path.of(config(deployed, name(Who.SERVICE))));
      instance.awaitReady();
      deployed.awaitJournal();
      answer(instance, deployed);
      deployed.awaitJournal();
      JavaProcess.signal(instance.process(), "TERM");
      assertThat(instance.exit(STOP)).as(instance.said()).isZero();
      // There are changelogs now.
      done("topics", "--check", "--config", config(deployed, name(Who.SETUP)));

      String auditor = config(deployed, name(Who.AUDITOR));
      done("replay", "--from", "kafka", "--config", auditor, "--report", file("report"));
      done("export", "--config", auditor, "--to", file("archive"));

      String operator = config(deployed, name(Who.OPERATOR));
      done("dlq", "list", "--config", operator);
      done("dlq", "replay", "--config", operator, "kps-updates:0:" + garbageOffset(deployed));
      done("dlq", "list", "--config", operator, "--state", "REPLAYED");

      refusals(deployed);
      withoutTheChangelogs(deployed);
    }
  }

  /** Who has permissions of an earlier list is told what was not looked at, and goes on. */
  private void withoutTheChangelogs(Deployed deployed) throws Exception {
    try (Admin admin = admin(deployed)) {
      admin
          .deleteAcls(
              List.of(
                  new AclBindingFilter(
                      new ResourcePatternFilter(
                          ResourceType.TOPIC, "meninx-", PatternType.PREFIXED),
                      new AccessControlEntryFilter(
                          "User:" + name(Who.SETUP),
                          null,
                          AclOperation.ANY,
                          AclPermissionType.ANY))))
          .all()
          .get();
    }
    Said said = meninx("topics", "--check", "--config", config(deployed, name(Who.SETUP)));
    assertThat(said.err().lines())
        .hasSize(4)
        .allMatch(line -> line.endsWith("whether state is there was not checked"));
  }

  private void refusals(Deployed deployed) throws Exception {
    Instance stranger = deployed.run(STRANGER, Path.of(config(deployed, STRANGER)));
    assertThat(stranger.exit(PATIENCE)).as(stranger.said()).isEqualTo(4);
    String sender = config(deployed, name(Who.SENDER));
    assertThat(meninx("export", "--config", sender, "--to", file("none")).exit()).isNotZero();
    assertThat(meninx(simulate(deployed, name(Who.AUDITOR))).exit()).isNotZero();
  }

  private static void done(String... command) {
    Said said = meninx(command);
    assertThat(said.exit()).as(String.join(" ", command) + ": " + said).isZero();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private String[] simulate(Deployed deployed, String user) throws IOException {
    String line =
        "simulate --patients 10 --events 100 --seed 1 --tick-every 1440 --to kafka --config";
    return Stream.concat(Stream.of(line.split(" ")), Stream.of(config(deployed, user)))
        .toArray(String[]::new);
  }

  /** Alerts reach the read model, and an answer to one reaches the stream. */
  private static void answer(Instance instance, Deployed deployed) {
    int before = deployed.read(Topic.ALERT_RESPONSES).size();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> instance.ask("/api/v1/alerts").orElse("").contains("\"alertKey\""));
    String key =
        instance
            .ask("/api/v1/alerts?limit=1")
            .orElseThrow()
            .replaceAll("(?s).*?\"alertKey\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    assertThat(
            instance.post(
                "/api/v1/alerts/" + key + "/responses",
                "{\"action\": \"ACKNOWLEDGED\", \"reason\": \"seen\"}"))
        .startsWith("202");
    assertThat(deployed.read(Topic.ALERT_RESPONSES)).hasSize(before + 1);
  }

  private static void garbage(Deployed deployed) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.KPS_UPDATES.baseName(),
                  0,
                  null,
                  "garbage".getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static long garbageOffset(Deployed deployed) {
    return deployed.read(Topic.KPS_UPDATES).stream()
        .filter(row -> row.partition() == 0 && row.key() == null)
        .mapToLong(ConsumerRecord::offset)
        .findFirst()
        .orElseThrow();
  }

  private static void allow(Deployed deployed) throws Exception {
    try (Admin admin = admin(deployed)) {
      List<AclBinding> bindings =
          AccessPlan.all("", "meninx").stream()
              .flatMap(grant -> AccessPlan.bindings(grant, "User:" + name(grant.who())).stream())
              .toList();
      admin.createAcls(bindings).all().get();
    }
  }

  private static Admin admin(Deployed deployed) {
    return Admin.create(
        Map.<String, Object>of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers()));
  }

  private static String name(Who who) {
    return who.name().toLowerCase(Locale.ROOT);
  }

  private static SecureListener listener() {
    String users =
        Stream.concat(Arrays.stream(Who.values()).map(AccessIT::name), Stream.of(STRANGER))
            .map(name -> "user_" + name + "=\"s3cret\"")
            .collect(Collectors.joining(" "));
    return new SecureListener(
        "SASL_PLAINTEXT",
        Map.of(
            "sasl.enabled.mechanisms",
            "PLAIN",
            "listener.name.secure.plain.sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required " + users + ";",
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users",
            "User:ANONYMOUS"));
  }

  private String config(Deployed deployed, String user) throws IOException {
    Path jaas =
        Files.writeString(
            directory.resolve("jaas-" + user),
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                + user
                + "\" password=\"s3cret\";");
    String text =
        """
        kafka:
          bootstrapServers: %s
          common:
            security.protocol: SASL_PLAINTEXT
            sasl.mechanism: PLAIN
            sasl.jaas.config: file:%s
        schemaRegistry: {url: "%s"}
        instance: %s
        stateDir: %s
        ticks: false
        http: {port: 0}
        cloudEvents: {enabled: true, source: "urn:meninx:access"}
        %s
        """
            .formatted(
                deployed.secureBootstrapServers(),
                jaas,
                deployed.registry.url(),
                user,
                directory.resolve("state-" + user),
                oneBroker());
    return deployed.write(user, text).toString();
  }
}
