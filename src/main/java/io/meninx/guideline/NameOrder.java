package io.meninx.guideline;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of the names of an enum's constants, in which codes stand wherever they are listed
 * (contract section 6). Names are compared once and not in every decision.
 */
final class NameOrder<E extends Enum<E>> implements Comparator<E> {
  private final int[] ranks;

  NameOrder(Class<E> codes) {
    E[] sorted = codes.getEnumConstants().clone();
    Arrays.sort(sorted, Comparator.comparing(Enum::name));
    ranks = new int[sorted.length];
    for (int rank = 0; rank < sorted.length; rank++) {
      ranks[sorted[rank].ordinal()] = rank;
    }
  }

  @Override
  public int compare(E one, E other) {
    return Integer.compare(ranks[one.ordinal()], ranks[other.ordinal()]);
  }
}
