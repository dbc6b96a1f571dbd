package io.meninx.guideline;

import io.meninx.fact.Tri;
import java.util.List;

/** Conditions shared by everything that permits: unknown never does. */
final class Permission {
  private Permission() {}

  /** Confirmed or probable. */
  static void established(Evaluation e, Criteria criteria) {
    Reason reason = e.diagnosis().classified().reason();
    Tri holds =
        switch (e.diagnosis().classified().certainty()) {
          case CONFIRMED, PROBABLE -> Tri.YES;
          case POSSIBLE, LACK_OF_EVIDENCE -> Tri.NO;
          case UNDETERMINED -> Tri.UNKNOWN;
        };
    criteria.require(
        holds,
        reason.evidence(),
        "diagnosis confirmed or probable",
        reason.missing().isEmpty() ? "CSF.cytology" : reason.missing().getFirst());
  }

  /** Good arm, by a KPS that is not older than it may be (S8, G3). */
  static void goodArm(Evaluation e, Criteria criteria) {
    arm(e, criteria, e.status().is(StatusGroup.GOOD));
  }

  /**
   * Not the poor arm. An arm that is not known does not stand against relief of a symptomatic site
   * (S13 names no arm; S20).
   */
  static void notPoor(Evaluation e, Criteria criteria) {
    Reason reason = e.status().group().reason();
    criteria.require(
        Tri.of(!e.status().is(StatusGroup.POOR)), reason.evidence(), "status group not poor", "");
    criteria.wanted(reason.missing());
  }

  private static void arm(Evaluation e, Criteria criteria, boolean fits) {
    Reason reason = e.status().group().reason();
    boolean known = !e.status().is(StatusGroup.UNKNOWN);
    criteria.require(
        known ? Tri.of(fits) : Tri.UNKNOWN,
        reason.evidence(),
        "good status group",
        reason.missing().isEmpty() ? Status.KPS : reason.missing().getFirst());
    criteria.wanted(reason.missing());
    if (known) {
      criteria.require(
          e.status().fresh(e.moment(), e.parameters) ? Tri.YES : Tri.UNKNOWN,
          List.of(),
          freshKps(e.parameters),
          Status.KPS);
    }
  }

  /** What is not met by a KPS that is too old. */
  static String freshKps(Parameters parameters) {
    return "KPS of the last " + parameters.status().kpsValidDays() + " days";
  }
}
