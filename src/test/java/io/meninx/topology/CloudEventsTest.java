package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Facts;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.CloudEventSchema;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Alerts as CloudEvents come out of the topology with the alerts themselves. */
class CloudEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DecisionEngine ENGINE =
      DecisionEngine.of(
          new PathwayEngine(
              GuidelineEditions.standard(), EngineSettings.withDebounce(Duration.ZERO)));

  @Test
  void everyRevisionGoesOutAsBothInTheSameOrderAndARetractionIsTold() throws Exception {
    URI source = URI.create("urn:meninx:test");
    try (Driven driven =
        new Driven(ENGINE, settings -> settings.withCloudEvents(Optional.of(source)))) {
      driven.tick(Facts.noon(0));
      driven.fact(Facts.csf("csf-1").equivocal().day(0).build());
      driven.tick(Facts.noon(9));
      driven.fact(Facts.csf("csf-1").equivocal().withdrawn().reportedDay(10).build());
      driven.tick(Facts.noon(10));

      List<TestRecord<byte[], byte[]>> alerts = driven.output(Topic.PATHWAY_ALERTS);
      List<TestRecord<byte[], byte[]>> events = events(driven);
      assertThat(alerts).hasSizeGreaterThan(3);
      assertThat(ids(events)).containsExactlyElementsOf(revisions(alerts));
      CloudEventSchema schema = new CloudEventSchema();
      for (int i = 0; i < alerts.size(); i++) {
        TestRecord<byte[], byte[]> event = events.get(i);
        assertThat(event.key()).isEqualTo(alerts.get(i).key());
        assertThat(event.timestamp()).isEqualTo(alerts.get(i).timestamp());
        assertThat(event.headers().lastHeader("content-type").value())
            .asString()
            .isEqualTo(AlertCloudEvents.CONTENT_TYPE);
        assertThat(schema.errors(event.value())).isEmpty();
      }
      assertThat(events)
          .extracting(event -> JSON.readTree(event.value()))
          .filteredOn(event -> event.at("/data/state").asText().equals("RETRACTED"))
          .isNotEmpty()
          .anySatisfy(
              event -> {
                assertThat(event.path("type").asText()).isEqualTo("io.meninx.lm.alert.resolved.v1");
                assertThat(event.at("/data/notify").asBoolean()).isTrue();
                assertThat(event.at("/data/category").asText()).isEqualTo("withdrawn-evidence");
                assertThat(event.at("/data/resolutionReason").asText()).isEqualTo("FACT_WITHDRAWN");
              });
    }
  }

  @Test
  void unlessThatIsWantedThereAreNone() {
    TopologySettings settings =
        TopologySettings.of(
            "", 1, ENGINE, "test", new io.meninx.wire.registry.InMemoryRegistryClient());

    assertThat(MeninxTopology.build(settings).describe().toString())
        .doesNotContain(AlertCloudEvents.TOPIC);
    assertThat(
            MeninxTopology.build(
                    settings.withCloudEvents(Optional.of(URI.create("urn:meninx:test"))))
                .describe()
                .toString())
        .contains(AlertCloudEvents.TOPIC);
  }

  private static List<TestRecord<byte[], byte[]>> events(Driven driven) {
    return driven
        .driver()
        .createOutputTopic(
            AlertCloudEvents.TOPIC, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static List<String> ids(List<TestRecord<byte[], byte[]>> events) throws IOException {
    List<String> ids = new ArrayList<>();
    for (TestRecord<byte[], byte[]> event : events) {
      JsonNode read = JSON.readTree(event.value());
      ids.add(read.path("id").asText());
    }
    return ids;
  }

  private static List<String> revisions(List<TestRecord<byte[], byte[]>> alerts)
      throws PoisonRecordException {
    List<String> ids = new ArrayList<>();
    OutputReader reader = new OutputReader();
    for (TestRecord<byte[], byte[]> row : alerts) {
      AlertRevision alert =
          reader
              .alert(
                  Topic.PATHWAY_ALERTS.valueSchema(),
                  row.value(),
                  Frames.HEADER_LENGTH,
                  row.value().length - Frames.HEADER_LENGTH)
              .value();
      ids.add(alert.alertKey() + ":" + alert.revision());
    }
    return ids;
  }
}
