package io.meninx.guideline;

import io.meninx.fact.ReportId;
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
}
