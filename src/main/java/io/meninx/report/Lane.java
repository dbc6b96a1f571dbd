package io.meninx.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of a drawing: one thing that can stand or not, over time. At no moment it stands twice.
 *
 * @param group which part of the drawing it is in
 * @param code what it is; unique in its group
 * @param bars when it stood, in order of time
 * @param marks moments, in order of time
 */
record Lane(Group group, String code, List<Bar> bars, List<Mark> marks) {
  Lane {
    bars = List.copyOf(bars);
    marks = List.copyOf(marks);
  }

  /** The parts of a drawing, from above to below. */
  enum Group {
    STATE("State"),
    RECOMMENDATION("Criteria met for"),
    CONTRAINDICATION("Contraindications"),
    SCHEDULE("Schedules"),
    ALERT("Alerts");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** How a bar is drawn. */
  enum Look {
    STATE,
    STANDS,
    AGAINST,
    SCHEDULE,
    ROUTINE,
    URGENT,
    STAT
  }

  /**
   * A stretch of time.
   *
   * @param from its beginning
   * @param to its end; absent while it goes on
   * @param look how it is drawn
   * @param answered whether a person answered: drawn hatched
   * @param text to be written into it where it fits; may be empty
   * @param words what it says in full
   */
  record Bar(
      Instant from, Optional<Instant> to, Look look, boolean answered, String text, String words) {
    private Bar wordless() {
      return new Bar(from, to, look, answered, text, "");
    }
  }

  /**
   * A moment.
   *
   * @param at when
   * @param sign what kind of moment
   * @param words what it says in full
   */
  record Mark(Instant at, Sign sign, String words) {
    private Mark wordless() {
      return new Mark(at, sign, "");
    }
  }

  /** Kinds of moment. */
  enum Sign {
    /** People were told. */
    TOLD,
    /** It ended, since it was settled. */
    ENDED,
    /** It was taken back, since a fact was withdrawn. */
    TAKEN_BACK,
    /** It changed. */
    CHANGED
  }

  /** Whether it stood at the same times in the same way, whatever the words. */
  boolean sameTimes(Lane other) {
    return bars.stream()
            .map(Bar::wordless)
            .toList()
            .equals(other.bars.stream().map(Bar::wordless).toList())
        && marks.stream()
            .map(Mark::wordless)
            .toList()
            .equals(other.marks.stream().map(Mark::wordless).toList());
  }

  /** When it is first seen. */
  Instant begins() {
    Instant bar = bars.isEmpty() ? Instant.MAX : bars.getFirst().from();
    Instant mark = marks.isEmpty() ? Instant.MAX : marks.getFirst().at();
    return bar.isBefore(mark) ? bar : mark;
  }
}
