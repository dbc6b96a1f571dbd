package io.meninx.pathway;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import java.time.Instant;

/**
 * Decides: a pure function of what is kept of a patient, an input and the logical time. Reads through {@link PatientView},
 * writes nothing; the caller stores what the decision says and then forwards it (invariant 7).
 */
public final class PathwayEngine {
  private final Guideline guideline;

  /** An engine that decides by this guideline. */
  public PathwayEngine(Guideline guideline) {
    this.guideline = guideline;
  }

  /** The guideline it decides by. */
  public Guideline guideline() {
    return guideline;
  }

  /**
   * Decides on an input. The patient's timers up to {@code now} must have fired before (contract section 2).
   *
   * @param view of the patient the fact is about
   * @param fact the input
   * @param receivedAt record time of the input
   * @param now logical time of the partition
   */
  public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
    throw new UnsupportedOperationException();
  }

  /**
   * Decides on the passing of time: what {@link PatientState#nextDue} announced.
   *
   * @param dueAt the announced instant, which is the time of the decision whichever tick made it fire
   */
  public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
    throw new UnsupportedOperationException();
  }

  /** Decides anew on everything known, for instance after a change of guideline. */
  public Decision reevaluate(PatientView view, PatientId patient, Instant now) {
    throw new UnsupportedOperationException();
  }
}
