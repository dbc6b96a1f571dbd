package io.meninx.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.meninx.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpRegistryClientTest {
  private static final String SUBJECT = "kps-updates-value";
  private static final Schema SCHEMA = record("{\"name\":\"kps\",\"type\":\"int\"}");

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
  }

  @Test
  void anUnknownIdIsAskedForAgain() {
    EmbeddedRegistry registry = registry();
    RegistryClient client = client(registry.url());
    assertThatThrownBy(() -> client.schemaById(1, SUBJECT))
        .isInstanceOf(SchemaNotFoundException.class);

    registry.catalog().register(SUBJECT, SCHEMA);

    assertThat(client.schemaById(1, SUBJECT)).isEqualTo(SCHEMA);
  }

  @Test
  void aSchemaOfAnotherTypeCannotBeRead() {
    FakeServer server = fake();
    server.next(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}");

    assertThatThrownBy(() -> client(server.url()).schemaById(1, SUBJECT))
        .isInstanceOf(SchemaUnusableException.class)
        .hasMessageContaining("not an Avro schema");
  }

  @Test
  void aSchemaWithReferencesCannotBeRead() {
    FakeServer server = fake();
    server.next(
        200,
        "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"r\",\"subject\":\"s\",\"version\":1}]}");

    assertThatThrownBy(() -> client(server.url()).schemaById(1, SUBJECT))
        .isInstanceOf(SchemaUnusableException.class)
        .hasMessageContaining("references");
  }

  @Test
  void theGlobalLevelCountsWhereASubjectHasNoneOfItsOwn() {
    FakeServer server = fake();
    server.next(404, "{\"error_code\":40408,\"message\":\"no subject level\"}");
    server.next(200, "{\"compatibilityLevel\":\"FULL\"}");

    assertThat(client(server.url()).compatibilityLevel(SUBJECT)).isEqualTo("FULL");
  }

  @Test
  void aLevelThatIsNotAllowedIsRefused() {
    FakeServer server = fake();
    server.next(403, "{\"error_code\":40301,\"message\":\"forbidden\"}");

    assertThatThrownBy(() -> client(server.url()).setCompatibilityLevel(SUBJECT, "FULL"))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("403");
  }

  @Test
  void aFailingServerIsAwayAndNotRemembered() {
    FakeServer server = fake();
    RegistryClient client = client(server.url());
    server.next(500, "{\"error_code\":50001,\"message\":\"store\"}");
    assertThatThrownBy(() -> client.schemaById(1, SUBJECT))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("status 500");

    server.next(200, "{\"schema\":\"\\\"int\\\"\"}");

    assertThat(client.schemaById(1, SUBJECT).getType()).isEqualTo(Schema.Type.INT);
  }

  @Test
  void tooManyRequestsIsNoVerdictOnTheRecord() {
    FakeServer server = fake();
    server.next(429, "");

    assertThatThrownBy(() -> client(server.url()).schemaById(1, SUBJECT))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void aRefusedConnectionIsAway() throws IOException {
    String url = "http://127.0.0.1:" + closedPort();

    assertThatThrownBy(() -> client(url).idFor(SUBJECT, SCHEMA))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("ConnectException");
  }

  @Test
  void aSilentServerIsAwayWithinSeconds() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();

      assertThatThrownBy(
              () -> client("http://127.0.0.1:" + silent.getLocalPort()).idFor(SUBJECT, SCHEMA))
          .isInstanceOf(RegistryUnavailableException.class);

      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
    }
  }

  @Test
  void aPageThatIsNoRegistryIsRefused() {
    FakeServer server = fake();
    server.next(200, "<html>sign in</html>");

    assertThatThrownBy(() -> client(server.url()).idFor(SUBJECT, SCHEMA))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("not a schema registry");
  }

  @Test
  void missingPermissionIsRefusedAndNamesNoSecret() {
    FakeServer server = fake();
    server.next(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
    RegistryClient client =
        client(
            Map.of(
                RegistrySettings.URL, server.url(),
                RegistrySettings.CREDENTIALS_SOURCE, "USER_INFO",
                RegistrySettings.USER_INFO, "reader:hushhush"));

    assertThatThrownBy(() -> client.schemaById(1, SUBJECT))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("401")
        .hasMessageNotContaining("hushhush");
    assertThat(server.authorization).containsExactly("Basic cmVhZGVyOmh1c2hodXNo");
  }

  @Test
  void asksForTheNamesConfluentsClientAsksFor() {
    FakeServer server = fake();
    RegistryClient client = client(server.url() + "/base/");
    server.next(200, "{\"id\":1}");
    client.idFor("a/b c-value", SCHEMA);
    server.next(200, "{\"schema\":\"\\\"int\\\"\"}");
    client.schemaById(1, SUBJECT);

    assertThat(server.requests)
        .containsExactly(
            "POST /base/subjects/a%2Fb%20c-value/versions?normalize=false",
            "GET /base/schemas/ids/1?fetchMaxId=false&subject=kps-updates-value");
  }

  @Test
  void settingsThatCannotBeHonouredAreNamed() {
    assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
        .hasMessageContaining("schema.registry.url is missing");
    assertThatThrownBy(
            () -> RegistrySettings.from(with(RegistrySettings.URL, "ftp://user:hushhush@host")))
        .hasMessageContaining("http")
        .hasMessageNotContaining("hushhush");
    assertThatThrownBy(() -> RegistrySettings.from(with("auto.register.schemas", "yes")))
        .hasMessage("auto.register.schemas must be true or false");
    assertThatThrownBy(
            () -> RegistrySettings.from(with("schema.registry.ssl.trustore.location", "/t")))
        .hasMessage("schema.registry.ssl.trustore.location is not supported");
    assertThatThrownBy(
            () ->
                RegistrySettings.from(
                    with(
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.RecordNameStrategy")))
        .hasMessageContaining("must be TopicNameStrategy");
    assertThatThrownBy(
            () -> RegistrySettings.from(with("basic.auth.credentials.source", "SASL_INHERIT")))
        .hasMessageContaining("basic.auth.credentials.source");
  }

  @Test
  void aStoreThatCannotBeReadIsNamedAndItsPasswordIsNot() {
    Map<String, String> settings = with("schema.registry.ssl.truststore.location", "/no/such.jks");
    settings.put("schema.registry.ssl.truststore.password", "hushhush");

    assertThatThrownBy(() -> client(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("schema.registry.ssl.*: ")
        .hasMessageContaining("/no/such.jks")
        .hasMessageNotContaining("hushhush");
    assertThat(RegistrySettings.from(settings).toString()).doesNotContain("hushhush");
  }

  @Test
  void theNameInTheRegistrysCertificateIsAlwaysChecked() {
    assertThatThrownBy(
            () -> client(with("schema.registry.ssl.endpoint.identification.algorithm", "")))
        .hasMessageContaining("must be https");
  }

  @Test
  void credentialsInTheAddressAreUsedAndNotPrinted() {
    RegistrySettings settings =
        RegistrySettings.from(Map.of(RegistrySettings.URL, "http://reader:hushhush@localhost:1"));

    assertThat(settings.authorization()).hasValue("Basic cmVhZGVyOmh1c2hodXNo");
    assertThat(settings.toString()).doesNotContain("hushhush").doesNotContain("cmVhZG");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings =
        new HashMap<>(Map.of(RegistrySettings.URL, "http://localhost:1"));
    settings.put(name, value);
    return settings;
  }

  private static Schema record(String field) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"t\",\"fields\":[" + field + "]}");
  }

  private EmbeddedRegistry registry() {
    EmbeddedRegistry registry = EmbeddedRegistry.start();
    opened.add(registry);
    return registry;
  }

  private RegistryClient client(String url) {
    return client(Map.of(RegistrySettings.URL, url));
  }

  private RegistryClient client(Map<String, String> settings) {
    RegistryClient client = new HttpRegistryClient(RegistrySettings.from(settings));
    opened.add(client);
    return client;
  }

  private FakeServer fake() {
    FakeServer server = new FakeServer();
    opened.add(server);
    return server;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Says what it was told to say, and remembers what it was asked. */
  private static final class FakeServer implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<String> requests = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<String> authorization = new ConcurrentLinkedDeque<>();

    FakeServer() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              String sent = exchange.getRequestHeaders().getFirst("Authorization");
              if (sent != null) {
                authorization.add(sent);
              }
              Answer answer = answers.remove();
              byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
            }
          });
      server.start();
    }

    void next(int status, String body) {
      answers.add(new Answer(status, body));
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
