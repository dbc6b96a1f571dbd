package io.meninx.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What two lists of reports differ in is all that leads from the one to the other, and no more. */
class ReportDifferenceTest {
  /** From 0: no such report, its first version only, the second only, or both. */
  private static final int BOTH = 3;

  @Property
  void itLeadsFromTheOneToTheOther(
      @ForAll @Size(12) List<@IntRange(max = BOTH) Integer> one,
      @ForAll @Size(12) List<@IntRange(max = BOTH) Integer> other) {
    ReportList before = reports(one);
    ReportList after = reports(other);
    ReportDifference difference = ReportDifference.between(before, after);

    List<Report> led = new ArrayList<>(before);
    led.removeAll(difference.gone());
    led.addAll(difference.came());
    led.sort(Report.FOLD_ORDER);
    assertThat(led).isEqualTo(after);
    assertThat(difference.gone()).noneMatch(after::contains);
    assertThat(difference.came()).noneMatch(before::contains);
    assertThat(difference.isEmpty()).isEqualTo(before.equals(after));
    assertThat(difference.size()).isEqualTo(difference.gone().size() + difference.came().size());
    assertThat(difference.versions())
        .containsExactlyInAnyOrderElementsOf(inOne(versions(before), versions(after)));
  }

  @Test
  void aFurtherVersionOfAReportTellsThatVersionOnly() {
    ReportList before = reports(List.of(1, 1, 1));
    ReportList after = reports(List.of(1, 3, 1));
    ReportDifference difference = ReportDifference.between(before, after);
    assertThat(difference.gone()).containsExactly(before.get(1));
    assertThat(difference.came()).hasSize(1);
    assertThat(difference.versions()).containsExactly(second(1));
  }

  private static ReportList reports(List<Integer> ways) {
    return ReportList.copyOf(
        IntStream.range(0, ways.size())
            .mapToObj(index -> versions(index, ways.get(index)))
            .filter(versions -> !versions.isEmpty())
            .map(Report::of)
            .sorted(Report.FOLD_ORDER)
            .toList());
  }

  private static List<StoredFact> versions(int index, int way) {
    return switch (way) {
      case 0 -> List.of();
      case 1 -> List.of(first(index));
      case 2 -> List.of(second(index));
      default -> List.of(first(index), second(index));
    };
  }

  private static StoredFact first(int index) {
    return Facts.stored(Facts.kps("kps-" + index, 50).day(index / 2).event("first-" + index));
  }

  private static StoredFact second(int index) {
    return Facts.stored(
        Facts.kps("kps-" + index, 90)
            .day(index / 3)
            .reportedDay(20 + index)
            .amended()
            .event("second-" + index));
  }

  private static List<StoredFact> versions(List<Report> reports) {
    return reports.stream().flatMap(report -> report.versions().stream()).toList();
  }

  private static List<StoredFact> inOne(List<StoredFact> one, List<StoredFact> other) {
    List<StoredFact> either = new ArrayList<>(one);
    either.removeAll(other);
    other.stream().filter(version -> !one.contains(version)).forEach(either::add);
    return either;
  }
}
