package io.meninx.casefile;

import io.meninx.guideline.Guideline;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.List;

/**
 * What the pathway decided on a case (contract section 6).
 *
 * @param caseName name of the case
 * @param guideline it was decided by
 * @param events in order of decision
 * @param alerts every revision, in order of decision
 * @param rejected facts that were put aside or flagged, by index
 * @param endedAt when the case ended
 * @param state at the end
 */
public record CaseResult(
    String caseName,
    DecidedBy guideline,
    List<PathwayEvent> events,
    List<AlertRevision> alerts,
    List<Rejected> rejected,
    Instant endedAt,
    PublicState state) {

  public CaseResult {
    events = List.copyOf(events);
    alerts = List.copyOf(alerts);
    rejected = List.copyOf(rejected);
  }

  /**
   * The guideline, by name.
   *
   * @param id of the guideline
   * @param version of it
   * @param hash of its canonical text
   */
  public record DecidedBy(String id, String version, String hash) {

    /** The name of this guideline. */
    public static DecidedBy of(Guideline guideline) {
      return new DecidedBy(guideline.id(), guideline.version(), guideline.hash());
    }
  }

  /**
   * A fact that was not kept, or kept and flagged as implausible.
   *
   * @param index in {@code facts[]} of the case file
   * @param reason a code
   * @param field as KIND.field; empty when it is about the whole fact
   */
  public record Rejected(int index, String reason, String field) {}

  /** The bytes of {@code DIR/<case>.json}: the same for the same result. */
  public byte[] toJson() {
    return ResultWriter.write(this);
  }
}
