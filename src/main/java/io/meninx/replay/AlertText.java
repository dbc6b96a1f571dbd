package io.meninx.replay;

import io.meninx.guideline.Audience;
import io.meninx.pathway.AlertRevision;
import io.meninx.replay.Divergence.FieldChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a revision of an alert tells people, and whom. Not by which rule: editions of a guideline
 * may differ in that and say the same.
 *
 * @param summary as it stands in the alert: a dose that is held is held here
 * @param dueAt 00:00Z of the target day, for alerts that have one
 * @param audience roles
 * @param preliminary whether it rests on preliminary results only
 * @param missing data that would be needed, as KIND.field
 * @param evidence the facts it rests on, in a line
 */
public record AlertText(
    String summary,
    Optional<Instant> dueAt,
    List<Audience> audience,
    boolean preliminary,
    List<String> missing,
    String evidence) {

  private static final List<Field> FIELDS =
      List.of(
          new Field("summary", AlertText::summary),
          new Field("dueAt", text -> text.dueAt().map(Instant::toString).orElse("")),
          new Field("audience", text -> Fields.list(text.audience(), Enum::name).orElse("")),
          new Field("preliminary", text -> Boolean.toString(text.preliminary())),
          new Field("missing", text -> Fields.list(text.missing(), one -> one).orElse("")),
          new Field("evidence", AlertText::evidence));

  private record Field(String name, Function<AlertText, String> value) {}

  public AlertText {
    audience = List.copyOf(audience);
    missing = List.copyOf(missing);
  }

  static AlertText of(AlertRevision revision) {
    return new AlertText(
        revision.summary(),
        revision.dueAt(),
        revision.audience(),
        revision.preliminary(),
        revision.missing(),
        Fields.evidence(revision.evidence()).orElse(""));
  }

  /** The fields in which what two lives say differs, each as it went on from step to step. */
  static List<FieldChange> changes(AlertSpan before, AlertSpan after) {
    List<FieldChange> changes = new ArrayList<>();
    for (Field field : FIELDS) {
      Optional<String> one = course(before, field);
      Optional<String> other = course(after, field);
      if (!one.equals(other)) {
        changes.add(new FieldChange(field.name(), one, other));
      }
    }
    return changes;
  }

  /** "First, and from the third step on another", or nothing when it is never given. */
  private static Optional<String> course(AlertSpan life, Field field) {
    List<String> course = new ArrayList<>();
    String last = "";
    for (int step = 0; step < life.steps().size(); step++) {
      String value = field.value().apply(life.steps().get(step).text());
      if (!value.equals(last)) {
        String given = value.isEmpty() ? "none" : value;
        course.add(step == 0 ? given : "step " + (step + 1) + ": " + given);
      }
      last = value;
    }
    return course.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", course));
  }
}
