package io.meninx.fact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All versions of one report, the current one first. Arrival order does not matter: the same set of
 * versions gives the same report (contract section 3).
 *
 * @param current the version that counts
 * @param earlier the other versions, in version order, oldest first
 */
public record Report(StoredFact current, List<StoredFact> earlier) {
  /** Oldest first; conclusive versions after all others, then (reportedAt, rank, eventId). */
  public static final Comparator<StoredFact> VERSION_ORDER =
      Comparator.<StoredFact, Boolean>comparing(v -> v.fact().header().status().conclusive())
          .thenComparing(v -> v.fact().header().reportedAt())
          .thenComparing(v -> v.fact().header().status().rank())
          .thenComparing(v -> v.fact().header().eventId());

  /** The order in which facts are folded: clinical time, then reporting time, then report id. */
  public static final Comparator<Report> FOLD_ORDER = Report::compareInFold;

  private static int compareInFold(Report one, Report other) {
    Header left = one.header();
    Header right = other.header();
    int order = left.observedAt().instant().compareTo(right.observedAt().instant());
    if (order == 0) {
      order = left.reportedAt().compareTo(right.reportedAt());
    }
    if (order == 0) {
      order = left.reportId().compareTo(right.reportId());
    }
    return order == 0 ? left.eventId().compareTo(right.eventId()) : order;
  }

  public Report {
    earlier = List.copyOf(earlier);
  }

  /** A report with one version. */
  public static Report of(StoredFact only) {
    return new Report(only, List.of());
  }

  /** The report made of these versions; at least one, in any order. */
  public static Report of(List<StoredFact> versions) {
    List<StoredFact> sorted = new ArrayList<>(versions);
    sorted.sort(VERSION_ORDER);
    return new Report(sorted.getLast(), sorted.subList(0, sorted.size() - 1));
  }

  /** Header of the current version. */
  public Header header() {
    return current.fact().header();
  }

  /** All versions, oldest first. */
  public List<StoredFact> versions() {
    List<StoredFact> all = new ArrayList<>(earlier);
    all.add(current);
    return all;
  }
}
