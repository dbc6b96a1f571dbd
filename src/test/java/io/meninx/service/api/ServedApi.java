package io.meninx.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.meninx.fact.AlertResponse;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.readmodel.Samples;
import io.meninx.readmodel.StoredReadModel;
import io.meninx.service.access.AccessLog;
import io.meninx.service.access.Authenticator;
import io.meninx.service.access.Guard;
import io.meninx.service.access.RateLimit;
import io.meninx.service.access.TokenAuthenticator;
import io.meninx.service.http.HealthPart;
import io.meninx.service.http.HttpServer;
import io.meninx.service.http.MetricsPart;
import io.meninx.service.http.PagePart;
import io.meninx.service.settings.HttpSettings;
import io.meninx.service.settings.TokenSettings;
import io.meninx.wire.Published;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The interface on a running server, with every part that {@code run} has, over a read model that
 * tests fill by hand: one patient with one open alert. Tokens are those of an issuer of its own.
 */
final class ServedApi implements AutoCloseable {
  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "meninx";
  static final String PATIENT = "anna";

  /** Requests a minute for each who asks. */
  static final int PER_MINUTE = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Without HEAD, which is where GET is. */
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  final RSAKey key;
  final StoredReadModel feed;
  final AccessLog log;
  final List<AlertResponse> sent = new CopyOnWriteArrayList<>();
  final Set<String> routes = new TreeSet<>();

  /** What comes of every answer to an alert from now on. */
  volatile Optional<Exception> failure = Optional.empty();

  final ApiPart part;
  final HttpServer server;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedApi(Path directory, RSAKey key, Optional<Authenticator> authenticator)
      throws IOException {
    this.directory = directory;
    this.key = key;
    feed = new StoredReadModel(directory.resolve("rows"));
    feed.pathway(Samples.pathway(PATIENT, 1));
    feed.event(Samples.event(PATIENT, "event-1", 1));
    feed.alert(alert(KEY, 1, AlertState.ACTIVE));
    log = new AccessLog(directory.resolve("access"), Optional.of("secret"), Clock.systemUTC());
    part =
        new ApiPart(
            feed,
            this::take,
            new Guard(
                authenticator,
                new RateLimit(PER_MINUTE, Clock.systemUTC()),
                log,
                Clock.systemUTC()),
            new Description("app", "1", "lm-nsclc", "1", "hash", 3, Description.topics(""), "text"),
            Clock.systemUTC());
    HttpServer.Part listener =
        config ->
            config.events.handlerAdded(
                handler -> {
                  if (METHODS.contains(handler.getHttpMethod().name())) {
                    routes.add(handler.getHttpMethod().name() + " " + handler.getPath());
                  }
                });
    server =
        HttpServer.start(
            HttpSettings.local(0),
            List.of(
                listener,
                part,
                new PagePart(),
                new HealthPart(() -> new HealthPart.Health(true, true, false, Map.of())),
                new MetricsPart(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))));
  }

  private void take(AlertResponse response) throws Responses.UnavailableException {
    if (failure.isPresent()) {
      throw new Responses.UnavailableException(failure.get());
    }
    sent.add(response);
  }

  /** That asks for tokens, of keys in a file. */
  static ServedApi start(Path directory) throws Exception {
    RSAKey key = key("one");
    Path jwks = Files.writeString(directory.resolve("jwks.json"), keySet(key));
    return withKeysAt(directory, key, jwks.toString());
  }

  /** That asks for tokens, of keys that are to be had there. */
  static ServedApi withKeysAt(Path directory, RSAKey key, String jwks) throws IOException {
    return new ServedApi(
        directory,
        key,
        Optional.of(
            new TokenAuthenticator(
                new TokenSettings(jwks, ISSUER, AUDIENCE, List.of("RS256"), "realm.roles"))));
  }

  /** That asks for none, as on the loopback interface. */
  static ServedApi withoutTokens(Path directory) throws Exception {
    return new ServedApi(directory, key("one"), Optional.empty());
  }

  static RSAKey key(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  static String keySet(RSAKey... keys) {
    return new JWKSet(Stream.of(keys).map(one -> (com.nimbusds.jose.jwk.JWK) one).toList())
        .toPublicJWKSet()
        .toString();
  }

  /** A revision of an alert of the patient. */
  static Published<AlertRevision> alert(String alertKey, int revision, AlertState state) {
    return Samples.alert(PATIENT, alertKey, revision, AlertCode.MRI_DUE, state, Priority.STAT, 2);
  }

  // ------------------------------------------------------------------ tokens

  static JWTClaimsSet.Builder claims(String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("dr-who")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("realm", Map.of("roles", List.of(roles)));
  }

  static String signed(JWTClaimsSet claims, RSAKey by) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID(by.getKeyID())
                  .type(JOSEObjectType.JWT)
                  .build(),
              claims);
      token.sign(new RSASSASigner(by));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String token(String... roles) {
    return signed(claims(roles).build(), key);
  }

  // ------------------------------------------------------------------ requests

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(), path, token);
  }

  HttpResponse<String> respond(String body, String token) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)),
        "/api/v1/alerts/" + KEY + "/responses",
        token);
  }

  /** An empty token stands for none. */
  HttpResponse<String> send(HttpRequest.Builder request, String path, String token)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    URI address = server.address().resolve(path);
    return client.send(request.uri(address).build(), BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  /** The answer to bytes that no client would send. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the access log has, oldest first. */
  /** The changes of alerts, by somebody who may see them, with this query. */
  HttpResponse<InputStream> stream(String query) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve("/api/v1/alerts/stream" + query))
            .header("Authorization", "Bearer " + token("viewer"))
            .build(),
        BodyHandlers.ofInputStream());
  }

  /** What comes in a stream. */
  static BufferedReader lines(HttpResponse<InputStream> stream) {
    return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  List<JsonNode> accesses() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("access"))) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    part.close();
    server.close();
    client.close();
    log.close();
    feed.close();
  }
}
