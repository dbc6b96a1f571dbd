package io.meninx.wire.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Apicurio Registry server as a child process on free loopback ports, with everything in
 * memory, at compatibility BACKWARD as Confluent's server starts. {@code -Dmeninx.apicurio} says
 * where it lies.
 */
final class ApicurioRegistry implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final String url;

  private ApicurioRegistry(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static ApicurioRegistry start() throws Exception {
    Path home = Path.of(System.getProperty("meninx.apicurio", "target/apicurio"));
    Path log = home.resolve("log.txt").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-jar",
                "quarkus-run.jar")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      String url = awaitAddress(process, log) + "/apis/ccompat/v7";
      setBackward(url);
      return new ApicurioRegistry(process, url);
    } catch (Exception | AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  String url() {
    return url;
  }

  private static String awaitAddress(Process process, Path log) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      Matcher line = LISTENING.matcher(Files.readString(log));
      if (line.find()) {
        return line.group(1);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Apicurio Registry does not start:\n" + Files.readString(log));
  }

  /** Its own default is NONE. */
  private static void setBackward(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/config"))
                  .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                  .PUT(BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError("status " + answer.statusCode());
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
