package io.meninx.service.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.meninx.service.settings.HttpSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server for everything that is asked over HTTP. What it answers is given in parts, each with
 * routes of its own; a part that is not there answers 404. A failure in a part is answered with 500
 * and no detail, since an exception's text may hold anything; the log has its type.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int INTERNAL_ERROR = 500;

  private final Javalin server;
  private final String host;

  /** Some routes. */
  @FunctionalInterface
  public interface Part {
    /** Adds its routes; called once, before the server starts. */
    void addTo(JavalinConfig config);
  }

  private HttpServer(Javalin server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts answering.
   *
   * @param settings where
   * @param parts what
   * @throws IOException it cannot listen there
   */
  public static HttpServer start(HttpSettings settings, List<Part> parts) throws IOException {
    Javalin server = Javalin.create(config -> configure(config, parts));
    try {
      server.start(settings.host(), settings.port());
    } catch (JavalinBindException e) {
      throw new BindException(
          "the HTTP server cannot listen on %s:%d: the port is taken, not allowed, or no address of"
                  .formatted(settings.host(), settings.port())
              + " this machine");
    }
    HttpServer started = new HttpServer(server, settings.host());
    LOG.info("Answers at {}", started.address());
    return started;
  }

  private static void configure(JavalinConfig config, List<Part> parts) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.routes.exception(
        Exception.class,
        (failure, context) -> {
          LOG.error("A request failed: {}", failure.getClass().getName());
          context.status(INTERNAL_ERROR).result("");
        });
    parts.forEach(part -> part.addTo(config));
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  /** Its address, for a person or a test. */
  public URI address() {
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
