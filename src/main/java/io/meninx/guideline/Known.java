package io.meninx.guideline;

import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A fact that counts, with the report it is the current version of.
 *
 * @param <F> kind of fact
 * @param report all versions
 * @param fact the version that counts
 */
public record Known<F extends Fact>(Report report, F fact) {

  /**
   * Oldest first, by clinical time, then by which was reported first: amending a report does not
   * change its place, unless it says another time.
   */
  static final Comparator<Known<?>> OLDEST_FIRST =
      Comparator.<Known<?>, Instant>comparing(known -> known.observed().instant())
          .thenComparing(Known::firstReported)
          .thenComparing(Known::id);

  /** Common header. */
  public Header header() {
    return fact.header();
  }

  /** Report id, the anchor of what is built on it. */
  public String id() {
    return fact.header().reportId().value();
  }

  /** Clinical time. */
  public ObservedAt observed() {
    return fact.header().observedAt();
  }

  /** Clinical day. */
  public long day() {
    return Days.of(fact.header().observedAt().instant());
  }

  /** This fact as evidence, with what it said. */
  public Evidence evidence(String value) {
    Header header = fact.header();
    return new Evidence(
        header.reportId().value(), fact.kind(), value, header.status(), header.observedAt());
  }

  /**
   * The day the need arises: the reportedAt date of the first version that states it (contract
   * section 6), the one use of reportedAt in due dates.
   */
  public long statedOn(Class<F> kind, Predicate<F> states) {
    if (report.earlier().isEmpty()) {
      return Days.of(fact.header().reportedAt());
    }
    return statedOn(
        report, (_, version) -> kind.isInstance(version) && states.test(kind.cast(version)));
  }

  /** The day on which the first version of any of these facts was reported that states it. */
  static <F extends Fact> long statedOn(List<Known<F>> facts, Class<F> kind, Predicate<F> states) {
    return facts.stream().mapToLong(known -> known.statedOn(kind, states)).min().orElseThrow();
  }

  /** The day on which the first version was reported that says the same as the current one. */
  static long statedOn(Report report, BiPredicate<Fact, Fact> same) {
    return Days.of(
        statedAt(report, status -> status.counts() || status == ResultStatus.PRELIMINARY, same));
  }

  /**
   * When the first version was reported that says the same as the current one.
   *
   * @param says statuses of earlier versions that say anything
   */
  static Instant statedAt(
      Report report, Predicate<ResultStatus> says, BiPredicate<Fact, Fact> same) {
    Fact current = report.current().fact();
    Instant first = current.header().reportedAt();
    for (StoredFact version : report.earlier()) {
      Header header = version.fact().header();
      if (says.test(header.status())
          && same.test(current, version.fact())
          && header.reportedAt().isBefore(first)) {
        first = header.reportedAt();
      }
    }
    return first;
  }

  /** The day the first version was reported. */
  public long firstReportedDay() {
    return Days.of(firstReported());
  }

  /** When the first version was reported. */
  Instant firstReported() {
    Instant first = fact.header().reportedAt();
    for (StoredFact version : report.earlier()) {
      Instant reported = version.fact().header().reportedAt();
      if (reported.isBefore(first)) {
        first = reported;
      }
    }
    return first;
  }

  /** Whether this was before the other, at the coarser of the two precisions. */
  public boolean before(Known<?> other) {
    return before(observed(), other.observed());
  }

  /** Whether one clinical time was before another, at the coarser of the two precisions. */
  public static boolean before(ObservedAt one, ObservedAt other) {
    if (one.precision() == ObservedAt.Precision.DAY
        || other.precision() == ObservedAt.Precision.DAY) {
      return Days.of(one.instant()) < Days.of(other.instant());
    }
    return one.instant().isBefore(other.instant());
  }
}
