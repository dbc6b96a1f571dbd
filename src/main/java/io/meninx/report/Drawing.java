package io.meninx.report;

import io.meninx.explain.Words;
import io.meninx.fact.FactKind;
import io.meninx.fact.ResultStatus;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.replay.JournalPosition;
import io.meninx.replay.KnownFact;
import io.meninx.report.Lane.Bar;
import io.meninx.report.Lane.Group;
import io.meninx.report.Lane.Look;
import io.meninx.report.Lane.Mark;
import io.meninx.report.Lane.Sign;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws a patient as SVG: facts above, what was decided below, time from left to right. Where the
 * two sides differ they stand one above the other. Shape, height, hatching and words carry what
 * colour carries.
 */
final class Drawing {
  private static final int WIDTH = 1120;
  private static final int PLOT = 318;
  private static final int TAG = 250;
  private static final int RIGHT = 1106;
  private static final int AXIS_HEIGHT = 24;
  private static final int HEADING_HEIGHT = 24;
  private static final int ROW_HEIGHT = 19;
  private static final int FACT_HEIGHT = 24;
  private static final int LINK_HEIGHT = 10;
  private static final double CHARACTER = 6.1;
  private static final int LABEL_CHARACTERS = 39;

  private final Html html;
  private final String id;
  private final Picture picture;
  private final Sides sides;
  private final Limits limits;
  private final TimeAxis axis;
  private final Set<JournalPosition> replaced = new HashSet<>();
  private int y;

  /**
   * What the two sides are called.
   *
   * @param before the recorded one
   * @param after the recomputed one
   */
  record Sides(String before, String after) {}

  Drawing(Html html, String id, Picture picture, Sides sides, Limits limits) {
    this.html = html;
    this.id = id;
    this.picture = picture;
    this.sides = sides;
    this.limits = limits;
    this.axis = new TimeAxis(picture.from(), picture.to(), PLOT, RIGHT);
    for (KnownFact fact : picture.numbers().keySet()) {
      fact.replaces().ifPresent(replaced::add);
      if (fact.counts().isPresent() || fact.disposition() == Disposition.DEAD_LETTER) {
        replaced.add(fact.position());
      }
    }
  }

  /** Draws; title and description are for those who can't see it. */
  void draw(String title, String description) {
    int height = height();
    html.open(
        "div", "class", "scroll drawing", "tabindex", "0", "role", "region", "aria-label", title);
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    html.of("title", title, "id", id + "-title").of("desc", description, "id", id + "-desc");
    axis(height);
    y = AXIS_HEIGHT;
    heading("Facts, where they became known");
    picture.facts().forEach(this::facts);
    Optional<Group> group = Optional.empty();
    for (Picture.Row row : picture.rows()) {
      if (!group.equals(Optional.of(row.group()))) {
        group = Optional.of(row.group());
        heading(row.group().title());
      }
      row(row);
    }
    ticks(height - 8);
    html.close().close();
  }

  private int height() {
    int rows = picture.rows().stream().mapToInt(row -> row.differs() ? 2 : 1).sum();
    long headings = 1 + picture.rows().stream().map(Picture.Row::group).distinct().count();
    int facts = picture.facts().values().stream().mapToInt(Drawing::factHeight).sum();
    return 2 * AXIS_HEIGHT + facts + rows * ROW_HEIGHT + (int) headings * HEADING_HEIGHT;
  }

  private static int factHeight(List<KnownFact> facts) {
    return FACT_HEIGHT
        + (facts.stream().anyMatch(fact -> fact.replaces().isPresent()) ? LINK_HEIGHT : 0);
  }

  // The axis.

  private void axis(int height) {
    for (TimeAxis.Tick tick : axis.ticks()) {
      String x = number(axis.x(tick.at()));
      html.shape(
          "path", "class", "grid", "d", "M" + x + " " + (AXIS_HEIGHT - 4) + "V" + (height - 20));
    }
    ticks(14);
  }

  private void ticks(int at) {
    double free = 0;
    for (TimeAxis.Tick tick : axis.ticks()) {
      double x = axis.x(tick.at());
      double half = tick.label().length() * CHARACTER / 2;
      double middle = Math.min(x, WIDTH - half);
      if (middle - half > free) {
        html.of("text", tick.label(), "class", "tick", "x", number(middle), "y", "" + at);
        free = middle + half + 6;
      }
    }
  }

