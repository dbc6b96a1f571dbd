package io.meninx.topology;

import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the one topology: eight sources of raw bytes, one processor with four stores, five sinks
 * and a sixth for alerts as CloudEvents where that is wanted. The same for {@code play} (test
 * driver), {@code demo} and {@code run}.
 */
public final class MeninxTopology {
  /** Settings of changelogs that the stream can't do without. */
  public static final Map<String, String> CHANGELOG =
      Map.of(
          // All state is there: with any other policy brokers would delete it for its age.
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          String.valueOf(TopologySettings.MAX_CHANGELOG_BYTES),
          TopicConfig.DELETE_RETENTION_MS_CONFIG,
          String.valueOf(TopologySettings.LONGEST_ABSENCE.toMillis()));

  /** The last millisecond of the year 9999. */
  private static final long LATEST_MILLIS =
      Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  /**
   * Where a topic does not use the broker's append time a producer may send any number as time;
   * neither a negative one nor one beyond what can be stored must stop the stream.
   */
  private static final TimestampExtractor TIMESTAMP =
      (record, _) -> Math.clamp(record.timestamp(), 0, LATEST_MILLIS);

  private static final Serializer<Output> VALUE = (_, output) -> output.value();

  private static final StreamPartitioner<byte[], Output> PARTITION =
      (_, _, output, _) -> Optional.of(Set.of(output.partition()));

  private MeninxTopology() {}

  /** Builds it. */
  public static Topology build(TopologySettings settings) {
    Topology topology = new Topology();
    for (Topic topic : Topic.inputs()) {
      topology.addSource(
          AutoOffsetReset.earliest(),
          Names.source(topic),
          TIMESTAMP,
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer(),
          topic.name(settings.prefix()));
    }
    topology.addProcessor(
        Names.PROCESSOR,
        () -> new DecisionProcessor(settings),
        Topic.inputs().stream().map(Names::source).toArray(String[]::new));
    for (String name : new String[] {Names.FACTS, Names.PATHWAYS, Names.TIMERS}) {
      topology.addStateStore(store(name).withCachingDisabled(), Names.PROCESSOR);
    }
    // One row changes with every input: with a cache it is written once in a transaction.
    topology.addStateStore(store(Names.PARTITION).withCachingEnabled(), Names.PROCESSOR);
    for (Topic topic : Topic.outputs()) {
      topology.addSink(
          Names.sink(topic),
          topic.name(settings.prefix()),
          new ByteArraySerializer(),
          VALUE,
          PARTITION,
          Names.PROCESSOR);
    }
    if (settings.cloudEvents().isPresent()) {
      // In the transaction of the alerts themselves: both are committed, or neither.
      topology.addSink(
          Names.CLOUD_EVENTS,
          settings.prefix() + AlertCloudEvents.TOPIC,
          new ByteArraySerializer(),
          VALUE,
          PARTITION,
          Names.PROCESSOR);
    }
    return topology;
  }

  /**
   * The processor has its own buffer; a cache beside it would only delay what the changelog gets of
   * rows that seldom change twice in a transaction.
   */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG);
  }
}
