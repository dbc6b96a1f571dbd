package io.meninx.report;

import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PathwayEvent;
import io.meninx.replay.AlertSpan;
import io.meninx.replay.AlertSpan.Step;
import io.meninx.replay.Course;
import io.meninx.report.Lane.Bar;
import io.meninx.report.Lane.Group;
import io.meninx.report.Lane.Look;
import io.meninx.report.Lane.Mark;
import io.meninx.report.Lane.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the rows of a drawing from what was decided on a patient. */
final class Lanes {
  private final Map<Key, Building> lanes = new LinkedHashMap<>();

  private Lanes() {}

  /** What a row is about. */
  record Key(Group group, String code) {}

  private static final class Building {
    private final List<Bar> bars = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /** Ends what stands, if anything does. */
    void end(Instant at) {
      if (!bars.isEmpty() && bars.getLast().to().isEmpty()) {
        Bar last = bars.removeLast();
        bars.add(
            new Bar(
                last.from(),
                Optional.of(at),
                last.look(),
                last.answered(),
                last.text(),
                last.words()));
      }
    }

    void begin(Instant at, Look look, String text, String words) {
      end(at);
      bars.add(new Bar(at, Optional.empty(), look, false, text, words));
    }

    boolean stands() {
      return !bars.isEmpty() && bars.getLast().to().isEmpty();
    }
  }

  /** The rows of a course, by what they are about. */
  static Map<Key, Lane> of(Course course) {
    Lanes lanes = new Lanes();
    course.events().forEach(lanes::event);
    course.alerts().forEach(lanes::alert);
    Map<Key, Lane> made = new LinkedHashMap<>();
    lanes.lanes.forEach(
        (key, lane) -> made.put(key, new Lane(key.group(), key.code(), lane.bars, lane.marks)));
    return made;
  }

  private Building lane(Group group, String code) {
    return lanes.computeIfAbsent(new Key(group, code), _ -> new Building());
  }

  private void event(PathwayEvent event) {
    String code = event.code() + event.gap().map(gap -> " " + gap).orElse("");
    String why = why(event);
    switch (event.type()) {
      case CLASSIFICATION_CHANGED -> state("CLASSIFICATION", event, why);
      case STATUS_GROUP_CHANGED -> state("STATUS_GROUP", event, why);
      case STAGE_CHANGED -> state("STAGE", event, why);
      case RESPONSE_ASSESSED -> state("RESPONSE", event, why);
      case RECOMMENDATION_ISSUED ->
          lane(Group.RECOMMENDATION, code).begin(event.at(), Look.STANDS, "", why);
      case RECOMMENDATION_WITHDRAWN -> lane(Group.RECOMMENDATION, code).end(event.at());
      case CONTRAINDICATION_RAISED ->
          lane(Group.CONTRAINDICATION, code).begin(event.at(), Look.AGAINST, "", why);
      case CONTRAINDICATION_LIFTED -> lane(Group.CONTRAINDICATION, code).end(event.at());
      case SCHEDULE_ISSUED, SCHEDULE_CHANGED -> schedule(event, why);
      case FACT_SUPERSEDED, FACT_WITHDRAWN -> {
        // Drawn where the facts are.
      }
    }
  }

  private void state(String name, PathwayEvent event, String why) {
    lane(Group.STATE, name).begin(event.at(), Look.STATE, event.code(), event.code() + ": " + why);
  }

  private void schedule(PathwayEvent event, String why) {
    Building lane = lane(Group.SCHEDULE, event.code());
    if (event.entries().isEmpty()) {
      lane.end(event.at());
      return;
    }
    if (!lane.stands()) {
      lane.begin(event.at(), Look.SCHEDULE, "", why);
    }
    lane.marks.add(new Mark(event.at(), Sign.CHANGED, Entries.words(event.entries())));
  }

  private static String why(PathwayEvent event) {
    return "rule "
        + event.rule().id()
        + ", "
        + Wording.time(event.at())
        + (event.missing().isEmpty() ? "" : ", missing: " + String.join(", ", event.missing()));
  }

  private void alert(AlertSpan span) {
    Building lane = lane(Group.ALERT, span.code() + span.gap().map(gap -> " " + gap).orElse(""));
    for (Step step : span.steps()) {
      step(lane, span, step);
    }
  }

  private static void step(Building lane, AlertSpan span, Step step) {
    if (!step.state().open()) {
      lane.end(step.at());
      boolean back = step.state() == AlertState.RETRACTED;
      lane.marks.add(new Mark(step.at(), back ? Sign.TAKEN_BACK : Sign.ENDED, ended(span, step)));
      return;
    }
    Look look = look(step.priority());
    boolean answered = answered(step.state());
    if (!lane.stands()
        || lane.bars.getLast().look() != look
        || lane.bars.getLast().answered() != answered) {
      lane.end(step.at());
      lane.bars.add(
          new Bar(
              step.at(),
              Optional.empty(),
              look,
              answered,
              step.priority().name(),
              said(span, step)));
    }
    if (step.notifies()) {
      lane.marks.add(
          new Mark(step.at(), Sign.TOLD, "people were told, " + Wording.time(step.at())));
    }
  }

  private static Look look(Priority priority) {
    return switch (priority) {
      case ROUTINE -> Look.ROUTINE;
      case URGENT -> Look.URGENT;
      case STAT -> Look.STAT;
    };
  }

  static boolean answered(AlertState state) {
    return switch (state) {
      case ACKNOWLEDGED, SNOOZED, OVERRIDDEN -> true;
      case ACTIVE, ESCALATED, RESOLVED, RETRACTED -> false;
    };
  }

  private static String said(AlertSpan span, Step step) {
    return step.priority()
        + step.stage().map(stage -> " " + stage).orElse("")
        + " "
        + Wording.code(step.state()).toLowerCase(Locale.ROOT)
        + " from "
        + Wording.time(step.at())
        + ", rule "
        + span.rule()
        + ": "
        + span.summary();
  }

  private static String ended(AlertSpan span, Step step) {
    return (step.state() == AlertState.RETRACTED ? "retracted " : "resolved ")
        + Wording.time(step.at())
        + step.reason()
            .map(reason -> ", " + Wording.code(reason).toLowerCase(Locale.ROOT))
            .orElse("")
        + ", after "
        + Wording.length(Duration.between(span.openedAt(), step.at()));
  }
}
