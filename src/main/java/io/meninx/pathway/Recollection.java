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
  private @Nullable Review review;

  /** A review takes some 20 KB, as much as so many reports. */
  private static final int REPORTS = 30;

  /** How much memory it takes, in reports of a state. */
  public int weight() {
    return isEmpty() ? 0 : REPORTS;
  }

  /** Whether anything is remembered. */
  public boolean isEmpty() {
    return review == null;
  }

  /** Forgets everything. */
  public void forget() {
    state = null;
    rules = null;
    review = null;
  }

  /**
   * The review that led to a state, if it is that of these rules and reaches this time. It is
   * forgotten at the same time, so that it is never gone on with twice.
   */
  @SuppressWarnings("ReferenceEquality") // of this very state, and not of one like it
  Optional<Review> take(PatientState of, GuidelineRules by, Instant now) {
    Review kept = state == of && rules == by ? review : null;
    forget();
    return Optional.ofNullable(kept).filter(one -> one.reaches(now));
  }

  /** Keeps the review that led to a state. */
  void keep(PatientState after, GuidelineRules by, Review kept) {
    state = after;
    rules = by;
    review = kept;
  }
}
