package io.meninx.report;

import io.meninx.edition.Statements;
import io.meninx.replay.Divergence.Subject;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.WhatIf;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.CodeCount;
import io.meninx.replay.WhatIf.PatientChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who would have been decided on otherwise by another guideline: what, by how much, from when. */
final class WhatIfSection {
  private final Html html;
  private final ReplayResult result;
  private final WhatIf whatIf;
  private final Statements statements;
  private final TimelineSection drawings;

  WhatIfSection(
      Html html,
      ReplayResult result,
      WhatIf whatIf,
      Statements statements,
      TimelineSection drawings) {
    this.html = html;
    this.result = result;
    this.whatIf = whatIf;
    this.statements = statements;
    this.drawings = drawings;
  }

  void write(Selection selection) {
    html.open("section", "id", "differences").of("h2", "What would change");
    if (whatIf.patients().isEmpty()) {
      html.of(
          "p",
          result.isAboutNobody()
              ? "Nothing: nothing was decided again."
              : "Nothing: every decision and every alert would have been the same.");
    } else {
      html.of(
          "p",
          "An alert changes \u201Cnot at all\u201D when it came and would not have, up to the end"
              + " of this history; it is"
              + " \u201Cnew\u201D when it did not come and would have; \u201Cearlier\u201D and"
              + " \u201Clater\u201D are about when it opened; \u201Cotherwise\u201D: it would have"
              + " opened at the same time, and have ended, risen or been told at another, or have"
              + " told people something else.");
      codes("Alerts that change", Subject.ALERT);
      shifts();
      html.open("details").of("summary", "Decisions behind them, by kind");
      codes("Decisions that change", Subject.EVENT);
      html.close();
    }
    html.close();
    html.open("section", "id", "rules").of("h2", "Changes by rule");
    if (result.byRule().isEmpty()) {
      html.of("p", "None.");
    } else {
      RuleTable.write(
          html,
          result.byRule(),
          statements,
          List.of("At another time or otherwise", "Not at all", "New"));
    }
    html.close();
    patients(selection);
  }

  // By code.

  private void codes(String caption, Subject subject) {
    List<CodeCount> all =
        whatIf.byCode().stream().filter(count -> count.subject() == subject).toList();
    List<CodeCount> changed =
        all.stream()
            .filter(count -> count.patients() > 0)
            .sorted(
                Comparator.comparing(CodeCount::patients).reversed().thenComparing(CodeCount::name))
            .toList();
    Page.table(
        html,
        caption,
        List.of(
            subject == Subject.ALERT ? "Alert" : "Decision",
            ">Patients",
            ">As recorded",
            ">By the other",
            ">Not at all",
            ">New",
            ">Earlier",
            ">Later",
            ">Otherwise"));
    changed.forEach(this::code);
    Page.endTable(html);
    int same = all.size() - changed.size();
    if (same > 0) {
      html.of("p", Wording.count(same, "other kind does", "other kinds do") + " not change.");
    }
  }

  private void code(CodeCount count) {
    html.open("tr").open("th", "scope", "row").text(name(count));
    html.open("small").of("code", count.name()).close().close();
    Page.number(html, count.patients());
    Page.number(html, count.before());
    Page.number(html, count.after());
    Page.number(html, count.gone());
    Page.number(html, count.added());
    Page.number(html, count.earlier());
    Page.number(html, count.later());
    Page.number(html, count.otherwise());
    html.close();
  }

  private static String name(CodeCount count) {
    if (count.subject() == Subject.ALERT) {
      return Wording.code(count.name());
    }
    return Wording.event(count.name());
  }

  // How much earlier or later.

  private void shifts() {
    TreeMap<String, List<Duration>> earlier = new TreeMap<>();
    TreeMap<String, List<Duration>> later = new TreeMap<>();
    for (PatientChange patient : whatIf.patients()) {
      for (AlertChange change : patient.alerts()) {
        String name = change.code() + change.gap().map(gap -> " " + gap).orElse("");
        Optional<TreeMap<String, List<Duration>>> side =
            switch (change.change()) {
              case EARLIER -> Optional.of(earlier);
              case LATER -> Optional.of(later);
              case GONE, NEW, OTHERWISE -> Optional.empty();
            };
        side.ifPresent(
            times ->
                change
                    .shift()
                    .ifPresent(
                        by -> times.computeIfAbsent(name, _ -> new ArrayList<>()).add(by.abs())));
      }
    }
    if (earlier.isEmpty() && later.isEmpty()) {
      return;
    }
    Page.table(
        html,
        "By how much alerts open earlier or later",
        List.of("Alert", "Which way", ">Alerts", ">Least", ">Median", ">Most"));
    Stream.concat(earlier.keySet().stream(), later.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            name -> {
              shift(name, Change.EARLIER, earlier.getOrDefault(name, List.of()));
              shift(name, Change.LATER, later.getOrDefault(name, List.of()));
            });
    Page.endTable(html);
  }

  private void shift(String name, Change change, List<Duration> lengths) {
    if (lengths.isEmpty()) {
      return;
    }
    List<Duration> sorted = lengths.stream().sorted().toList();
    html.open("tr").of("th", Wording.code(name), "scope", "row");
    html.of("td", Wording.change(change));
    Page.number(html, sorted.size());
    html.of("td", Wording.length(sorted.getFirst()), "class", "n");
    html.of("td", Wording.length(sorted.get((sorted.size() - 1) / 2)), "class", "n");
    html.of("td", Wording.length(sorted.getLast()), "class", "n").close();
  }

  // Patients.

  private void patients(Selection selection) {
    html.open("section", "id", "patients").of("h2", "Patients with a change");
    List<PatientChange> listed = drawings.listed(selection);
    int left = selection.changed().size() - listed.size();
    if (listed.isEmpty()) {
      html.of("p", "None.").close();
      return;
    }
    html.of(
        "p",
        "Those with a change of an alert of high priority come first, then those for whom it begins"
            + " early."
            + (left > 0
                ? " "
                    + Wording.number(listed.size())
                    + " are listed; all are in whatif.jsonl, "
                    + Wording.number(left)
                    + " more."
                : ""));
    html.open("details", "open", "").of("summary", "List of patients");
    Page.filter(html, "changed", "Show only patients with");
    Page.table(
        html,
        "Patients for whom something changes",
        List.of(
            "Patient", "From", "Highest priority", ">Alerts", ">Decisions", "Among them", "Drawn"));
    listed.forEach(this::patient);
    Page.endTable(html);
    html.close().close();
  }

  private void patient(PatientChange change) {
    html.open("tr", "data-in", "changed").open("th", "scope", "row");
    html.of("bdi", change.patient().value()).close();
    Page.time(html, change.from());
    html.of("td", Selection.highest(change).map(Enum::name).orElse("\u2013"));
    Page.number(html, change.alerts().size());
    Page.number(html, change.decisions().size());
    html.of("td", ChangeTable.gist(change)).open("td", "class", "t");
    drawings
        .anchor(change.patient())
        .ifPresentOrElse(
            anchor -> html.of("a", "timeline", "href", "#" + anchor), () -> html.text("\u2013"));
    html.close().close();
  }
}
