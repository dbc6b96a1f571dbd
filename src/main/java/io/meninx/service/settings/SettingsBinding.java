package io.meninx.service.settings;

import io.meninx.edition.EditionException;
import io.meninx.edition.GuidelineEditions;
import io.meninx.edition.Problems;
import io.meninx.edition.Value;
import io.meninx.edition.Value.Keys;
import io.meninx.edition.Value.Scalar;
import io.meninx.edition.YamlReader;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.EngineSettings;
import io.meninx.topology.TopologySettings;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Which keys there are, their defaults and what they allow. */
final class SettingsBinding {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
  private static final String NAME_ALLOWED = "1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'";

  /** Also a directory below the state directory. */
  private static final Pattern APPLICATION = Pattern.compile("(?!\\.{1,2}$)" + NAME.pattern());

  private static final Pattern TOPIC_PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");
  private static final Pattern PATH = Pattern.compile("[^\\u0000]+");
  private static final Pattern SERVER =
      Pattern.compile("([^\\s,:/@]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})");
  private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9.:_-]+");
  private static final Pattern JWKS =
      Pattern.compile(
          "https://.+|http://(localhost|127\\.0\\.0\\.1|\\[::1])[:/].*|(?!https?://).+");
  private static final Pattern SOURCE =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:[a-zA-Z0-9._~:/?#@!$&'()*+,;=-]{1,200}");
  private static final Pattern SKIP = Pattern.compile("([a-z-]+):([0-9]{1,6}):([0-9]{1,18})");

  /** What {@link #skipped(String)} takes, in words. */
  static final String SKIP_ALLOWED =
      "TOPIC:PARTITION:OFFSET with an input topic's name without the prefix";

  private static final String REGISTRY_PREFIX = "schema.registry.";

  /** Room for the largest records: those of inputs, and those of changelogs. */
  private static final Map<String, Integer> LEAST_REQUEST =
      Map.of(
          ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
          1 << 20,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          1 << 20,
          StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
          TopologySettings.MAX_CHANGELOG_BYTES,
          StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
          TopologySettings.MAX_CHANGELOG_BYTES);

  private static final String CLEANUP_POLICY =
      StreamsConfig.topicPrefix(TopicConfig.CLEANUP_POLICY_CONFIG);
  private static final String RETENTION = StreamsConfig.topicPrefix("retention.");

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Settings that Meninx sets itself, and by which key they are chosen. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "kafka.bootstrapServers"),
          Map.entry("application.id", "applicationId"),
          Map.entry("state.dir", "stateDir"),
          Map.entry("group.protocol", "stream.groupProtocol"),
          Map.entry("num.stream.threads", "stream.threads"),
          Map.entry("num.standby.replicas", "stream.standbyReplicas"),
          Map.entry("commit.interval.ms", "stream.commitInterval"),
          Map.entry("transaction.timeout.ms", "stream.transactionTimeout"),
          Map.entry("session.timeout.ms", "stream.sessionTimeout"),
          Map.entry("heartbeat.interval.ms", "stream.heartbeatInterval"),
          Map.entry("replication.factor", "topics.replicationFactor"),
          Map.entry("processing.guarantee", ""),
          Map.entry("isolation.level", ""),
          Map.entry("enable.auto.commit", ""),
          // One that goes on after a failure would skip a record, or lose an output.
          Map.entry("processing.exception.handler", ""),
          Map.entry("processing.exception.handler.global.enabled", ""),
          Map.entry("production.exception.handler", ""),
          Map.entry("default.production.exception.handler", ""),
          Map.entry("deserialization.exception.handler", ""),
          Map.entry("default.deserialization.exception.handler", ""),
          Map.entry("enable.idempotence", ""),
          Map.entry("transactional.id", ""),
          Map.entry("acks", ""));

  private SettingsBinding() {}

  static ServiceSettings load(Path file, Map<String, String> environment) {
    Problems problems = new Problems();
    Map<String, Value> tree = tree(file, problems);
    ServiceSettings settings =
        SettingsReader.read(tree, environment, problems, root -> bind(root, environment))
            .orElse(null);
    if (!problems.found().isEmpty() || settings == null) {
      throw new SettingsException(file.toString(), problems.found());
    }
    return settings;
  }

  private static Map<String, Value> tree(Path file, Problems problems) {
    try {
      return YamlReader.read(Files.readString(file), problems)
          .map(
              tree ->
                  switch (tree) {
                    case Keys(Map<String, Value> values) -> values;
                    case Scalar(Scalar.Type type, String _) when type == Scalar.Type.EMPTY ->
                        Map.<String, Value>of();
                    case Value other -> {
                      problems.add("", "the file is " + other.kind() + "; keys are needed");
                      yield Map.<String, Value>of();
                    }
                  })
          .orElse(Map.of());
    } catch (IOException _) {
      problems.add("", "there is no such file, or it is not readable UTF-8 text");
      return Map.of();
    }
  }

  /** Nothing when something that has no default is missing or wrong. */
  private static Optional<ServiceSettings> bind(
      SettingsReader root, Map<String, String> environment) {
    String applicationId =
        root.text("applicationId", "meninx", APPLICATION, NAME_ALLOWED + ", neither '.' nor '..'");
    String instance = root.text("instance", hostName(environment), NAME, NAME_ALLOWED);
    String stateDir = root.text("stateDir", "meninx-state", PATH, "the path of a directory");
    Optional<Guideline> guideline = guideline(root);
    EngineSettings engine = root.section("engine", SettingsBinding::engine);
    boolean ticks = root.truth("ticks", true);
    Duration tickInterval = root.span("tickInterval", MINUTE, "1s", "2m");
    KafkaSettings kafka = root.section("kafka", SettingsBinding::kafka);
    TopicSettings topics = root.section("topics", SettingsBinding::topics);
    Optional<ClientSettings> registry = registry(root);
    ClientSettings serdes =
        root.settings("serdes", UnaryOperator.identity(), (_, _) -> Optional.empty());
    StreamSettings stream = root.section("stream", SettingsBinding::stream);
    HttpSettings http = root.section("http", SettingsBinding::http);
    LogSettings log = root.section("log", SettingsBinding::log);
    Optional<URI> cloudEvents =
        root.section("cloudEvents", section -> cloudEvents(section, applicationId));
    Set<SkippedRecord> skipped = new HashSet<>();
    root.list("skip", text -> skipped(text).isPresent(), SKIP_ALLOWED)
        .forEach(text -> skipped(text).ifPresent(skipped::add));
    if (guideline.isEmpty() || registry.isEmpty() || !root.sound()) {
      return Optional.empty();
    }
    ServiceSettings settings =
        new ServiceSettings(
            applicationId,
            instance,
            Path.of(stateDir),
            guideline.get(),
            engine,
            ticks,
            tickInterval,
            kafka,
            topics,
            registry.get(),
            serdes,
            stream,
            http,
            log,
            cloudEvents,
            skipped);
    try {
      settings.foreignSerdes();
      return Optional.of(settings);
    } catch (IllegalArgumentException e) {
      root.refuseKey("serdes", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A record to put aside; nothing when the text does not name one. */
  static Optional<SkippedRecord> skipped(String text) {
    Matcher parts = SKIP.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Topic.of("", parts.group(1))
        .filter(topic -> topic.direction() == Topic.Direction.INPUT)
        .map(
            topic ->
                new SkippedRecord(
                    topic.baseName(),
                    Integer.parseInt(parts.group(2)),
                    Long.parseLong(parts.group(3))));
  }

  private static String hostName(Map<String, String> environment) {
    String name = environment.getOrDefault("HOSTNAME", "");
    if (NAME.matcher(name).matches()) {
      return name;
    }
    try {
      String host = InetAddress.getLocalHost().getHostName();
      return NAME.matcher(host).matches() ? host : "instance";
    } catch (UnknownHostException _) {
      return "instance";
    }
  }

  private static Optional<Guideline> guideline(SettingsReader root) {
    String named =
        root.text(
            "guideline",
            GuidelineEditions.shipped().getFirst(),
            PATH,
            "a shipped guideline ("
                + String.join(", ", GuidelineEditions.shipped())
                + ") or a file");
    try {
      return Optional.of(GuidelineEditions.load(named));
    } catch (EditionException e) {
      e.problems()
          .forEach(
              problem ->
                  root.refuseKey("guideline", "\"" + Problems.shown(named) + "\": " + problem));
      return Optional.empty();
    }
  }

  private static EngineSettings engine(SettingsReader section) {
    int debounce = section.whole("debounceMinutes", 10, 0, 24 * 60);
    int facts =
        section.whole(
            "factsPerPatient",
            EngineSettings.FACTS_PER_PATIENT,
            1,
            EngineSettings.FACTS_PER_PATIENT);
    return new EngineSettings(Duration.ofMinutes(debounce), facts);
  }

  private static KafkaSettings kafka(SettingsReader section) {
    String allowed = "HOST:PORT, one or more";
    List<String> servers = section.list("bootstrapServers", SERVER.asMatchPredicate(), allowed);
    if (servers.isEmpty()) {
      section.missing("bootstrapServers", allowed);
    }
    servers.stream()
        .map(SERVER::matcher)
        .filter(Matcher::matches)
        .filter(parts -> Integer.parseInt(parts.group(2)) > 65_535)
        .forEach(parts -> section.refuseKey("bootstrapServers", "a port is at most 65535"));
    List<ConfigDef> every =
        List.of(
            KnownSettings.ADMIN,
            KnownSettings.CONSUMER,
            KnownSettings.PRODUCER,
            KnownSettings.STREAMS);
    return new KafkaSettings(
        servers,
        clients(section, "common", every),
        clients(section, "admin", List.of(KnownSettings.ADMIN)),
        clients(section, "consumer", List.of(KnownSettings.CONSUMER)),
        clients(section, "producer", List.of(KnownSettings.PRODUCER)),
        clients(section, "streams", every));
  }

  private static ClientSettings clients(
      SettingsReader section, String key, List<ConfigDef> clients) {
    return section.settings(
        key,
        UnaryOperator.identity(),
        (name, value) ->
            own(name)
                .or(() -> KnownSettings.objection(name, value, clients))
                .or(() -> tooSmall(name, value, clients)));
  }

  /** Records that can't be sent stop the stream, or are lost: ticks, answers, rows. */
  private static Optional<String> tooSmall(String name, String value, List<ConfigDef> clients) {
    return Optional.ofNullable(LEAST_REQUEST.get(name))
        .filter(least -> KnownSettings.isKnown(name, clients))
        .filter(least -> Long.parseLong(value.strip()) < least)
        .map(least -> "must be " + least + " or more, or records can't be sent");
  }

  private static Optional<String> own(String name) {
    if (name.equals(CLEANUP_POLICY) || name.startsWith(RETENTION)) {
      return Optional.of("this setting is not open: all state is in the changelogs, for good");
    }
    return OWN.keySet().stream()
        .filter(own -> name.equals(own) || name.endsWith("." + own) && !name.startsWith("topic."))
        .findFirst()
        .map(own -> OWN.getOrDefault(own, ""))
        .map(
            key ->
                key.isEmpty()
                    ? "this setting is not open: decisions are made exactly once"
                    : "this setting is chosen by the key " + key);
  }

  private static TopicSettings topics(SettingsReader section) {
    TopicSettings topics =
        new TopicSettings(
            section.text("prefix", "", TOPIC_PREFIX, "up to 200 of a-z, A-Z, 0-9, '.', '_', '-'"),
            section.whole("partitions", 12, 1, 1000),
            section.whole("replicationFactor", 3, 1, 15),
            section.whole("minInSyncReplicas", 2, 1, 15),
            Math.toIntExact(section.size("maxMessageBytes", "2MiB", "2MiB", "64MiB")),
            section.span("inputRetention", Duration.ofDays(30), "1h", "36500d"),
            section.span("tickRetention", Duration.ofDays(7), "1h", "36500d"),
            section.span("outputRetention", Duration.ofDays(365), "1h", "36500d"),
            section.span("journalRetention", Duration.ofDays(365), "1h", "36500d"),
            section.span("deadLetterRetention", Duration.ofDays(365), "1h", "36500d"));
    if (topics.minInSyncReplicas() > topics.replicationFactor()) {
      section.refuseKey(
          "minInSyncReplicas",
          "%d is more than the replication factor, %d"
              .formatted(topics.minInSyncReplicas(), topics.replicationFactor()));
    }
    return topics;
  }

  /** When nothing is said. */
  static TopicSettings defaultTopics() {
    return SettingsReader.read(
        Map.of(),
        Map.of(),
        new Problems(),
        root -> root.section("topics", SettingsBinding::topics));
  }

  /** Under their whole names, since of those the client of the registry knows every one. */
  private static Optional<ClientSettings> registry(SettingsReader root) {
    ClientSettings settings =
        root.settings(
            "schemaRegistry",
            name -> name.startsWith(REGISTRY_PREFIX) ? name : REGISTRY_PREFIX + name,
            (_, _) -> Optional.empty());
    try {
      RegistrySettings.from(settings.values());
      return Optional.of(settings);
    } catch (IllegalArgumentException e) {
      root.refuseKey("schemaRegistry", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static StreamSettings stream(SettingsReader section) {
    StreamSettings stream =
        new StreamSettings(
            section.whole("threads", 2, 1, 256),
            section.whole("standbyReplicas", 1, 0, 10),
            section.choice("groupProtocol", StreamSettings.Protocol.CLASSIC),
            section.span("sessionTimeout", Duration.ofSeconds(10), "1s", "5m"),
            section.span("heartbeatInterval", Duration.ofSeconds(3), "100ms", "1m"),
            section.span("transactionTimeout", Duration.ofSeconds(10), "10s", "15m"),
            section.span("commitInterval", Duration.ofMillis(100), "10ms", "5s"),
            section.size("rocksdbMemory", "256MiB", "16MiB", "64GiB"));
    if (stream.heartbeatInterval().multipliedBy(2).compareTo(stream.sessionTimeout()) > 0) {
      section.refuseKey(
          "heartbeatInterval",
          "must be at most half of sessionTimeout, or one lost beat makes a living instance dead");
    }
    return stream;
  }

  private static HttpSettings http(SettingsReader section) {
    HttpSettings http =
        new HttpSettings(
            section.text("host", "127.0.0.1", HOST, "an address or a host's name"),
            section.whole("port", 8080, 0, 65_535),
            section.truth("api", true),
            tls(section),
            section.truth("plaintext", false),
            tokens(section),
            section.whole("requestsPerMinute", HttpSettings.REQUESTS_PER_MINUTE, 1, 1_000_000),
            section.secret("accessLogKey"));
    if (http.api() && !http.onLoopback()) {
      if (http.tokens().isEmpty()) {
        section.refuseKey(
            "host",
            "off loopback patients are told to bearers of tokens only: set http.jwks, http.issuer"
                + " and http.audience, or http.api: false");
      }
      if (http.tls().isEmpty() && !http.plaintext()) {
        section.refuseKey(
            "host",
            "off loopback TLS is needed: set http.tlsKeyStore, or http.plaintext: true when TLS"
                + " ends in front of the service");
      }
    }
    return http;
  }

  private static Optional<HttpSettings.TlsSettings> tls(SettingsReader section) {
    String store = section.text("tlsKeyStore", "", PATH, "the path of a PKCS12 or JKS file");
    Optional<Secret> password = section.secret("tlsKeyStorePassword");
    if (store.isEmpty() == password.isPresent()) {
      section.refuseKey(
          store.isEmpty() ? "tlsKeyStore" : "tlsKeyStorePassword",
          "missing: tlsKeyStore and tlsKeyStorePassword go together");
    }
    return store.isEmpty()
        ? Optional.empty()
        : password.map(secret -> new HttpSettings.TlsSettings(Path.of(store), secret));
  }

  private static Optional<TokenSettings> tokens(SettingsReader section) {
    String jwks =
        section.text(
            "jwks", "", JWKS, "a file, an https:// address, or an http:// one on loopback");
    String issuer = section.text("issuer", "", PATH, "the issuer that tokens name");
    String audience = section.text("audience", "", PATH, "the audience that tokens name");
    List<String> algorithms =
        section.list(
            "algorithms",
            TokenSettings.KNOWN_ALGORITHMS::contains,
            "any of " + String.join(", ", TokenSettings.KNOWN_ALGORITHMS));
    String claim =
        section.text("rolesClaim", "roles", PATH, "the name of the claim that has the roles");
    if (jwks.isEmpty() && issuer.isEmpty() && audience.isEmpty()) {
      return Optional.empty();
    }
    Map.of("jwks", jwks, "issuer", issuer, "audience", audience)
        .forEach(
            (key, value) -> {
              if (value.isEmpty()) {
                section.refuseKey(key, "missing: jwks, issuer and audience go together");
              }
            });
    return Optional.of(
        new TokenSettings(
            jwks,
            issuer,
            audience,
            algorithms.isEmpty() ? TokenSettings.DEFAULT_ALGORITHMS : algorithms,
            claim));
  }

  private static Optional<URI> cloudEvents(SettingsReader section, String applicationId) {
    boolean wanted = section.truth("enabled", false);
    String source =
        section.text(
            "source",
            "urn:meninx:" + applicationId,
            SOURCE,
            "an absolute URI, such as urn:meninx:ward-3 or https://meninx.example");
    return wanted && SOURCE.matcher(source).matches()
        ? Optional.of(URI.create(source))
        : Optional.empty();
  }

  private static LogSettings log(SettingsReader section) {
    return new LogSettings(
        section.choice("level", LogSettings.Level.INFO),
        section.choice("kafkaLevel", LogSettings.Level.WARN));
  }
}
