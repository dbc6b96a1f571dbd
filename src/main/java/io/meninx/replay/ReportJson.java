package io.meninx.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.CodeCount;
import io.meninx.replay.WhatIf.DecisionChange;
import io.meninx.replay.WhatIf.PatientChange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * {@code report.json} (contract section 7), and with another guideline {@code whatif.jsonl}: a line
 * for every patient for whom something changes. Times and durations are ISO-8601.
 */
public final class ReportJson implements ReportWriter {
  /** Name of the report. */
  public static final String NAME = "report.json";

  /** Name of the list of patients. */
  public static final String WHAT_IF = "whatif.jsonl";

  private static final JsonFactory JSON = new JsonFactory();

  /** A writer; there is nothing to set. */
  public ReportJson() {}

  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  @Override
  public void write(Path directory, ReplayResult result, Timelines timelines) throws IOException {
    file(
        directory.resolve(NAME),
        json -> {
          DefaultIndenter lines = new DefaultIndenter("  ", "\n");
          json.setPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
          report(json, result);
          json.writeRaw('\n');
        });
    Files.deleteIfExists(directory.resolve(WHAT_IF));
    if (result.whatIf().isPresent()) {
      List<PatientChange> patients = result.whatIf().get().patients();
      file(
          directory.resolve(WHAT_IF),
          json -> {
            json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString(""));
            for (PatientChange patient : patients) {
              patient(json, patient);
              json.writeRaw('\n');
            }
          });
    }
  }

  private static void file(Path file, Writing writing) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part));
        JsonGenerator json = JSON.createGenerator(out)) {
      writing.to(json);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void report(JsonGenerator json, ReplayResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("entries", result.entries());
    json.writeNumberField("patients", result.patients());
    json.writeNumberField("identical", result.identical());
    json.writeNumberField("diverged", result.diverged());
    json.writeNumberField("engineChanged", result.engineChanged());
    json.writeFieldName("firstDivergence");
    optional(json, result.firstDivergence());
    chain(json, result);
    json.writeArrayFieldStart("byRule");
    for (RuleCount count : result.byRule()) {
      rule(json, count);
    }
    json.writeEndArray();
    json.writeNumberField("erased", result.erased());
    json.writeNumberField("onErased", result.onErased());
    json.writeNumberField("erasedPatients", result.erasedPatients());
    json.writeNumberField("erasures", result.erasures());
    json.writeBooleanField("complete", result.complete());
    json.writeBooleanField("beginsLate", result.beginsLate());
    json.writeNumberField("onMissing", result.onMissing());
    json.writeNumberField("missingPatients", result.missingPatients());
    json.writeNumberField("unreadable", result.unreadable());
    json.writeBooleanField("reproduced", result.reproduced());
    json.writeStringField("engineVersion", result.options().engineVersion());
    text(json, "until", result.options().until());
    json.writeArrayFieldStart("onlyPatients");
    for (PatientId patient : result.options().patients().stream().sorted().toList()) {
      json.writeString(patient.value());
    }
    json.writeEndArray();
    json.writeBooleanField("aboutNobody", result.isAboutNobody());
    if (result.whatIf().isPresent()) {
      whatIf(json, result.whatIf().get());
    }
    json.writeArrayFieldStart("partitions");
    for (PartitionResult partition : result.partitions()) {
      partition(json, partition);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void chain(JsonGenerator json, ReplayResult result) throws IOException {
    json.writeObjectFieldStart("chain");
    json.writeBooleanField("whole", result.chainsWhole());
    json.writeArrayFieldStart("breaks");
    for (PartitionResult partition : result.partitions()) {
      for (ChainReport.Break one : partition.chain().breaks()) {
        json.writeStartObject();
        json.writeNumberField("partition", partition.partition());
        json.writeNumberField("sequence", one.sequence());
        json.writeStringField("fault", one.fault().name());
        json.writeStringField("detail", one.detail());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void rule(JsonGenerator json, RuleCount count) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", count.rule());
    json.writeNumberField("changed", count.changed());
    json.writeNumberField("onlyRecorded", count.onlyRecorded());
    json.writeNumberField("onlyRecomputed", count.onlyRecomputed());
    json.writeNumberField("patients", count.patients());
    json.writeEndObject();
  }

  private static void whatIf(JsonGenerator json, WhatIf whatIf) throws IOException {
    Guideline guideline = whatIf.guideline();
    json.writeObjectFieldStart("whatIf");
    json.writeObjectFieldStart("guideline");
    json.writeStringField("id", guideline.id());
    json.writeStringField("version", guideline.version());
    json.writeStringField("hash", guideline.hash());
    json.writeEndObject();
    json.writeNumberField("patientsChanged", whatIf.patients().size());
    json.writeArrayFieldStart("byCode");
    for (CodeCount count : whatIf.byCode()) {
      json.writeStartObject();
      json.writeStringField("subject", count.subject().name());
      json.writeStringField("name", count.name());
      json.writeNumberField("before", count.before());
      json.writeNumberField("after", count.after());
      json.writeNumberField("gone", count.gone());
      json.writeNumberField("new", count.added());
      json.writeNumberField("earlier", count.earlier());
      json.writeNumberField("later", count.later());
      json.writeNumberField("otherwise", count.otherwise());
      json.writeNumberField("patients", count.patients());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void partition(JsonGenerator json, PartitionResult partition) throws IOException {
    json.writeStartObject();
    json.writeNumberField("partition", partition.partition());
    json.writeNumberField("entries", partition.entries());
    json.writeNumberField("patients", partition.patients());
    json.writeNumberField("identical", partition.identical());
    json.writeNumberField("diverged", partition.diverged());
    json.writeNumberField("engineChanged", partition.engineChanged());
    json.writeNumberField("erased", partition.erased());
    json.writeNumberField("onErased", partition.onErased());
    json.writeNumberField("onMissing", partition.onMissing());
    json.writeNumberField("unreadable", partition.unreadable());
    json.writeFieldName("firstDivergence");
    optional(json, partition.firstDivergence());
    json.writeNumberField("firstEntry", partition.chain().first());
    json.writeNumberField("nextEntry", partition.chain().next());
    json.writeStringField("lastLink", partition.chain().lastLink());
    json.writeArrayFieldStart("inputs");
    for (InputOffsets inputs : partition.inputs()) {
      json.writeStartObject();
      json.writeStringField("topic", inputs.topic());
      json.writeNumberField("partition", inputs.partition());
      json.writeNumberField("firstOffset", inputs.first());
      json.writeNumberField("lastOffset", inputs.last());
      json.writeNumberField("count", inputs.count());
      if (inputs.inTopic().isPresent()) {
        json.writeNumberField("inTopic", inputs.inTopic().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("engineVersions");
    for (var version : partition.engineVersions().entrySet()) {
      json.writeNumberField(version.getKey(), version.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("guidelines");
    for (PartitionResult.GuidelineInUse guideline : partition.guidelines()) {
      json.writeStartObject();
      json.writeStringField("hash", guideline.hash());
      json.writeNumberField("fromEntry", guideline.from());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, Optional<Divergence> divergence)
      throws IOException {
    if (divergence.isPresent()) {
      divergence(json, divergence.get());
    } else {
      json.writeNull();
    }
  }

  /** A difference: patient, journal position, field, recorded, recomputed, rule; and more. */
  static void divergence(JsonGenerator json, Divergence divergence) throws IOException {
    FieldChange first = divergence.fields().getFirst();
    json.writeStartObject();
    text(json, "patient", divergence.patient().map(PatientId::value));
    json.writeNumberField("partition", divergence.position().partition());
    json.writeNumberField("sequence", divergence.position().sequence());
    json.writeStringField("field", first.field());
    text(json, "recorded", first.recorded());
    text(json, "recomputed", first.recomputed());
    text(json, "rule", divergence.rule());
    text(json, "at", divergence.at());
    json.writeStringField("subject", divergence.subject().name());
    json.writeStringField("name", divergence.name());
    otherFields(json, divergence.fields().subList(1, divergence.fields().size()));
    json.writeStringField("engineVersion", divergence.engineVersion());
    json.writeBooleanField("otherEngine", divergence.otherEngine());
    json.writeEndObject();
  }

  private static void otherFields(JsonGenerator json, List<FieldChange> fields) throws IOException {
    json.writeArrayFieldStart("otherFields");
    for (FieldChange field : fields) {
      json.writeStartObject();
      json.writeStringField("field", field.field());
      text(json, "recorded", field.recorded());
      text(json, "recomputed", field.recomputed());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void patient(JsonGenerator json, PatientChange patient) throws IOException {
    json.writeStartObject();
    json.writeStringField("patient", patient.patient().value());
    json.writeNumberField("partition", patient.partition());
    json.writeStringField("from", patient.from().toString());
    json.writeArrayFieldStart("alerts");
    for (AlertChange change : patient.alerts()) {
      json.writeStartObject();
      json.writeStringField("change", change.change().name());
      json.writeStringField("code", change.code().name());
      text(json, "gap", change.gap());
      json.writeStringField("rule", change.rule());
      json.writeNumberField("sequence", change.position().sequence());
      json.writeStringField("highest", change.highest().name());
      text(json, "shift", change.shift());
      text(json, "notificationShift", change.notificationShift());
      life(json, "before", change.before());
      life(json, "after", change.after());
      if (!change.otherFields().isEmpty()) {
        otherFields(json, change.otherFields());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("decisions");
    for (DecisionChange change : patient.decisions()) {
      json.writeStartObject();
      json.writeStringField("change", change.change().name());
      json.writeStringField("name", change.name());
      json.writeStringField("rule", change.rule());
      json.writeNumberField("sequence", change.position().sequence());
      text(json, "before", change.before());
      text(json, "after", change.after());
      text(json, "shift", change.shift());
      if (change.otherEntries()) {
        entries(json, "entriesBefore", change.entriesBefore());
        entries(json, "entriesAfter", change.entriesAfter());
      }
      if (!change.otherFields().isEmpty()) {
        otherFields(json, change.otherFields());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void life(JsonGenerator json, String field, Optional<AlertSpan> span)
      throws IOException {
    if (span.isEmpty()) {
      json.writeNullField(field);
      return;
    }
    json.writeObjectFieldStart(field);
    json.writeStringField("alertKey", span.get().alertKey());
    json.writeStringField("openedAt", span.get().openedAt().toString());
    text(json, "notifiedAt", span.get().notifiedAt());
    text(json, "endedAt", span.get().endedAt());
    json.writeEndObject();
  }

  private static void entries(JsonGenerator json, String field, List<ScheduleEntry> entries)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ScheduleEntry entry : entries) {
      json.writeStartObject();
      json.writeStringField("dueAt", entry.dueAt().toString());
      json.writeStringField("state", entry.state().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String field, Optional<?> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get().toString());
    } else {
      json.writeNullField(field);
    }
  }
}
