package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What to recompute.
 *
 * @param engineVersion of this engine: differences to entries of another version are told apart
 * @param guideline decide by this one instead of those that were in use (what if)
 * @param patients only these; all when empty
 * @param until entries of a later logical time, or whose input was received later, are left out
 * @param threads at most so many partitions at once
 */
public record ReplayOptions(
    String engineVersion,
    Optional<Guideline> guideline,
    Set<PatientId> patients,
    Optional<Instant> until,
    int threads) {

  public ReplayOptions {
    patients = Set.copyOf(patients);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more");
    }
  }

  /** Everything, by the guidelines that were in use, one partition after the other. */
  public static ReplayOptions all(String engineVersion) {
    return new ReplayOptions(engineVersion, Optional.empty(), Set.of(), Optional.empty(), 1);
  }

  /** The same by another guideline. */
  public ReplayOptions withGuideline(Guideline other) {
    return new ReplayOptions(engineVersion, Optional.of(other), patients, until, threads);
  }

  /** The same for these patients alone. */
  public ReplayOptions withPatients(Set<PatientId> some) {
    return new ReplayOptions(engineVersion, guideline, some, until, threads);
  }

  /** The same up to a time. */
  public ReplayOptions withUntil(Instant time) {
    return new ReplayOptions(engineVersion, guideline, patients, Optional.of(time), threads);
  }

  /** The same with so many threads. */
  public ReplayOptions withThreads(int count) {
    return new ReplayOptions(engineVersion, guideline, patients, until, count);
  }

  /** Whether this patient is to be looked at. */
  boolean wants(PatientId patient) {
    return patients.isEmpty() || patients.contains(patient);
  }
}
