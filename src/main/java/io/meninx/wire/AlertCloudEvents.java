package io.meninx.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Writes revisions of alerts as CloudEvents 1.0 in structured JSON, for services that notify people
 * and know neither Avro nor the registry. The same revision gives the same bytes. Schema: {@code
 * schemas/PathwayAlertCloudEvent.schema.json}; what each field becomes in CDS Hooks, FHIR and HL7
 * v2: {@code topology-docs/alerts-out.md}. Not safe for use by several threads.
 */
public final class AlertCloudEvents {
  /** Name of the topic, without the prefix. */
  public static final String TOPIC = "pathway-alerts-cloudevents";

  /** Of every record, in the header {@code content-type}. */
  public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  /** Identifies the schema of the whole event, with its version. */
  public static final URI SCHEMA = URI.create("urn:meninx:schema:pathway-alert-cloudevent:1");

  private static final String TYPE = "io.meninx.lm.alert.";
  private static final String TYPE_VERSION = ".v1";
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonFormat format = new JsonFormat();
  private final URI source;
  private final String responses;
  private final String guidelineId;
  private final String guidelineVersion;

  /**
   * A writer for decisions by this guideline; make another one when the guideline changes.
   *
   * @param source of the deployment, the same on all its instances and for good: receivers tell
   *     repeats by it
   * @param prefix of the topics
   */
  public AlertCloudEvents(URI source, String prefix, String guidelineId, String guidelineVersion) {
    this.source = source;
    this.responses = Topic.ALERT_RESPONSES.name(prefix);
    this.guidelineId = guidelineId;
    this.guidelineVersion = guidelineVersion;
  }

  /** The value of a record. */
  public byte[] write(PatientId patient, AlertRevision alert) {
    return format.serialize(
        CloudEventBuilder.v1()
            .withId(id(alert, alert.revision()))
            .withSource(source)
            .withType(TYPE + happened(alert) + TYPE_VERSION)
            .withTime(alert.at().atOffset(ZoneOffset.UTC))
            .withDataSchema(SCHEMA)
            .withDataContentType("application/json")
            .withExtension("partitionkey", patient.value())
            .withExtension("correlationid", alert.alertKey())
            .withExtension("dataclassification", "restricted")
            .withExtension("datacategory", "health")
            .withData(BytesCloudEventData.wrap(data(patient, alert)))
            .build());
  }

  private static String id(AlertRevision alert, int revision) {
    return alert.alertKey() + ":" + revision;
  }

  private static String happened(AlertRevision alert) {
    if (!alert.state().open()) {
      return "resolved";
    }
    return alert.revision() == 1 ? "raised" : "updated";
  }

  private byte[] data(PatientId patient, AlertRevision alert) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      DecisionJson decisions = new DecisionJson(json);
      json.writeStartObject();
      json.writeObjectFieldStart("patientRef");
      json.writeStringField("value", patient.value());
      json.writeEndObject();
      json.writeStringField("category", category(alert));
      decisions.alert(alert, guidelineId, guidelineVersion);
      decisions.text(
          "supersedes",
          alert.revision() == 1 ? Optional.empty() : Optional.of(id(alert, alert.revision() - 1)));
      json.writeStringField("responseTopic", responses);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What kind of message it is, in few words that do not change with the guideline. */
  private static String category(AlertRevision alert) {
    if (alert.state() == AlertState.RETRACTED || alert.code() == AlertCode.DECISION_BASIS_CHANGED) {
      return "withdrawn-evidence";
    }
    return switch (alert.code()) {
      case DATA_CONFLICT -> "conflict";
      case CSF_SAMPLE_INADEQUATE,
          NEUROAXIS_MRI_INCOMPLETE,
          MOLECULAR_PANEL_INCOMPLETE,
          KPS_MISSING_OR_STALE,
          RESULT_OVERDUE ->
          "missing-data";
      default -> "criteria-met";
    };
  }
}
