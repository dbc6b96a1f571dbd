package io.meninx.wire.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a registry as deployments have it: under a path, behind a password or token,
 * behind TLS; and it fails when it is told to.
 */
final class RegistryProxy implements AutoCloseable {
  private static final String PATH = "/schemas/of/the/house";

  /** What becomes of a request. */
  enum Mood {
    PASSES_ON,
    IS_DOWN,
    IS_SILENT,
    HANGS_UP
  }

  private final String target;
  private final HttpServer server;
  private final String scheme;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Mood mood = Mood.PASSES_ON;
  private volatile @Nullable String required;

  private RegistryProxy(String target, HttpServer server, String scheme) {
    this.target = target;
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(executor);
    server.createContext(PATH, this::handle);
    server.start();
  }

  static RegistryProxy plain(String target) {
    try {
      return new RegistryProxy(target, HttpServer.create(anyPort(), 0), "http");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Behind TLS.
   *
   * @param knowsClients whether only a client with a certificate may come in
   */
  static RegistryProxy tls(String target, SSLContext context, boolean knowsClients) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters chosen = context.getDefaultSSLParameters();
              chosen.setNeedClientAuth(knowsClients);
              parameters.setSSLParameters(chosen);
            }
          });
      return new RegistryProxy(target, server, "https");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Lets in only who sends this. */
  RegistryProxy requiring(String authorization) {
    required = authorization;
    return this;
  }

  void is(Mood next) {
    mood = next;
  }

  int requests() {
    return requests.get();
  }

  String url() {
    return url("localhost");
  }

  String url(String host) {
    return scheme + "://" + host + ":" + server.getAddress().getPort() + PATH;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      switch (mood) {
        case PASSES_ON -> passOn(exchange);
        case IS_DOWN -> exchange.sendResponseHeaders(503, -1);
        case IS_SILENT -> TimeUnit.SECONDS.sleep(20);
        case HANGS_UP -> throw new IOException("hangs up");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn(HttpExchange exchange) throws IOException, InterruptedException {
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    if (required != null && !Objects.equals(required, sent)) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    String rest = exchange.getRequestURI().toString().substring(PATH.length());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + rest))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : new String[] {"Accept", "Content-Type"}) {
      exchange
          .getRequestHeaders()
          .getOrDefault(name, java.util.List.of())
          .forEach(value -> request.header(name, value));
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    client.shutdownNow();
    client.close();
  }
}
