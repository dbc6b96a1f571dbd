package io.meninx.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A list of reports is held against one that is copied and sorted with every change. */
class ReportListTest {
  private static final int REPORTS = 400;

  /** More than fit into one chunk, so that chunks are split, filled and emptied. */
  @Property(tries = 100)
  void itIsWhatACopiedListWouldBe(
      @ForAll @Size(min = 200, max = 600) List<@IntRange(max = REPORTS) Integer> changes) {
    ReportList list = ReportList.EMPTY;
    List<Report> copied = new ArrayList<>();
    for (int change : changes) {
      Report report = report(change);
      int place = Collections.binarySearch(copied, report, Report.FOLD_ORDER);
      assertThat(list.place(report)).isEqualTo(place);
      ReportList before = list;
      if (place < 0) {
        list = list.with(report);
        copied.add(-place - 1, report);
        assertThat(ReportDifference.between(before, list))
            .isEqualTo(new ReportDifference(List.of(), List.of(report)));
      } else {
        list = list.without(report);
        copied.remove(place);
        assertThat(ReportDifference.between(before, list))
            .isEqualTo(new ReportDifference(List.of(report), List.of()));
      }
    }
    assertSame(list, copied);
    assertSame(ReportList.copyOf(copied), copied);
  }

  private static void assertSame(ReportList list, List<Report> copied) {
    assertThat(list.size()).isEqualTo(copied.size());
    assertThat(new ArrayList<>(list)).isEqualTo(copied);
    assertThat(list).isEqualTo(copied).hasSameHashCodeAs(copied);
    for (int i = 0; i < copied.size(); i++) {
      assertThat(list.get(i)).isSameAs(copied.get(i));
    }
    assertThat(list.amended())
        .containsExactlyInAnyOrderElementsOf(
            copied.stream().filter(report -> !report.earlier().isEmpty()).toList());
  }

  @Test
  void aListThatWasMadeOfAnotherLeavesItAsItWas() {
    ReportList one = ReportList.EMPTY.with(report(1)).with(report(3));
    ReportList other = one.with(report(2)).without(report(3));
    assertThat(one).containsExactly(report(1), report(3));
    assertThat(other).containsExactly(report(1), report(2));
  }

  @Test
  void whatListsShareIsKnown() {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < REPORTS; i++) {
      reports.add(report(i));
    }
    ReportList before = ReportList.copyOf(reports);
    ReportList after = before.without(report(200));
    assertThat(before.sharedHead(after)).isBetween(130, 200);
    assertThat(before.sharedTail(after)).isBetween(130, 200);
    assertThat(before.sharedHead(before)).isEqualTo(REPORTS);
    assertThat(before.sharedHead(ReportList.EMPTY)).isZero();
    assertThat(ReportList.EMPTY.sharedTail(before)).isZero();
  }

  @Test
  void noReportIsThereTwice() {
    ReportList list = ReportList.EMPTY.with(report(1));
    assertThatThrownBy(() -> list.with(report(1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list.without(report(2))).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> ReportList.EMPTY.without(report(2)))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> list.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ReportList.EMPTY.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Every seventh has two versions. */
  private static Report report(int number) {
    StoredFact first =
        Facts.stored(Facts.kps("kps-" + number, 50).day(number / 3).event("first-" + number));
    return number % 7 == 0
        ? Report.of(
            List.of(
                first,
                Facts.stored(
                    Facts.kps("kps-" + number, 90)
                        .day(number / 3)
                        .reportedDay(500)
                        .amended()
                        .event("second-" + number))))
        : Report.of(first);
  }
}
