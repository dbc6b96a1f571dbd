package io.meninx.pathway;

import io.meninx.guideline.GuidelineRules;
import io.meninx.guideline.Review;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers of a patient from its last decision, so that the next one need not look
 * at everything again. It changes no decision: it is used for exactly the state that it was kept
 * for, and whoever holds the state may forget it at any time. For use by one thread.
 */
public final class Recollection {
  private @Nullable PatientState state;
  private @Nullable GuidelineRules rules;
  private @Nullable Kept kept;

  /**
   * What is remembered.
   *
   * @param review that led to the state
   * @param open alerts of the state, with what the rules found for them
   */
  record Kept(Review review, OpenAlerts open) {}

  /** A review takes some 20 KB, as much as so many reports. */
  private static final int REPORTS = 30;

  /** How much memory it takes, in reports of a state. */
  public int weight() {
    return isEmpty() ? 0 : REPORTS;
  }

  /** Whether anything is remembered. */
  public boolean isEmpty() {
    return kept == null;
  }

  /** Forgets everything. */
  public void forget() {
    state = null;
    rules = null;
    kept = null;
  }

  /**
   * What was kept for a state, if it is that of these rules and its review reaches this time. It is
   * forgotten at the same time, so that the review is never gone on with twice.
   */
  @SuppressWarnings("ReferenceEquality") // of this very state, and not of one like it
  Optional<Kept> take(PatientState of, GuidelineRules by, Instant now) {
    Kept taken = state == of && rules == by ? kept : null;
    forget();
    return Optional.ofNullable(taken).filter(one -> one.review().reaches(now));
  }

  /** Keeps what led to a state. */
  void keep(PatientState after, GuidelineRules by, Kept led) {
    state = after;
    rules = by;
    kept = led;
  }
}
