package io.meninx.guideline;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds the fingerprints of an alert's reasons. They are kept with the alert as long as it is open
 * and written whenever it changes: named one by one, those of a sender with a wrong clock would
 * make every further record more expensive than the one before (invariant 10). Of very many reasons
 * only the number is a fingerprint: one more is another number, and wakes a silenced alert.
 */
public final class ManyReasons {
  /** More than that are not named one by one. */
  private static final int MOST = 200;

  /**
   * So many numbers are kept, the highest: reasons that go away bring a number back that was told
   * already.
   */
  private static final int MOST_NUMBERS = 200;

  private static final String NUMBER = "many reasons:";

  private ManyReasons() {}

  /**
   * The fingerprints that stand for these.
   *
   * @param reasons sorted, without repeats
   */
  static List<String> bounded(List<String> reasons) {
    return reasons.size() <= MOST ? reasons : List.of(NUMBER + "%07d".formatted(reasons.size()));
  }

  /**
   * Those that are kept of the ones an alert has named.
   *
   * @param reasons sorted, without repeats
   */
  public static List<String> kept(List<String> reasons) {
    if (reasons.size() <= MOST_NUMBERS) {
      return reasons;
    }
    long numbers = reasons.stream().filter(reason -> reason.startsWith(NUMBER)).count();
    long dropped = numbers - MOST_NUMBERS;
    if (dropped <= 0) {
      return reasons;
    }
    List<String> kept = new ArrayList<>(reasons.size());
    for (String reason : reasons) { // sorted: the lowest numbers come first
      if (dropped > 0 && reason.startsWith(NUMBER)) {
        dropped--;
      } else {
        kept.add(reason);
      }
    }
    return kept;
  }
}
