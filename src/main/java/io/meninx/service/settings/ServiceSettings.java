package io.meninx.service.settings;

import io.meninx.guideline.Guideline;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.ForeignSerdes;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.RetryingRegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of a deployment, checked as a whole. What every command that talks to a cluster works
 * with: {@code --config FILE} and the environment, see {@link #load}.
 *
 * @param applicationId of the group and in front of changelog topics
 * @param instance name of this instance, in ticks and logs; no two have the same
 * @param stateDir for the stores' files
 * @param guideline by which it is decided
 * @param engine what else decisions depend on
 * @param ticks whether this instance tells the present time; false only for histories, whose ticks
 *     come from elsewhere
 * @param tickInterval to which time is truncated
 * @param kafka how clients connect
 * @param topics names, number of partitions, and what {@code topics} makes and checks
 * @param schemaRegistry settings of its client, by their whole names
 * @param serdes settings of classes of others that read inputs, see {@link ForeignSerdes}
 * @param stream how it is run
 * @param http where it answers
 * @param log what is logged
 * @param cloudEvents source under which alerts go out as CloudEvents too; absent when they do not
 * @param skipped records an operator put aside
 */
public record ServiceSettings(
    String applicationId,
    String instance,
    Path stateDir,
    Guideline guideline,
    EngineSettings engine,
    boolean ticks,
    Duration tickInterval,
    KafkaSettings kafka,
    TopicSettings topics,
    ClientSettings schemaRegistry,
    ClientSettings serdes,
    StreamSettings stream,
    HttpSettings http,
    LogSettings log,
    Optional<URI> cloudEvents,
    Set<SkippedRecord> skipped) {

  public ServiceSettings {
    skipped = Set.copyOf(skipped);
  }

  /**
   * Reads a file and the environment: a variable wins over the file, the file over the default.
   *
   * @param file YAML
   * @param environment usually {@code System.getenv()}
   * @throws SettingsException with everything that is wrong
   */
  public static ServiceSettings load(Path file, Map<String, String> environment) {
    return SettingsBinding.load(file, environment);
  }

  /** Topics of a deployment that says nothing about them. */
  public static TopicSettings defaultTopics() {
    return SettingsBinding.defaultTopics();
  }

  /** In front of every topic's name. */
  public String prefix() {
    return topics.prefix();
  }

  /** Of every topic. */
  public int partitions() {
    return topics.partitions();
  }

  /** For an admin client; a new map each time. */
  public Map<String, Object> admin() {
    return client(kafka.admin());
  }

  /** For a consumer that reads what is committed; the caller gives deserializers. */
  public Map<String, Object> consumer() {
    Map<String, Object> config = client(kafka.consumer());
    config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return config;
  }

  /** For a producer, idempotent and with acks of all; the caller gives serializers. */
  public Map<String, Object> producer() {
    Map<String, Object> config = client(kafka.producer());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    config.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(topics.maxMessageBytes()));
    return config;
  }

  private Map<String, Object> client(ClientSettings own) {
    Map<String, Object> config = new HashMap<>(kafka.common().typed());
    config.putAll(own.typed());
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.servers());
    config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, applicationId + "-" + instance);
    return config;
  }

  /** For Kafka Streams, with the safe settings of {@link StreamsRuntime#config}. */
  public Properties streams() {
    Map<String, Object> config = new HashMap<>(kafka.common().typed());
    kafka
        .consumer()
        .typed()
        .forEach((name, value) -> config.put(StreamsConfig.consumerPrefix(name), value));
    kafka
        .producer()
        .typed()
        .forEach((name, value) -> config.put(StreamsConfig.producerPrefix(name), value));
    kafka
        .admin()
        .typed()
        .forEach((name, value) -> config.put(StreamsConfig.adminClientPrefix(name), value));
    putStream(config);
    config.putAll(kafka.streams().typed());
    return StreamsRuntime.config(applicationId, kafka.servers(), stateDir, config);
  }

  private void putStream(Map<String, Object> config) {
    config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, stream.groupProtocol().name());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, stream.threads());
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, stream.commitInterval().toMillis());
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, topics.replicationFactor());
    config.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        Math.toIntExact(stream.transactionTimeout().toMillis()));
    // Rows go to changelogs, whose records may be larger than those of the outputs.
    config.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Math.max(topics.maxMessageBytes(), TopologySettings.MAX_CHANGELOG_BYTES));
    config.put(
        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        topics.minInSyncReplicas());
    if (stream.groupProtocol() == StreamSettings.Protocol.CLASSIC) {
      // With the other protocol these are settings of the group on the brokers.
      config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, stream.standbyReplicas());
      config.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
          Math.toIntExact(stream.sessionTimeout().toMillis()));
      config.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          Math.toIntExact(stream.heartbeatInterval().toMillis()));
    }
  }

  /** How to reach the registry. */
  public RegistrySettings registry() {
    return RegistrySettings.from(schemaRegistry.values());
  }

  /** A new client of the registry, which asks again when none answers; its caller closes it. */
  public RegistryClient registryClient() {
    return client(registry());
  }

  /** The same, but for whether it registers schemas that the registry does not have. */
  public RegistryClient registryClient(boolean register) {
    Map<String, String> values = new HashMap<>(schemaRegistry.values());
    values.remove(RegistrySettings.AUTO_REGISTER);
    values.put("schema.registry." + RegistrySettings.AUTO_REGISTER, String.valueOf(register));
    return client(RegistrySettings.from(values));
  }

  private static RegistryClient client(RegistrySettings settings) {
    return new RetryingRegistryClient(
        new HttpRegistryClient(settings), RetryingRegistryClient.DEFAULT_PATIENCE);
  }

  /** Classes of others that read inputs; they get the settings of the registry's client too. */
  public ForeignSerdes foreignSerdes() {
    Map<String, String> values = new HashMap<>(schemaRegistry.values());
    values.putAll(serdes.values());
    return ForeignSerdes.from(values);
  }

  /**
   * A record to put aside.
   *
   * @param text TOPIC:PARTITION:OFFSET, with an input topic's name without the prefix
   * @return nothing when the text does not name one
   */
  public static Optional<SkippedRecord> skippedRecord(String text) {
    return SettingsBinding.skipped(text);
  }

  /** A new engine that decides by these settings. */
  public DecisionEngine decisionEngine() {
    return DecisionEngine.of(new PathwayEngine(guideline, engine));
  }

  /** The text of the guideline, as it goes into the journal. */
  public String guidelineText() {
    return guideline.text();
  }

  /**
   * What may be a mistake and need not be one, a line each: settings of {@code kafka} that no
   * client knows.
   */
  public List<String> warnings() {
    return kafka.unknown().stream()
        .map(name -> name + ": no Kafka client knows this setting; it is handed on as it is")
        .toList();
  }

  /** The same with these records put aside too. */
  public ServiceSettings withSkipped(Set<SkippedRecord> more) {
    Set<SkippedRecord> all = new java.util.HashSet<>(skipped);
    all.addAll(more);
    return new ServiceSettings(
        applicationId,
        instance,
        stateDir,
        guideline,
        engine,
        ticks,
        tickInterval,
        kafka,
        topics,
        schemaRegistry,
        serdes,
        stream,
        http,
        log,
        cloudEvents,
        all);
  }

  /** Without the text of the guideline, and without secrets. */
  @Override
  public String toString() {
    return "ServiceSettings[applicationId=%s, instance=%s, stateDir=%s, guideline=%s %s, engine=%s, ticks=%s, tickInterval=%s, kafka=%s, topics=%s, schemaRegistry=%s, serdes=%s, stream=%s, http=%s, log=%s, cloudEvents=%s, skipped=%s]"
        .formatted(
            applicationId,
            instance,
            stateDir,
            guideline.id(),
            guideline.version(),
            engine,
            ticks,
            tickInterval,
            kafka,
            topics,
            schemaRegistry,
            serdes,
            stream,
            http,
            log,
            cloudEvents,
            skipped);
  }
}
