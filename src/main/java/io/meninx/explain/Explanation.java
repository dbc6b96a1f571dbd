package io.meninx.explain;

import io.meninx.edition.Statements;
import io.meninx.fact.ObservedAt;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Findings;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Reason;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Explains decisions in words. Supports and never commands: it says which criteria are met, on
 * what, and what is not known; what to do is for the reader.
 */
public final class Explanation {
  private static final String LIFE_EXPECTANCY = "ASSESSMENT.lifeExpectancyDays";

  /** Entries of one schedule that are told one by one. */
  private static final int SHOWN_ENTRIES = 4;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Checks before an intrathecal dose that no input field can answer (clinical rules, section 5).
   */
  private static final List<String> DOSE_QUESTIONS =
      List.of(
          "no fever and no sign of reservoir infection?",
          "no new focal deficit that no assessment states yet?",
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
    inShort(findings, state);
    openAlerts(state, alerts);
    lines.add("");
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
  }

  /** The first lines answer what most readers came for; the reasons follow. */
  private void inShort(Findings findings, PublicState state) {
    lines.add(
        "In short: type "
            + (state.type() == LmType.UNDETERMINED ? "undetermined" : state.type())
            + ", "
            + words(state.certainty())
            + "; status group "
            + words(state.statusGroup())
            + "; stage "
            + words(state.stage()));
    Reason classification = findings.classification().reason();
    if (!classification.missing().isEmpty()) {
      lines.add("  missing for the diagnosis: " + Plain.fields(classification.missing()));
    }
    arm(findings.statusGroup());
    if (!state.contraindications().isEmpty()) {
      lines.add(
          "  stands against an act: "
              + String.join(
                  ", ", state.contraindications().stream().map(Explanation::words).toList()));
    }
  }

  /** Why no arm can be given, since from the start on no event tells it. */
  private void arm(Findings.Reasoned<StatusGroup> group) {
    if (group.value() != StatusGroup.UNKNOWN) {
      return;
    }
    List<String> needed =
        group.reason().missing().stream().filter(field -> !field.equals(LIFE_EXPECTANCY)).toList();
    lines.add(
        "  no status group can be given without: "
            + Plain.fields(needed)
            + (needed.size() < group.reason().missing().size()
                ? " (life expectancy, not known either, decides only when below a month)"
                : ""));
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
            against.add("not known: " + Plain.fields(why.missing()));
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
      List<ScheduleEntry> open =
          schedule.entries().stream().filter(entry -> entry.state() != EntryState.DONE).toList();
      int done = schedule.entries().size() - open.size();
      List<String> next = new ArrayList<>();
      for (ScheduleEntry entry : open.subList(0, Math.min(open.size(), SHOWN_ENTRIES))) {
        next.add(day(entry.dueAt()) + " " + words(entry.state()));
      }
      if (open.size() > SHOWN_ENTRIES) {
        next.add("and " + (open.size() - SHOWN_ENTRIES) + " more");
      }
      lines.add(
          "  "
              + schedule.code()
              + ": "
              + (done > 0 && !open.isEmpty() ? done + " done, " : "")
              + (next.isEmpty() ? "all done" : String.join(", ", next)));
    }
  }

  private void openAlerts(PublicState state, List<AlertRevision> alerts) {
    lines.add(state.openAlerts().isEmpty() ? "No open alert" : "Open alerts");
    List<PublicState.AlertLine> byPriority = new ArrayList<>(state.openAlerts());
    byPriority.sort(Comparator.comparing(PublicState.AlertLine::priority).reversed());
    for (PublicState.AlertLine line : byPriority) {
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
              + Plain.value(fact.value())
              + " ("
              + words(fact.status())
              + ", report "
              + fact.factId()
              + ")");
    }
    if (!missing.isEmpty()) {
      lines.add(indent + "not known: " + Plain.fields(missing));
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
