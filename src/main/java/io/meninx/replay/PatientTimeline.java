package io.meninx.replay;

import io.meninx.fact.PatientId;
import java.util.List;
import java.util.Optional;

/**
 * All that is to be drawn of one patient: facts, what was decided on them, and what is decided now,
 * be it by the same guideline or by another.
 *
 * @param patient whom
 * @param partition where
 * @param facts in the order in which they became known
 * @param undecided facts that were received in time and decided only after it, when the replay ends
 *     at a time
 * @param recorded what stands in the journal
 * @param recomputed what is decided now: the same, or what another guideline gives; what is
 *     recorded, when the past is erased or missing
 * @param erased what is missing: what was recorded in entries that are erased stands in {@code
 *     recorded} as it is decided now
 * @param standing where the patient stands at the end of the recomputation; absent before the first
 *     tick, and when the past is erased or missing
 */
public record PatientTimeline(
    PatientId patient,
    int partition,
    List<KnownFact> facts,
    List<KnownFact> undecided,
    Course recorded,
    Course recomputed,
    ErasedPart erased,
    Optional<Standing> standing) {
  public PatientTimeline {
    facts = List.copyOf(facts);
    undecided = List.copyOf(undecided);
  }
}
