package io.meninx.wire.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a request to the first address that answers, within bounded time. */
final class RegistryHttp implements AutoCloseable {
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";

  /**
   * What a registry said.
   *
   * @param url that answered
   * @param status of HTTP, never a 5xx
   * @param body as text
   */
  record Answer(URI url, int status, String body) {}

  private final RegistrySettings settings;
  private final HttpClient client;

  /** Index of the address that answered last: a dead one is not asked first every time. */
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(RegistrySettings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER);
    if (!settings.ssl().isEmpty()) {
      RegistryTls tls = RegistryTls.from(settings.ssl());
      builder.sslContext(tls.context()).sslParameters(tls.parameters());
    }
    this.client = builder.build();
  }

  Answer get(String path) {
    return firstAnswer(path, HttpRequest.newBuilder().GET());
  }

  Answer post(String path, String body) {
    return firstAnswer(
        path,
        HttpRequest.newBuilder().header("Content-Type", TYPE).POST(BodyPublishers.ofString(body)));
  }

  Answer put(String path, String body) {
    return firstAnswer(
        path,
        HttpRequest.newBuilder().header("Content-Type", TYPE).PUT(BodyPublishers.ofString(body)));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }

  private Answer firstAnswer(String path, HttpRequest.Builder request) {
    request.header("Accept", TYPE + ", application/json");
    settings.authorization().ifPresent(value -> request.header("Authorization", value));
    List<String> failures = new ArrayList<>();
    int count = settings.urls().size();
    int first = preferred.get();
    long deadline = System.nanoTime() + settings.callTimeout().toNanos();
    for (int i = 0; i < count; i++) {
      int index = (first + i) % count;
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        break;
      }
      URI base = settings.urls().get(index);
      try {
        Answer answer = send(base, path, request, shorter(left, settings.requestTimeout()));
        if (answer.status() < 500 && answer.status() != 429 && answer.status() != 408) {
          preferred.set(index);
          return answer;
        }
        failures.add(base + ": status " + answer.status());
      } catch (IOException e) {
        failures.add(base + ": " + e.getClass().getSimpleName());
      }
    }
    throw new RegistryUnavailableException(
        "No schema registry answers: " + String.join("; ", failures));
  }

  private Answer send(URI base, String path, HttpRequest.Builder request, Duration timeout)
      throws IOException {
    try {
      HttpResponse<String> response =
          client.send(
              request.copy().uri(URI.create(base + path)).timeout(timeout).build(),
              BodyHandlers.ofString());
      return new Answer(base, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException(
          "Interrupted while waiting for the schema registry", e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
