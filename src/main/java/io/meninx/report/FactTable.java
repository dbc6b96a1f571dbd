package io.meninx.report;

import io.meninx.explain.Words;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.replay.JournalPosition;
import io.meninx.replay.KnownFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The facts of a patient as a table: what the drawing shows, for those who can't see it. */
final class FactTable {
  private FactTable() {}

  /** When it was so, as exactly as it is known. */
  static String observed(KnownFact fact) {
    ObservedAt at = fact.fact().header().observedAt();
    return at.precision() == ObservedAt.Precision.DAY
        ? at.date().toString()
        : Wording.time(at.instant());
  }

  static void write(Html html, List<KnownFact> facts, Limits limits) {
    html.open("details").of("summary", "Facts as a table (" + Wording.number(facts.size()) + ")");
    Page.table(
        html,
        "Facts in the order in which they became known",
        List.of(
            ">#",
            "Became known",
            "Was so",
            "Reported",
            "Kind",
            "Status",
            "What it says",
            "Replaces"));
    Map<JournalPosition, Integer> numbers = new HashMap<>();
    for (KnownFact fact : facts) {
      numbers.put(fact.position(), numbers.size() + 1);
      if (numbers.size() <= limits.rows()) {
        row(html, fact, numbers);
      }
    }
    Page.endTable(html);
    if (facts.size() > limits.rows()) {
      html.of(
          "p", Wording.number(facts.size() - limits.rows()) + " later facts are left out here.");
    }
    html.close();
  }

  private static void row(Html html, KnownFact fact, Map<JournalPosition, Integer> numbers) {
    Header header = fact.fact().header();
    html.open("tr");
    html.of("td", "" + numbers.get(fact.position()), "class", "n");
    Page.time(html, Picture.known(fact));
    html.of("td", observed(fact), "class", "t");
    Page.time(html, header.reportedAt());
    html.of("td", Wording.code(fact.fact().kind()));
    html.of("td", Wording.code(header.status()));
    html.of("td", Words.of(fact.fact()) + outcome(fact, numbers) + flagged(fact));
    html.of("td", fact.replaces().map(numbers::get).map(number -> "#" + number).orElse("\u2013"));
    html.close();
  }

  private static String outcome(KnownFact fact, Map<JournalPosition, Integer> numbers) {
    return switch (fact.disposition()) {
      case DUPLICATE -> " (sent again: nothing changed)";
      case DEAD_LETTER -> " (put aside: it never counted)";
      case DECIDED, TICK, GUIDELINE_CHANGED, CONTINUED ->
          fact.counts()
              .map(numbers::get)
              .map(number -> " (does not count: #" + number + " does)")
              .orElse("");
    };
  }

  private static String flagged(KnownFact fact) {
    return fact.flag()
        .map(flag -> " (flagged: " + flag.reason() + ", " + flag.field() + ")")
        .orElse("");
  }
}
