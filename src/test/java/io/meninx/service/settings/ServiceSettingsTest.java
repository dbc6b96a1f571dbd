package io.meninx.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meninx.edition.EditionException.Problem;
import io.meninx.topology.TopologySettings.SkippedRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSettingsTest {
  private static final String SHORTEST =
      """
      kafka:
        bootstrapServers: broker:9092
      schemaRegistry:
        url: http://registry:8081
      """;

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>(Map.of("HOSTNAME", "host-1"));

  private ServiceSettings load(String text) {
    try {
      Path file = Files.writeString(directory.resolve("meninx.yaml"), text);
      return ServiceSettings.load(file, environment);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> refused(String text) {
    SettingsException refusal = catchThrowableOfType(SettingsException.class, () -> load(text));
    assertThat(refusal).isNotNull();
    return refusal.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void whatIsNotSaidIsSafe() {
    ServiceSettings settings = load(SHORTEST);

    assertThat(settings.topics().replicationFactor()).isEqualTo(3);
    assertThat(settings.topics().minInSyncReplicas()).isEqualTo(2);
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.ticks()).isTrue();
    assertThat(settings.tickInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.engine().debounce()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.instance()).isEqualTo("host-1");
    assertThat(settings.streams())
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("producer.acks", "all")
        .containsEntry("group.protocol", "CLASSIC")
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("consumer.session.timeout.ms", 10_000)
        .containsEntry("producer.transaction.timeout.ms", 10_000);
    assertThat(settings.producer())
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true");
    assertThat(settings.consumer()).containsEntry("isolation.level", "read_committed");
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void aVariableWinsOverTheFileAndTheFileOverTheDefault() {
    String text = SHORTEST + "topics: {partitions: 6, prefix: test.}\nlog: {level: debug}\n";
    environment.put("MENINX_TOPICS_PARTITIONS", "24");
    environment.put("MENINX_KAFKA_BOOTSTRAP_SERVERS", "a:1, b:2");

    ServiceSettings settings = load(text);

    assertThat(settings.partitions()).isEqualTo(24);
    assertThat(settings.prefix()).isEqualTo("test.");
    assertThat(settings.topics().replicationFactor()).isEqualTo(3);
    assertThat(settings.kafka().servers()).isEqualTo("a:1,b:2");
    assertThat(settings.admin()).containsEntry("bootstrap.servers", "a:1,b:2");
  }

  @Test
  void allMistakesAreToldAtOnceWithKeyValueAndWhatIsAllowed() {
    environment.put("MENINX_HTTP_PORT", "70000");
    environment.put("MENINX_TYPO", "1");
    List<String> problems =
        refused(
            """
            applicationId: "not allowed!"
            tickInterval: 1 minute
            ticks: maybe
            guideline: nowhere.yaml
            kafka:
              bootstrapServers: [broker, other:99999]
              common: {request.timeout.ms: soon}
              consumer: {isolation.level: read_uncommitted}
              streams: {processing.guarantee: at_least_once, state.dir: /tmp/x}
            topics: {partitions: 0, replicationFactor: 2, minInSyncReplicas: 3, retention: 1d}
            schemaRegistry: {}
            stream: {groupProtocol: newest, sessionTimeout: 4s, rocksdbMemory: 1MB}
            skip: [kps-updates:0]
            """);

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "applicationId: \"not allowed!\" is not allowed; allowed is 1 to 200 of a-z, A-Z, 0-9,"
                + " '.', '_', '-', neither '.' nor '..'",
            "tickInterval: \"1 minute\" is not allowed; allowed is a span of time from 1s to 2m,"
                + " such as 500ms, 10s, 5m, 12h, 30d",
            "ticks: \"maybe\" is not allowed; allowed is true or false",
            "guideline: \"nowhere.yaml\": no such file; shipped editions are lm-nsclc,"
                + " lm-nsclc-strict",
            "kafka.bootstrapServers: \"broker\" is not allowed; allowed is HOST:PORT, one or more",
            "kafka.bootstrapServers: a port is at most 65535",
            "kafka.common['request.timeout.ms']: \"soon\": allowed is a value of type int,"
                + " [0,...]",
            "kafka.consumer['isolation.level']: \"read_uncommitted\": this setting is not open:"
                + " decisions are made exactly once",
            "kafka.streams['processing.guarantee']: \"at_least_once\": this setting is not open:"
                + " decisions are made exactly once",
            "kafka.streams['state.dir']: \"/tmp/x\": this setting is chosen by the key stateDir",
            "topics.partitions: \"0\" is not allowed; allowed is a whole number from 1 to 1000",
            "topics.minInSyncReplicas: 3 is more than the replication factor, 2",
            "topics.retention: unknown key; known here are deadLetterRetention, inputRetention,"
                + " journalRetention, maxMessageBytes, minInSyncReplicas, outputRetention,"
                + " partitions, prefix, replicationFactor, tickRetention",
            "schemaRegistry: schema.registry.url is missing",
            "stream.groupProtocol: \"newest\" is not allowed; allowed is one of classic, streams",
            "stream.rocksdbMemory: \"1MB\" is not allowed; allowed is a size from 16MiB to 64GiB,"
                + " such as 64MiB",
            "stream.heartbeatInterval: must be at most half of sessionTimeout, or one lost beat"
                + " makes a living instance dead",
            "skip: \"kps-updates:0\" is not allowed; allowed is TOPIC:PARTITION:OFFSET with an"
                + " input topic's name without the prefix",
            "MENINX_HTTP_PORT: \"70000\" is not allowed; allowed is a whole number from 0 to 65535",
            "MENINX_TYPO: no setting has this environment variable");
  }

  @Test
  void everySettingOfEveryClientGetsThrough() {
    environment.put("MENINX_KAFKA_COMMON_SECURITY_PROTOCOL", "SASL_SSL");
    environment.put("MENINX_KAFKA_CONSUMER_MAX_POLL_RECORDS", "77");
    ServiceSettings settings =
        load(
            SHORTEST.replace(
                "schemaRegistry:",
                """
                  consumer: {max.poll.records: 5, fetch.min.bytes: 3}
                  producer: {linger.ms: 7}
                  admin: {retries: 2}
                  streams: {topic.segment.bytes: 1048576, restore.consumer.fetch.max.bytes: 9}
                schemaRegistry:\
                """));

    assertThat(settings.consumer())
        .containsEntry("max.poll.records", "77")
        .containsEntry("fetch.min.bytes", "3")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(settings.producer())
        .containsEntry("linger.ms", "7")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(settings.admin()).containsEntry("retries", "2");
    assertThat(settings.streams())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("consumer.max.poll.records", "77")
        .containsEntry("producer.linger.ms", "7")
        .containsEntry("admin.retries", "2")
        .containsEntry("topic.segment.bytes", "1048576")
        .containsEntry("restore.consumer.fetch.max.bytes", "9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "streams: {processing.exception.handler: a.B}",
        "streams: {production.exception.handler: a.B}",
        "streams: {default.deserialization.exception.handler: a.B}",
        "streams: {main.consumer.isolation.level: read_uncommitted}",
        "streams: {producer.acks: 1}",
        "common: {processing.guarantee: at_least_once}",
        "producer: {enable.idempotence: false}",
        "producer: {transactional.id: mine}"
      })
  void whatCouldSkipOrRepeatARecordIsNotOpen(String setting) {
    assertThat(refused(SHORTEST.replace("schemaRegistry:", "  " + setting + "\nschemaRegistry:")))
        .singleElement()
        .asString()
        .contains("this setting is not open: decisions are made exactly once");
  }

  /** The rules of Prometheus and the count of gaps take more than 5 minutes for a fault. */
  @Test
  void ticksComeOftenEnoughToBeMissed() {
    assertThat(load(SHORTEST + "tickInterval: 2m\n").tickInterval())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(refused(SHORTEST + "tickInterval: 3m\n"))
        .singleElement()
        .asString()
        .contains("a span of time from 1s to 2m");
  }

  /** It is a directory below the state directory. */
  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void theNameOfTheApplicationIsNoWayToAnotherDirectory(String name) {
    assertThat(refused(SHORTEST + "applicationId: \"" + name + "\"\n"))
        .singleElement()
        .asString()
        .startsWith("applicationId: ");
    assertThat(load(SHORTEST + "applicationId: \".a\"\n").applicationId()).isEqualTo(".a");
  }

  /** Nobody could tell which of them counts. */
  @Test
  void aVariableAndItsFileAreNotBothSet() throws IOException {
    Path secret = Files.writeString(directory.resolve("key"), "s3cret\n");
    environment.put("MENINX_HTTP_ACCESS_LOG_KEY", "s3cret");
    environment.put("MENINX_HTTP_ACCESS_LOG_KEY_FILE", secret.toString());
    environment.put("MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD", "s3cret");
    environment.put("MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD_FILE", secret.toString());

    assertThat(refused(SHORTEST))
        .containsExactlyInAnyOrder(
            "MENINX_HTTP_ACCESS_LOG_KEY: MENINX_HTTP_ACCESS_LOG_KEY_FILE is set too; only one of"
                + " them may be",
            "MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD: MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD_FILE is"
                + " set too; only one of them may be");
  }

  @ParameterizedTest
  @CsvSource({
    "producer, max.request.size, 1048576",
    "producer, buffer.memory, 1048576",
    "common, max.request.size, 1048576",
    "streams, producer.max.request.size, 9437184",
    "streams, producer.buffer.memory, 9437184"
  })
  void requestsAreLargeEnoughForEveryRecord(String clients, String setting, int least) {
    String text =
        SHORTEST.replace(
            "schemaRegistry:", "  %s: {%s: %%d}\nschemaRegistry:".formatted(clients, setting));

    assertThat(load(text.formatted(least)).warnings()).isEmpty();
    assertThat(refused(text.formatted(least - 1)))
        .singleElement()
        .asString()
        .endsWith("must be " + least + " or more, or records can't be sent");
  }

  /** Brokers would delete state for its age. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "streams: {topic.cleanup.policy: delete}",
        "streams: {topic.retention.ms: 1000}",
        "common: {topic.retention.bytes: 1000}"
      })
  void changelogsKeepWhatIsInThem(String setting) {
    assertThat(refused(SHORTEST.replace("schemaRegistry:", "  " + setting + "\nschemaRegistry:")))
        .singleElement()
        .asString()
        .contains("['topic.", "this setting is not open: all state is in the changelogs");
  }

  @Test
  void alertsGoOutAsCloudEventsWhenThatIsWanted() {
    assertThat(load(SHORTEST).cloudEvents()).isEmpty();
    assertThat(load(SHORTEST + "cloudEvents: {enabled: true}\n").cloudEvents())
        .contains(URI.create("urn:meninx:meninx"));
    environment.put("MENINX_CLOUD_EVENTS_ENABLED", "true");
    environment.put("MENINX_CLOUD_EVENTS_SOURCE", "https://meninx.example/ward-3");
    assertThat(load(SHORTEST).cloudEvents()).contains(URI.create("https://meninx.example/ward-3"));
    environment.put("MENINX_CLOUD_EVENTS_SOURCE", "ward 3");
    assertThat(refused(SHORTEST))
        .singleElement()
        .asString()
        .startsWith(
            "MENINX_CLOUD_EVENTS_SOURCE: \"ward 3\" is not allowed; allowed is an absolute");
  }

  @Test
  void aSettingNobodyKnowsIsHandedOnAndTold() {
    ServiceSettings settings =
        load(
            SHORTEST.replace(
                "schemaRegistry:", "  common: {securty.protocol: SSL}\nschemaRegistry:"));

    assertThat(settings.admin()).containsEntry("securty.protocol", "SSL");
    assertThat(settings.warnings())
        .containsExactly(
            "kafka.common.securty.protocol: no Kafka client knows this setting; it is handed on"
                + " as it is");
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.jaas.config, MENINX_KAFKA_COMMON_SASL_JAAS_CONFIG",
    "ssl.keystore.password, MENINX_KAFKA_COMMON_SSL_KEYSTORE_PASSWORD",
    "ssl.keystore.key, MENINX_KAFKA_COMMON_SSL_KEYSTORE_KEY",
    "my.plugin.password, MENINX_KAFKA_COMMON_MY_PLUGIN_PASSWORD"
  })
  void aSecretComesFromAFileOrTheEnvironmentAndIsNeverPrinted(String name, String variable)
      throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    String withFile =
        SHORTEST.replace(
            "schemaRegistry:",
            "  common: {%s: \"file:%s\"}\nschemaRegistry:".formatted(name, secret));

    assertSecret(load(withFile), name);
    environment.put(variable, "s3cret");
    assertSecret(load(SHORTEST), name);
    environment.remove(variable);
    environment.put(variable + "_FILE", secret.toString());
    assertSecret(load(SHORTEST), name);
    environment.remove(variable + "_FILE");
    assertThat(
            refused(
                SHORTEST.replace(
                    "schemaRegistry:", "  common: {%s: s3cret}\nschemaRegistry:".formatted(name))))
        .singleElement()
        .asString()
        .doesNotContain("s3cret")
        .contains("a secret does not stand in this file; write file:PATH, or set " + variable);
  }

  private static void assertSecret(ServiceSettings settings, String name) {
    assertThat(settings.kafka().common().values()).containsEntry(name, "s3cret");
    assertThat(settings.toString()).contains(name).doesNotContain("s3cret");
    assertThat(settings.admin().toString() + settings.streams() + settings.producer())
        .contains(name)
        .doesNotContain("s3cret");
  }

  @Test
  void theSecretsOfTheRegistryAreNotPrintedEither() {
    environment.put("MENINX_SCHEMA_REGISTRY_BASIC_AUTH_CREDENTIALS_SOURCE", "USER_INFO");
    environment.put("MENINX_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "meninx:s3cret");

    ServiceSettings settings = load(SHORTEST);

    assertThat(settings.registry().authorization()).isPresent();
    assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("bWVuaW54");
    environment.put("MENINX_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "s3cret");
    assertThat(refused(SHORTEST))
        .containsExactly("schemaRegistry: basic.auth.user.info must be USER:PASSWORD");
  }

  @Test
  void theVariableOfARegistrysSecretIsNamedAsItIsDocumented() {
    assertThat(refused(SHORTEST + "  basic.auth.user.info: meninx:s3cret\n"))
        .singleElement()
        .asString()
        .doesNotContain("s3cret")
        .contains("or set MENINX_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO or");
  }

  @Test
  void aWrongValueFromASecretFileIsNotRepeated() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    environment.put("MENINX_KAFKA_COMMON_REQUEST_TIMEOUT_MS_FILE", secret.toString());

    assertThat(refused(SHORTEST)).singleElement().asString().doesNotContain("s3cret");
  }

  @Test
  void aSecretsFileThatIsNotThereIsNamed() {
    environment.put("MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD_FILE", "no/such/file");

    assertThat(refused(SHORTEST))
        .containsExactly(
            "MENINX_KAFKA_COMMON_SSL_KEY_PASSWORD_FILE: \"no/such/file\" is not a readable file of"
                + " at most 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MENINX_SERVICE_HOST",
        "MENINX_SERVICE_PORT_HTTP",
        "MENINX_PORT",
        "MENINX_PORT_8080_TCP_ADDR",
        "MENINX_JAVA_OPTS"
      })
  void whatALauncherOrAClusterPutsIntoTheEnvironmentIsNoSetting(String variable) {
    environment.put(variable, "tcp://10.0.0.1:8080");

    assertThat(load(SHORTEST).http().port()).isEqualTo(8080);
  }

  @Test
  void recordsToPutAside() {
    environment.put("MENINX_SKIP", "kps-updates:3:17,clock-ticks:0:0");

    assertThat(load(SHORTEST).skipped())
        .containsExactlyInAnyOrder(
            new SkippedRecord("kps-updates", 3, 17), new SkippedRecord("clock-ticks", 0, 0));
    environment.put("MENINX_SKIP", "pathway-alerts:3:17");
    assertThat(refused(SHORTEST)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a", "kafka: [", "kafka: 1", "a: 1\na: 2"})
  void aFileOfAnotherKindIsRefused(String text) {
    assertThat(refused(text)).isNotEmpty();
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    SettingsException refusal =
        catchThrowableOfType(
            SettingsException.class,
            () -> ServiceSettings.load(directory.resolve("nothing.yaml"), environment));

    assertThat(refusal).hasMessageContaining("there is no such file");
  }
}
