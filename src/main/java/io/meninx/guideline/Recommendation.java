package io.meninx.guideline;

import java.util.Optional;

/**
 * Identity of a recommendation: at most one of each stands at a time.
 *
 * @param code what
 * @param gap which gap of the guideline it is about, for MDT_REVIEW only
 */
public record Recommendation(RecommendationCode code, Optional<String> gap)
    implements Comparable<Recommendation> {
  private static final NameOrder<RecommendationCode> CODES =
      new NameOrder<>(RecommendationCode.class);

  @Override
  public int compareTo(Recommendation other) {
    int byCode = CODES.compare(code, other.code);
    return byCode != 0 ? byCode : gap.orElse("").compareTo(other.gap.orElse(""));
  }
}
