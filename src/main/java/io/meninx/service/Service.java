package io.meninx.service;

import io.meninx.readmodel.ReadModelException;
import io.meninx.service.api.Description;
import io.meninx.service.http.HealthPart;
import io.meninx.service.http.HttpServer;
import io.meninx.service.http.MetricsPart;
import io.meninx.service.metrics.InstanceMetrics;
import io.meninx.service.metrics.JournalSize;
import io.meninx.service.metrics.ReadModelMetrics;
import io.meninx.service.metrics.StreamMetrics;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.topics.Deployment;
import io.meninx.service.topics.Finding;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.Observer;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TickLog;
import io.meninx.topology.TickPublisher;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.WireFormat;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the service: checks its surroundings, runs the stream, tells the time, answers
 * over HTTP, until it is asked to stop or fails. Stops in the order ticks, stream, producer, HTTP,
 * so that what was begun is finished or aborted as a whole.
 */
public final class Service {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** How often stores are marked as being in use. */
  private static final Duration MARK_EVERY = Duration.ofHours(1);

  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final ServiceSettings settings;
  private final String version;
  private final Clock clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StreamMetrics metrics;
  private final RestoreProgress restore = new RestoreProgress();
  private final StreamHealth health;
  private final ReadModelMetrics readModelMetrics;
  private final InstanceMetrics instanceMetrics;

  /**
   * An instance, not yet begun.
   *
   * @param settings of the deployment
   * @param version of the program, for the journal
   * @param clock for ticks and ages
   */
  public Service(ServiceSettings settings, String version, Clock clock) {
    this.settings = settings;
    this.version = version;
    this.clock = clock;
    this.metrics = new StreamMetrics(meters, clock);
    this.health = new StreamHealth(restore, metrics, System::nanoTime);
    this.readModelMetrics = new ReadModelMetrics(meters, clock);
    this.instanceMetrics = new InstanceMetrics(meters, clock);
    restore.bindTo(meters);
  }

  /** Runs until it is asked to stop, or fails; returns when everything is closed. */
  public Ending run(StopSignal stop) {
    LOG.info("Meninx {} starts with {}", version, settings);
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    try (JvmGcMetrics pauses = new JvmGcMetrics();
        RegistryClient registry = settings.registryClient()) {
      StateDirectory.check(settings.stateDir());
      bindProcess(pauses);
      return settings.http().api() ? runWithApi(registry, stop) : run(List.of(), () -> {}, stop);
    } catch (IOException | ReadModelException e) {
      return new Ending(ExitCode.WRONG_SURROUNDINGS, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Ending.stopped();
    } catch (RuntimeException e) {
      LOG.debug("The run failed", e);
      return Ending.of(e);
    }
  }

  private Ending runWithApi(RegistryClient registry, StopSignal stop)
      throws IOException, InterruptedException {
    try (Api api = Api.start(apiSettings(registry), registry, clock, readModelMetrics)) {
      readModelMetrics.bind(api.readModel().figures(), api.readModel()::behind);
      api.bindTo(meters);
      health.watchReadModel(api.readModel()::behind);
      return run(api.parts(), api::endStreams, stop);
    }
  }

  private Ending run(List<HttpServer.Part> more, Runnable endStreams, StopSignal stop)
      throws IOException, InterruptedException {
    List<HttpServer.Part> parts = new ArrayList<>(more);
    parts.add(new HealthPart(health));
    parts.add(new MetricsPart(meters));
    try (HttpServer http = HttpServer.start(settings.http(), parts)) {
      LOG.debug("Listens on port {}", http.port());
      try {
        Optional<Ending> wrong = checkSurroundings();
        return wrong.isPresent() ? wrong.get() : runStream(stop);
      } finally {
        endStreams.run();
      }
    }
  }

  private Api.Settings apiSettings(RegistryClient registry) {
    return new Api.Settings(
        settings.consumer(),
        settings.producer(),
        settings.prefix(),
        settings.partitions(),
        settings.stateDir(),
        settings.http(),
        new Description(
            settings.applicationId(),
            version,
            settings.guideline().id(),
            settings.guideline().version(),
            settings.guideline().hash(),
            settings.partitions(),
            Description.topics(settings.prefix(), settings.cloudEvents().isPresent()),
            MeninxTopology.build(topologySettings(registry)).describe().toString()));
  }

  private void bindProcess(JvmGcMetrics pauses) {
    pauses.bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    instanceMetrics.bindBuild(
        version,
        settings.guideline().id() + " " + settings.guideline().version(),
        settings.partitions());
    instanceMetrics.bindHealth(() -> health.get().live(), () -> health.get().ready());
  }

  /** Nothing is written with topics or schemas that would make decisions wrong or lose them. */
  private Optional<Ending> checkSurroundings() {
    try (Deployment deployment = new Deployment(settings)) {
      List<Finding> findings = deployment.check();
      findings.stream()
          .filter(finding -> !finding.essential())
          .forEach(finding -> LOG.warn("{}", finding));
      List<Finding> essential = findings.stream().filter(Finding::essential).toList();
      return essential.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Ending(
                  ExitCode.WRONG_SURROUNDINGS,
                  essential.stream().map(Finding::toString).collect(Collectors.joining("; "))
                      + " (see 'meninx topics')"));
    }
  }

