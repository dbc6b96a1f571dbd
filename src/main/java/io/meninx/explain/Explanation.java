package io.meninx.explain;

import io.meninx.edition.Statements;
import io.meninx.fact.ObservedAt;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Findings;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Reason;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Explains decisions in words. Supports and never commands: it says which criteria are met, on
 * what, and what is not known; what to do is for the reader.
 */
public final class Explanation {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Checks before an intrathecal dose that no input field can answer (clinical rules, section 5).
   */
  private static final List<String> DOSE_QUESTIONS =
      List.of(
          "no fever and no sign of reservoir infection?",
          "no new focal deficit or sign of a mass?",
          "preservative-free product?",
          "consent up to date?",
          "cell count and protein with this access; cytology due at the day 29 dose, at days 50 to"
              + " 56, then with each monthly dose?");

  private final Statements statements;
  private final List<String> lines = new ArrayList<>();

  private Explanation(Statements statements) {
    this.statements = statements;
  }

  /** One alert, by all its revisions; at least one, oldest first. */
  public static List<String> ofAlert(Statements statements, List<AlertRevision> revisions) {
    Explanation explanation = new Explanation(statements);
    explanation.alert(revisions);
    return explanation.lines;
  }

  /**
   * The present state of a patient with the reasons for everything that stands, and what was looked
   * at and does not.
   *
   * @param statements in words
   * @param at the moment
   * @param findings of the rules at that moment
   * @param state the public state, with the open alerts
   * @param alerts every revision so far, oldest first
   */
  public static List<String> ofPatient(
      Statements statements,
      Instant at,
      Findings findings,
      PublicState state,
      List<AlertRevision> alerts) {
    Explanation explanation = new Explanation(statements);
    explanation.patient(at, findings, state, alerts);
    return explanation.lines;
  }

  // ------------------------------------------------------------------ an alert

  private void alert(List<AlertRevision> revisions) {
    AlertRevision last = revisions.getLast();
    String gap = last.gap().map(code -> " " + code).orElse("");
    String stage = last.stage().map(value -> ", " + value).orElse("");
    lines.add(last.priority() + " " + last.code() + gap + stage + " (" + last.state() + ")");
    lines.add("  " + last.summary());
    if (last.preliminary()) {
      lines.add("  Rests on preliminary results only.");
    }
    last.dueAt().ifPresent(due -> lines.add("  Target day: " + day(due)));
    lines.add(
        "  For: " + String.join(", ", last.audience().stream().map(Explanation::words).toList()));
    reason("  ", last.rule(), last.evidence(), last.missing());
    if (last.code() == AlertCode.INTRATHECAL_DOSE_DUE) {
      lines.add("  To ask before a dose, since no report says it:");
      DOSE_QUESTIONS.forEach(question -> lines.add("    - " + question));
    }
    lines.add("  How it went:");
    for (AlertRevision revision : revisions) {
      String why = revision.resolutionReason().map(reason -> ", " + words(reason)).orElse("");
      String notified = revision.notifies() ? ", notified" : "";
      lines.add(
          "    "
              + TIME.format(revision.at())
              + "  "
              + words(revision.state())
              + revision.stage().map(value -> " " + words(value)).orElse("")
              + why
              + notified);
    }
  }

  // ------------------------------------------------------------------ a patient

