package io.meninx.service;

import io.meninx.readmodel.Follower;
import io.meninx.readmodel.Reading;
import io.meninx.service.access.AccessLog;
import io.meninx.service.access.Authenticator;
import io.meninx.service.access.Guard;
import io.meninx.service.access.RateLimit;
import io.meninx.service.access.TokenAuthenticator;
import io.meninx.service.api.ApiPart;
import io.meninx.service.api.Description;
import io.meninx.service.api.KafkaResponses;
import io.meninx.service.http.HttpServer;
import io.meninx.service.http.PagePart;
import io.meninx.service.settings.HttpSettings;
import io.meninx.service.settings.Secret;
import io.meninx.wire.registry.RegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an instance tells of patients: the read model, the interface over it, the page, and the
 * guard before them. Part of {@code run} and of {@code demo --serve}.
 */
public final class Api implements AutoCloseable {
  private final Follower follower;
  private final KafkaResponses responses;
  private final AccessLog log;
  private final ApiPart part;

  /**
   * What it needs.
   *
   * @param consumer properties of a consumer
   * @param producer properties of a producer
   * @param prefix of the topics
   * @param partitions of every topic
   * @param directory for the read model and the access log
   * @param http where it answers, to whom
   * @param description of what runs here
   */
  public record Settings(
      Map<String, Object> consumer,
      Map<String, Object> producer,
      String prefix,
      int partitions,
      Path directory,
      HttpSettings http,
      Description description) {
    public Settings {
      consumer = Map.copyOf(consumer);
      producer = Map.copyOf(producer);
    }

    /** Without the clients' properties, which may hold secrets. */
    @Override
    public String toString() {
      return "Settings[prefix=%s, partitions=%d, http=%s]".formatted(prefix, partitions, http);
    }
  }

  private Api(Follower follower, KafkaResponses responses, AccessLog log, ApiPart part) {
    this.follower = follower;
    this.responses = responses;
    this.log = log;
    this.part = part;
  }

  /**
   * Starts reading.
   *
   * @param registry of the schemas; the caller closes it, later than this
   * @param clock of this machine
   * @param reading is told how the read model reads
   * @throws IOException the keys of the tokens cannot be read, or the access log not be written
   * @throws io.meninx.readmodel.ReadModelException the read model's files cannot be opened
   */
  public static Api start(Settings settings, RegistryClient registry, Clock clock, Reading reading)
      throws IOException {
    HttpSettings http = settings.http();
    Optional<Authenticator> authenticator =
        http.tokens().isPresent()
            ? Optional.of(new TokenAuthenticator(http.tokens().get()))
            : Optional.empty();
    AccessLog log =
        new AccessLog(
            settings.directory().resolve("access"), http.accessLogKey().map(Secret::value), clock);
    Guard guard =
        new Guard(authenticator, new RateLimit(http.requestsPerMinute(), clock), log, clock);
    Follower follower =
        Follower.start(
            new Follower.Settings(
                settings.consumer(),
                settings.prefix(),
                settings.partitions(),
                settings.directory().resolve("read-model")),
            registry,
            clock,
            reading);
    try {
      KafkaResponses responses =
          new KafkaResponses(settings.producer(), settings.prefix(), registry);
      ApiPart part = new ApiPart(follower, responses, guard, settings.description(), clock);
      return new Api(follower, responses, log, part);
    } catch (RuntimeException e) {
      follower.close();
      throw e;
    }
  }

  /** What it answers from. */
  public Follower readModel() {
    return follower;
  }

  /** Adds what its own producer measures. */
  public void bindTo(MeterRegistry registry) {
    responses.bindTo(registry);
  }

  /** For the server. */
  public List<HttpServer.Part> parts() {
    return List.of(part, new PagePart());
  }

  /** Ends answers that have no end of their own; before the server stops. */
  public void endStreams() {
    part.close();
  }

  @Override
  public void close() throws IOException {
    endStreams();
    responses.close();
    follower.close();
    log.close();
  }
}
