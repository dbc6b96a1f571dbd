package io.meninx.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.Facts;
import io.meninx.journal.Input;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryProxy.Mood;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the client and a registry must agree on. The same for the registry inside the process and
 * for a real server, which starts at compatibility BACKWARD.
 */
@Timeout(120)
abstract class RegistryContract {
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("reader:hushhush".getBytes(StandardCharsets.UTF_8));

  /** A server keeps its subjects through all tests, so each has its own. */
  private static final AtomicInteger SUBJECTS = new AtomicInteger();

  @TempDir static Path directory;

  private static Certificates certificates;

  private final String subject = "contract-" + SUBJECTS.incrementAndGet() + "-value";
  private final Schema schema = record("{\"name\":\"kps\",\"type\":\"int\"}");
  private final Schema other = record("{\"name\":\"kps\",\"type\":\"string\"}");
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Address of the registry. */
  abstract String url();

  @BeforeAll
  static void makeCertificates() {
    certificates = Certificates.in(directory);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened.reversed()) {
      closeable.close();
    }
  }

  // Register, look up, read back.

  @Test
  void registersASchemaOnceAndReadsItBackById() {
    int id = client(url()).idFor(subject, schema);

    assertThat(client(url()).schemaById(id, subject)).isEqualTo(schema);
    assertThat(client(url()).idFor(subject, schema)).isEqualTo(id);
  }

  @Test
  void aSchemaFromGeneratedCodeIsTheSameSchema() {
    Schema plain = record("{\"name\":\"text\",\"type\":\"string\"}");
    Schema generated =
        record(
            "{\"name\":\"text\",\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}}");
    RegistryClient client = client(url());

    int id = client.idFor(subject, generated);

    assertThat(client.idFor(subject, plain)).isEqualTo(id);
    assertThat(client.schemaById(id, subject).toString()).doesNotContain("avro.java.string");
  }

  @Test
  void oneTextHasOneIdUnderTwoSubjects() {
    RegistryClient client = client(url());

    assertThat(client.idFor(subject, schema)).isEqualTo(client.idFor("another-" + subject, schema));
  }

  @Test
  void aSubjectMayHaveAnyName() {
    String strange = "a/b c+ä%-" + subject;

    int id = client(url()).idFor(strange, schema);

    assertThat(client(with(RegistrySettings.AUTO_REGISTER, "false")).idFor(strange, schema))
        .isEqualTo(id);
  }

  @Test
  void aVersionThatFitsIsAnotherId() {
    RegistryClient client = client(url());
    Schema next =
        record(
            "{\"name\":\"kps\",\"type\":\"int\"},{\"name\":\"ecog\",\"type\":[\"null\",\"int\"],\"default\":null}");
    int first = client.idFor(subject, schema);

    assertThat(client.compatible(subject, next)).isTrue();
    assertThat(client.idFor(subject, next)).isNotEqualTo(first);
    assertThat(client.schemaById(first, subject)).isEqualTo(schema);
  }

  @Test
  void anIncompatibleSchemaIsRefused() {
    RegistryClient client = client(url());
    client.idFor(subject, schema);

    assertThat(client.compatible(subject, other)).isFalse();
    assertThat(client.compatible("new-" + subject, other)).isTrue();
    assertThatThrownBy(() -> client.idFor(subject, other))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("409");
  }

  @Test
  void theLevelOfASubjectIsItsOwnOnceItIsSet() {
    RegistryClient client = client(url());
    assertThat(client.compatibilityLevel(subject)).isEqualTo("BACKWARD");
    assertThat(client.newestVersion(subject)).isEmpty();

    client.setCompatibilityLevel(subject, "FULL_TRANSITIVE");
    client.idFor(subject, schema);

    assertThat(client.compatibilityLevel(subject)).isEqualTo("FULL_TRANSITIVE");
    assertThat(client.newestVersion(subject)).contains(1);
    // Taken at BACKWARD: today's version does not write what the next one needs.
    assertThatThrownBy(
            () ->
                client.idFor(subject, record("{\"name\":\"ecog\",\"type\":\"int\",\"default\":0}")))
        .isInstanceOf(RegistryRefusedException.class);
    assertThat(client.compatibilityLevel("new-" + subject)).isEqualTo("BACKWARD");
    assertThatThrownBy(() -> client.setCompatibilityLevel(subject, "SIDEWAYS"))
        .isInstanceOf(RegistryRefusedException.class);
  }

  @Test
  void withoutRegistrationOnlyAKnownSchemaHasAnIdAndTheRefusalIsNotRemembered() {
    RegistryClient client = client(with(RegistrySettings.AUTO_REGISTER, "false"));
    assertThatThrownBy(() -> client.idFor(subject, schema))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("auto.register.schemas");

    int id = client(url()).idFor(subject, schema);

    assertThat(client.idFor(subject, schema)).isEqualTo(id);
  }

  @Test
  void theLatestVersionMustBeTheSchemaThatIsWrittenDocumentationApart() {
    int documented =
        client(url())
            .idFor(subject, record("{\"name\":\"kps\",\"type\":\"int\",\"doc\":\"Karnofsky\"}"));
    RegistryClient client = client(with(RegistrySettings.USE_LATEST, "true"));

    assertThat(client.idFor(subject, schema)).isEqualTo(documented);
    assertThatThrownBy(() -> client.idFor(subject, other))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("newest version");
    assertThatThrownBy(() -> client.idFor("new-" + subject, schema))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("404");
  }

  @Test
  void theLatestVersionIsTheNewestAndNotTheFirst() {
    RegistryClient registering = client(url());
    registering.idFor(subject, schema);
    Schema next =
        record(
            "{\"name\":\"kps\",\"type\":\"int\"},{\"name\":\"ecog\",\"type\":[\"null\",\"int\"],\"default\":null}");
    int newest = registering.idFor(subject, next);
    RegistryClient client = client(with(RegistrySettings.USE_LATEST, "true"));

    assertThat(client.idFor(subject, next)).isEqualTo(newest);
    assertThatThrownBy(() -> client.idFor(subject, schema))
        .isInstanceOf(RegistryRefusedException.class);
  }

  @Test
  void aNormalizedSchemaIsFoundAgain() {
    Map<String, String> normalizing = with(RegistrySettings.NORMALIZE, "true");
    int id = client(normalizing).idFor(subject, schema);
    normalizing.put(RegistrySettings.AUTO_REGISTER, "false");

    assertThat(client(normalizing).idFor(subject, schema)).isEqualTo(id);
  }

  @Test
  void everySchemaOfOursIsTakenUnderTheNameOfItsTopicAndReadBackUnchanged() {
    String prefix = "house-" + SUBJECTS.incrementAndGet() + ".";
    RegistryClient client = client(url());
    for (Topic topic : Topic.values()) {
      int id = client.idFor(prefix + topic.baseName() + "-value", topic.valueSchema());

      assertThat(client.schemaById(id, topic.subject(prefix))).isEqualTo(topic.valueSchema());
    }
    // All are there now, under these names.
    new WireFormat(client(with(RegistrySettings.AUTO_REGISTER, "false")), prefix).prepare();
  }

  // What is about the record, what about the registry.

  @Test
  void aRecordGoesThroughARegistryAndComesBack() throws PoisonRecordException {
    WireFormat wire = new WireFormat(client(url()), "round-" + subject);
    var fact = Facts.csf("r").positive().volumeMl(6).build();

    byte[] value = wire.frame(new FactWriter().encode(fact));

    assertThat(
            new WireFormat(client(url()), "round-" + subject)
                .read(Topic.CSF_CYTOLOGY_RESULTS, value))
        .isEqualTo(new Input.OfFact(fact));
  }

  @Test
  void anUnknownIdIsPoison() {
    RegistryClient client = client(url());
    byte[] value = Frames.frame(999_999_999, new byte[] {2, 4});

    assertThatThrownBy(() -> client.schemaById(999_999_999, subject))
        .isInstanceOf(SchemaNotFoundException.class);
    assertThatThrownBy(() -> new WireFormat(client, "").read(Topic.KPS_UPDATES, value))
        .isInstanceOf(PoisonRecordException.class)
        .hasMessage("UNKNOWN_SCHEMA_ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "00000001", "01000000012a", "7b7d"})
  void badFramingIsPoisonWithoutAskingTheRegistry(String hex) {
    RegistryProxy proxy = proxy();
    WireFormat wire = new WireFormat(client(proxy.url()), "");

    assertThatThrownBy(() -> wire.read(Topic.KPS_UPDATES, java.util.HexFormat.of().parseHex(hex)))
        .isInstanceOf(PoisonRecordException.class);
    assertThat(proxy.requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = "PASSES_ON", mode = EnumSource.Mode.EXCLUDE)
  void aRegistryInTroubleIsNoVerdictOnTheRecordAndIsNotRemembered(Mood mood)
      throws PoisonRecordException {
    RegistryProxy proxy = proxy();
    RegistryClient client = client(proxy.url());
    int id = client(url()).idFor(subject, schema);
    proxy.is(mood);
    assertThatThrownBy(() -> client.schemaById(id, subject))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> client.idFor(subject, schema))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> client.compatible(subject, schema))
        .isInstanceOf(RegistryUnavailableException.class);

    proxy.is(Mood.PASSES_ON);

    assertThat(client.schemaById(id, subject)).isEqualTo(schema);
    assertThat(client.idFor(subject, schema)).isEqualTo(id);
    assertThat(client.compatible(subject, schema)).isTrue();
  }

  @Test
  void answersFromMemoryAfterTheFirstSuccess() {
    RegistryProxy proxy = proxy();
    RegistryClient client = client(proxy.url());
    int id = client.idFor(subject, schema);
    client.schemaById(id, subject);

    proxy.is(Mood.IS_DOWN);

    assertThat(client.idFor(subject, schema)).isEqualTo(id);
    assertThat(client.schemaById(id, subject)).isEqualTo(schema);
    assertThat(proxy.requests()).isEqualTo(2);
  }

  // Addresses.

  @Test
  void anAddressMayHaveAPath() {
    assertThat(client(proxy().url()).idFor(subject, schema)).isPositive();
    assertThat(client(proxy().url() + "/").idFor(subject, schema)).isPositive();
  }

  @Test
  void aWrongPathIsNoVerdictOnTheRecord() {
    assertThatThrownBy(() -> client(url() + "/wrong/path").schemaById(1, subject))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void theNextAddressIsAskedWhenOneIsAwayAndThenFirst() throws IOException {
    RegistryProxy down = proxy();
    down.is(Mood.IS_DOWN);
    RegistryClient client =
        client("http://127.0.0.1:" + closedPort() + ", " + down.url() + "," + url());

    int id = client.idFor(subject, schema);

    assertThat(client.schemaById(id, subject)).isEqualTo(schema);
    assertThat(down.requests()).isEqualTo(1);
  }

  @Test
  void theFirstAddressIsAskedAgainWhenTheOtherGoesAway() {
    RegistryProxy first = proxy();
    RegistryProxy second = proxy();
    RegistryClient client = client(first.url() + "," + second.url());
    first.is(Mood.IS_DOWN);
    int id = client.idFor(subject, schema);
    first.is(Mood.PASSES_ON);
    second.is(Mood.HANGS_UP);

    assertThat(client.schemaById(id, subject)).isEqualTo(schema);
  }

  // Who may come in.

  @Test
  void aPasswordOpens() {
    String url = proxy().requiring(BASIC).url();
    Map<String, String> settings = with(RegistrySettings.URL, url);
    assertThatThrownBy(() -> client(settings).idFor(subject, schema))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("401");
    settings.put(RegistrySettings.CREDENTIALS_SOURCE, "USER_INFO");
    settings.put(RegistrySettings.USER_INFO, "reader:hushhush");

    assertThat(client(settings).idFor(subject, schema)).isPositive();
  }

  @Test
  void aPasswordInTheAddressOpens() {
    String url = proxy().requiring(BASIC).url().replace("://", "://reader:hushhush@");

    assertThat(client(url).idFor(subject, schema)).isPositive();
  }

  @Test
  void aTokenOpens() {
    String url = proxy().requiring("Bearer token-1").url();
    Map<String, String> settings = with(RegistrySettings.URL, url);
    settings.put("bearer.auth.credentials.source", "STATIC_TOKEN");
    settings.put(RegistrySettings.BEARER_TOKEN, "token-2");
    assertThatThrownBy(() -> client(settings).idFor(subject, schema))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageNotContaining("token-2");
    settings.put(RegistrySettings.BEARER_TOKEN, "token-1");

    assertThat(client(settings).idFor(subject, schema)).isPositive();
  }

  // TLS.

  private enum Store {
    JKS,
    PKCS12,
    PEM_FILE,
    PEM_TEXT;

    Map<String, String> trust(Certificates certificates, Path directory) throws IOException {
      return switch (this) {
        case JKS, PKCS12 ->
            Map.of(
                "schema.registry.ssl.truststore.location",
                certificates.trust("registry", name()).toString(),
                "schema.registry.ssl.truststore.password",
                Certificates.PASSWORD,
                "schema.registry.ssl.truststore.type",
                name());
        case PEM_FILE ->
            Map.of(
                "schema.registry.ssl.truststore.location",
                Files.writeString(
                        directory.resolve("trust.pem"), certificates.pemCertificate("registry"))
                    .toString(),
                "schema.registry.ssl.truststore.type",
                "PEM");
        case PEM_TEXT ->
            Map.of(
                "schema.registry.ssl.truststore.certificates",
                certificates.pemCertificate("registry"),
                "schema.registry.ssl.truststore.type",
                "PEM");
      };
    }

    Map<String, String> keys(Certificates certificates, Path directory) throws IOException {
      return switch (this) {
        case JKS, PKCS12 ->
            Map.of(
                "schema.registry.ssl.keystore.location",
                certificates.keys("client").toString(),
                "schema.registry.ssl.keystore.password",
                Certificates.PASSWORD,
                "schema.registry.ssl.key.password",
                Certificates.PASSWORD,
                "schema.registry.ssl.keystore.type",
                "PKCS12");
        case PEM_FILE ->
            Map.of(
                "schema.registry.ssl.keystore.location",
                Files.writeString(
                        directory.resolve("client.pem"),
                        certificates.pemKey("client") + certificates.pemCertificate("client"))
                    .toString(),
                "schema.registry.ssl.keystore.type",
                "PEM");
        case PEM_TEXT ->
            Map.of(
                "schema.registry.ssl.keystore.key",
                certificates.pemKey("client"),
                "schema.registry.ssl.keystore.certificate.chain",
                certificates.pemCertificate("client"),
                "schema.registry.ssl.keystore.type",
                "PEM");
      };
    }
  }

  static Stream<Store> stores() {
    return Stream.of(Store.values());
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aRegistryBehindTlsIsTrustedByAStoreOfOurOwn(Store store) throws IOException {
    RegistryProxy proxy = tls(false);
    Map<String, String> settings = with(RegistrySettings.URL, proxy.url());
    assertThatThrownBy(() -> client(settings).idFor(subject, schema))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(proxy.requests()).isZero();

    settings.putAll(store.trust(certificates, directory));

    assertThat(client(settings).idFor(subject, schema)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void aRegistryThatAsksForACertificateGetsOurs(Store store) throws IOException {
    RegistryProxy proxy = tls(true);
    Map<String, String> settings = with(RegistrySettings.URL, proxy.url());
    settings.putAll(store.trust(certificates, directory));
    assertThatThrownBy(() -> client(settings).idFor(subject, schema))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(proxy.requests()).isZero();

    settings.putAll(store.keys(certificates, directory));

    assertThat(client(settings).idFor(subject, schema)).isPositive();
  }

  @Test
  void aCertificateForAnotherNameIsNotTrusted() throws IOException {
    RegistryProxy proxy = tls(false);
    Map<String, String> settings = with(RegistrySettings.URL, proxy.url("127.0.0.1"));
    settings.putAll(Store.PKCS12.trust(certificates, directory));

    assertThatThrownBy(() -> client(settings).idFor(subject, schema))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(proxy.requests()).isZero();
  }

  private RegistryProxy tls(boolean knowsClients) {
    return opened(RegistryProxy.tls(url(), certificates.registry(), knowsClients));
  }

  private RegistryProxy proxy() {
    return opened(RegistryProxy.plain(url()));
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(Map.of(RegistrySettings.URL, url()));
    settings.put(name, value);
    return settings;
  }

  private RegistryClient client(String url) {
    return client(Map.of(RegistrySettings.URL, url));
  }

  private RegistryClient client(Map<String, String> settings) {
    return opened(new HttpRegistryClient(patient(RegistrySettings.from(settings))));
  }

  /** The machine that runs the tests may be busy; a first TLS handshake then takes its time. */
  private static RegistrySettings patient(RegistrySettings settings) {
    return new RegistrySettings(
        settings.urls(),
        settings.authorization(),
        settings.autoRegister(),
        settings.useLatest(),
        settings.normalize(),
        settings.ssl(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(4),
        Duration.ofSeconds(12));
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"t\",\"fields\":[" + fields + "]}");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