  private Ending runStream(StopSignal stop) throws InterruptedException {
    try (RegistryClient registry = settings.registryClient();
        RocksDbMemory memory = new RocksDbMemory(settings.stream().rocksdbMemoryBytes());
        TickProducer producer = new TickProducer(settings)) {
      StreamsRuntime runtime = runtime(registry, memory);
      runStream(runtime, producer, registry, stop);
      return ending(runtime);
    }
  }

  /** Known only when the stream is closed. */
  private static Ending ending(StreamsRuntime runtime) {
    return runtime
        .failure()
        .map(Ending::of)
        .orElseGet(() -> runtime.late() ? Ending.late() : Ending.stopped());
  }

  /** Runs the stream, and closes it. */
  private void runStream(
      StreamsRuntime runtime, TickProducer producer, RegistryClient registry, StopSignal stop)
      throws InterruptedException {
    try (runtime;
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(runtime.streams());
        KafkaClientMetrics tickMetrics = new KafkaClientMetrics(producer.kafka());
        JournalSize _ =
            new JournalSize(meters, settings.admin(), settings.prefix(), settings.partitions());
        TickPublisher ticks = ticks(producer, registry)) {
      KafkaStreams streams = runtime.streams();
      streams.setGlobalStateRestoreListener(restore);
      streamsMetrics.bindTo(meters);
      tickMetrics.bindTo(meters);
      metrics.bindPartitions(() -> partitions(streams));
      instanceMetrics.bindStream(settings.prefix(), streams::metrics, () -> fetched(streams));
      health.watch(streams::state);
      runtime.start();
      if (settings.ticks()) {
        ticks.start();
      }
      await(runtime, stop);
      runtime.markStores(clock.instant());
    }
  }

  private void await(StreamsRuntime runtime, StopSignal stop) throws InterruptedException {
    boolean told = false;
    Instant marked = Instant.MIN;
    while (!stop.asked(LOOK) && !runtime.awaitEnd(Duration.ZERO)) {
      if (told && marked.isBefore(clock.instant().minus(MARK_EVERY))) {
        marked = clock.instant();
        runtime.markStores(marked);
      }
      if (!told && runtime.streams().state() == KafkaStreams.State.RUNNING) {
        told = true;
        health.hasStarted();
        LOG.info("Running");
      }
    }
    LOG.info("Stopping");
  }

  private StreamsRuntime runtime(RegistryClient registry, RocksDbMemory memory) {
    Properties config = settings.streams();
    config.putIfAbsent(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
    config.put(RocksDbMemory.SETTING, memory);
    try {
      return new StreamsRuntime(MeninxTopology.build(topologySettings(registry)), config);
    } catch (StreamsException e) {
      throw new StateDirectoryException(settings.stateDir(), e);
    }
  }

  private TopologySettings topologySettings(RegistryClient registry) {
    return TopologySettings.of(
            settings.prefix(), settings.partitions(), settings.decisionEngine(), version, registry)
        .sharedBy(settings.stream().threads())
        .withSerdes(settings.foreignSerdes())
        .withSkipped(settings.skipped())
        .withCloudEvents(settings.cloudEvents())
        .withObserver(Observer.all(List.of(metrics, new TickLog())));
  }

  private TickPublisher ticks(TickProducer producer, RegistryClient registry) {
    return new TickPublisher(
        producer.kafka(),
        new WireFormat(registry, settings.prefix()),
        new TickPublisher.Settings(
            settings.prefix(), settings.partitions(), settings.tickInterval(), settings.instance()),
        clock);
  }

  private static Set<Integer> partitions(KafkaStreams streams) {
    return tasks(streams).map(task -> task.taskId().partition()).collect(Collectors.toSet());
  }

  /** Inputs that were fetched and are not committed as decided. */
  private static long fetched(KafkaStreams streams) {
    return waiting(tasks(streams));
  }

  /**
   * Kafka Streams knows where a partition was committed once it has committed it itself: until then
   * nothing of it is counted, and not all of it.
   */
  static long waiting(Stream<TaskMetadata> tasks) {
    return tasks
        .flatMap(
            task ->
                task.endOffsets().entrySet().stream()
                    .filter(seen -> committed(task, seen.getKey()) >= 0)
                    .map(seen -> seen.getValue() + 1 - committed(task, seen.getKey())))
        .mapToLong(waiting -> Math.max(0, waiting))
        .sum();
  }

  /** Below 0 when it is not known. */
  private static long committed(TaskMetadata task, TopicPartition partition) {
    return task.committedOffsets().getOrDefault(partition, -1L);
  }

  /** None when the stream does not run: Kafka Streams tells only then. */
  private static Stream<TaskMetadata> tasks(KafkaStreams streams) {
    return streams.state().isRunningOrRebalancing()
        ? streams.metadataForLocalThreads().stream()
            .flatMap(thread -> thread.activeTasks().stream())
        : Stream.empty();
  }

  /** A producer that is closed in bounded time. */
  private record TickProducer(KafkaProducer<byte[], byte[]> kafka) implements AutoCloseable {
    TickProducer(ServiceSettings settings) {
      this(
          new KafkaProducer<>(
              settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    @Override
    public void close() {
      kafka.close(LAST_WAIT);
    }
  }
}
