package io.meninx.service.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.util.JavalinBindException;
import io.meninx.service.settings.HttpSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server for everything that is asked over HTTP. What it answers is given in parts, each with
 * routes of its own; a part that is not there answers 404. See {@link Problems} for what goes
 * wrong. With a key store it speaks HTTPS only.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** An answer to an alert is the largest thing anybody sends. */
  private static final long LARGEST_BODY = 16_384;

  private static final int LARGEST_HEADERS = 16_384;

  /** Bytes a second: who sends less holds a thread for nothing. */
  private static final long SLOWEST_BODY = 256;

  /** Longer than streams are silent. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  /** The page's own files and answers, nothing from elsewhere, and in no frame. */
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Javalin server;
  private final String host;
  private final String scheme;

  /** Some routes. */
  @FunctionalInterface
  public interface Part {
    /** Adds its routes; called once, before the server starts. */
    void addTo(JavalinConfig config);
  }

  private HttpServer(Javalin server, HttpSettings settings) {
    this.server = server;
    this.host = settings.host();
    this.scheme = settings.tls().isPresent() ? "https" : "http";
  }

  /**
   * Starts answering.
   *
   * @param settings where
   * @param parts what
   * @throws IOException it cannot listen there
   */
  public static HttpServer start(HttpSettings settings, List<Part> parts) throws IOException {
    Javalin server = Javalin.create(config -> configure(config, settings, parts));
    try {
      server.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      throw new BindException(
          "the HTTP server cannot listen on %s:%d: the port is taken, not allowed, or no address of"
                  .formatted(settings.host(), settings.port())
              + " this machine");
    } catch (RuntimeException e) {
      throw new IOException(
          "the HTTP server cannot start"
              + settings
                  .tls()
                  .map(tls -> ": is " + tls.keyStore() + " a key store with this password?")
                  .orElse(""),
          e);
    }
    HttpServer started = new HttpServer(server, settings);
    LOG.info("Answers at {}", started.address());
    return started;
  }

  private static void configure(JavalinConfig config, HttpSettings settings, List<Part> parts) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(LARGEST_HEADERS);
          slowest(http);
        });
    config.jetty.addConnector((server, http) -> connector(server, http, settings));
    config.http.maxRequestSize = LARGEST_BODY;
    config.http.prefer405over404 = true;
    Map<String, String> headers = headers(settings);
    config.routes.before(context -> headers.forEach(context::header));
    Methods methods = new Methods();
    methods.configure(config);
    Problems.configure(config, methods, headers);
    parts.forEach(part -> part.addTo(config));
  }

  /** The handler that is to come in its place counts the bytes of all requests together. */
  @SuppressWarnings("removal")
  private static void slowest(HttpConfiguration http) {
    http.setMinRequestDataRate(SLOWEST_BODY);
  }

  /** The only connector: with a key store nothing is answered in plain text. */
  private static ServerConnector connector(
      Server server, HttpConfiguration http, HttpSettings settings) {
    ServerConnector connector =
        settings
            .tls()
            .map(tls -> secure(server, http, tls))
            .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(LONGEST_SILENCE.toMillis());
    return connector;
  }

  private static ServerConnector secure(
      Server server, HttpConfiguration http, HttpSettings.TlsSettings tls) {
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(tls.keyStore().toString());
    keys.setKeyStorePassword(tls.password().value());
    keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    HttpConfiguration secure = new HttpConfiguration(http);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server, new SslConnectionFactory(keys, "http/1.1"), new HttpConnectionFactory(secure));
  }

  /** Of every answer. */
  private static Map<String, String> headers(HttpSettings settings) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", CONTENT_SECURITY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    if (settings.tls().isPresent()) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }

  /** Adds a route that tells of no patient: to HEAD it says what it says to GET, but the body. */
  public static void open(JavalinConfig config, String path, Handler handler) {
    config.routes.get(path, handler);
    config.routes.head(path, handler);
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** Its address, for a person or a test. */
  public URI address() {
    return URI.create(
        scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
