package io.meninx.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology on a cluster, exactly once. Any exception in a stream thread stops it as a
 * whole, with the cause kept: what can be passed over was made a dead letter before it could throw.
 */
public final class StreamsRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRuntime.class);

  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  /** With what is closed after it, within the 10 s that a stop may take. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(7);

  private final KafkaStreams streams;
  private final Path stores;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean late = new AtomicBoolean();
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());

  /** A stream that is not started yet. */
  public StreamsRuntime(Topology topology, Properties config) {
    streams = new KafkaStreams(topology, config);
    stores =
        Path.of(
            config.getProperty(StreamsConfig.STATE_DIR_CONFIG),
            config.getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
    streams.setUncaughtExceptionHandler(this::failed);
    streams.setStateListener((now, _) -> changed(now));
  }

  /**
   * The configuration that {@code demo}, {@code run} and the tests share.
   *
   * <p>The group protocol is {@code streams} (KIP-1071, general since Kafka 4.2) unless the
   * overrides say otherwise: the broker assigns tasks, so members need not agree among themselves,
   * and on a broker with short intervals a start takes under a second instead of several, which
   * suits {@code demo} and tests. {@code run} uses {@code classic}: see
   * topology-docs/architecture.md.
   *
   * @param applicationId also the prefix of changelog topics
   * @param bootstrapServers of the cluster
   * @param stateDir for the stores' files
   * @param overrides any setting of Kafka Streams; wins, but for the guarantee
   */
  public static Properties config(
      String applicationId, String bootstrapServers, Path stateDir, Map<String, ?> overrides) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.STREAMS.name());
    config.put(StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER, CommittedInParts.class);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
    // What was away for longer has rows of whose deletion nobody tells any more (KIP-1259).
    config.put(
        StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG,
        TopologySettings.LONGEST_ABSENCE.toMillis());
    config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
    config.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopologySettings.MAX_CHANGELOG_BYTES);
    config.putAll(overrides);
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return config;
  }

  /** Starts it; returns at once. */
  public void start() {
    streams.start();
  }

  /** Waits until it takes records; false when it did not within this time, or failed. */
  public boolean awaitRunning(Duration limit) throws InterruptedException {
    return running.await(limit.toMillis(), TimeUnit.MILLISECONDS) && failure.get().isEmpty();
  }

  /** Waits until it ended, by failure or because it was closed; false when it still runs. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What it stopped with, if it failed. */
  public Optional<Throwable> failure() {
    return failure.get();
  }

  /** State, metrics and lag of the stream. */
  public KafkaStreams streams() {
    return streams;
  }

  /**
   * Says of the stores that they are in use: their directories' age tells, at a start, how long
   * they were away, and Kafka Streams leaves it as it is while it writes to them (KAFKA-20805). For
   * a call now and then, far more often than stores may be away, and before closing.
   *
   * @param now by the machine's clock, which those ages are counted by
   */
  public void markStores(Instant now) {
    if (streams.state().isRunningOrRebalancing()) {
      for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
        Stream.concat(thread.activeTasks().stream(), thread.standbyTasks().stream())
            .map(task -> stores.resolve(task.taskId().toString()))
            .forEach(store -> mark(store, now));
      }
    }
  }

  private static void mark(Path store, Instant now) {
    try {
      Files.setLastModifiedTime(store, FileTime.from(now));
    } catch (IOException e) {
      LOG.debug("A task has no stores yet: {}", e.getClass().getName());
    }
  }

  /** Whether it was closed and did not stop in time, so that threads of it may still live. */
  public boolean late() {
    return late.get();
  }

  /** Leaves the group and stops, what was begun being finished or aborted as a whole. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(LAST_WAIT));
    if (!closed) {
      late.set(true);
      LOG.warn("The stream did not stop within {}", LAST_WAIT);
    }
  }

  private void changed(KafkaStreams.State now) {
    switch (now) {
      case RUNNING -> running.countDown();
      case ERROR, NOT_RUNNING -> {
        running.countDown();
        ended.countDown();
      }
      default -> LOG.debug("The stream is {}", now);
    }
  }

  private StreamThreadExceptionResponse failed(Throwable cause) {
    failure.compareAndSet(Optional.empty(), Optional.of(cause));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}
