package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.PathwayEvent;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.Divergence.Subject;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.DecisionChange;
import io.meninx.replay.WhatIf.PatientChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sets what was decided against what another guideline decides, patient by patient. What is the
 * same on both sides is forgotten at once, so that memory is taken by what differs and by open
 * alerts. By which rule something is decided is not compared: editions may differ in that and
 * decide the same.
 */
final class WhatIfWatcher implements Watcher {
  /** Texts that are looked for before another one is kept. */
  private static final int LATELY = 10_000;

  private final TreeMap<PatientId, Sides> patients = new TreeMap<>();
  private final CodeTally tally = new CodeTally();

  /** What says the same of many patients, such as names and entries of schedules, as one object. */
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * What was said lately, as one object: the other side says much of it too, and so do decisions
   * that follow. It is about one patient, so that keeping all of it would not pay.
   */
  private final LinkedHashMap<Object, Object> lately = new LinkedHashMap<>(16, 0.75f, true);

  /** An event, as far as it is compared. */
  private record Moment(
      JournalPosition position,
      String name,
      String rule,
      Instant at,
      List<ScheduleEntry> entries,
      Outcome outcome,
      List<String> missing,
      String evidence) {

    boolean same(Moment other) {
      return at.equals(other.at)
          && name.equals(other.name)
          && entries.equals(other.entries)
          && outcome == other.outcome
          && missing.equals(other.missing)
          && evidence.equals(other.evidence);
    }

    /** What the other one says otherwise, besides its entries. */
    List<FieldChange> otherFields(Moment other) {
      List<FieldChange> fields = new ArrayList<>();
      add(fields, "outcome", Optional.of(outcome.name()), Optional.of(other.outcome.name()));
      add(fields, "missing", line(missing), line(other.missing));
      add(fields, "evidence", given(evidence), given(other.evidence));
      return fields;
    }

    private static Optional<String> line(List<String> texts) {
      return Fields.list(texts, text -> text);
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(one -> !one.isEmpty());
    }
  }

  private static final class Sides {
    private int partition;
    private final List<Moment> before = new ArrayList<>();
    private final List<Moment> after = new ArrayList<>();
    private final AlertSpans alertsBefore = new AlertSpans();
    private final AlertSpans alertsAfter = new AlertSpans();
    private final List<AlertSpan> endedBefore = new ArrayList<>();
    private final List<AlertSpan> endedAfter = new ArrayList<>();
  }

  @Override
  public void recorded(JournalPosition position, Group group) {
    Sides sides = sides(position, group);
    for (PathwayEvent event : group.events()) {
      tally.count(Subject.EVENT, Fields.name(event)).before++;
      cancel(moment(position, event), sides.before, sides.after, Moment::same);
    }
    group.alerts().forEach(alert -> sides.alertsBefore.add(position, alert));
    for (AlertSpan span : sides.alertsBefore.takeEnded()) {
      tally.count(Subject.ALERT, name(span)).before++;
      cancel(share(span), sides.endedBefore, sides.endedAfter, AlertSpan::sameLife);
    }
  }

  @Override
  public void recomputed(JournalPosition position, Group group) {
    Sides sides = sides(position, group);
    for (PathwayEvent event : group.events()) {
      tally.count(Subject.EVENT, Fields.name(event)).after++;
      cancel(moment(position, event), sides.after, sides.before, Moment::same);
    }
    group.alerts().forEach(alert -> sides.alertsAfter.add(position, alert));
    for (AlertSpan span : sides.alertsAfter.takeEnded()) {
      tally.count(Subject.ALERT, name(span)).after++;
      cancel(share(span), sides.endedAfter, sides.endedBefore, AlertSpan::sameLife);
    }
  }

  private Moment moment(JournalPosition position, PathwayEvent event) {
    return new Moment(
        position,
        share(Fields.name(event)),
        share(event.rule().id()),
        event.at(),
        event.entries().stream().map(this::share).toList(),
        event.outcome(),
        share(event.missing()),
        lately(Fields.evidence(event.evidence()).orElse("")));
  }

  private AlertSpan share(AlertSpan span) {
    return new AlertSpan(
        span.position(),
        span.alertKey(),
        span.code(),
        share(span.gap()),
        share(span.rule()),
        share(span.summary()),
        span.steps().stream().map(step -> step.saying(share(step.text()))).toList());
  }

  private AlertText share(AlertText text) {
    return lately(
        new AlertText(
            share(text.summary()),
            text.dueAt(),
            share(text.audience()),
            text.preliminary(),
            share(text.missing()),
            lately(text.evidence())));
  }

  @SuppressWarnings("unchecked") // What is equal is of the same class.
  private <T> T lately(T value) {
    Object known = lately.putIfAbsent(value, value);
    if (lately.size() > LATELY) {
      lately.pollFirstEntry();
    }
    return known == null ? value : (T) known;
  }

  @SuppressWarnings("unchecked") // What is equal is of the same class.
  private <T> T share(T value) {
    Object known = shared.putIfAbsent(value, value);
    return known == null ? value : (T) known;
  }

