package io.meninx.demo;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseLog;
import io.meninx.casefile.CaseRecorder;
import io.meninx.casefile.CaseResult;
import io.meninx.demo.MergedClock.Moment;
import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.embedded.Janitor;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.pathway.PublicState;
import io.meninx.readmodel.Reading;
import io.meninx.service.Api;
import io.meninx.service.api.Description;
import io.meninx.service.http.HttpServer;
import io.meninx.service.settings.HttpSettings;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import io.meninx.wire.registry.RetryingRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The demonstration: Kafka and a schema registry inside the process, the topology of {@code run} on
 * several partitions, all cases on one clock. Each case is decided exactly as {@code play} decides
 * it; see {@link Lockstep} and {@link MergedClock} for why.
 */
public final class Demo {

  /** No single step takes this long; after it the demo gives up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** For one request to the registry. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  /** For a question to the registry, all requests together. */
  private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(30);

  /** Nothing is shown before it is committed, so commits set the pace. */
  private static final String COMMIT_MILLIS = "20";

  private final List<CaseFile> cases;
  private final DecisionEngine engine;
  private final String engineVersion;
  private final List<Setting> engineSettings;
  private final int partitions;
  private final Screen screen;

  /**
   * A demonstration, not yet begun.
   *
   * @param cases to show, each with a name of its own
   * @param engine that decides
   * @param engineVersion goes into the journal
   * @param engineSettings that decisions depend on; go into the journal
   * @param partitions of every topic
   * @param screen to show it on
   */
  public Demo(
      List<CaseFile> cases,
      DecisionEngine engine,
      String engineVersion,
      List<Setting> engineSettings,
      int partitions,
      Screen screen) {
    this.cases = List.copyOf(cases);
    this.engine = engine;
    this.engineVersion = engineVersion;
    this.engineSettings = List.copyOf(engineSettings);
    this.partitions = partitions;
    this.screen = screen;
  }

  /**
   * What stays up after the last case.
   *
   * @param port of the page on the loopback interface; 0 for any free one
   * @param begin frees the port, which whoever wants the page may have kept until it is needed
   * @param end returns when it is to stop
   */
  public record Serving(int port, Runnable begin, Runnable end) {}

  /**
   * Shows all cases and the summary; returns what was decided on each.
   *
   * @param serving the page and the interface after the last case, if wanted
   */
  public List<CaseResult> run(Optional<Serving> serving) {
    long start = System.nanoTime();
    screen.note("Starting Kafka and a schema registry inside this process ...");
    Janitor.hire();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        RegistryClient schemas = schemas(registry.url())) {
      Cluster.createTopics(kafka, partitions);
      try (TemporaryDirectory state = TemporaryDirectory.create("demo");
          StreamsRuntime stream = stream(kafka, schemas, state)) {
        stream.start();
        screen.note(
            "Kafka at %s, schema registry at %s, %d partitions; ready after %s."
                .formatted(kafka.bootstrapServers(), registry.url(), partitions, since(start)));
        List<CaseResult> results = play(kafka, schemas, stream);
        screen.note("%d cases in %s.".formatted(results.size(), since(start)));
        if (serving.isPresent()) {
          serve(serving.get(), kafka, schemas, state);
        }
        return results;
      }
    }
  }

  /**
   * A client with more time than that of a service. The registry is in this process: when it is
   * slow, so is the machine, and no other one would answer.
   */
  static RegistryClient schemas(String url) {
    return new RetryingRegistryClient(
        new HttpRegistryClient(RegistrySettings.of(url).withLimit(REQUEST_LIMIT)),
        REGISTRY_PATIENCE);
  }

  /** The cases are over and time stands still, but alerts can be answered. */
  private void serve(
      Serving serving, EmbeddedKafka kafka, RegistryClient schemas, TemporaryDirectory state) {
    Map<String, Object> client =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    HttpSettings http = HttpSettings.local(serving.port());
    Guideline guideline = engine.guideline();
    Api.Settings settings =
        new Api.Settings(
            client,
            client,
            "",
            partitions,
            state.path().resolve("service"),
            http,
            new Description(
                "meninx-demo",
                engineVersion,
                guideline.id(),
                guideline.version(),
                guideline.hash(),
                partitions,
                Description.topics(""),
                MeninxTopology.build(settings(schemas)).describe().toString()));
    serving.begin().run();
    try (Api api = Api.start(settings, schemas, Clock.systemUTC(), Reading.NONE);
        HttpServer server = HttpServer.start(http, api.parts())) {
      screen.note("The page: %s/ (stop with Ctrl-C)".formatted(server.address()));
      serving.end().run();
      api.endStreams();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TopologySettings settings(RegistryClient schemas) {
    return TopologySettings.of("", partitions, engine, engineVersion, schemas)
        .withEngineSettings(engineSettings);
  }

  private StreamsRuntime stream(
      EmbeddedKafka kafka, RegistryClient schemas, TemporaryDirectory state) {
    return new StreamsRuntime(
        MeninxTopology.build(settings(schemas)),
        StreamsRuntime.config("meninx-demo", kafka.bootstrapServers(), state.path(), overrides()));
  }

  private static Map<String, String> overrides() {
    Map<String, String> overrides = new HashMap<>();
    overrides.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    overrides.put(StreamsConfig.POLL_MS_CONFIG, COMMIT_MILLIS);
    Cluster.SIMULATED_TIME.forEach(
        (key, value) -> overrides.put(StreamsConfig.topicPrefix(key), value)); // changelogs
    return overrides;
  }

  private static void throwIfStopped(StreamsRuntime stream) {
    stream
        .failure()
        .ifPresent(
            cause -> {
              throw new IllegalStateException("the stream has stopped", cause);
            });
  }

  private List<CaseResult> play(
      EmbeddedKafka kafka, RegistryClient schemas, StreamsRuntime stream) {
    var show = new Show(screen);
    var recorder = new CaseRecorder(schemas, show);
    Map<CaseFile, CaseLog> logs = new LinkedHashMap<>();
    cases.forEach(file -> logs.put(file, recorder.follow(file)));
    try (var lockstep =
        new Lockstep(
            kafka.bootstrapServers(),
            partitions,
            schemas,
            recorder,
            () -> throwIfStopped(stream),
            PATIENCE)) {
      for (Moment moment : MergedClock.moments(cases)) {
        play(moment, lockstep, show);
        moment.ends().forEach(file -> end(file, Objects.requireNonNull(logs.get(file))));
      }
    }
    List<Summary.Row> rows =
        logs.values().stream()
            .map(
                log ->
                    new Summary.Row(
                        log.file().arrivals().size(),
                        show.deadLetters(log.file()),
                        log.result(engine.guideline())))
            .toList();
    Summary.print(screen, rows);
    return rows.stream().map(Summary.Row::result).toList();
  }

  private static void play(Moment moment, Lockstep lockstep, Show show) {
    List<Instant> ticks = new ArrayList<>(moment.midnights());
    ticks.add(moment.at());
    lockstep.ticks(ticks);
    show.print();
    if (!moment.arrivals().isEmpty()) {
      moment.arrivals().forEach(show::arrives);
      lockstep.facts(moment.arrivals());
      show.print();
    }
  }

  private void end(CaseFile file, CaseLog log) {
    PublicState state = log.result(engine.guideline()).state();
    screen.ended(
        file,
        "%s %s, stage %s, %d open alerts"
            .formatted(state.type(), state.certainty(), state.stage(), state.openAlerts().size()));
  }

  private static String since(long start) {
    return "%.1f s".formatted((System.nanoTime() - start) / 1e9);
  }
}