  private void patient(
      Instant at, Findings findings, PublicState state, List<AlertRevision> alerts) {
    lines.add("At " + TIME.format(at) + " UTC");
    lines.add("Type " + state.type() + ", certainty " + words(state.certainty()));
    reason("  ", findings.classification().reason());
    lines.add("Status group " + words(state.statusGroup()));
    reason("  ", findings.statusGroup().reason());
    lines.add("Stage " + words(state.stage()));
    reason("  ", findings.stage().reason());
    lines.add(
        state.recommendations().isEmpty()
            ? "No criteria met for a recommendation"
            : "Criteria met for");
    for (Recommendation recommendation : state.recommendations()) {
      lines.add("  " + words(recommendation));
      Optional.ofNullable(findings.recommendations().get(recommendation))
          .ifPresent(why -> reason("    ", why));
    }
    lines.add(
        state.contraindications().isEmpty()
            ? "No contraindication stands"
            : "Stands against an act");
    for (ContraindicationCode code : state.contraindications()) {
      lines.add("  " + code);
      Optional.ofNullable(findings.contraindications().get(code))
          .ifPresent(why -> reason("    ", why));
    }
    withheld(findings.withheld());
    schedules(state.schedules());
    openAlerts(state, alerts);
  }

  /** What was looked at and not given: one line each, so that the page stays readable. */
  private void withheld(SortedMap<Recommendation, Reason> withheld) {
    if (withheld.isEmpty()) {
      return;
    }
    lines.add("Looked at, criteria not met or not known");
    withheld.forEach(
        (recommendation, why) -> {
          List<String> against = new ArrayList<>();
          if (why.outcome() == Outcome.MET) {
            against.add("declined");
          }
          if (!why.unmet().isEmpty()) {
            against.add("wants " + String.join(", ", why.unmet()));
          }
          if (!why.missing().isEmpty()) {
            against.add("not known: " + String.join(", ", why.missing()));
          }
          String rest = against.isEmpty() ? words(why.outcome()) : String.join("; ", against);
          lines.add("  " + words(recommendation) + " (" + why.rule().id() + "): " + rest);
        });
  }

  private static String words(Recommendation recommendation) {
    return recommendation.code() + recommendation.gap().map(gap -> " " + gap).orElse("");
  }

  private void schedules(List<Schedule> schedules) {
    lines.add(schedules.isEmpty() ? "Nothing is scheduled" : "Scheduled");
    for (Schedule schedule : schedules) {
      List<String> next = new ArrayList<>();
      for (ScheduleEntry entry : schedule.entries()) {
        if (entry.state() != EntryState.DONE) {
          next.add(day(entry.dueAt()) + " " + words(entry.state()));
        }
      }
      lines.add(
          "  " + schedule.code() + ": " + (next.isEmpty() ? "all done" : String.join(", ", next)));
    }
  }

  private void openAlerts(PublicState state, List<AlertRevision> alerts) {
    lines.add(state.openAlerts().isEmpty() ? "No open alert" : "Open alerts");
    for (PublicState.AlertLine line : state.openAlerts()) {
      alerts.stream()
          .filter(alert -> alert.code() == line.code() && alert.gap().equals(line.gap()))
          .reduce((first, second) -> second)
          .ifPresent(
              alert -> {
                lines.add(
                    "  "
                        + alert.priority()
                        + " "
                        + alert.code()
                        + alert.gap().map(code -> " " + code).orElse("")
                        + "  key "
                        + alert.alertKey());
                lines.add("    " + alert.summary());
              });
    }
  }

  // ------------------------------------------------------------------ reasons

  private void reason(String indent, Reason reason) {
    reason(indent, reason.rule(), reason.evidence(), reason.missing());
  }

  private void reason(String indent, RuleRef rule, List<Evidence> evidence, List<String> missing) {
    for (String statement : rule.statements()) {
      lines.add(indent + statement + ": " + statements.says(statement));
    }
    for (Evidence fact : evidence) {
      lines.add(
          indent
              + "on "
              + observed(fact.observedAt())
              + "  "
              + words(fact.kind())
              + " "
              + fact.value()
              + " ("
              + words(fact.status())
              + ", report "
              + fact.factId()
              + ")");
    }
    if (!missing.isEmpty()) {
      lines.add(indent + "not known: " + String.join(", ", missing));
    }
  }

  private static String observed(ObservedAt time) {
    return time.precision() == ObservedAt.Precision.DAY
        ? time.date().toString()
        : TIME.format(time.instant());
  }

  private static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String words(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