  private Sides sides(JournalPosition position, Group group) {
    Sides sides = patients.computeIfAbsent(group.patientId(), _ -> new Sides());
    sides.partition = position.partition();
    return sides;
  }

  /** Takes away the same thing from the other side, or keeps it on this one. */
  private static <T> void cancel(T one, List<T> own, List<T> other, BiPredicate<T, T> same) {
    for (int i = 0; i < other.size(); i++) {
      if (same.test(one, other.get(i))) {
        other.remove(i);
        return;
      }
    }
    own.add(one);
  }

  /** What changes, by patient; call once, at the end. */
  List<PatientChange> changes() {
    List<PatientChange> changes = new ArrayList<>();
    patients.forEach(
        (patient, sides) -> {
          List<DecisionChange> decisions = decisions(sides);
          List<AlertChange> alerts = alerts(sides);
          decisions.forEach(change -> tally.add(patient, change));
          alerts.forEach(change -> tally.add(patient, change));
          first(decisions, alerts)
              .ifPresent(
                  from ->
                      changes.add(
                          new PatientChange(patient, sides.partition, from, decisions, alerts)));
        });
    return changes;
  }

  /** How decisions change by code; after {@link #changes}. */
  CodeTally tally() {
    return tally;
  }

  private static Optional<Instant> first(List<DecisionChange> decisions, List<AlertChange> alerts) {
    return Stream.concat(
            decisions.stream().map(DecisionChange::at), alerts.stream().map(AlertChange::at))
        .min(Comparator.naturalOrder());
  }

  private static List<DecisionChange> decisions(Sides sides) {
    List<DecisionChange> changes = new ArrayList<>();
    NearestPairs<Moment> pairs =
        new NearestPairs<>(Moment::at).pair(sides.before, sides.after, Moment::name);
    for (Moment before : sides.before) {
      Optional<Moment> after = pairs.of(before);
      changes.add(
          new DecisionChange(
              after.map(other -> change(before.at(), other.at())).orElse(Change.GONE),
              before.name(),
              before.rule(),
              before.position(),
              Optional.of(before.at()),
              after.map(Moment::at),
              before.entries(),
              after.map(Moment::entries).orElse(List.of()),
              after
                  .filter(other -> other.at().equals(before.at()))
                  .map(before::otherFields)
                  .orElse(List.of())));
    }
    for (Moment after : sides.after) {
      if (!pairs.isPaired(after)) {
        changes.add(
            new DecisionChange(
                Change.NEW,
                after.name(),
                after.rule(),
                after.position(),
                Optional.empty(),
                Optional.of(after.at()),
                List.of(),
                after.entries(),
                List.of()));
      }
    }
    changes.sort(Comparator.comparing(DecisionChange::at).thenComparing(DecisionChange::name));
    return changes;
  }

  private List<AlertChange> alerts(Sides sides) {
    for (AlertSpan open : sides.alertsBefore.all()) {
      tally.count(Subject.ALERT, name(open)).before++;
      cancel(share(open), sides.endedBefore, sides.endedAfter, AlertSpan::sameLife);
    }
    for (AlertSpan open : sides.alertsAfter.all()) {
      tally.count(Subject.ALERT, name(open)).after++;
      cancel(share(open), sides.endedAfter, sides.endedBefore, AlertSpan::sameLife);
    }
    List<AlertChange> changes = new ArrayList<>();
    NearestPairs<AlertSpan> pairs =
        new NearestPairs<>(AlertSpan::openedAt)
            .pair(sides.endedBefore, sides.endedAfter, AlertSpan::alertKey)
            .pair(sides.endedBefore, sides.endedAfter, WhatIfWatcher::name);
    sides.endedBefore.forEach(before -> changes.add(change(Optional.of(before), pairs.of(before))));
    sides.endedAfter.stream()
        .filter(after -> !pairs.isPaired(after))
        .forEach(after -> changes.add(change(Optional.empty(), Optional.of(after))));
    changes.sort(
        Comparator.comparing(AlertChange::at).thenComparing(change -> change.code().name()));
    return changes;
  }

  private static AlertChange change(Optional<AlertSpan> before, Optional<AlertSpan> after) {
    AlertSpan one = before.or(() -> after).orElseThrow();
    Change change =
        before.isEmpty()
            ? Change.NEW
            : after.map(other -> change(one.openedAt(), other.openedAt())).orElse(Change.GONE);
    Priority highest =
        after
            .map(AlertSpan::highest)
            .filter(other -> other.compareTo(one.highest()) > 0)
            .orElse(one.highest());
    return new AlertChange(
        change,
        one.code(),
        one.gap(),
        one.rule(),
        position(one, after.filter(_ -> before.isPresent())),
        highest,
        before,
        after,
        after
            .filter(_ -> change == Change.OTHERWISE)
            .map(other -> AlertText.changes(one, other))
            .orElse(List.of()));
  }

