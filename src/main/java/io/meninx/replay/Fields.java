package io.meninx.replay;

import io.meninx.fact.ObservedAt;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.replay.Divergence.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of decisions, by the names they have in the output topics, as text. */
final class Fields {
  private static final List<Field<PathwayEvent>> EVENT =
      List.of(
          new Field<>("code", event -> text(event.code())),
          new Field<>("previous", PathwayEvent::previous),
          new Field<>("gap", PathwayEvent::gap),
          new Field<>("factId", PathwayEvent::factId),
          new Field<>("at", event -> text(event.at())),
          new Field<>("outcome", event -> text(event.outcome())),
          new Field<>("entries", event -> entries(event.entries())),
          new Field<>("rule", event -> text(rule(event.rule()))),
          new Field<>("evidence", event -> evidence(event.evidence())),
          new Field<>("missing", event -> list(event.missing(), text -> text)),
          new Field<>("type", event -> text(event.type())),
          new Field<>("eventId", event -> text(event.eventId())));

  private static final List<Field<AlertRevision>> ALERT =
      List.of(
          new Field<>("state", alert -> text(alert.state())),
          new Field<>("stage", alert -> alert.stage().map(Enum::name)),
          new Field<>("priority", alert -> text(alert.priority())),
          new Field<>("notify", alert -> text(alert.notifies())),
          new Field<>("at", alert -> text(alert.at())),
          new Field<>("dueAt", alert -> alert.dueAt().map(Object::toString)),
          new Field<>("revision", alert -> text(alert.revision())),
          new Field<>("resolutionReason", alert -> alert.resolutionReason().map(Enum::name)),
          new Field<>("gap", AlertRevision::gap),
          new Field<>("audience", alert -> list(alert.audience(), Enum::name)),
          new Field<>("preliminary", alert -> text(alert.preliminary())),
          new Field<>("summary", alert -> text(alert.summary())),
          new Field<>("rule", alert -> text(rule(alert.rule()))),
          new Field<>("evidence", alert -> evidence(alert.evidence())),
          new Field<>("missing", alert -> list(alert.missing(), text -> text)),
          new Field<>("code", alert -> text(alert.code())),
          new Field<>("alertKey", alert -> text(alert.alertKey())));

  private Fields() {}

  private record Field<T>(String name, Function<T, Optional<String>> value) {}

  /** The fields in which two events differ. */
  static List<FieldChange> of(PathwayEvent recorded, PathwayEvent recomputed) {
    return changes(EVENT, recorded, recomputed);
  }

  /** The fields in which two revisions of alerts differ. */
  static List<FieldChange> of(AlertRevision recorded, AlertRevision recomputed) {
    return changes(ALERT, recorded, recomputed);
  }

  /** An event in a line. */
  static String line(PathwayEvent event) {
    return name(event) + " at " + event.at() + " " + event.outcome();
  }

  /** A revision of an alert in a line. */
  static String line(AlertRevision alert) {
    return name(alert)
        + " at "
        + alert.at()
        + " "
        + alert.state()
        + alert.stage().map(stage -> " " + stage).orElse("")
        + " "
        + alert.priority()
        + (alert.notifies() ? " notify" : "");
  }

  /** Type and code of an event. */
  static String name(PathwayEvent event) {
    return event.type() + " " + event.code() + event.gap().map(gap -> " " + gap).orElse("");
  }

  /** Code and gap of an alert. */
  static String name(AlertRevision alert) {
    return alert.code() + alert.gap().map(gap -> " " + gap).orElse("");
  }

  private static <T> List<FieldChange> changes(List<Field<T>> fields, T recorded, T recomputed) {
    List<FieldChange> changes = new ArrayList<>();
    for (Field<T> field : fields) {
      Optional<String> before = field.value().apply(recorded);
      Optional<String> after = field.value().apply(recomputed);
      if (!before.equals(after)) {
        changes.add(new FieldChange(field.name(), before, after));
      }
    }
    return changes;
  }

  private static Optional<String> text(Object value) {
    return Optional.of(String.valueOf(value));
  }

  /** Values in a line, if there are any. */
  static <T> Optional<String> list(List<T> values, Function<T, String> text) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().map(text).collect(Collectors.joining("; ")));
  }

  private static String rule(RuleRef rule) {
    return rule.id() + " " + rule.statements();
  }

  /** The entries of a schedule in a line, if there are any. */
  static Optional<String> entries(List<ScheduleEntry> entries) {
    return list(entries, Fields::entry);
  }

  private static String entry(ScheduleEntry entry) {
    return entry.dueAt() + " " + entry.state();
  }

  /** Facts in a line, if there are any. */
  static Optional<String> evidence(List<Evidence> evidence) {
    return list(evidence, Fields::evidence);
  }

  private static String evidence(Evidence evidence) {
    ObservedAt observed = evidence.observedAt();
    String when =
        observed.precision() == ObservedAt.Precision.DAY
            ? observed.date().toString()
            : observed.instant().toString();
    return evidence.kind()
        + " "
        + evidence.value()
        + " ("
        + evidence.status()
        + ", "
        + when
        + ", report "
        + evidence.factId()
        + ")";
  }
}
