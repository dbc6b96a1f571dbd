package io.meninx.demo;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseFile.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All cases on one clock: the instants at which a fact of any case arrives or a case ends.
 *
 * <p><b>Why not every hour.</b> How often ticks come changes when a decision appears, never what it
 * says: a timer's decision carries its own due instant, timers fire in order of due time, and a
 * patient's due timers fire before that patient's next input (contract section 2). The published
 * cases span five years, which are 48,000 hours for each partition; so between two moments the demo
 * sends a tick at each midnight, where due dates fall, and the moment itself. That the decisions
 * are those of hourly ticks is not taken on trust: {@code demo --verify} compares them with those
 * of {@code play}, byte by byte.
 */
final class MergedClock {

  private MergedClock() {}

  /**
   * One instant at which something happens.
   *
   * @param at the instant
   * @param midnights since the moment before, in order
   * @param arrivals what arrives, at most one fact of a case
   * @param ends cases that end here
   */
  record Moment(
      Instant at, List<Instant> midnights, List<CaseArrival> arrivals, List<CaseFile> ends) {}

  /**
   * A fact of a case.
   *
   * @param file its case
   * @param arrival the fact
   */
  record CaseArrival(CaseFile file, Arrival arrival) {}

  static List<Moment> moments(Collection<CaseFile> cases) {
    SortedMap<Instant, List<CaseArrival>> arrivals = new TreeMap<>();
    SortedMap<Instant, List<CaseFile>> ends = new TreeMap<>();
    for (CaseFile file : cases) {
      for (Arrival arrival : file.arrivals()) {
        arrivals
            .computeIfAbsent(arrival.at(), _ -> new ArrayList<>())
            .add(new CaseArrival(file, arrival));
      }
      ends.computeIfAbsent(file.end(), _ -> new ArrayList<>()).add(file);
    }
    SortedMap<Instant, Boolean> instants = new TreeMap<>();
    arrivals.keySet().forEach(at -> instants.put(at, true));
    ends.keySet().forEach(at -> instants.put(at, true));
    List<Moment> moments = new ArrayList<>();
    Instant before = instants.isEmpty() ? Instant.EPOCH : instants.firstKey();
    for (Instant at : instants.keySet()) {
      List<List<CaseArrival>> waves = waves(arrivals.getOrDefault(at, List.of()));
      for (int i = 0; i < waves.size(); i++) {
        boolean last = i == waves.size() - 1;
        moments.add(
            new Moment(
                at,
                midnights(before, at),
                waves.get(i),
                last ? ends.getOrDefault(at, List.of()) : List.of()));
        before = at;
      }
    }
    return moments;
  }

  /**
   * Facts of one case at one instant go one after the other: they may be in different topics, and
   * between topics nothing keeps their order. (It takes more than 60 facts in a minute.)
   */
  private static List<List<CaseArrival>> waves(List<CaseArrival> arrivals) {
    List<List<CaseArrival>> waves = new ArrayList<>(List.of(new ArrayList<>()));
    for (CaseArrival arrival : arrivals) {
      boolean taken =
          waves.getLast().stream().anyMatch(other -> other.file().equals(arrival.file()));
      if (taken) {
        waves.add(new ArrayList<>());
      }
      waves.getLast().add(arrival);
    }
    return waves;
  }

  private static List<Instant> midnights(Instant after, Instant before) {
    List<Instant> midnights = new ArrayList<>();
    Instant midnight = after.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    while (midnight.isBefore(before)) {
      midnights.add(midnight);
      midnight = midnight.plus(Duration.ofDays(1));
    }
    return midnights;
  }
}
