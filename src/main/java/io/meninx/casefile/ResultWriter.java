package io.meninx.casefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.meninx.casefile.CaseResult.DecidedBy;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.PublicState.AlertLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Writes a {@link CaseResult}: the keys of contract section 6 in their order, absent values null.
 */
final class ResultWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final DecidedBy guideline;

  private ResultWriter(JsonGenerator json, DecidedBy guideline) {
    this.json = json;
    this.guideline = guideline;
  }

  static byte[] write(CaseResult result) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.setPrettyPrinter(printer());
      new ResultWriter(json, result.guideline()).result(result);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Line ends of every platform's results are the same. */
  private static DefaultPrettyPrinter printer() {
    var indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private void result(CaseResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("case", result.caseName());
    json.writeObjectFieldStart("guideline");
    json.writeStringField("id", guideline.id());
    json.writeStringField("version", guideline.version());
    json.writeStringField("hash", guideline.hash());
    json.writeEndObject();
    list("events", result.events(), this::event);
    list("alerts", result.alerts(), this::alert);
    list("rejected", result.rejected(), this::rejected);
    json.writeFieldName("final");
    state(result.endedAt(), result.state());
    json.writeEndObject();
  }

  private void event(PathwayEvent event) throws IOException {
    json.writeStartObject();
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
    json.writeEndObject();
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

  private void alert(AlertRevision alert) throws IOException {
    json.writeStartObject();
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
    json.writeStringField("guideline", guideline.id());
    json.writeStringField("version", guideline.version());
    texts("statements", alert.rule().statements());
    json.writeEndObject();
    list("evidence", alert.evidence(), this::evidence);
    texts("missing", alert.missing());
    text("resolutionReason", alert.resolutionReason().map(Enum::name));
    json.writeBooleanField("preliminary", alert.preliminary());
    json.writeEndObject();
  }

  private void rejected(Rejected rejected) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", rejected.index());
    json.writeStringField("reason", rejected.reason());
    text("field", Optional.of(rejected.field()).filter(field -> !field.isEmpty()));
    json.writeEndObject();
  }

  private void state(Instant at, PublicState state) throws IOException {
    json.writeStartObject();
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
    json.writeEndObject();
  }

  private static final Comparator<AlertLine> BY_CODE_THEN_GAP =
      Comparator.comparing((AlertLine line) -> line.code().name())
          .thenComparing(line -> line.gap().orElse(""));

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

  private void text(String key, Optional<String> value) throws IOException {
    json.writeFieldName(key);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  private void texts(String key, Collection<String> values) throws IOException {
    list(key, values, json::writeString);
  }

  private <T> void list(String key, Collection<T> values, ElementWriter<T> writer)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (T value : values) {
      writer.write(value);
    }
    json.writeEndArray();
  }

  /** Writes one element of a list. */
  private interface ElementWriter<T> {
    void write(T value) throws IOException;
  }
}
