package io.meninx.report;

import io.meninx.edition.Statements;
import io.meninx.fact.PatientId;
import io.meninx.replay.Divergence;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.ReplayResult;
import java.util.List;
import java.util.Optional;

/** What was recorded otherwise than it is decided now, field by field, and how often by rule. */
final class DivergenceSection {
  /** So many are open from the start. */
  private static final int OPEN = 5;

  private final Html html;
  private final ReplayResult result;
  private final Differences differences;
  private final Statements statements;
  private final TimelineSection drawings;

  DivergenceSection(
      Html html,
      ReplayResult result,
      Differences differences,
      Statements statements,
      TimelineSection drawings) {
    this.html = html;
    this.result = result;
    this.differences = differences;
    this.statements = statements;
    this.drawings = drawings;
  }

  void write() {
    html.open("section", "id", "differences").of("h2", "Differences");
    if (differences.total() == 0) {
      html.of(
          "p",
          result.isAboutNobody()
              ? "None: nothing was decided again."
              : result.firstDivergence().isEmpty()
                  ? "None: every decision, every alert and every state that was recorded is made"
                      + " the same again."
                  : "They were not kept; report.json names the first of each partition.");
    } else {
      intro();
      Page.filter(html, "differences", "Show only differences with");
      int number = 0;
      for (Divergence divergence : differences.first()) {
        divergence(divergence, number++ < OPEN);
      }
    }
    html.close();
    rules();
  }

  private void intro() {
    long left = differences.total() - differences.first().size();
    html.of(
        "p",
        Wording.count(differences.total(), "decision differs", "decisions differ")
            + ". Deleted text was recorded; inserted text is what is decided now."
            + (left > 0
                ? " The first "
                    + Wording.number(differences.first().size())
                    + " are shown; all are in diff.jsonl, "
                    + Wording.number(left)
                    + " more."
                : ""));
  }

  private void divergence(Divergence divergence, boolean open) {
    String what = Wording.code(divergence.subject()) + " " + divergence.name();
    String[] attributes = {"class", "difference", "data-in", "differences"};
    if (open) {
      attributes = new String[] {"class", "difference", "data-in", "differences", "open", ""};
    }
    html.open("details", attributes);
    html.open("summary").of("strong", what.strip());
    html.text(" \u00B7 " + divergence.position());
    divergence.patient().ifPresent(patient -> html.text(" \u00B7 ").of("bdi", patient.value()));
    divergence.at().ifPresent(at -> html.text(" \u00B7 " + Wording.time(at)));
    if (divergence.otherEngine()) {
      html.text(" \u00B7 recorded by engine " + divergence.engineVersion());
    }
    html.close();
    rule(divergence.rule());
    divergence.patient().ifPresent(this::drawing);
    Page.table(html, "Fields that differ", List.of("Field", "Recorded", "Decided now"));
    divergence.fields().forEach(this::field);
    Page.endTable(html);
    html.close();
  }

  private void rule(Optional<String> rule) {
    rule.ifPresent(
        id -> {
          String says = statements.says(id);
          html.of("p", "Rule " + id + (says.equals(id) ? "" : ": " + says), "class", "rule");
        });
  }

  private void drawing(PatientId patient) {
    drawings
        .anchor(patient)
        .ifPresent(
            anchor ->
                html.open("p").of("a", "Timeline of this patient", "href", "#" + anchor).close());
  }

  private void field(FieldChange field) {
    html.open("tr").of("th", field.field(), "scope", "row");
    if (field.recorded().isPresent() && field.recomputed().isPresent()) {
      Common common = Common.of(field.recorded().get(), field.recomputed().get());
      changed("del", field.recorded().get(), common);
      changed("ins", field.recomputed().get(), common);
    } else {
      side("del", field.recorded());
      side("ins", field.recomputed());
    }
    html.close();
  }

  private void changed(String tag, String text, Common common) {
    int end = text.length() - common.after();
    html.open("td").text(text.substring(0, common.before()));
    if (end > common.before()) {
      html.of(tag, text.substring(common.before(), end));
    }
    html.text(text.substring(end)).close();
  }

  private void side(String tag, Optional<String> text) {
    html.open("td");
    text.ifPresentOrElse(value -> html.of(tag, value), () -> html.of("em", "none"));
    html.close();
  }

  /**
   * What two texts begin and end with alike, in whole words.
   *
   * @param before characters at the beginning
   * @param after characters at the end
   */
  record Common(int before, int after) {
    static Common of(String one, String other) {
      int shorter = Math.min(one.length(), other.length());
      int before = 0;
      while (before < shorter && one.charAt(before) == other.charAt(before)) {
        before++;
      }
      while (before > 0 && (goesOn(one, before) || goesOn(other, before))) {
        before--;
      }
      int after = 0;
      while (after < shorter - before
          && one.charAt(one.length() - 1 - after) == other.charAt(other.length() - 1 - after)) {
        after++;
      }
      while (after > 0
          && (goesOn(one, one.length() - after) || goesOn(other, other.length() - after))) {
        after--;
      }
      return new Common(before, after);
    }

    /** Whether a word goes on from before this place to behind it. */
    private static boolean goesOn(String text, int at) {
      return at > 0 && at < text.length() && text.charAt(at - 1) != ' ' && text.charAt(at) != ' ';
    }
  }

  // By rule and by code.

  private void rules() {
    html.open("section", "id", "rules").of("h2", "Differences by rule and code");
    if (result.byRule().isEmpty()) {
      html.of("p", "None.").close();
      return;
    }
    RuleTable.write(
        html, result.byRule(), statements, List.of("Changed", "Only recorded", "Only decided now"));
    Page.table(html, "By code", List.of("What", ">Differences"));
    differences
        .byCode()
        .forEach(
            (code, number) -> {
              html.open("tr").of("th", code, "scope", "row");
              Page.number(html, number);
              html.close();
            });
    Page.endTable(html);
    html.close();
  }
}
