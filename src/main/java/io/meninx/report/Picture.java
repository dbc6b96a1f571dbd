package io.meninx.report;

import io.meninx.fact.FactKind;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.replay.Course;
import io.meninx.replay.KnownFact;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Standing;
import io.meninx.report.Lane.Bar;
import io.meninx.report.Lane.Group;
import io.meninx.report.Lane.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn of a patient, without coordinates.
 *
 * @param facts by kind; those that were sent again and changed nothing are left out
 * @param numbers the number of each fact in the table, from 1, by its entry
 * @param rows what was decided, from above to below
 * @param from the left edge
 * @param to the right edge
 */
record Picture(
    Map<FactKind, List<KnownFact>> facts,
    Map<KnownFact, Integer> numbers,
    List<Row> rows,
    Instant from,
    Instant to) {
  /** So much earlier than the first thing that became known the axis may begin. */
  private static final Duration BEFORE = Duration.ofDays(30);

  private static final Duration AFTER = Duration.ofDays(14);

  /**
   * One thing that was decided: once when both sides agree, else the two one above the other.
   *
   * @param group part of the drawing
   * @param code what
   * @param before as recorded; absent when it never stood
   * @param after as recomputed
   */
  record Row(Group group, String code, Optional<Lane> before, Optional<Lane> after) {
    /** Whether the two stood at other times or in another way. */
    boolean differs() {
      return before.isEmpty() || after.isEmpty() || !before.get().sameTimes(after.get());
    }

    /** Whether only the words are others. */
    boolean otherWords() {
      return !differs() && !before.equals(after);
    }

    Instant begins() {
      return Stream.concat(before.stream(), after.stream())
          .map(Lane::begins)
          .min(Comparator.naturalOrder())
          .orElse(Instant.MAX);
    }
  }

  static Picture of(PatientTimeline timeline) {
    Map<FactKind, List<KnownFact>> facts = new EnumMap<>(FactKind.class);
    Map<KnownFact, Integer> numbers = new LinkedHashMap<>();
    for (KnownFact fact : timeline.facts()) {
      numbers.put(fact, numbers.size() + 1);
      if (fact.disposition() == Disposition.DECIDED) {
        facts.computeIfAbsent(fact.fact().kind(), _ -> new ArrayList<>()).add(fact);
      }
    }
    List<Row> rows = rows(timeline.recorded(), timeline.recomputed());
    List<Instant> times = times(timeline.facts(), rows);
    Instant first = times.stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Instant last = times.stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Instant from = begin(timeline.facts(), first);
    return new Picture(facts, numbers, rows, from, end(timeline, from, last));
  }

  /** When a fact became known: that is where it is drawn. */
  static Instant known(KnownFact fact) {
    return fact.decidedAt().orElse(fact.receivedAt());
  }

  private static List<Row> rows(Course recorded, Course recomputed) {
    Map<Lanes.Key, Lane> before = Lanes.of(recorded);
    Map<Lanes.Key, Lane> after = Lanes.of(recomputed);
    Set<Lanes.Key> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .map(key -> row(key, before.get(key), after.get(key)))
        .filter(row -> row.begins().isBefore(Instant.MAX))
        .sorted(
            Comparator.comparing(Row::group).thenComparing(Row::begins).thenComparing(Row::code))
        .toList();
  }

  private static Row row(Lanes.Key key, @Nullable Lane before, @Nullable Lane after) {
    return new Row(
        key.group(), key.code(), Optional.ofNullable(before), Optional.ofNullable(after));
  }

  private static List<Instant> times(List<KnownFact> facts, List<Row> rows) {
    List<Instant> times = new ArrayList<>();
    facts.forEach(fact -> times.add(known(fact)));
    for (Row row : rows) {
      for (Lane lane : Stream.concat(row.before().stream(), row.after().stream()).toList()) {
        lane.bars().stream().map(Bar::from).forEach(times::add);
        lane.bars().stream().flatMap(bar -> bar.to().stream()).forEach(times::add);
        lane.marks().stream().map(Mark::at).forEach(times::add);
      }
    }
    return times;
  }

  /** What was so shortly before it became known is inside; what was so years before is not. */
  private static Instant begin(List<KnownFact> facts, Instant first) {
    Instant earliest = first.minus(BEFORE);
    return facts.stream()
        .map(fact -> fact.fact().header().observedAt().instant())
        .filter(at -> !at.isBefore(earliest) && at.isBefore(first))
        .min(Comparator.naturalOrder())
        .orElse(first)
        .minus(Duration.ofHours(6));
  }

  /** The end of what was looked at, unless nothing happens for long before it. */
  private static Instant end(PatientTimeline timeline, Instant from, Instant last) {
    Duration tail = Duration.between(from, last).dividedBy(7);
    Instant most = last.plus(tail.compareTo(AFTER) > 0 ? tail : AFTER);
    Instant end = timeline.standing().map(Standing::at).filter(last::isBefore).orElse(last);
    Instant seen = end.isAfter(most) ? most : end;
    return seen.plus(Duration.ofHours(6));
  }
}
