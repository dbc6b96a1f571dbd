package io.meninx.casefile;

import io.meninx.casefile.CaseFile.Arrival;
import io.meninx.casefile.CasePlan.Arrive;
import io.meninx.casefile.CasePlan.Step;
import io.meninx.casefile.CasePlan.Tick;
import io.meninx.embedded.TemporaryDirectory;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.Observer;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Plays cases through the topology that {@code run} runs, in Kafka Streams' test driver: no broker,
 * no network, one partition, one driver for each case (contract section 6). The record time of
 * everything sent is the simulated time, so nothing in a result depends on the machine's clock.
 */
public final class CasePlayer {

  private final DecisionEngine engine;
  private final String engineVersion;
  private final List<Setting> engineSettings;

  /**
   * A player.
   *
   * @param engine that decides
   * @param engineVersion goes into the journal
   * @param engineSettings that decisions depend on; go into the journal
   */
  public CasePlayer(DecisionEngine engine, String engineVersion, List<Setting> engineSettings) {
    this.engine = engine;
    this.engineVersion = engineVersion;
    this.engineSettings = List.copyOf(engineSettings);
  }

  /** Plays a case from its first fact to its end. */
  public CaseResult play(CaseFile file) {
    var leftOver = new LeftOver();
    try (TemporaryDirectory directory = TemporaryDirectory.create("play");
        RegistryClient registry = new InMemoryRegistryClient()) {
      TopologySettings settings =
          TopologySettings.of("", 1, engine, engineVersion, registry)
              .withEngineSettings(engineSettings)
              .withObserver(leftOver);
      try (var driver =
          new TopologyTestDriver(
              MeninxTopology.build(settings),
              properties(directory),
              file.arrivals().isEmpty() ? file.end() : file.arrivals().getFirst().at())) {
        var stage = new Stage(driver, settings, leftOver, file);
        CasePlan.play(file, stage::take);
        return stage.log.result(engine.guideline());
      }
    }
  }

  private static Properties properties(TemporaryDirectory directory) {
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "meninx-play");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.path().toString());
    // As in `run`; besides, the driver writes no checkpoint file after every record then.
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return properties;
  }

  /** Knows whether the topology has work that is due and was left for later. */
  private static final class LeftOver implements Observer {
    private boolean more;

    @Override
    public void worked(int partition, int count, boolean left) {
      more = left;
    }
  }

  /** One case on its driver. */
  private static final class Stage {
    private final TopologyTestDriver driver;
    private final TopologySettings settings;
    private final LeftOver leftOver;
    private final CaseFile file;
    private final CaseLog log;
    private final CaseRecorder recorder;
    private final byte[] key;
    private final FactWriter writer = new FactWriter();
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);

    Stage(TopologyTestDriver driver, TopologySettings settings, LeftOver leftOver, CaseFile file) {
      this.driver = driver;
      this.settings = settings;
      this.leftOver = leftOver;
      this.file = file;
      this.recorder = new CaseRecorder(settings.registry(), CaseRecorder.Listener.NONE);
      this.log = recorder.follow(file);
      this.key = file.patientId().value().getBytes(StandardCharsets.UTF_8);
      for (Topic topic : Topic.inputs()) {
        inputs.put(
            topic,
            driver.createInputTopic(
                topic.name(settings.prefix()),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
      }
      for (Topic topic : Topic.outputs()) {
        outputs.put(
            topic,
            driver.createOutputTopic(
                topic.name(settings.prefix()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
      }
    }

    void take(Step step) {
      switch (step) {
        case Tick(Instant at) -> send(writer.encodeTick(at, "play"), Optional.empty(), at);
        case Arrive(Arrival arrival) -> arrive(arrival);
      }
      while (leftOver.more) {
        driver.advanceWallClockTime(settings.pumpInterval());
      }
      outputs.forEach(
          (topic, output) -> {
            while (!output.isEmpty()) {
              var unused = recorder.received(topic, 0, output.readValue());
            }
          });
    }

    private void arrive(Arrival arrival) {
      Encoded encoded;
      try {
        encoded = writer.encode(arrival.fact());
      } catch (PoisonRecordException e) {
        throw new IllegalStateException("a fact that was read cannot be written", e);
      }
      long offset = offsets.getOrDefault(encoded.topic(), 0L);
      recorder.sent(file, arrival.index(), encoded.topic(), 0, offset);
      send(encoded, Optional.of(key), arrival.at());
    }

    private void send(Encoded encoded, Optional<byte[]> recordKey, Instant at) {
      Topic topic = encoded.topic();
      offsets.merge(topic, 1L, Long::sum);
      int id = settings.registry().idFor(topic.subject(settings.prefix()), encoded.schema());
      TestInputTopic<byte[], byte[]> input = Objects.requireNonNull(inputs.get(topic));
      byte[] value = encoded.framed(id);
      input.pipeInput(
          recordKey
              .map(bytes -> new TestRecord<>(bytes, value, at))
              .orElseGet(() -> new TestRecord<>(null, value, at)));
    }
  }
}
