package io.meninx.cli;

import io.meninx.edition.Statements;
import io.meninx.explain.Explanation;
import io.meninx.explain.Words;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.replay.ErasedPart;
import io.meninx.replay.JournalPosition;
import io.meninx.replay.KnownFact;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was known of a patient and decided at a moment, in words. When a thing happened, when it was
 * reported and when it became known are three times, and stand side by side.
 */
final class AsOf {
  static final String AS_MADE_NOW =
      "Some of the entries with these decisions are erased: they are as made now.";

  private static final String NOTHING = "Nothing was decided yet: no tick had come.";

  private static final String UNKNOWN =
      "Decisions stand in this journal, and the guideline that they were made by does not: it does"
          + " not begin with its first entry. An archive may hold what is older: --from"
          + " DIR,kafka.";

  private static final String ERASED =
      "Earlier facts about this patient are erased: what was decided since can't be made again.";

  private AsOf() {}

  private static final String MISSING =
      "Earlier facts about this patient may lie before the first entry of this journal: what was"
          + " decided since can't be made again. An archive may hold what is older: --from"
          + " DIR,kafka.";

  private static final String UNSEEN =
      "Earlier facts about this patient may lie before the first entry of this journal, although"
          + " every decision since is made the same without them. An archive may hold what is"
          + " older: --from DIR,kafka.";

  /** The lines. */
  static List<String> lines(PatientTimeline timeline, Instant until) {
    List<String> lines = new ArrayList<>();
    lines.add("As of " + until + ", in the order in which it became known:");
    timeline.facts().forEach(fact -> lines.addAll(fact(fact)));
    if (!timeline.undecided().isEmpty()) {
      lines.add("");
      lines.add("Received by then, and decided only later:");
      timeline.undecided().forEach(fact -> lines.addAll(fact(fact)));
    }
    lines.add("");
    lines.add("Decided by then:");
    standing(timeline).forEach(line -> lines.add(line.isEmpty() ? line : "  " + line));
    return lines;
  }

  /** Everything that stands, with its reasons; or why that can't be said. */
  static List<String> standing(PatientTimeline timeline) {
    List<String> lines =
        timeline
            .standing()
            .map(standing -> explained(standing, timeline))
            .orElseGet(() -> List.of(why(timeline)));
    if (timeline.erased() == ErasedPart.DECISIONS) {
      lines = new ArrayList<>(lines);
      lines.add("");
      lines.add(AS_MADE_NOW);
    }
    if (timeline.erased() == ErasedPart.UNSEEN_PAST) {
      lines = new ArrayList<>(lines);
      lines.add("");
      lines.add(UNSEEN);
    }
    if (timeline.standing().isPresent() && !timeline.recomputed().equals(timeline.recorded())) {
      lines = new ArrayList<>(lines);
      lines.add("");
      lines.add("This is not what was recorded: replay the patient with --report to see why.");
    }
    return lines;
  }

  private static String why(PatientTimeline timeline) {
    if (timeline.erased() == ErasedPart.PAST) {
      return ERASED;
    }
    if (timeline.erased() == ErasedPart.MISSING_PAST) {
      return MISSING;
    }
    return isDecided(timeline) ? UNKNOWN : NOTHING;
  }

  private static boolean isDecided(PatientTimeline timeline) {
    return timeline.facts().stream().anyMatch(fact -> fact.decidedAt().isPresent())
        || !timeline.recorded().revisions().isEmpty();
  }

  private static List<String> explained(Standing standing, PatientTimeline timeline) {
    return Explanation.ofPatient(
        Statements.shipped(),
        standing.at(),
        standing.findings(),
        standing.state(),
        timeline.recomputed().revisions());
  }

  private static List<String> fact(KnownFact known) {
    Header header = known.fact().header();
    List<String> lines = new ArrayList<>();
    lines.add(
        "  entry "
            + known.position().sequence()
            + "  "
            + header.status()
            + " "
            + Words.of(known.fact())
            + outcome(known.disposition()));
    lines.add(
        "    happened "
            + observed(header.observedAt())
            + ", reported "
            + header.reportedAt()
            + ", known "
            + known.receivedAt());
    known
        .replaces()
        .map(JournalPosition::sequence)
        .ifPresent(entry -> lines.add("    takes the place of entry " + entry));
    known
        .counts()
        .map(JournalPosition::sequence)
        .ifPresent(entry -> lines.add("    does not count: entry " + entry + " does"));
    known
        .flag()
        .ifPresent(flag -> lines.add("    implausible: " + flag.reason() + " in " + flag.field()));
    return lines;
  }

  private static String outcome(Disposition disposition) {
    return switch (disposition) {
      case DUPLICATE -> "  (again: nothing changed)";
      case DEAD_LETTER -> "  (put aside: it never counted)";
      case DECIDED, TICK, GUIDELINE_CHANGED, CONTINUED -> "";
    };
  }

  private static String observed(ObservedAt time) {
    return time.precision() == ObservedAt.Precision.DAY
        ? time.date().toString()
        : time.instant().toString();
  }
}
