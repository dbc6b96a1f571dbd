package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import java.time.Instant;
import java.util.Optional;

/**
 * What to recompute.
 *
 * @param engineVersion of this engine: differences to entries of another version are told apart
 * @param guideline decide by this one instead of those that were in use (what if)
 * @param patient only this one
 * @param until entries of a later logical time, or whose input was received later, are left out
 * @param threads at most so many partitions at once
 */
public record ReplayOptions(
    String engineVersion,
    Optional<Guideline> guideline,
    Optional<PatientId> patient,
    Optional<Instant> until,
    int threads) {

  public ReplayOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more");
    }
  }

  /** Everything, by the guidelines that were in use, one partition after the other. */
  public static ReplayOptions all(String engineVersion) {
    return new ReplayOptions(
        engineVersion, Optional.empty(), Optional.empty(), Optional.empty(), 1);
  }

  /** The same by another guideline. */
  public ReplayOptions withGuideline(Guideline other) {
    return new ReplayOptions(engineVersion, Optional.of(other), patient, until, threads);
  }

  /** The same for one patient. */
  public ReplayOptions withPatient(PatientId one) {
    return new ReplayOptions(engineVersion, guideline, Optional.of(one), until, threads);
  }

  /** The same up to a time. */
  public ReplayOptions withUntil(Instant time) {
    return new ReplayOptions(engineVersion, guideline, patient, Optional.of(time), threads);
  }

  /** The same with so many threads. */
  public ReplayOptions withThreads(int count) {
    return new ReplayOptions(engineVersion, guideline, patient, until, count);
  }
}
