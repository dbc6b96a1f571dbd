package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.readmodel.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlertCloudEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final URI SOURCE = URI.create("urn:meninx:test");
  private final CloudEventSchema schema = new CloudEventSchema();

  private static AlertRevision alert(int revision, AlertCode code, AlertState state) {
    return Samples.alert("anna", KEY, revision, code, state, Priority.STAT, 5).value();
  }

  private static byte[] written(AlertRevision alert) {
    return new AlertCloudEvents(SOURCE, "site.", "lm-nsclc", "1")
        .write(new PatientId("anna"), alert);
  }

  @Test
  void anotherLibraryReadsIt() throws IOException {
    CloudEvent event =
        new JsonFormat().deserialize(written(alert(2, AlertCode.MRI_DUE, AlertState.ACTIVE)));

    assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
    assertThat(event.getId()).isEqualTo(KEY + ":2");
    assertThat(event.getSource()).isEqualTo(SOURCE);
    assertThat(event.getTime()).isEqualTo("2026-03-01T08:05:00Z");
    assertThat(event.getSubject()).isNull();
    assertThat(event.getExtension("correlationid")).isEqualTo(KEY);
    CloudEventData data = Objects.requireNonNull(event.getData());
    JsonNode alert = JSON.readTree(data.toBytes());
    assertThat(alert.path("summary").asText()).isEqualTo("Summary of " + KEY);
    assertThat(alert.path("supersedes").asText()).isEqualTo(KEY + ":1");
    assertThat(alert.path("responseTopic").asText()).isEqualTo("site.alert-responses");
    assertThat(alert.at("/evidence/0/value").asText()).isEqualTo("cytology=POSITIVE");
  }

  /** Whoever routes it may log its attributes. */
  @Test
  void attributesSayNothingClinicalAndNameThePatientAsThePartitionDoesOnly() throws IOException {
    ObjectNode attributes =
        (ObjectNode) JSON.readTree(written(alert(1, AlertCode.MRI_DUE, AlertState.ACTIVE)));
    attributes.remove("data");
    assertThat(attributes.remove("partitionkey").asText()).isEqualTo("anna");

    assertThat(attributes.toString()).doesNotContain("anna", "MRI", "cytology", "Summary");
  }

  @ParameterizedTest
  @CsvSource({
    "1, ACTIVE, raised",
    "2, ACTIVE, updated",
    "3, ESCALATED, updated",
    "2, RESOLVED, resolved",
    "4, RETRACTED, resolved"
  })
  void theTypeTellsWhatBecameOfIt(int revision, AlertState state, String type) throws IOException {
    byte[] value = written(alert(revision, AlertCode.MRI_DUE, state));

    assertThat(JSON.readTree(value).path("type").asText())
        .isEqualTo("io.meninx.lm.alert." + type + ".v1");
    assertThat(schema.errors(value)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AlertCode.class)
  void everyAlertFitsTheSchema(AlertCode code) {
    assertThat(schema.errors(written(alert(1, code, AlertState.ACTIVE)))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AlertState.class)
  void everyStateFitsTheSchema(AlertState state) {
    assertThat(schema.errors(written(alert(3, AlertCode.DATA_CONFLICT, state)))).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatItMust() {
    String good =
        new String(written(alert(1, AlertCode.MRI_DUE, AlertState.ACTIVE)), StandardCharsets.UTF_8);

    assertThat(schema.errors(good.getBytes(StandardCharsets.UTF_8))).isEmpty();
    for (String bad :
        new String[] {
          good.replace("\"notify\":true", "\"notify\":\"yes\""),
          good.replace("\"priority\":\"STAT\"", "\"priority\":\"stat\""),
          good.replace(KEY + ":1", KEY),
          good.replace("\"specversion\"", "\"subject\":\"anna\",\"specversion\""),
          good.replace("2026-03-01T08:05:00Z", "yesterday")
        }) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(schema.errors(bad.getBytes(StandardCharsets.UTF_8))).as(bad).isNotEmpty();
    }
  }

  @Test
  void theSameRevisionGivesTheSameBytes() {
    AlertRevision alert = alert(1, AlertCode.MRI_DUE, AlertState.ACTIVE);

    assertThat(written(alert)).isEqualTo(written(alert));
  }
}
