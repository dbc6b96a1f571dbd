package io.meninx.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertState;
import io.meninx.readmodel.Samples;
import io.meninx.readmodel.StoredReadModel;
import io.meninx.service.access.AccessLog;
import io.meninx.service.access.Guard;
import io.meninx.service.access.RateLimit;
import io.meninx.service.access.TokenAuthenticator;
import io.meninx.service.http.HttpServer;
import io.meninx.service.settings.HttpSettings;
import io.meninx.service.settings.TokenSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface on a running server, with tokens: what it tells, and whom. */
@Timeout(60)
class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ISSUER = "https://issuer.example";
  private static final String AUDIENCE = "meninx";

  @TempDir private Path directory;
  private RSAKey key;
  private StoredReadModel feed;
  private AccessLog log;
  private ApiPart part;
  private HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AlertResponse> sent = new CopyOnWriteArrayList<>();
  private final Set<String> routes = new TreeSet<>();

  @BeforeEach
  void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    Path jwks =
        Files.writeString(directory.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
    feed = new StoredReadModel(directory.resolve("rows"));
    feed.pathway(Samples.pathway("anna", 1));
    feed.event(Samples.event("anna", "event-1", 1));
    feed.alert(alert(KEY, 1, AlertState.ACTIVE));
    log = new AccessLog(directory.resolve("access"), Optional.of("secret"), Clock.systemUTC());
    serve(
        new Guard(
            Optional.of(
                new TokenAuthenticator(
                    new TokenSettings(
                        jwks.toString(), ISSUER, AUDIENCE, List.of("RS256"), "realm.roles"))),
            new RateLimit(100, Clock.systemUTC()),
            log,
            Clock.systemUTC()));
  }

  private void serve(Guard guard) throws IOException {
    part =
        new ApiPart(
            feed,
            sent::add,
            guard,
            new Description("app", "1", "lm-nsclc", "1", "hash", 3, Description.topics(""), "text"),
            Clock.systemUTC());
    HttpServer.Part listener =
        config ->
            config.events.handlerAdded(
                handler -> {
                  if (handler.getPath().startsWith("/")) {
                    routes.add(handler.getHttpMethod().name() + " " + handler.getPath());
                  }
                });
    server = HttpServer.start(HttpSettings.local(0), List.of(listener, part));
  }

  @AfterEach
  void stop() throws Exception {
    part.close();
    server.close();
    client.close();
    log.close();
    feed.close();
  }

  private static io.meninx.wire.Published<io.meninx.pathway.AlertRevision> alert(
      String alertKey, int revision, AlertState state) {
    return Samples.alert("anna", alertKey, revision, AlertCode.MRI_DUE, state, Priority.STAT, 2);
  }

  // ------------------------------------------------------------------ tokens

  private static JWTClaimsSet.Builder claims(String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("dr-who")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("realm", java.util.Map.of("roles", List.of(roles)));
  }

  private String signed(JWTClaimsSet claims, RSAKey by) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").type(JOSEObjectType.JWT).build(),
            claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  private String token(String... roles) throws Exception {
    return signed(claims(roles).build(), key);
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> respond(String body, String token) throws Exception {
    URI address = server.address().resolve("/api/v1/alerts/" + KEY + "/responses");
    return client.send(
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private List<JsonNode> accesses() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("access"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  // ------------------------------------------------------------------ what it tells

  @Test
  void aPatientIsToldWithTheReasonsAndHowFarBehindThatIs() throws Exception {
    JsonNode answer = JSON.readTree(get("/api/v1/patients/anna", token("viewer")).body());

    assertThat(answer.at("/behind/records").asInt()).isEqualTo(3);
    assertThat(answer.at("/state/type").asText()).isEqualTo("IA");
    assertThat(answer.at("/why/0/type").asText()).isEqualTo("CLASSIFICATION_CHANGED");
    assertThat(answer.at("/alerts/0/alertKey").asText()).isEqualTo(KEY);
  }

  @Test
  void theTimelineHasEventsAndAlerts() throws Exception {
    JsonNode answer =
        JSON.readTree(get("/api/v1/patients/anna/timeline?limit=1", token("viewer")).body());
    assertThat(answer.at("/entries/0/kind").asText()).isEqualTo("EVENT");

    String next = answer.path("next").asText();
    JsonNode rest =
        JSON.readTree(get("/api/v1/patients/anna/timeline?cursor=" + next, token("viewer")).body());
    assertThat(rest.at("/entries/0/alertKey").asText()).isEqualTo(KEY);
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void anAlertIsExplainedInWords() throws Exception {
    JsonNode answer = JSON.readTree(get("/api/v1/alerts/" + KEY, token("auditor")).body());

    assertThat(answer.path("explanation").toString()).contains("csf cytology positive");
    assertThat(answer.path("revisions")).hasSize(1);
  }

  @Test
  void alertsAreFoundByPriorityStateAndCode() throws Exception {
    assertThat(get("/api/v1/alerts?priority=STAT&code=MRI_DUE", token("viewer")).body())
        .contains(KEY);
    assertThat(get("/api/v1/alerts?priority=ROUTINE", token("viewer")).body()).doesNotContain(KEY);
    assertThat(get("/api/v1/alerts?state=RESOLVED", token("viewer")).body()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=OPEN",
        "priority=stat",
        "limit=0",
        "limit=501",
        "cursor=%25",
        "limit=1&limit=2"
      })
  void aQuestionThatIsNotInOrderIsAProblem(String query) throws Exception {
    HttpResponse<String> answer = get("/api/v1/alerts?" + query, token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("status").asInt()).isEqualTo(400);
  }

  @Test
  void anAnswerToAnAlertGoesOutWithWhoGaveIt() throws Exception {
    HttpResponse<String> answer =
        respond(
            "{\"action\":\"SNOOZED\",\"snoozeDays\":2,\"reason\":\"seen\",\"revision\":1}",
            token("responder"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(sent)
        .singleElement()
        .satisfies(
            response -> {
              assertThat(response.alertKey()).contains(KEY);
              assertThat(response.action()).isEqualTo(AlertResponse.Action.SNOOZED);
              assertThat(response.header().source().messageId()).isEqualTo("dr-who");
              assertThat(response.header().patientId()).isEqualTo(new PatientId("anna"));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | 400",
        "[] | 400",
        "{} | 422",
        "{\"action\":\"DELETED\"} | 422",
        "{\"action\":\"SNOOZED\"} | 422",
        "{\"action\":\"SNOOZED\",\"snoozeDays\":8} | 422",
        "{\"action\":\"OVERRIDDEN\"} | 422",
        "{\"action\":\"ACKNOWLEDGED\",\"other\":1} | 422",
        "{\"action\":\"ACKNOWLEDGED\",\"action\":\"OVERRIDDEN\"} | 400",
        "{\"action\":\"ACKNOWLEDGED\",\"revision\":7} | 409"
      })
  void anAnswerThatIsNotInOrderIsNotSent(String body, int status) throws Exception {
    assertThat(respond(body, token("responder")).statusCode()).isEqualTo(status);
    assertThat(sent).isEmpty();
  }

  @Test
  void anAlertThatHasEndedTakesNoAnswer() throws Exception {
    feed.alert(alert(KEY, 2, AlertState.RESOLVED));

    assertThat(respond("{\"action\":\"ACKNOWLEDGED\"}", token("responder")).statusCode())
        .isEqualTo(409);
  }

  @Test
  void changesComeAsTheyHappenAndAreWrittenDown() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(
            HttpRequest.newBuilder(server.address().resolve("/api/v1/alerts/stream"))
                .header("Authorization", "Bearer " + token("viewer"))
                .build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: behind");
      feed.alert(alert(KEY, 2, AlertState.ACKNOWLEDGED));
      assertThat(lines.lines().filter(line -> line.contains("ACKNOWLEDGED")).findFirst())
          .hasValueSatisfying(line -> assertThat(line).startsWith("data: {").contains(KEY));
    }
    Awaitility.await()
        .until(() -> accesses().stream().anyMatch(line -> line.path("patients").size() == 1));
    part.close();
    Awaitility.await().until(() -> feed.watchers() == 0);
  }

  @Test
  void theDescriptionHasEveryRouteAndNoOther() throws Exception {
    JsonNode openApi = new YAMLMapper().readTree(get("/openapi.yaml", "").body());
    Set<String> described = new TreeSet<>();
    openApi
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));

    assertThat(openApi.path("openapi").asText()).startsWith("3.1.");
    assertThat(described).containsExactlyElementsOf(routes);
    assertThat(openApi.findValuesAsText("$ref"))
        .allSatisfy(ref -> assertThat(openApi.at(ref.substring(1)).isMissingNode()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/patients/anna, Patient",
    "/api/v1/patients/anna/timeline, Timeline",
    "/api/v1/alerts, Alerts",
    "/api/v1/alerts/" + KEY + ", AlertWithReasons",
    "/api/v1/topology, Topology",
    "/api/v1/session, Session",
    "/api/v1/patients/none, Problem"
  })
  void answersHaveTheFieldsThatAreDescribed(String path, String schema) throws Exception {
    JsonNode openApi = new YAMLMapper().readTree(get("/openapi.yaml", "").body());
    JsonNode described = openApi.at("/components/schemas/" + schema);
    JsonNode answer = JSON.readTree(get(path, token("viewer")).body());
    Set<String> required = new TreeSet<>();
    described.path("required").forEach(name -> required.add(name.asText()));
    Set<String> fields = new TreeSet<>();
    answer.fieldNames().forEachRemaining(fields::add);

    assertThat(fields).containsAll(required);
    assertThat(fields)
        .allSatisfy(name -> assertThat(described.path("properties").has(name)).isTrue());
  }

  // ------------------------------------------------------------------ whom it tells

  private void refused(String token, int status) throws Exception {
    HttpResponse<String> answer = get("/api/v1/patients/anna", token);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("anna").doesNotContain("CONFIRMED");
    JsonNode line = accesses().getLast();
    assertThat(line.path("status").asInt()).isEqualTo(status);
    assertThat(line.path("what").asText()).isEqualTo("GET /api/v1/patients/{id}");
    assertThat(line.at("/patients/0").asText()).isEqualTo(log.hash(new PatientId("anna")));
  }

  @Test
  void nobodyWithoutATokenThatIsGood() throws Exception {
    refused("", 401);
    refused("x.y.z", 401);
    refused(new PlainJWT(claims("viewer").build()).serialize(), 401);
    refused(signed(claims("viewer").issuer("https://other.example").build(), key), 401);
    refused(signed(claims("viewer").audience("other").build(), key), 401);
    refused(
        signed(
            claims("viewer").expirationTime(Date.from(Instant.now().minusSeconds(120))).build(),
            key),
        401);
    refused(signed(claims("viewer").expirationTime(null).build(), key), 401);
    refused(signed(claims("viewer").subject(null).build(), key), 401);
    refused(
        signed(
            claims("viewer").notBeforeTime(Date.from(Instant.now().plusSeconds(120))).build(), key),
        401);
    RSAKey another = new RSAKeyGenerator(2048).keyID("one").generate();
    refused(signed(claims("viewer").build(), another), 401);
  }

  /** The public key, which everybody has, taken for a shared secret. */
  @Test
  void noTokenThatIsSignedWithThePublicKey() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
            claims("viewer").build());
    token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));

    refused(token.serialize(), 401);
  }

  @Test
  void nobodyBeyondTheirRole() throws Exception {
    refused(token(), 403);
    refused(token("admin"), 403);
    assertThat(respond("{\"action\":\"ACKNOWLEDGED\"}", token("viewer", "auditor")).statusCode())
        .isEqualTo(403);
    assertThat(get("/api/v1/patients/anna/accesses", token("viewer", "responder")).statusCode())
        .isEqualTo(403);
    assertThat(sent).isEmpty();
  }

  @Test
  void anAuditorSeesWhoLookedAtAPatient() throws Exception {
    get("/api/v1/patients/anna", token("viewer"));
    get("/api/v1/patients/other", token("viewer"));

    JsonNode answer = JSON.readTree(get("/api/v1/patients/anna/accesses", token("auditor")).body());

    assertThat(answer.path("accesses")).hasSize(1);
    assertThat(answer.at("/accesses/0/who").asText()).isEqualTo("dr-who");
    assertThat(answer.toString()).doesNotContain("anna");
  }

  @Test
  void theAccessLogHasNoPatientAndNoClinicalText() throws Exception {
    get("/api/v1/patients/anna", token("viewer"));
    get("/api/v1/alerts", token("viewer"));
    respond("{\"action\":\"OVERRIDDEN\",\"reason\":\"text of a person\"}", token("responder"));

    assertThat(accesses())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.path("who").asText()).isEqualTo("dr-who"));
    assertThat(accesses().toString()).doesNotContain("anna", "text of a person", "MRI");
  }

  /** As it is sent, not as a client would tidy it up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/../v1/patients/anna",
        "/api/v1/%2e%2e/v1/patients/anna",
        "//api/v1/patients/anna",
        "/api//v1/patients/anna",
        "/api/v1/patients;x=1/anna",
        "/api/v1/patients/..%2fanna",
        "/api/v1/patients/anna%00",
        "/API/v1/patients/anna",
        "/web/page.js",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd"
      })
  void noPathLeadsAround(String path) throws Exception {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
    assertThat(answer).doesNotContain("CONFIRMED", "root:", "Exception", "at io.meninx");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    String large = "{\"action\":\"ACKNOWLEDGED\",\"reason\":\"" + "x".repeat(100_000) + "\"}";

    assertThat(respond(large, token("responder")).statusCode()).isEqualTo(413);
    assertThat(
            respond(
                    "{\"action\":\"ACKNOWLEDGED\",\"reason\":\"" + "x".repeat(2_000) + "\"}",
                    token("responder"))
                .statusCode())
        .isEqualTo(422);
    assertThat(get("/api/v1/patients/" + "x".repeat(600), token("viewer")).statusCode())
        .isEqualTo(404);
    assertThat(raw("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
    assertThat(sent).isEmpty();
  }

  @Test
  void whoAsksTooOftenHasToWait() throws Exception {
    String token = token("viewer");
    int status = 200;
    for (int i = 0; i < 101; i++) {
      status = get("/api/v1/session", token).statusCode();
    }
    // A minute may have begun in between.
    for (int i = 0; i < 101 && status != 429; i++) {
      status = get("/api/v1/session", token).statusCode();
    }

    assertThat(status).isEqualTo(429);
  }

  @Test
  void whoTriesTooOftenFromAnAddressHasToWaitAndOthersThereNeedNot() throws Exception {
    int status = 401;
    for (int i = 0; i < 202 && status != 429; i++) {
      status = get("/api/v1/session", "x.y.z").statusCode();
    }

    assertThat(status).isEqualTo(429);
    assertThat(get("/api/v1/session", token("viewer")).statusCode()).isEqualTo(200);
  }

  @Test
  void everyAnswerHasTheHeadersThatProtectAPage() throws Exception {
    HttpResponse<String> answer = get("/api/v1/alerts", token("viewer"));

    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(get("/api/v1/alerts", "").headers().firstValue("WWW-Authenticate"))
        .contains("Bearer");
  }

  @Test
  void withoutTokensOnlyPagesOfThisMachineAreServed() throws Exception {
    part.close();
    server.close();
    serve(
        new Guard(Optional.empty(), new RateLimit(100, Clock.systemUTC()), log, Clock.systemUTC()));

    assertThat(get("/api/v1/patients/anna", "").statusCode()).isEqualTo(200);
    assertThat(
            raw(
                "GET /api/v1/patients/anna HTTP/1.1\r\n"
                    + "Host: evil.example\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(
            raw(
                "GET /api/v1/patients/anna HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site:"
                    + " cross-site\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
  }
}
