package io.meninx.service.metrics;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Stage;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import io.meninx.topology.Decided.Oddity;
import io.meninx.topology.Names;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tags of metrics. The values of each are a closed set, so that the number of series is known
 * beforehand and no tag can hold a patient.
 */
public enum Tag {
  INPUT_TOPIC("topic", Topic.inputs().stream().map(Topic::baseName).toList()),
  FACT_TOPIC(
      "topic",
      Topic.inputs().stream()
          .filter(topic -> topic != Topic.CLOCK_TICKS)
          .map(Topic::baseName)
          .toList()),
  STATUS("status", List.of("decided", "duplicate", "dead_letter", "tick")),
  CAUSE("cause", names(Cause.values())),
  EVENT("type", names(EventType.values())),
  POISON("reason", names(PoisonReason.values())),
  ODDITY("kind", names(Oddity.values())),
  CODE("code", names(AlertCode.values())),
  PRIORITY("priority", names(Priority.values())),
  /** NONE for alerts without a due date. */
  ALERT_STAGE(
      "stage", Stream.concat(Stream.of("NONE"), names(AlertStage.values()).stream()).toList()),
  REACHED("stage", List.of(AlertStage.OVERDUE.name(), AlertStage.CRITICAL.name())),
  ENDED("reason", names(ResolutionReason.values())),
  PATIENT_STAGE("stage", names(Stage.values())),
  STORE("store", Names.STORES),
  VERDICT(
      "verdict",
      List.of(
          "IDENTICAL",
          "DIVERGED",
          "ENGINE_CHANGED",
          "ON_ERASED",
          "ERASED",
          "ON_MISSING",
          "UNREADABLE")),
  /** One value in a process. */
  VERSION("version", List.of()),
  /** One value in a process: id and version of the guideline. */
  GUIDELINE("guideline", List.of());

  private final String key;
  private final List<String> values;

  Tag(String key, List<String> values) {
    this.key = key;
    this.values = values;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  /** Its name in Prometheus. */
  public String key() {
    return key;
  }

  /** Every value it may have; empty when there is one value only, that of the process. */
  public List<String> allowed() {
    return values;
  }

  boolean allows(String value) {
    return values.isEmpty() || values.contains(value);
  }
}
