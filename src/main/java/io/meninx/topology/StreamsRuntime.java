package io.meninx.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
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
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());

  /** A stream that is not started yet. */
  public StreamsRuntime(Topology topology, Properties config) {
    streams = new KafkaStreams(topology, config);
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

  /** Leaves the group and stops, what was begun being finished or aborted as a whole. */
  @Override
  public void close() {
    boolean closed =
        streams.close(
            CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(LAST_WAIT));
    if (!closed) {
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
