package io.meninx.report;

import io.meninx.explain.Words;
import io.meninx.fact.PatientId;
import io.meninx.pathway.PathwayEvent;
import io.meninx.replay.AlertSpan;
import io.meninx.replay.Course;
import io.meninx.replay.ErasedPart;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.WhatIf.PatientChange;
import io.meninx.report.Drawing.Sides;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The drawings of patients. They are made before the rest is written, so that the rest can point to
 * them; together they are bounded.
 */
final class TimelineSection {
  /** So many are open from the start. */
  private static final int OPEN = 1;

  private final StringWriter drawn = new StringWriter();
  private final Html html = new Html(drawn);
  private final Map<PatientId, String> anchors = new LinkedHashMap<>();
  private final Map<PatientId, PatientChange> changes = new HashMap<>();
  private final Limits limits;
  private final Sides sides;
  private final boolean whatIf;

  private TimelineSection(ReplayResult result, Selection selection, Limits limits) {
    this.limits = limits;
    this.whatIf = result.whatIf().isPresent();
    this.sides = whatIf ? new Sides("recorded", "other") : new Sides("recorded", "now");
    selection.changed().stream()
        .limit(limits.timelines())
        .forEach(change -> changes.put(change.patient(), change));
  }

  static TimelineSection draw(
      ReplayResult result,
      Selection selection,
      Map<PatientId, PatientTimeline> timelines,
      Limits limits) {
    TimelineSection section = new TimelineSection(result, selection, limits);
    section.html.open("section", "id", "timelines").of("h2", "Timelines of patients");
    if (timelines.isEmpty()) {
      section.nobody(result);
    } else {
      section.introduction(selection, timelines.size());
      section.legend();
      Page.filter(section.html, "timelines", "Show only timelines with");
    }
    for (PatientTimeline timeline : timelines.values()) {
      if (section.html.written() < limits.timelineCharacters()) {
        section.patient(timeline);
      }
    }
    section.left(Math.max(selection.differing(), timelines.size()));
    section.html.close();
    return section;
  }

  /** Where the drawing of this patient is, if there is one. */
  Optional<String> anchor(PatientId patient) {
    return Optional.ofNullable(anchors.get(patient));
  }

  /** The patients to list. */
  List<PatientChange> listed(Selection selection) {
    return selection.changed().stream().limit(limits.patients()).toList();
  }

  /** Puts the drawings into the page. */
  void copyTo(Html page) {
    page.own(drawn.toString());
  }

  private void nobody(ReplayResult result) {
    html.of(
        "p",
        "Nobody is drawn, since nothing "
            + (result.isAboutNobody() ? "was found" : whatIf ? "changes" : "differs")
            + ". replay --patient ID draws a patient.");
  }

  private void introduction(Selection selection, int most) {
    html.of(
        "p",
        "Above, what became known of a patient; below, what was decided and for how long it stood;"
            + " time goes from left to right. "
            + (selection.differing() == 0 && most > 0
                ? "For these patients nothing " + (whatIf ? "changes." : "differs.")
                : "Rows with \u2260 are drawn twice: above as it was recorded, below as "
                    + (whatIf ? "the other guideline would have it." : "it is decided now."))
            + " Everything drawn is also in the tables under each drawing.");
  }

  private void left(long all) {
    long left = all - anchors.size();
    if (left > 0) {
      html.of(
          "p",
          Wording.count(left, "more patient is", "more patients are")
              + " not drawn, to keep this file small. replay --patient ID"
              + (whatIf ? " --guideline FILE" : "")
              + " draws any one of them.",
          "class",
          "left");
    }
  }

  // The legend.

