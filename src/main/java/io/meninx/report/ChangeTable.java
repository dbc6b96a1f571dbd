package io.meninx.report;

import io.meninx.guideline.ScheduleEntry;
import io.meninx.replay.AlertSpan;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.DecisionChange;
import io.meninx.replay.WhatIf.PatientChange;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changes for one patient. */
final class ChangeTable {
  private static final int IN_A_LINE = 3;

  /** Characters of a text that is in diff.jsonl as a whole. */
  private static final int IN_A_CELL = 300;

  private ChangeTable() {}

  /** What matters most, in a line. */
  static String gist(PatientChange change) {
    if (change.alerts().isEmpty()) {
      return inALine(
          change.decisions().stream()
              .map(
                  one ->
                      Wording.event(one.name())
                          + " "
                          + how(one.change(), one.shift().map(Wording::shift))));
    }
    return inALine(
        change.alerts().stream()
            .sorted(
                Comparator.comparing(AlertChange::highest)
                    .reversed()
                    .thenComparing(one -> one.change() == Change.OTHERWISE)
                    .thenComparing(AlertChange::at)
                    .thenComparing(one -> one.code().name()))
            .map(one -> name(one) + " " + how(one.change(), one.shift().map(Wording::shift))));
  }

  /** The first few, each once, with how often it is there. */
  private static String inALine(Stream<String> texts) {
    Map<String, Long> counts =
        texts.collect(
            Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .limit(IN_A_LINE)
        .map(one -> one.getKey() + (one.getValue() > 1 ? " (" + one.getValue() + " times)" : ""))
        .collect(Collectors.joining("; "));
  }

  private static String how(Change change, Optional<String> shift) {
    return switch (change) {
      case EARLIER, LATER -> shift.orElse(Wording.change(change));
      case GONE, NEW, OTHERWISE -> Wording.change(change);
    };
  }

  private static String name(AlertChange change) {
    return Wording.code(change.code()) + change.gap().map(gap -> " " + gap).orElse("");
  }

  static void write(Html html, PatientChange change, Limits limits) {
    if (!change.alerts().isEmpty()) {
      Page.table(
          html,
          "Alerts that change",
          List.of("Alert", "Rule", "Change", "As recorded", "By the other guideline", "Told"));
      change.alerts().stream().limit(limits.rows()).forEach(one -> alert(html, one));
      Page.endTable(html);
      left(html, change.alerts().size(), limits);
    }
    if (!change.decisions().isEmpty()) {
      Page.table(
          html,
          "Decisions that change",
          List.of("Decision", "Rule", "Change", "As recorded", "By the other guideline"));
      change.decisions().stream().limit(limits.rows()).forEach(one -> decision(html, one));
      Page.endTable(html);
      left(html, change.decisions().size(), limits);
    }
  }

  private static void left(Html html, int rows, Limits limits) {
    if (rows > limits.rows()) {
      html.of(
          "p",
          Wording.number(rows - limits.rows()) + " later ones are left out; whatif.jsonl has all.");
    }
  }

  private static void alert(Html html, AlertChange change) {
    html.open("tr").of("th", name(change), "scope", "row").of("td", change.rule());
    html.of("td", how(change.change(), change.shift().map(Wording::shift)));
    html.of(
        "td",
        change.before().map(ChangeTable::life).orElse("never")
            + said(change.otherFields(), FieldChange::recorded));
    html.of(
        "td",
        change.after().map(ChangeTable::life).orElse("never")
            + said(change.otherFields(), FieldChange::recomputed));
    html.of("td", told(change)).close();
  }

  private static String told(AlertChange change) {
    boolean before = change.before().flatMap(AlertSpan::notifiedAt).isPresent();
    boolean after = change.after().flatMap(AlertSpan::notifiedAt).isPresent();
    if (before && after) {
      return change.notificationShift().map(Wording::shift).orElse("");
    }
    return before ? "would not be told" : after ? "would be told" : "in neither";
  }

  /** From when to when an alert was open, and how high it rose. */
  static String life(AlertSpan span) {
    return Wording.time(span.openedAt())
        + span.endedAt().map(at -> " to " + Wording.time(at)).orElse(", still open")
        + ", "
        + span.highest();
  }

  private static void decision(Html html, DecisionChange change) {
    html.open("tr").of("th", Wording.event(change.name()), "scope", "row").of("td", change.rule());
    html.of("td", how(change.change(), change.shift().map(Wording::shift)));
    html.of(
        "td",
        change.before().map(Wording::time).orElse("never")
            + only(change, change.entriesBefore(), change.entriesAfter())
            + said(change.otherFields(), FieldChange::recorded));
    html.of(
            "td",
            change.after().map(Wording::time).orElse("never")
                + only(change, change.entriesAfter(), change.entriesBefore())
                + said(change.otherFields(), FieldChange::recomputed))
        .close();
  }

  /** What one side says otherwise than the other. */
  private static String said(List<FieldChange> fields, Function<FieldChange, Optional<String>> by) {
    return fields.stream()
        .map(
            field ->
                "; "
                    + field.field()
                    + ": "
                    + by.apply(field).map(text -> Wording.cut(text, IN_A_CELL)).orElse("none"))
        .collect(Collectors.joining());
  }

  /** The entries of a schedule that the other side does not have. */
  private static String only(
      DecisionChange change, List<ScheduleEntry> own, List<ScheduleEntry> other) {
    if (!change.otherEntries()) {
      return "";
    }
    List<String> entries =
        own.stream()
            .filter(entry -> !other.contains(entry))
            .map(entry -> LocalDate.ofInstant(entry.dueAt(), ZoneOffset.UTC) + " " + entry.state())
            .toList();
    return entries.isEmpty() ? "; no further entries" : "; " + String.join(", ", entries);
  }
}