  /** Where a life is otherwise for the first time; of two that open otherwise, where one opened. */
  private static JournalPosition position(AlertSpan one, Optional<AlertSpan> other) {
    int same = other.map(one::sameSteps).orElse(0);
    Optional<AlertSpan.Step> own = one.step(same);
    Optional<AlertSpan.Step> others = other.flatMap(life -> life.step(same));
    boolean otherIsFirst =
        others.filter(step -> own.isEmpty() || step.at().isBefore(own.get().at())).isPresent();
    if (same == 0 || !otherIsFirst) {
      return one.positionOf(one.step(same).orElseThrow());
    }
    return other.orElseThrow().positionOf(others.orElseThrow());
  }

  private static Change change(Instant before, Instant after) {
    return after.isBefore(before)
        ? Change.EARLIER
        : after.isAfter(before) ? Change.LATER : Change.OTHERWISE;
  }

  private static String name(AlertSpan span) {
    return span.code() + span.gap().map(gap -> " " + gap).orElse("");
  }

  // As lines of diff.jsonl.

  /** A difference that is written out when its turn comes: there may be millions. */
  private record Line(
      JournalPosition position,
      Supplier<List<JournalPosition>> recordedIn,
      Supplier<Divergence> divergence) {}

  /**
   * A change as a difference.
   *
   * @param divergence what differs
   * @param recordedIn the entries with recorded decisions that would be otherwise
   */
  record Late(Divergence divergence, List<JournalPosition> recordedIn) {}

  /** The same changes as differences, in the order of the journal. */
  static Stream<Late> divergences(List<PatientChange> changes, String engineVersion) {
    List<Line> lines = new ArrayList<>();
    for (PatientChange patient : changes) {
      for (DecisionChange change : patient.decisions()) {
        lines.add(
            new Line(
                change.position(),
                change::recordedIn,
                () -> divergence(patient.patient(), change, engineVersion)));
      }
      for (AlertChange change : patient.alerts()) {
        lines.add(
            new Line(
                change.position(),
                change::recordedIn,
                () -> divergence(patient.patient(), change, engineVersion)));
      }
    }
    lines.sort(Comparator.comparing(Line::position));
    return lines.stream().map(line -> new Late(line.divergence().get(), line.recordedIn().get()));
  }

  private static Divergence divergence(
      PatientId patient, DecisionChange change, String engineVersion) {
    return divergence(
        patient,
        change.position(),
        change.at(),
        Subject.EVENT,
        change.name(),
        fields(change),
        change.rule(),
        engineVersion);
  }

  private static Divergence divergence(
      PatientId patient, AlertChange change, String engineVersion) {
    return divergence(
        patient,
        change.position(),
        change.at(),
        Subject.ALERT,
        change.code() + change.gap().map(gap -> " " + gap).orElse(""),
        fields(change),
        change.rule(),
        engineVersion);
  }

  private static Divergence divergence(
      PatientId patient,
      JournalPosition position,
      Instant at,
      Subject subject,
      String name,
      List<FieldChange> fields,
      String rule,
      String engineVersion) {
    return new Divergence(
        position,
        Optional.of(patient),
        Optional.of(at),
        subject,
        name,
        fields,
        Optional.of(rule),
        engineVersion,
        false);
  }

  private static List<FieldChange> fields(DecisionChange change) {
    List<FieldChange> fields = new ArrayList<>();
    if (change.change() != Change.OTHERWISE) {
      boolean both = change.before().isPresent() && change.after().isPresent();
      fields.add(
          new FieldChange(
              both ? "at" : "decision",
              change.before().map(Instant::toString),
              change.after().map(Instant::toString)));
    }
    if (change.otherEntries()) {
      fields.add(
          new FieldChange(
              "entries",
              Fields.entries(change.entriesBefore()),
              Fields.entries(change.entriesAfter())));
    }
    fields.addAll(change.otherFields());
    return fields;
  }

  private static List<FieldChange> fields(AlertChange change) {
    List<FieldChange> fields = new ArrayList<>();
    if (change.change() != Change.OTHERWISE) {
      boolean both = change.before().isPresent() && change.after().isPresent();
      add(fields, change, both ? "openedAt" : "decision", span -> span.openedAt().toString());
    } else {
      add(fields, change, "life", WhatIfWatcher::life);
      add(fields, change, "alertKey", AlertSpan::alertKey);
    }
    fields.addAll(change.otherFields());
    return fields;
  }

  private static void add(
      List<FieldChange> fields, AlertChange change, String name, Function<AlertSpan, String> text) {
    add(fields, name, change.before().map(text), change.after().map(text));
  }

  /** Adds a field, unless it is the same on both sides. */
  private static void add(
      List<FieldChange> fields, String name, Optional<String> before, Optional<String> after) {
    if (!before.equals(after)) {
      fields.add(new FieldChange(name, before, after));
    }
  }

  private static String life(AlertSpan span) {
    List<String> steps = new ArrayList<>();
    for (AlertSpan.Step step : span.steps()) {
      steps.add(
          step.at()
              + " "
              + step.state()
              + step.reason().map(reason -> " " + reason).orElse("")
              + step.stage().map(stage -> " " + stage).orElse("")
              + " "
              + step.priority()
              + (step.notifies() ? " notify" : ""));
    }
    return String.join("; ", steps);
  }
}
