package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.meninx.cli.Deployed.Instance;
import io.meninx.cli.Deployed.Said;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.pathway.AlertRevision;
import io.meninx.testing.JavaProcess;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.CloudEventSchema;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts as CloudEvents: with the alerts themselves or not at all, though the service is killed;
 * and a small notification service that lives on them.
 */
@Timeout(400)
class CloudEventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE = "urn:meninx:test";

  @TempDir private Path directory;
  private Deployed deployed;

  @BeforeEach
  void start() {
    deployed = new Deployed(directory);
  }

  @AfterEach
  void close() {
    deployed.close();
  }

  @Test
  void everyAlertGoesOutOnceAsACloudEventAndPeopleAreToldOnce() throws Exception {
    Path config =
        deployed.config(
            "one", oneBroker(), "cloudEvents: {enabled: true, source: \"" + SOURCE + "\"}");
    topics(config);
    takenBack();
    simulate(config);
    Instance first = deployed.run("one", config);
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !deployed.read(AlertCloudEvents.TOPIC).isEmpty());
    first.process().destroyForcibly().waitFor();
    Instance second = deployed.run("one", config);
    deployed.awaitJournal();
    JavaProcess.signal(second.process(), "TERM");
    assertThat(second.exit(Duration.ofSeconds(10))).isZero();

    List<ConsumerRecord<byte[], byte[]>> alerts = deployed.read(Topic.PATHWAY_ALERTS);
    List<ConsumerRecord<byte[], byte[]>> events = deployed.read(AlertCloudEvents.TOPIC);
    assertThat(alerts).hasSizeGreaterThan(100);
    for (int partition = 0; partition < Deployed.PARTITIONS; partition++) {
      pairs(of(alerts, partition), of(events, partition));
    }
    peopleAreTold(alerts.stream().map(CloudEventsIT::alert).toList());
  }

  private static void topics(Path config) {
    Said before = meninx("topics", "--check", "--config", config.toString());
    assertThat(before.err())
        .contains("topic pathway-alerts-cloudevents: topic: expected to be there, found none");
    Said created = meninx("topics", "--create", "--config", config.toString());
    assertThat(created.exit()).isZero();
    assertThat(created.out())
        .contains("made topic pathway-alerts-cloudevents")
        .contains(Topic.values().length + 1 + " topics with 3 partitions each");
  }

  /** The same patient, time, order and content in both topics. */
  private static void pairs(
      List<ConsumerRecord<byte[], byte[]>> alerts, List<ConsumerRecord<byte[], byte[]>> events) {
    CloudEventSchema schema = new CloudEventSchema();
    assertThat(events).hasSameSizeAs(alerts);
    for (int i = 0; i < alerts.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = events.get(i);
      assertThat(schema.errors(record.value())).isEmpty();
      assertThat(record.key()).isEqualTo(alerts.get(i).key());
      assertThat(record.timestamp()).isEqualTo(alerts.get(i).timestamp());
      assertThat(record.headers().toArray())
          .singleElement()
          .satisfies(
              header -> {
                assertThat(header.key()).isEqualTo("content-type");
                assertThat(new String(header.value(), StandardCharsets.UTF_8))
                    .isEqualTo("application/cloudevents+json; charset=UTF-8");
              });
      Published<AlertRevision> alert = alert(alerts.get(i));
      JsonNode event = json(record.value());
      assertThat(event.path("id").asText())
          .isEqualTo(alert.value().alertKey() + ":" + alert.value().revision());
      assertThat(event.path("source").asText()).isEqualTo(SOURCE);
      assertThat(event.path("partitionkey").asText()).isEqualTo(alert.patientId().value());
      assertThat(event.at("/data/state").asText()).isEqualTo(alert.value().state().name());
      assertThat(event.at("/data/notify").asBoolean()).isEqualTo(alert.value().notifies());
    }
  }

  private void peopleAreTold(List<Published<AlertRevision>> alerts) {
    NotificationService service = new NotificationService();
    service.work("people", 40); // and dies before it says how far it came
    service.work("people", Integer.MAX_VALUE);
    service.work("people-again", Integer.MAX_VALUE); // somebody set its offsets back

    List<String> wanted =
        alerts.stream()
            .map(Published::value)
            .filter(AlertRevision::notifies)
            .map(alert -> alert.alertKey() + ":" + alert.revision())
            .toList();
    assertThat(service.sent).containsExactlyInAnyOrderElementsOf(wanted).doesNotHaveDuplicates();
    assertThat(service.repeats).isGreaterThanOrEqualTo(40);

    // Who was told of an alert is told that what it rested on was taken back; nobody else is.
    Set<String> told = new HashSet<>();
    Set<String> takenBack = new HashSet<>();
    alerts.stream()
        .map(Published::value)
        .forEach(
            alert -> {
              if (!alert.state().open()) {
                if (alert.state().name().equals("RETRACTED") && told.contains(alert.alertKey())) {
                  takenBack.add(alert.alertKey());
                }
              } else if (alert.notifies()) {
                told.add(alert.alertKey());
              }
            });
    assertThat(takenBack).isNotEmpty();
    assertThat(service.takenBack).isEqualTo(takenBack);
    assertThat(service.open)
        .isEqualTo(
            alerts.stream()
                .map(Published::value)
                .collect(
                    HashMap<String, Boolean>::new,
                    (map, a) -> map.put(a.alertKey(), a.state().open()),
                    HashMap::putAll)
                .entrySet()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toSet()));
  }

  /**
   * As somebody outside would write one, with the library of CloudEvents: reads what is committed,
   * knows an event by source and id, sends only where {@code notify} says so, and tells those who
   * were told when an alert is taken back.
   */
  private final class NotificationService {
    private final Set<String> known = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final List<String> sent = new ArrayList<>();
    private final Set<String> takenBack = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private int repeats;

    /** Works through what is there, or so many events and then dies without a commit. */
    void work(String group, int most) {
      Map<String, Object> config = new HashMap<>();
      config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers());
      config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
      config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
      config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      try (KafkaConsumer<String, CloudEvent> consumer =
          new KafkaConsumer<>(config, new StringDeserializer(), new CloudEventDeserializer())) {
        var partitions =
            IntStream.range(0, Deployed.PARTITIONS)
                .mapToObj(
                    one -> new org.apache.kafka.common.TopicPartition(AlertCloudEvents.TOPIC, one))
                .toList();
        consumer.assign(partitions);
        Map<org.apache.kafka.common.TopicPartition, Long> ends = consumer.endOffsets(partitions);
        int count = 0;
        while (partitions.stream()
            .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
          for (ConsumerRecord<String, CloudEvent> record : consumer.poll(Duration.ofMillis(100))) {
            take(record.value());
            count++;
            if (count == most) {
              return;
            }
          }
        }
        consumer.commitSync();
      }
    }

    private void take(CloudEvent event) {
      if (!known.add(event.getSource() + " " + event.getId())) {
        repeats++;
        return;
      }
      JsonNode alert = json(Objects.requireNonNull(event.getData()).toBytes());
      String key = alert.path("alertKey").asText();
      boolean ended = event.getType().equals("io.meninx.lm.alert.resolved.v1");
      if (ended) {
        open.remove(key);
      } else {
        open.add(key);
      }
      if (alert.path("notify").asBoolean()) {
        sent.add(event.getId());
        if (!ended) {
          told.add(key);
        } else if (alert.path("state").asText().equals("RETRACTED") && told.contains(key)) {
          takenBack.add(key);
        }
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> of(
      List<ConsumerRecord<byte[], byte[]>> records, int partition) {
    return records.stream().filter(record -> record.partition() == partition).toList();
  }

  private static Published<AlertRevision> alert(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new OutputReader()
          .alert(
              Topic.PATHWAY_ALERTS.valueSchema(),
              record.value(),
              Frames.HEADER_LENGTH,
              record.value().length - Frames.HEADER_LENGTH);
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A dose that is too high, of which people are told at once, and that it was never given. */
  private void takenBack() {
    Facts.Treatment dose =
        Facts.methotrexate("too-high", TreatmentEvent.Action.ADMINISTERED)
            .doseMg(20)
            .patient("taken-back")
            .day(0);
    Fact given = dose.event("given").build();
    Fact never = dose.event("never").withdrawn().reportedDay(1).build();
    deployed.send(given, never);
  }

  private static void simulate(Path config) {
    Said said =
        meninx(
            "simulate",
            "--patients",
            "60",
            "--events",
            "1500",
            "--seed",
            "7",
            "--tick-every",
            "1440",
            "--to",
            "kafka",
            "--config",
            config.toString());
    assertThat(said.err()).isEmpty();
  }
}
