package io.meninx.service.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meninx.edition.Statements;
import io.meninx.fact.PatientId;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.readmodel.AlertRow;
import io.meninx.readmodel.Behind;
import io.meninx.readmodel.Page;
import io.meninx.readmodel.PatientView;
import io.meninx.readmodel.TimelineEntry;
import io.meninx.service.access.AccessLog;
import io.meninx.wire.DecisionJson;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.Published;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** Answers in JSON; each says how far behind it is. */
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final DecisionJson decisions;

  private Answers(JsonGenerator json) {
    this.json = json;
    this.decisions = new DecisionJson(json);
  }

  /** What is written into an answer. */
  @FunctionalInterface
  interface Content {
    void to(Answers answer) throws IOException;
  }

  /** An answer that says nothing of patients. */
  static byte[] plain(Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      Answers answer = new Answers(json);
      json.writeStartObject();
      content.to(answer);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /** An answer from the read model. */
  static byte[] of(Behind behind, Content content) throws IOException {
    return plain(
        answer -> {
          answer.behind(behind);
          content.to(answer);
        });
  }

  JsonGenerator json() {
    return json;
  }

  DecisionJson decisions() {
    return decisions;
  }

  /** How far behind, by itself. */
  static String json(Behind behind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      new Answers(json).value(behind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  void behind(Behind behind) throws IOException {
    json.writeFieldName("behind");
    value(behind);
  }

  private void value(Behind behind) throws IOException {
    json.writeStartObject();
    json.writeNumberField("records", behind.records());
    decisions.text("measuredAt", behind.measuredAt().map(Instant::toString));
    json.writeFieldName("ageSeconds");
    if (behind.measuredAt().isPresent()) {
      json.writeNumber(behind.age().toSeconds());
    } else {
      json.writeNull();
    }
    decisions.text("newest", behind.newest().map(Instant::toString));
    decisions.text("logicalTime", behind.logicalTime().map(Instant::toString));
    json.writeNumberField("unreadable", behind.unreadable());
    json.writeNumberField("skipped", behind.skipped());
    json.writeFieldName("alertsNotRead");
    if (behind.alertsNotRead().isPresent()) {
      json.writeNumber(behind.alertsNotRead().getAsLong());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  void patient(PatientView view, Statements statements) throws IOException {
    Pathway pathway = view.pathway();
    List<AlertRow> open = view.open();
    json.writeStringField("patientId", pathway.patientId().value());
    json.writeObjectFieldStart("state");
    decisions.state(pathway.at(), pathway.state());
    json.writeEndObject();
    decisions.list("why", view.why(), this::event);
    decisions.list("alerts", open, this::alert);
    decisions.list("alertsNotRead", view.notRead(), this::line);
    says(
        Stream.concat(
                view.why().stream().map(PathwayEvent::rule),
                open.stream().map(row -> row.last().value().rule()))
            .flatMap(rule -> rule.statements().stream()),
        statements);
  }

  private void line(AlertLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", line.code().name());
    decisions.text("stage", line.stage().map(Enum::name));
    json.writeStringField("priority", line.priority().name());
    json.writeStringField("state", line.state().name());
    decisions.text("gap", line.gap());
    decisions.text("dueAt", line.dueAt().map(Instant::toString));
    json.writeEndObject();
  }

  /** What the guideline says, in words, each once. */
  private void says(Stream<String> ids, Statements statements) throws IOException {
    decisions.list(
        "statements",
        ids.distinct().toList(),
        id -> {
          json.writeStartObject();
          json.writeStringField("id", id);
          json.writeStringField("says", statements.says(id));
          json.writeEndObject();
        });
  }

  void timeline(PatientId patient, Page<TimelineEntry> page) throws IOException {
    json.writeStringField("patientId", patient.value());
    decisions.list("entries", page.items(), this::entry);
    decisions.text("next", page.next());
  }

  private void entry(TimelineEntry entry) throws IOException {
    switch (entry) {
      case TimelineEntry.OfEvent(Published<PathwayEvent> event) -> {
        json.writeStartObject();
        json.writeStringField("kind", "EVENT");
        decisions.event(event.value());
        json.writeEndObject();
      }
      case TimelineEntry.OfAlert(Published<AlertRevision> alert) -> {
        json.writeStartObject();
        json.writeStringField("kind", "ALERT");
        decisions.alert(alert.value(), alert.guidelineId(), alert.guidelineVersion());
        json.writeEndObject();
      }
    }
  }

  private void event(PathwayEvent event) throws IOException {
    json.writeStartObject();
    decisions.event(event);
    json.writeEndObject();
  }

  void alerts(Page<AlertRow> page) throws IOException {
    decisions.list("alerts", page.items(), this::alert);
    decisions.text("next", page.next());
  }

  void accesses(LocalDate day, AccessLog.Lines lines) throws IOException {
    json.writeStringField("day", day.toString());
    json.writeArrayFieldStart("accesses");
    for (String line : lines.lines()) {
      json.writeRawValue(line);
    }
    json.writeEndArray();
    decisions.text("next", lines.next().map(number -> day + ":" + number));
    json.writeNumberField("unreadable", lines.unreadable());
  }

  /** As it is now, and nothing else of it. */
  void changed(AlertRow row) throws IOException {
    json.writeFieldName("alert");
    alert(row);
  }

  void alert(
      AlertRow row,
      List<Published<AlertRevision>> revisions,
      List<String> explanation,
      Statements statements)
      throws IOException {
    changed(row);
    decisions.list(
        "revisions",
        revisions,
        revision -> {
          json.writeStartObject();
          decisions.alert(revision.value(), revision.guidelineId(), revision.guidelineVersion());
          json.writeEndObject();
        });
    decisions.texts("explanation", explanation);
    says(row.last().value().rule().statements().stream(), statements);
  }

  private void alert(AlertRow row) throws IOException {
    Published<AlertRevision> last = row.last();
    json.writeStartObject();
    json.writeStringField("patientId", last.patientId().value());
    json.writeStringField("openedAt", row.openedAt().toString());
    decisions.alert(last.value(), last.guidelineId(), last.guidelineVersion());
    json.writeEndObject();
  }
}
