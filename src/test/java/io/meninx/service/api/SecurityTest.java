package io.meninx.service.api;

import static io.meninx.service.api.ServedApi.KEY;
import static io.meninx.service.api.ServedApi.PATIENT;
import static io.meninx.service.api.ServedApi.claims;
import static io.meninx.service.api.ServedApi.key;
import static io.meninx.service.api.ServedApi.keySet;
import static io.meninx.service.api.ServedApi.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.meninx.fact.PatientId;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get in. Each attempt is refused, and stands in the access log without a patient. */
@Timeout(90)
class SecurityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATE = "/api/v1/patients/" + PATIENT;

  @TempDir private Path directory;
  private ServedApi api;

  @BeforeEach
  void start() throws Exception {
    api = ServedApi.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  // ------------------------------------------------------------------ tokens

  private void refused(String attempt, String token, int status) throws Exception {
    HttpResponse<String> answer = api.get(STATE, token);
    assertThat(answer.statusCode()).as(attempt).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).doesNotContain(PATIENT).doesNotContain("CONFIRMED");
    JsonNode line = api.accesses().getLast();
    assertThat(line.path("status").asInt()).as(attempt).isEqualTo(status);
    assertThat(line.path("what").asText()).isEqualTo("GET /api/v1/patients/{id}");
    assertThat(line.path("from").asText()).isEqualTo("127.0.0.1");
    assertThat(Instant.parse(line.path("at").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(line.at("/patients/0").asText()).isEqualTo(api.log.hash(new PatientId(PATIENT)));
    assertThat(line.path("who").asText()).isEqualTo(status == 401 ? "-" : "dr-who");
  }

  @Test
  void nobodyWithoutATokenThatIsGood() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(120));
    Date future = Date.from(Instant.now().plusSeconds(120));
    Map<String, String> attempts = new LinkedHashMap<>();
    attempts.put("no token", "");
    attempts.put("no JWT", "x.y.z");
    attempts.put("alg none", new PlainJWT(claims("viewer").build()).serialize());
    attempts.put(
        "wrong issuer", signed(claims("viewer").issuer("https://other.example").build(), api.key));
    attempts.put("no issuer", signed(claims("viewer").issuer(null).build(), api.key));
    attempts.put("wrong audience", signed(claims("viewer").audience("other").build(), api.key));
    attempts.put(
        "no audience", signed(claims("viewer").audience(List.<String>of()).build(), api.key));
    attempts.put("expired", signed(claims("viewer").expirationTime(past).build(), api.key));
    attempts.put("no expiry", signed(claims("viewer").expirationTime(null).build(), api.key));
    attempts.put("nobody's", signed(claims("viewer").subject(null).build(), api.key));
    attempts.put("a blank name", signed(claims("viewer").subject(" ").build(), api.key));
    attempts.put(
        "too long a name", signed(claims("viewer").subject("x".repeat(257)).build(), api.key));
    attempts.put("not yet", signed(claims("viewer").notBeforeTime(future).build(), api.key));
    attempts.put("another's key", signed(claims("viewer").build(), key("one")));
    attempts.put("unknown kid", signed(claims("viewer").build(), key("other")));
    attempts.put("public key as a shared secret", hs256());
    attempts.put("an algorithm that is not of the list", rs512());
    attempts.put("other claims under a good signature", exchanged());
    attempts.put("too long", api.token("viewer") + "x".repeat(9_000));

    for (Map.Entry<String, String> attempt : attempts.entrySet()) {
      refused(attempt.getKey(), attempt.getValue(), 401);
    }
    assertThat(api.accesses()).hasSize(attempts.size());
  }

  /** Its answers would be taken by no topic, so it is told at once, and not at the first STAT. */
  @Test
  void aNameThatHasNoRoomInTheJournalIsToldSo() throws Exception {
    String token = signed(claims("responder").subject("ü".repeat(129)).build(), api.key);

    assertThat(JSON.readTree(api.get("/api/v1/session", token).body()).path("detail").asText())
        .isEqualTo("The subject of the token (sub) must be a text of 1 to 256 bytes of UTF-8.");
    String longest = signed(claims("responder").subject("ü".repeat(128)).build(), api.key);
    assertThat(api.respond("{\"action\":\"ACKNOWLEDGED\"}", longest).statusCode()).isEqualTo(202);
  }

  /** The public key, which everybody has, taken for a shared secret. */
  private String hs256() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
            claims("viewer").build());
    token.sign(new MACSigner(api.key.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private String rs512() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build(),
            claims("viewer").build());
    token.sign(new RSASSASigner(api.key));
    return token.serialize();
  }

  private String exchanged() {
    String[] good = api.token("viewer").split("\\.");
    String[] other = signed(claims("responder", "auditor").build(), api.key).split("\\.");
    return good[0] + "." + other[1] + "." + good[2];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic dXNlcjpwYXNzd29yZA==", "Bearer", "Bearer ", "bearer\tx", "Token x"})
  void noOtherWayToNameOneself(String header) throws Exception {
    HttpResponse<String> answer =
        api.send(HttpRequest.newBuilder().header("Authorization", header), STATE, "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(api.accesses()).hasSize(1);
  }

  @Test
  void noTokenInAQueryOrACookie() throws Exception {
    String token = api.token("viewer");

    assertThat(api.get(STATE + "?access_token=" + token, "").statusCode()).isEqualTo(401);
    assertThat(
            api.send(HttpRequest.newBuilder().header("Cookie", "token=" + token), STATE, "")
                .statusCode())
        .isEqualTo(401);
    assertThat(api.accesses()).hasSize(2);
  }

  @Test
  void nobodyBeyondTheirRole() throws Exception {
    refused("no role", api.token(), 403);
    refused("another role", api.token("admin"), 403);
    refused("a role in capitals", api.token("VIEWER"), 403);
    assertThat(
            api.respond("{\"action\":\"ACKNOWLEDGED\"}", api.token("viewer", "auditor"))
                .statusCode())
        .isEqualTo(403);
    assertThat(api.get(STATE + "/accesses", api.token("viewer", "responder")).statusCode())
        .isEqualTo(403);
    assertThat(api.sent).isEmpty();
    assertThat(api.accesses())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line.path("status").asInt()).isEqualTo(403));
  }

  @Test
  void keysAreChangedWithoutAStopAndTheOldOnesGo() throws Exception {
    RSAKey first = key("first");
    RSAKey second = key("second");
    AtomicReference<String> published = new AtomicReference<>(keySet(first));
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/jwks",
        exchange -> {
          byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
    Path other = Files.createDirectory(directory.resolve("other"));
    String jwks = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks";
    try (ServedApi rotating = ServedApi.withKeysAt(other, first, jwks)) {
      String before = signed(claims("viewer").build(), first);
      String after = signed(claims("viewer").build(), second);
      assertThat(rotating.get(STATE, before).statusCode()).isEqualTo(200);
      assertThat(rotating.get(STATE, after).statusCode()).isEqualTo(401);
      published.set(keySet(second));

      Awaitility.await()
          .atMost(Duration.ofSeconds(45))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(rotating.get(STATE, after).statusCode()).isEqualTo(200));
      assertThat(rotating.get(STATE, before).statusCode()).isEqualTo(401);
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void whenTheKeysCannotBeHadNobodyGetsIn() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (ServedApi away = ServedApi.withKeysAt(other, api.key, "http://127.0.0.1:1/jwks")) {
      HttpResponse<String> answer = away.get(STATE, away.token("viewer"));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(away.accesses())
          .singleElement()
          .satisfies(line -> assertThat(line.path("status").asInt()).isEqualTo(503));
    }
  }

  // ------------------------------------------------------------------ paths and methods

  /** As it is sent, not as a client would tidy it up, by somebody who has a good token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/../v1/patients/anna",
        "/api/v1/%2e%2e/v1/patients/anna",
        "/api/v1/%252e%252e/v1/patients/anna",
        "//api/v1/patients/anna",
        "/api//v1/patients/anna",
        "/api/v1/patients;x=1/anna",
        "/api/v1/patients/..%2fanna",
        "/api/v1/patients/x%2f..%2fanna",
        "/api/v1/patients/%2e%2e/patients/anna",
        "/api/v1/patients/..;/patients/anna",
        "/api/v1/patients/anna%00",
        "/api/v1/patients/%00",
        "/api/v1/patients/%FF",
        "/api/v1/alerts?state=%zz",
        "/api/v1/alerts?state=RESOLVED&priority=%",
        "/api/v1/alerts?=RESOLVED",
        "/api/v1/session?%zz",
        "/api/v1/patients/anna%0d%0aX:1",
        "/api/v1/patients/anna%252ftimeline",
        "/api/v1/patients/anna%5ctimeline",
        "/api/v1/patients/%61nna%2ftimeline",
        "/api/v1/patients/%c0%ae%c0%ae/anna",
        "/API/v1/patients/anna",
        "/api/v2/patients/anna",
        "/api/v1/patients",
        "/web/page.js",
        "/WEB-INF/web.xml",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page.js/../../etc/passwd"
      })
  void noPathLeadsAround(String path) throws Exception {
    String answer =
        api.raw(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(path, api.token("viewer")));

    assertThat(answer).containsPattern("^HTTP/1.1 4\\d\\d ").contains("application/problem+json");
    protects(answer);
    assertThat(answer)
        .doesNotContain("CONFIRMED", PATIENT, "root:", "Exception", "at io.meninx", "X: 1");
    awaitOneLine("(GET|-)");
  }

  /** Headers of a raw answer, also of those the server gives by itself. */
  private static void protects(String answer) {
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    assertThat(head.lines())
        .contains(
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Resource-Policy: same-origin")
        .doesNotHaveDuplicates()
        .anyMatch(line -> line.startsWith("Content-Security-Policy: default-src 'none'"));
  }

  /** A slash at the end changes nothing: the guard stands there too. */
  @Test
  void aSlashAtTheEndLeadsToTheSameGuard() throws Exception {
    assertThat(api.get(STATE + "/", "").statusCode()).isEqualTo(401);
    assertThat(api.accesses())
        .singleElement()
        .satisfies(line -> assertThat(line.path("status").asInt()).isEqualTo(401));
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /api/v1/patients/anna",
    "TRACE, /api/v1/patients/anna",
    "PUT, /api/v1/patients/anna",
    "DELETE, /api/v1/patients/anna",
    "PATCH, /api/v1/patients/anna",
    "POST, /api/v1/patients/anna",
    "PROPFIND, /api/v1/patients/anna",
    "GET, /api/v1/alerts/" + KEY + "/responses",
    "DELETE, /api/v1/alerts/" + KEY,
    "CONNECT, /"
  })
  void noOtherMethod(String method, String path) throws Exception {
    String answer =
        api.raw(
            "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(method, path, api.token("viewer", "responder", "auditor")));

    assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|501) ").doesNotContain("CONFIRMED");
    assertThat(answer).doesNotContainIgnoringCase("authorization: bearer");
    assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
    assertThat(api.sent).isEmpty();
    awaitOneLine("(" + method + "|-)");
  }

  /** Servers tend to answer it by themselves, past every guard. */
  @ParameterizedTest
  @ValueSource(strings = {STATE, STATE + "/", "/api/v1/patients/none", "/api/v1/alerts"})
  void headTellsNothingEither(String path) throws Exception {
    String request = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(api.raw(request)).startsWith("HTTP/1.1 405").doesNotContain("CONFIRMED");
    awaitOneLine("HEAD");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/v1/patients/anna, GET",
    "HEAD, /api/v1/patients/anna, GET",
    "HEAD, /api/v1/patients/anna/, GET",
    "HEAD, /api/v1/alerts/stream, GET",
    "GET, /api/v1/alerts/0/responses, POST",
    "HEAD, /api/v1/alerts/0/responses, POST",
    "DELETE, /api/v1/alerts/stream, GET",
    "OPTIONS, /api/v1/alerts, GET",
    "POST, /health/live, 'GET, HEAD'",
    "POST, /, 'GET, HEAD'"
  })
  void whatIsNotAllowedIsToldWithWhatIs(String method, String path, String allowed)
      throws Exception {
    String answer =
        api.raw(
            "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(method, path));

    assertThat(answer).startsWith("HTTP/1.1 405 ");
    assertThat(answer.lines())
        .contains("Allow: " + allowed, "Content-Type: application/problem+json");
    protects(answer);
  }

  @Test
  void whereNothingIsNothingIsAllowed() throws Exception {
    for (String method : List.of("HEAD", "GET", "PUT")) {
      String request =
          method + " /api/v1/no HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(api.raw(request)).as(method).startsWith("HTTP/1.1 404").doesNotContain("Allow:");
    }
  }

  /** What tells of no patient; a load balancer may look after the health with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page.js",
        "/openapi.yaml",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/nothing"
      })
  void headSaysWhatGetWouldSay(String path) throws Exception {
    HttpResponse<String> get = api.get(path, "");
    HttpResponse<String> head =
        api.send(HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()), path, "");

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
    assertThat(head.body()).isEmpty();
  }

  private void awaitOneLine(String method) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(api.accesses())
                    .singleElement()
                    .satisfies(
                        line -> {
                          assertThat(line.path("status").asInt()).isBetween(400, 499);
                          assertThat(line.path("what").asText()).matches(method + " [(/].*");
                          assertThat(line.toString()).doesNotContain(PATIENT);
                        }));
  }

  // ------------------------------------------------------------------ sizes and speed

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    String large = "{\"action\":\"ACKNOWLEDGED\",\"reason\":\"" + "x".repeat(100_000) + "\"}";
    String long1 = "{\"action\":\"ACKNOWLEDGED\",\"reason\":\"" + "x".repeat(2_000) + "\"}";
    String deep = "[".repeat(8_000) + "]".repeat(8_000);

    assertThat(api.respond(large, api.token("responder")).statusCode()).isEqualTo(413);
    assertThat(api.respond(long1, api.token("responder")).statusCode()).isEqualTo(422);
    assertThat(api.respond(deep, api.token("responder")).statusCode()).isEqualTo(400);
    assertThat(api.get("/api/v1/patients/" + "x".repeat(600), api.token("viewer")).statusCode())
        .isEqualTo(404);
    assertThat(
            api.get("/api/v1/alerts?cursor=" + "x".repeat(8_000), api.token("viewer")).statusCode())
        .isEqualTo(400);
    assertThat(api.raw("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414");
    String headers =
        api.raw("GET / HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n".formatted("x".repeat(40_000)));
    assertThat(headers).startsWith("HTTP/1.1 431");
    protects(headers);
    assertThat(api.sent).isEmpty();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(api.accesses())
                    .extracting(line -> line.path("status").asInt())
                    .containsExactlyInAnyOrder(413, 422, 400, 404, 400, 414, 431));
  }

  @Test
  void aBodyWithoutALengthIsBoundedToo() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofByteArray(
                        (" ".repeat(100_000)).getBytes(StandardCharsets.UTF_8))));

    assertThat(
            api.send(request, "/api/v1/alerts/" + KEY + "/responses", api.token("responder"))
                .statusCode())
        .isEqualTo(413);
    assertThat(api.sent).isEmpty();
  }

  /** Somebody who sends nothing more, and somebody who sends a byte now and then. */
  @Test
  void whoIsSlowIsCutOff() throws Exception {
    String head =
        "POST /api/v1/alerts/%s/responses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n{"
            .formatted(KEY, api.token("responder"));
    try (Socket silent = new Socket("127.0.0.1", api.server.port());
        Socket dripping = new Socket("127.0.0.1", api.server.port())) {
      silent.setSoTimeout(30_000);
      dripping.setSoTimeout(30_000);
      silent
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.UTF_8));
      OutputStream drops = dripping.getOutputStream();
      drops.write(head.getBytes(StandardCharsets.UTF_8));
      Thread dripper =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        drops.write(' ');
                        Thread.sleep(200);
                      }
                    } catch (java.io.IOException | InterruptedException _) {
                      // It was cut off.
                      return;
                    }
                  });
      long start = System.nanoTime();
      String told = new String(dripping.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
      assertThat(told).isEqualTo("HTTP/1.1 408");
      assertThat(silent.getInputStream().readAllBytes()).asString().doesNotContain("200");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
      dripper.interrupt();
    }
    assertThat(api.sent).isEmpty();
  }

  @Test
  void whoAsksTooOftenHasToWait() throws Exception {
    String token = api.token("viewer");
    int status = 200;
    // A minute may begin in between.
    for (int i = 0; i < 2 * ServedApi.PER_MINUTE + 2 && status != 429; i++) {
      status = api.get("/api/v1/session", token).statusCode();
    }

    assertThat(status).isEqualTo(429);
    assertThat(api.accesses().getLast().path("status").asInt()).isEqualTo(429);
    assertThat(api.accesses().getLast().path("who").asText()).isEqualTo("dr-who");
  }

  @Test
  void whoTriesTooOftenFromAnAddressHasToWaitAndOthersThereNeedNot() throws Exception {
    int status = 401;
    for (int i = 0; i < 2 * ServedApi.PER_MINUTE + 2 && status != 429; i++) {
      status = api.get("/api/v1/session", "x.y.z").statusCode();
    }

    assertThat(status).isEqualTo(429);
    assertThat(api.get("/api/v1/session", api.token("viewer")).statusCode()).isEqualTo(200);
  }

  /** There too: what has no route, and what the server refuses before anybody sees it. */
  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/../../etc/passwd"})
  void whoAsksTooOftenForWhatIsNotThereHasToWaitAndDoesNotFillTheLog(String path) throws Exception {
    int requests = 5 * ServedApi.PER_MINUTE;
    int refused = 0;
    for (int i = 0; i < requests; i++) {
      String answer =
          api.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      refused += answer.startsWith("HTTP/1.1 429") ? 1 : 0;
    }

    // A minute may begin in between.
    if (path.equals("/nothing")) {
      assertThat(refused).isBetween(3 * ServedApi.PER_MINUTE, 4 * ServedApi.PER_MINUTE);
    }
    assertThat(api.get(STATE, api.token("viewer")).statusCode()).isEqualTo(200);
    // They are written after the answer.
    Awaitility.await().until(() -> attempts(withoutRoute()) == requests);
    assertThat(withoutRoute()).hasSizeLessThanOrEqualTo(2 * (ServedApi.PER_MINUTE + 2));
  }

  private List<JsonNode> withoutRoute() throws Exception {
    api.log.close();
    return api.accesses().stream()
        .filter(line -> line.path("what").asText().endsWith(" (no route)"))
        .toList();
  }

  private static int attempts(List<JsonNode> lines) {
    return lines.stream().mapToInt(line -> line.path("repeated").asInt(1)).sum();
  }

  // ------------------------------------------------------------------ browsers

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page.js",
        "/openapi.yaml",
        "/metrics",
        "/health/live",
        "/nothing",
        "/api/v1/alerts"
      })
  void everyAnswerHasTheHeadersThatProtectAPage(String path) throws Exception {
    HttpResponse<String> answer = api.get(path, "");

    Map<String, String> wanted =
        Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");
    wanted.forEach((name, value) -> assertThat(answer.headers().firstValue(name)).contains(value));
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "*");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aPageOfAnotherSiteIsNotLetIn() throws Exception {
    String answer =
        api.raw(
            "OPTIONS /api/v1/alerts HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Origin: https://evil.example\r\n"
                + "Access-Control-Request-Method: GET\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
  }

  @Test
  void withoutTokensOnlyPagesOfThisMachineAreServed() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (ServedApi open = ServedApi.withoutTokens(other)) {
      assertThat(open.get(STATE, "").statusCode()).isEqualTo(200);
      for (String header :
          List.of(
              "Host: evil.example",
              "Host: localhost.evil.example",
              "Host: localhost\r\nSec-Fetch-Site: cross-site",
              "Host: localhost\r\nSec-Fetch-Site: same-site",
              "Host: localhost\r\nOrigin: https://evil.example",
              "Host: localhost\r\nOrigin: null")) {
        assertThat(
                open.raw(
                    "GET " + STATE + " HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n"))
            .as(header)
            .startsWith("HTTP/1.1 403");
      }
      assertThat(open.accesses()).hasSize(7);
      assertThat(open.accesses().getLast().path("status").asInt()).isEqualTo(403);
    }
  }

  // ------------------------------------------------------------------ the log

  @Test
  void anAuditorSeesWhoLookedAtAPatient() throws Exception {
    api.get(STATE, api.token("viewer"));
    api.get("/api/v1/patients/other", api.token("viewer"));

    JsonNode answer = JSON.readTree(api.get(STATE + "/accesses", api.token("auditor")).body());

    assertThat(answer.path("accesses")).hasSize(1);
    assertThat(answer.at("/accesses/0/who").asText()).isEqualTo("dr-who");
    assertThat(answer.toString()).doesNotContain(PATIENT);
  }

  @Test
  void theAuditorGetsAllOfThemInParts() throws Exception {
    for (int i = 0; i < 3; i++) {
      api.get(STATE, api.token("viewer"));
    }
    String path = STATE + "/accesses?limit=2";
    JsonNode first = JSON.readTree(api.get(path, api.token("auditor")).body());
    String cursor = first.path("next").asText();
    JsonNode second =
        JSON.readTree(api.get(path + "&cursor=" + cursor, api.token("auditor")).body());

    assertThat(first.path("accesses")).hasSize(2);
    assertThat(second.path("accesses")).hasSize(2);
    assertThat(second.at("/accesses/1/what").asText()).as("asking for them").contains("accesses");
    assertThat(second.path("next").isNull()).isTrue();
    for (String other : List.of("1", "2020-01-01:1", cursor + "x", cursor.replace(":", ":-"))) {
      assertThat(api.get(path + "&cursor=" + other, api.token("auditor")).statusCode())
          .as(other)
          .isEqualTo(400);
    }
  }

  /** A device that is always full, in the place of the file. */
  @Test
  void whatCannotBeWrittenDownIsNotAnswered() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (LocalDate day : List.of(today, today.plusDays(1))) {
      Files.createSymbolicLink(directory.resolve("access/access-" + day + ".jsonl"), full);
    }

    for (String token : List.of(api.token("viewer"), api.token(), "")) {
      HttpResponse<String> answer = api.get(STATE, token);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(JSON.readTree(answer.body()).path("detail").asText())
          .isEqualTo("The access log cannot be written.");
      assertThat(answer.body()).doesNotContain(PATIENT, "CONFIRMED");
    }
    assertThat(api.get("/api/v1/alerts/stream", api.token("viewer")).statusCode()).isEqualTo(503);
  }

  @Test
  void linesThatAreCutOffAreCountedAndTheAnswerIsJson() throws Exception {
    api.get(STATE, api.token("viewer"));
    Path file = directory.resolve("access/access-" + LocalDate.now(ZoneOffset.UTC) + ".jsonl");
    String line = Files.readString(file).strip();
    Files.writeString(file, line.substring(0, 50) + line + "\n", StandardOpenOption.APPEND);

    JsonNode answer = JSON.readTree(api.get(STATE + "/accesses", api.token("auditor")).body());

    assertThat(answer.path("accesses")).hasSize(1);
    assertThat(answer.path("unreadable").asInt()).isEqualTo(1);
  }

  @Test
  void theAccessLogHasNoPatientAndNoClinicalText() throws Exception {
    api.get(STATE, api.token("viewer"));
    api.get("/api/v1/alerts", api.token("viewer"));
    api.respond(
        "{\"action\":\"OVERRIDDEN\",\"reason\":\"text of a person\"}", api.token("responder"));

    assertThat(api.accesses())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.path("who").asText()).isEqualTo("dr-who"));
    assertThat(api.accesses().toString()).doesNotContain(PATIENT, "text of a person", "MRI");
  }
}
