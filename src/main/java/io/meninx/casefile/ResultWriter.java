package io.meninx.casefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.meninx.casefile.CaseResult.DecidedBy;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.wire.DecisionJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Writes a {@link CaseResult}: the keys of contract section 6 in their order, absent values null.
 */
final class ResultWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final DecisionJson decisions;
  private final DecidedBy guideline;

  private ResultWriter(JsonGenerator json, DecidedBy guideline) {
    this.json = json;
    this.decisions = new DecisionJson(json);
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
    objects("events", result.events(), decisions::event);
    objects(
        "alerts",
        result.alerts(),
        alert -> decisions.alert(alert, guideline.id(), guideline.version()));
    objects("rejected", result.rejected(), this::rejected);
    json.writeObjectFieldStart("final");
    decisions.state(result.endedAt(), result.state());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void rejected(Rejected rejected) throws IOException {
    json.writeNumberField("index", rejected.index());
    json.writeStringField("reason", rejected.reason());
    decisions.text("field", Optional.of(rejected.field()).filter(field -> !field.isEmpty()));
  }

  private <T> void objects(String key, List<T> values, DecisionJson.ElementWriter<T> fields)
      throws IOException {
    decisions.list(
        key,
        values,
        value -> {
          json.writeStartObject();
          fields.write(value);
          json.writeEndObject();
        });
  }
}