  private void heading(String text) {
    html.of("text", text, "class", "head", "x", "0", "y", "" + (y + 17));
    html.shape("path", "class", "rule", "d", "M0 " + (y + 22) + "H" + RIGHT);
    y += HEADING_HEIGHT;
  }

  // Facts.

  private void facts(FactKind kind, List<KnownFact> facts) {
    int height = factHeight(facts);
    int middle = y + height - FACT_HEIGHT / 2;
    int left = facts.size() - Math.min(facts.size(), limits.rows());
    label(name(kind) + (left > 0 ? " (" + left + " more not drawn)" : ""), middle + 4);
    Map<Long, Double> places = new HashMap<>();
    List<KnownFact> drawn = facts.subList(0, facts.size() - left);
    for (KnownFact fact : drawn) {
      double x = axis.x(Picture.known(fact));
      places.put(fact.position().sequence(), x);
      tail(fact, x, middle);
      fact.replaces()
          .map(position -> places.get(position.sequence()))
          .ifPresent(old -> link(old, x, middle));
    }
    for (int i = 0; i < drawn.size(); i++) {
      fact(drawn, i, middle);
    }
    y += height;
  }

  private static String name(FactKind kind) {
    return kind == FactKind.CSF ? "CSF" : Wording.code(kind);
  }

  /** From when it was so to when it became known. */
  private void tail(KnownFact fact, double x, int middle) {
    double observed = axis.x(fact.fact().header().observedAt().instant());
    if (x - observed < 6) {
      return;
    }
    boolean beyond = fact.fact().header().observedAt().instant().isBefore(axis.from());
    String end = beyond ? "m5 -4l-5 4l5 4" : "m0 -4v8";
    html.shape(
        "path",
        "class",
        "tail",
        "d",
        "M" + number(x) + " " + middle + "H" + number(observed) + end);
  }

  /** From a correction to what it replaced. */
  private void link(double old, double x, int middle) {
    double top = middle - 20;
    html.shape(
        "path",
        "class",
        "link",
        "d",
        "M%s %dQ%s %s %s %dm-1 -6l1 6l5 -3"
            .formatted(
                number(x),
                middle - 6,
                number((old + x) / 2),
                number(top),
                number(old),
                middle - 6));
  }

  private void fact(List<KnownFact> facts, int index, int middle) {
    KnownFact fact = facts.get(index);
    double x = axis.x(Picture.known(fact));
    String kind = replaced.contains(fact.position()) ? "fact replaced" : "fact";
    html.open("g", "class", kind).of("title", words(fact));
    sign(fact.fact().header().status(), x, middle);
    html.close();
    double next =
        index + 1 < facts.size() ? axis.x(Picture.known(facts.get(index + 1))) : WIDTH + 10;
    int fits = (int) ((next - x - 20) / CHARACTER);
    if (fits >= 5) {
      String text = "#" + picture.numbers().get(fact) + " " + Words.of(fact.fact());
      html.of(
          "text",
          Wording.cut(text, fits),
          "class",
          "say",
          "x",
          number(x + 9),
          "y",
          "" + (middle + 4));
    }
  }

  private void sign(ResultStatus status, double x, int middle) {
    switch (status) {
      case FINAL -> html.shape("circle", "cx", number(x), "cy", "" + middle, "r", "4.5");
      case PENDING, PRELIMINARY ->
          html.shape("circle", "class", "hollow", "cx", number(x), "cy", "" + middle, "r", "4");
      case AMENDED ->
          html.shape("path", "d", "M" + number(x) + " " + (middle - 6) + "l6 6l-6 6l-6 -6z");
      case WITHDRAWN, CANCELLED ->
          html.shape(
              "path",
              "class",
              "cross",
              "d",
              "M" + number(x - 4) + " " + (middle - 4) + "l8 8m0 -8l-8 8");
    }
  }

  private String words(KnownFact fact) {
    return "#"
        + picture.numbers().get(fact)
        + " "
        + name(fact.fact().kind())
        + ": "
        + Words.of(fact.fact())
        + "; was so "
        + FactTable.observed(fact)
        + ", known "
        + Wording.time(Picture.known(fact));
  }

  // What was decided.

