package io.meninx.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.PublicState.AlertLine;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Writes decisions as JSON with the keys of contract sections 5 and 6 in their order, absent values
 * null, times as ISO-8601 instants. Each method writes fields into an object that the caller began.
 */
public final class DecisionJson {
  private static final Comparator<AlertLine> BY_CODE_THEN_GAP =
      Comparator.comparing((AlertLine line) -> line.code().name())
          .thenComparing(line -> line.gap().orElse(""));

  private final JsonGenerator json;

  /** Writes to this one. */
  public DecisionJson(JsonGenerator json) {
    this.json = json;
  }

  /** The fields of an event. */
  public void event(PathwayEvent event) throws IOException {
    json.writeStringField("eventId", event.eventId());
    json.writeStringField("type", event.type().name());
    json.writeStringField("code", event.code());
    json.writeStringField("at", event.at().toString());
    json.writeObjectFieldStart("rule");
    json.writeStringField("id", event.rule().id());
    texts("statements", event.rule().statements());
    json.writeEndObject();
    json.writeStringField("outcome", event.outcome().name());
    list("evidence", event.evidence(), this::evidence);
    texts("missing", event.missing());
    switch (event.type()) {
      case CLASSIFICATION_CHANGED, STATUS_GROUP_CHANGED, STAGE_CHANGED ->
          text("previous", event.previous());
      case RECOMMENDATION_ISSUED, RECOMMENDATION_WITHDRAWN -> text("gap", event.gap());
      case SCHEDULE_ISSUED, SCHEDULE_CHANGED -> list("entries", event.entries(), this::entry);
      case FACT_SUPERSEDED, FACT_WITHDRAWN -> text("factId", event.factId());
      case CONTRAINDICATION_RAISED, CONTRAINDICATION_LIFTED, RESPONSE_ASSESSED -> {}
    }
  }

  /** The fields of a revision of an alert, decided by this guideline. */
  public void alert(AlertRevision alert, String guidelineId, String guidelineVersion)
      throws IOException {
    json.writeStringField("alertKey", alert.alertKey());
    json.writeNumberField("revision", alert.revision());
    json.writeStringField("code", alert.code().name());
    json.writeStringField("state", alert.state().name());
    text("stage", alert.stage().map(Enum::name));
    json.writeStringField("priority", alert.priority().name());
    json.writeBooleanField("notify", alert.notifies());
    json.writeStringField("at", alert.at().toString());
    text("dueAt", alert.dueAt().map(Instant::toString));
    texts("audience", alert.audience().stream().map(Enum::name).toList());
    json.writeStringField("summary", alert.summary());
    text("gap", alert.gap());
    json.writeObjectFieldStart("rule");
    json.writeStringField("id", alert.rule().id());
    json.writeStringField("guideline", guidelineId);
    json.writeStringField("version", guidelineVersion);
    texts("statements", alert.rule().statements());
    json.writeEndObject();
    list("evidence", alert.evidence(), this::evidence);
    texts("missing", alert.missing());
    text("resolutionReason", alert.resolutionReason().map(Enum::name));
    json.writeBooleanField("preliminary", alert.preliminary());
  }

  /** The fields of a state; {@code at} is the time of the decision that led to it. */
  public void state(Instant at, PublicState state) throws IOException {
    json.writeStringField("at", at.toString());
    json.writeStringField("type", state.type().name());
    json.writeStringField("certainty", state.certainty().name());
    json.writeStringField("statusGroup", state.statusGroup().name());
    json.writeStringField("stage", state.stage().name());
    list(
        "recommendations",
        state.recommendations().stream().sorted().toList(),
        recommendation -> {
          json.writeStartObject();
          json.writeStringField("code", recommendation.code().name());
          text("gap", recommendation.gap());
          json.writeEndObject();
        });
    texts(
        "contraindications", state.contraindications().stream().map(Enum::name).sorted().toList());
    list("openAlerts", state.openAlerts().stream().sorted(BY_CODE_THEN_GAP).toList(), this::open);
    list(
        "schedules",
        state.schedules().stream().sorted(Comparator.comparing(s -> s.code().name())).toList(),
        this::schedule);
  }

  private void evidence(Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("factId", evidence.factId());
    json.writeStringField("kind", evidence.kind().name());
    json.writeStringField("value", evidence.value());
    json.writeStringField("status", evidence.status().name());
    json.writeStringField("observedAt", evidence.observedAt().instant().toString());
    json.writeEndObject();
  }

  private void open(AlertLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", line.code().name());
    text("stage", line.stage().map(Enum::name));
    json.writeStringField("priority", line.priority().name());
    json.writeStringField("state", line.state().name());
    text("gap", line.gap());
    text("dueAt", line.dueAt().map(Instant::toString));
    json.writeEndObject();
  }

  private void schedule(Schedule schedule) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", schedule.code().name());
    list("entries", schedule.entries(), this::entry);
    json.writeEndObject();
  }

  private void entry(ScheduleEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("dueAt", entry.dueAt().toString());
    json.writeStringField("state", entry.state().name());
    json.writeEndObject();
  }

  /** A text, or null. */
  public void text(String key, Optional<String> value) throws IOException {
    json.writeFieldName(key);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  /** A list of texts. */
  public void texts(String key, Collection<String> values) throws IOException {
    list(key, values, json::writeString);
  }

  /** A list, each element written by the writer. */
  public <T> void list(String key, Collection<T> values, ElementWriter<T> writer)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (T value : values) {
      writer.write(value);
    }
    json.writeEndArray();
  }

  /** Writes one element of a list. */
  @FunctionalInterface
  public interface ElementWriter<T> {
    /** Writes it. */
    void write(T value) throws IOException;
  }
}
