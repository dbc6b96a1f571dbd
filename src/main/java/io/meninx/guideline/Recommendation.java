package io.meninx.guideline;

import java.util.Comparator;
import java.util.Optional;

/**
 * Identity of a recommendation: at most one of each stands at a time.
 *
 * @param code what
 * @param gap which gap of the guideline it is about, for MDT_REVIEW only
 */
public record Recommendation(RecommendationCode code, Optional<String> gap)
    implements Comparable<Recommendation> {
  private static final Comparator<Recommendation> ORDER =
      Comparator.<Recommendation, String>comparing(r -> r.code().name())
          .thenComparing(r -> r.gap().orElse(""));

  @Override
  public int compareTo(Recommendation other) {
    return ORDER.compare(this, other);
  }
}