  private void row(Picture.Row row) {
    boolean alert = row.group() == Group.ALERT;
    boolean plain = row.group() == Group.STATE || alert;
    String label = (plain ? "" : "  ") + Wording.code(row.code());
    if (!row.differs()) {
      label(label + (row.otherWords() ? " (other words)" : ""), y + 14);
      row.before().ifPresent(this::lane);
      y += ROW_HEIGHT;
      return;
    }
    html.shape(
        "rect",
        "class",
        "differs",
        "x",
        "0",
        "y",
        "" + (y + 1),
        "width",
        "" + WIDTH,
        "height",
        "" + (2 * ROW_HEIGHT - 2));
    label("\u2260 " + label.strip(), y + 14);
    side(sides.before(), row.before());
    side(sides.after(), row.after());
  }

  private void side(String name, Optional<Lane> lane) {
    html.of("text", name, "class", "tag", "x", "" + TAG, "y", "" + (y + 14));
    if (lane.isEmpty()) {
      html.of("text", "never", "class", "say", "x", "" + (PLOT + 4), "y", "" + (y + 14));
    }
    lane.ifPresent(this::lane);
    y += ROW_HEIGHT;
  }

  private void label(String text, int at) {
    html.of("text", Wording.cut(text, LABEL_CHARACTERS), "class", "label", "x", "4", "y", "" + at);
  }

  private void lane(Lane lane) {
    lane.bars().stream().limit(limits.rows()).forEach(this::bar);
    lane.marks().stream().limit(limits.rows()).forEach(this::mark);
  }

  private void bar(Bar bar) {
    double x = axis.x(bar.from());
    double end = bar.to().map(axis::x).orElse((double) RIGHT);
    double width = Math.max(1.5, end - x);
    int height = height(bar.look());
    String top = number(y + (ROW_HEIGHT - height) / 2.0);
    String look = bar.look().name().toLowerCase(Locale.ROOT);
    html.open("g", "class", "bar " + look).of("title", bar.words());
    html.shape("rect", "x", number(x), "y", top, "width", number(width), "height", "" + height);
    if (bar.answered()) {
      html.shape(
          "rect",
          "x",
          number(x),
          "y",
          top,
          "width",
          number(width),
          "height",
          "" + height,
          "fill",
          "url(#hatch)",
          "class",
          "over");
    }
    if (bar.to().isEmpty()) {
      html.shape("path", "d", "M" + RIGHT + " " + number(y + ROW_HEIGHT / 2.0 - 7) + "l9 7l-9 7z");
    }
    html.close();
    inside(bar, x, width);
  }

  private void inside(Bar bar, double x, double width) {
    int fits = (int) ((width - 8) / CHARACTER);
    boolean state = bar.look() == Look.STATE;
    boolean high = bar.look() == Look.STAT || bar.look() == Look.URGENT;
    if ((state && fits >= 3) || (high && fits >= bar.text().length())) {
      html.of(
          "text",
          Wording.cut(bar.text(), fits),
          "class",
          "in " + bar.look().name().toLowerCase(Locale.ROOT) + (bar.answered() ? " hatched" : ""),
          "x",
          number(x + 4),
          "y",
          number(y + ROW_HEIGHT / 2.0 + (state ? 4 : 3.5)));
    }
  }

  private static int height(Look look) {
    return switch (look) {
      case STATE, STAT -> 15;
      case URGENT -> 11;
      case STANDS, AGAINST -> 8;
      case ROUTINE -> 6;
      case SCHEDULE -> 4;
    };
  }

  private void mark(Mark mark) {
    String x = number(axis.x(mark.at()));
    String middle = number(y + ROW_HEIGHT / 2.0);
    String path =
        switch (mark.sign()) {
          case TOLD -> "M" + x + " " + (y + 10) + "l4 7h-8z";
          case ENDED -> "M" + x + " " + (y + 2) + "v" + (ROW_HEIGHT - 4);
          case TAKEN_BACK -> "M" + x + " " + middle + "m-4 -5l8 10m0 -10l-8 10";
          case CHANGED -> "M" + x + " " + middle + "m0 -4v8";
        };
    html.open("path", "class", "mark " + kind(mark.sign()), "d", path);
    html.of("title", mark.words()).close();
  }

  private static String kind(Sign sign) {
    return switch (sign) {
      case TOLD -> "told";
      case ENDED -> "ended";
      case TAKEN_BACK -> "back";
      case CHANGED -> "changed";
    };
  }

  private static String number(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
  }
}
