package io.meninx.report;

import io.meninx.edition.Statements;
import io.meninx.replay.RuleCount;
import java.util.ArrayList;
import java.util.List;

/** Changes by rule, with what each rule says. */
final class RuleTable {
  private RuleTable() {}

  private static String name(String rule) {
    return rule.isEmpty() ? "\u2013" : rule.indexOf('_') < 0 ? rule : Wording.code(rule);
  }

  private static String says(Statements statements, String rule) {
    if (rule.isEmpty()) {
      return "no rule: an entry as a whole, or a state";
    }
    String says = statements.says(rule);
    return says.equals(rule) ? ownName(rule) : says;
  }

  /** Rules that are no single statement of the source, and recommendations that no rule gives. */
  private static String ownName(String rule) {
    return switch (rule) {
      case "EANO-ESMO" -> "Type and certainty, by the table of EANO-ESMO.";
      case "PATHWAY_STAGE" -> "The stage of the pathway.";
      case "RESULT_TURNAROUND" -> "Results that do not come in time.";
      case "DATA_CONFLICT" -> "Data that contradict each other or can't be right.";
      default -> "Its criteria are no longer met.";
    };
  }

  /**
   * The table.
   *
   * @param counts by rule
   * @param heads what its three counts are called: changed, only recorded, only recomputed
   */
  static void write(Html html, List<RuleCount> counts, Statements statements, List<String> heads) {
    List<String> all = new ArrayList<>(List.of("Rule", "What it says"));
    heads.forEach(head -> all.add(">" + head));
    all.add(">Patients");
    Page.table(html, "By rule", all);
    for (RuleCount count : counts) {
      html.open("tr").of("th", name(count.rule()), "scope", "row");
      html.of("td", says(statements, count.rule()));
      Page.number(html, count.changed());
      Page.number(html, count.onlyRecorded());
      Page.number(html, count.onlyRecomputed());
      Page.number(html, count.patients());
      html.close();
    }
    Page.endTable(html);
  }
}
