package io.meninx.guideline;

import io.meninx.fact.ReportId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A correction after which a treatment stood on another basis than the one it was given on
 * (G46-G48). Computed from stored versions, never from what was emitted.
 *
 * @param reportId of the corrected report
 * @param at reportedAt of the successor version
 * @param gap G46, G47 or G48
 * @param newContraindication whether a contraindication is new, which makes it STAT
 * @param differs what changed: CLASSIFICATION, STATUS_GROUP, ELIGIBILITY, CONTRAINDICATION
 * @param acts report ids of the treatments given in between
 */
public record Correction(
    ReportId reportId,
    Instant at,
    String gap,
    boolean newContraindication,
    List<String> differs,
    List<String> acts) {
  public Correction {
    differs = List.copyOf(differs);
    acts = List.copyOf(acts);
  }

  /**
   * Those told after a time, and those before them in an unbroken chain, each told within so long
   * of the next; in the order they are given in. The first of them is what their alert is about,
   * also when it is not worth telling any more itself.
   */
  public static List<Correction> chain(List<Correction> corrections, Instant after, Duration span) {
    List<Instant> times = corrections.stream().map(Correction::at).sorted().toList();
    int first = 0;
    while (first < times.size() && !times.get(first).isAfter(after)) {
      first++;
    }
    if (first == times.size()) {
      return List.of();
    }
    while (first > 0 && !times.get(first - 1).plus(span).isBefore(times.get(first))) {
      first--;
    }
    Instant from = times.get(first);
    return first == 0
        ? corrections
        : corrections.stream().filter(one -> !one.at().isBefore(from)).toList();
  }
}