  private void legend() {
    html.open("details", "class", "legend", "open", "").of("summary", "What the signs mean");
    html.open("ul");
    sign("<circle cx='12' cy='9' r='4.5'/>", "fact", "a final result");
    sign("<circle class='hollow' cx='12' cy='9' r='4'/>", "fact", "pending or preliminary");
    sign("<path d='M12 3l6 6l-6 6l-6 -6z'/>", "fact", "an amended result");
    sign("<path class='cross' d='M8 5l8 8m0 -8l-8 8'/>", "fact", "withdrawn or cancelled");
    sign(
        "<path class='link' d='M28 13Q16 -2 5 12m-1 -6l1 6l5 -3'/>",
        "fact",
        "from a newer version to the one it replaced");
    sign(
        "<path class='tail' d='M30 9H6m0 -4v8'/><circle cx='30' cy='9' r='4.5'/>",
        "fact",
        "from when it was so to when it became known");
    sign("<rect x='2' y='5' width='34' height='8'/>", "bar stands", "criteria are met");
    sign("<rect x='2' y='5' width='34' height='8'/>", "bar against", "a contraindication stands");
    sign("<rect x='2' y='6' width='34' height='6'/>", "bar routine", "alert, ROUTINE (low bar)");
    sign("<rect x='2' y='4' width='34' height='11'/>", "bar urgent", "alert, URGENT (middle)");
    sign("<rect x='2' y='2' width='34' height='15'/>", "bar stat", "alert, STAT (high)");
    sign(
        "<rect x='2' y='4' width='34' height='11'/>"
            + "<rect class='over' fill='url(#hatch)' x='2' y='4' width='34' height='11'/>",
        "bar urgent",
        "hatched: a person answered it");
    sign("<path d='M18 5l4 7h-8z'/>", "mark told", "people were told");
    sign("<path d='M18 2v15'/>", "mark ended", "it ended");
    sign("<path d='M14 4l8 10m0 -10l-8 10'/>", "mark back", "taken back: a fact was withdrawn");
    html.close().close();
    html.own(
        "\n<svg class=\"none\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>"
            + "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
            + "<path class=\"hatch\" d=\"M-1 7L7 -1\"/></pattern></defs></svg>");
  }

  private void sign(String shape, String kind, String words) {
    html.open("li").open("svg", "viewBox", "0 0 40 18", "aria-hidden", "true", "class", "sign");
    html.open("g", "class", kind).own(shape.replace('\'', '"')).close().close();
    html.text(" " + words).close();
  }

  // A patient.

  private void patient(PatientTimeline timeline) {
    String anchor = "timeline-" + (anchors.size() + 1);
    String id = timeline.patient().value();
    String gist = gist(timeline);
    List<String> attributes = new ArrayList<>(List.of("class", "patient", "id", anchor));
    attributes.addAll(List.of("data-in", "timelines", "data-text", id + " " + gist));
    if (anchors.size() < OPEN) {
      attributes.addAll(List.of("open", ""));
    }
    html.open("details", attributes.toArray(String[]::new));
    anchors.put(timeline.patient(), anchor);
    html.open("summary").open("h3").text("Patient ").of("bdi", id).close();
    html.of("span", gist, "class", "gist").close();
    Picture picture = Picture.of(timeline);
    new Drawing(html, anchor, picture, sides, limits)
        .draw("Timeline of patient " + id, description(timeline, picture));
    Optional.ofNullable(changes.get(timeline.patient()))
        .ifPresent(change -> ChangeTable.write(html, change, limits));
    FactTable.write(html, timeline.facts(), limits);
    if (!timeline.undecided().isEmpty()) {
      int more = timeline.undecided().size();
      html.of(
          "p",
          Wording.count(more, "more fact was", "more facts were")
              + " received and not decided on by then.");
    }
    if (timeline.erased() == ErasedPart.DECISIONS) {
      html.of(
          "p",
          "Some of the entries with these decisions are erased, since they were about somebody"
              + " else, too: what stood in them is drawn as it is decided now.");
    }
    alerts(timeline);
    events(timeline);
    html.close();
  }

