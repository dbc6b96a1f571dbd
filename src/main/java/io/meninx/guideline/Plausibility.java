package io.meninx.guideline;

import io.meninx.fact.CsfResult;
import io.meninx.fact.StoredFact;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Well-formed but impossible values (contract section 3, G11): kept and flagged. A fact whose time
 * can't be right is not looked at until it is corrected; a processing time before collection only
 * makes the quality of the sample unknown.
 */
public final class Plausibility {
  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);

  private Plausibility() {}

  /**
   * Why a fact was flagged.
   *
   * @param reason code
   * @param field as KIND.field
   */
  public record Flag(String reason, String field) {}

  /** A flag on the fact, if any. */
  public static Optional<Flag> flag(StoredFact stored) {
    Optional<Flag> time = timeFlag(stored);
    if (time.isPresent()) {
      return time;
    }
    if (stored.fact() instanceof CsfResult csf && isMistimed(csf)) {
      return Optional.of(new Flag("PROCESSED_BEFORE_COLLECTED", "CSF.minutesToProcessing"));
    }
    if (isReportedAhead(stored)) {
      return Optional.of(new Flag("REPORTED_IN_FUTURE", stored.fact().kind() + ".reportedAt"));
    }
    return Optional.empty();
  }

  /**
   * Whether it says that it was reported later than a day after it was received. It counts all the
   * same, but no version that is right about its time replaces it before then, and what is due from
   * its report on is due too late: somebody has to know.
   */
  public static boolean isReportedAhead(StoredFact stored) {
    Instant reported = stored.fact().header().reportedAt();
    return reported.isAfter(stored.receivedAt())
        && reported.isAfter(stored.receivedAt().plus(AHEAD));
  }

  /** Whether a sample was processed before it was collected. */
  static boolean isMistimed(CsfResult sample) {
    return sample.minutesToProcessing().orElse(0) < 0;
  }

  /** A flag on its clinical time, if any: before 1990, or later than receipt + 1 day. */
  public static Optional<Flag> timeFlag(StoredFact stored) {
    Instant observed = stored.fact().header().observedAt().instant();
    if (observed.isBefore(EARLIEST)) {
      return Optional.of(new Flag("OBSERVED_BEFORE_1990", timeField(stored)));
    }
    if (observed.isAfter(stored.receivedAt())
        && observed.isAfter(stored.receivedAt().plus(AHEAD))) {
      return Optional.of(new Flag("OBSERVED_IN_FUTURE", timeField(stored)));
    }
    return Optional.empty();
  }

  private static String timeField(StoredFact stored) {
    return stored.fact().kind() + ".observedAt";
  }
}
