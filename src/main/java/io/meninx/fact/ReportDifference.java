package io.meninx.fact;

import java.util.ArrayList;
import java.util.List;

/**
 * What two lists of reports differ in. A report with another version is gone as it was, and came as
 * it is.
 *
 * @param gone of the one list, not in the other
 * @param came of the other list, not in the one
 */
public record ReportDifference(List<Report> gone, List<Report> came) {
  private static final ReportDifference NONE = new ReportDifference(List.of(), List.of());

  /** Between two lists. */
  @SuppressWarnings("ReferenceEquality") // most are the same object: that is seen at once
  public static ReportDifference between(ReportList before, ReportList after) {
    if (before == after) {
      return NONE;
    }
    List<Report> gone = new ArrayList<>(0);
    List<Report> came = new ArrayList<>(1);
    int left = before.sharedHead(after);
    int right = left;
    int tail = Math.min(before.sharedTail(after), Math.min(before.size(), after.size()) - left);
    int leftEnd = before.size() - tail;
    int rightEnd = after.size() - tail;
    while (left < leftEnd && right < rightEnd) {
      Report one = before.get(left);
      Report other = after.get(right);
      if (one == other || one.equals(other)) {
        left++;
        right++;
        continue;
      }
      int order = Report.FOLD_ORDER.compare(one, other);
      if (order <= 0) {
        gone.add(one);
        left++;
      }
      if (order >= 0) {
        came.add(other);
        right++;
      }
    }
    while (left < leftEnd) {
      gone.add(before.get(left++));
    }
    while (right < rightEnd) {
      came.add(after.get(right++));
    }
    return new ReportDifference(gone, came);
  }

  /** Whether both have the same reports. */
  public boolean isEmpty() {
    return gone.isEmpty() && came.isEmpty();
  }

  /** How many reports are gone or came. */
  public int size() {
    return gone.size() + came.size();
  }

  /** Versions that are in one list only. */
  public List<StoredFact> versions() {
    if (gone.isEmpty() && came.size() == 1) {
      return came.getFirst().versions(); // one more report: the most frequent of all differences
    }
    List<StoredFact> before = gone.stream().flatMap(one -> one.versions().stream()).toList();
    List<StoredFact> after = came.stream().flatMap(one -> one.versions().stream()).toList();
    List<StoredFact> either = new ArrayList<>();
    before.stream().filter(version -> !after.contains(version)).forEach(either::add);
    after.stream().filter(version -> !before.contains(version)).forEach(either::add);
    return either;
  }
}