  private String gist(PatientTimeline timeline) {
    PatientChange change = changes.get(timeline.patient());
    if (change != null) {
      return "from " + Wording.time(change.from()) + ": " + ChangeTable.gist(change);
    }
    if (timeline.erased() == ErasedPart.PAST) {
      return "earlier facts are erased: what was decided since can't be made again";
    }
    if (timeline.erased() == ErasedPart.MISSING_PAST) {
      return "earlier facts may lie before the first entry of the journal: what was decided since"
          + " can't be made again";
    }
    if (timeline.recorded().equals(timeline.recomputed())) {
      return timeline.erased() == ErasedPart.UNSEEN_PAST
          ? "everything is decided the same; earlier facts may lie before the first entry of the"
              + " journal"
          : "everything is decided the same";
    }
    boolean times = Picture.of(timeline).rows().stream().anyMatch(Picture.Row::differs);
    return times
        ? "decided otherwise now than recorded"
        : "decided at the same times as recorded, in other words: see the differences";
  }

  private String description(PatientTimeline timeline, Picture picture) {
    long corrections =
        timeline.facts().stream().filter(fact -> fact.replaces().isPresent()).count();
    long differing = picture.rows().stream().filter(Picture.Row::differs).count();
    return "Time from "
        + Wording.time(picture.from())
        + " to "
        + Wording.time(picture.to())
        + ". "
        + Wording.count(timeline.facts().size(), "fact", "facts")
        + ", "
        + Wording.count(corrections, "replaces an earlier version", "replace earlier versions")
        + ". "
        + Wording.count(timeline.recorded().events().size(), "decision", "decisions")
        + " and "
        + Wording.count(timeline.recorded().alerts().size(), "alert", "alerts")
        + " recorded. "
        + Wording.count(differing, "row differs", "rows differ")
        + ". The tables below say the same in words.";
  }

  // In words.

  private void alerts(PatientTimeline timeline) {
    List<AlertSpan> spans = timeline.recorded().alerts();
    html.open("details");
    html.of("summary", "Recorded alerts as a table (" + Wording.number(spans.size()) + ")");
    Page.table(
        html,
        "Alerts in the order in which they opened",
        List.of("Alert", "Rule", "Opened", "First told", "Ended", "Highest", "In words"));
    for (AlertSpan span : spans.subList(0, Math.min(spans.size(), limits.rows()))) {
      html.open("tr");
      html.of(
          "th",
          Wording.code(span.code()) + span.gap().map(gap -> " " + gap).orElse(""),
          "scope",
          "row");
      html.of("td", span.rule());
      Page.time(html, span.openedAt());
      html.of("td", Wording.time(span.notifiedAt())).of("td", ended(span));
      html.of("td", span.highest().name()).of("td", span.summary()).close();
    }
    Page.endTable(html);
    left(spans.size(), "alerts");
    html.close();
  }

  private static String ended(AlertSpan span) {
    return span.endedAt().map(Wording::time).orElse("still open")
        + span.steps().getLast().reason().map(why -> ", " + Wording.code(why)).orElse("");
  }

  private void events(PatientTimeline timeline) {
    Course course = timeline.recorded();
    List<PathwayEvent> events = course.events();
    html.open("details");
    html.of("summary", "Recorded decisions as a table (" + Wording.number(events.size()) + ")");
    Page.table(html, "Decisions in order", List.of("When", "What", "Why"));
    for (PathwayEvent event : events.subList(0, Math.min(events.size(), limits.rows()))) {
      html.open("tr");
      Page.time(html, event.at());
      html.of("td", Words.of(event)).of("td", Words.why(event)).close();
    }
    Page.endTable(html);
    left(events.size(), "decisions");
    html.close();
  }

  private void left(int rows, String what) {
    if (rows > limits.rows()) {
      html.of("p", Wording.number(rows - limits.rows()) + " later " + what + " are left out here.");
    }
  }
}
