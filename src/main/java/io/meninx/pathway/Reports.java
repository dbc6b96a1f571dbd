package io.meninx.pathway;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.Correction;
import io.meninx.guideline.GuidelineRules;
import io.meninx.guideline.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the reports that can still matter. A fact in order extends them; an amended, withdrawn or
 * late one rebuilds them from all facts (design, picture). The head of the list is thinned out now
 * and then, the tail is kept whole so that a fact that is late by a little needs no rebuild.
 */
final class Reports {
  /** Reports kept whole at the end of the list. */
  private static final int TAIL = 32;

  private final GuidelineRules rules;
  private final Parameters parameters;

  Reports(GuidelineRules rules, Parameters parameters) {
    this.rules = rules;
    this.parameters = parameters;
  }

  /**
   * The reports after an input.
   *
   * @param retained in fold order
   * @param frontier how many of them were already thinned out
   * @param corrections still worth telling
   * @param touched the report of the input
   * @param growth what became of the reports that were retained
   */
  record Updated(
      List<Report> retained,
      int frontier,
      List<Correction> corrections,
      Optional<Report> touched,
      Growth growth) {
    Report reportOf(StoredFact arrived) {
      return touched.orElseGet(() -> Report.of(arrived));
    }
  }

  /** What became of the reports that were retained. */
  sealed interface Growth {
    /** They are the same. */
    record None() implements Growth {}

    /** One came to them. */
    record One(Report report) implements Growth {}

    /** One counts now, and did not before. */
    record Completed(Report before, Report report) implements Growth {}

    /** Others are retained now, or other versions of them. */
    record Others() implements Growth {}
  }

  Updated unchanged(PatientState state, Instant now) {
    return new Updated(
        state.retained(),
        state.frontier(),
        current(state.corrections(), now),
        Optional.empty(),
        new Growth.None());
  }

  Updated add(PatientView view, Optional<Report> before, StoredFact arrived, Instant now) {
    PatientState state = view.state();
    Report report = Report.of(arrived);
    Report whole = before.map(known -> with(known, arrived)).orElse(report);
    if (before.isPresent()
        && whole.current().equals(arrived)
        && completes(state, before.get(), whole, now)) {
      return completed(state, before.get(), whole, now);
    }
    if (before.isEmpty() && !matters(report)) {
      return unchanged(state, now);
    }
    boolean late =
        before.isPresent()
            || beforeFrontier(state, report)
            || touchesCorrection(state.retained(), arrived, now);
    if (late) {
      List<StoredFact> all = new ArrayList<>(view.all());
      all.add(arrived);
      Updated rebuilt = rebuild(all, now);
      return new Updated(
          rebuilt.retained(),
          rebuilt.frontier(),
          rebuilt.corrections(),
          Optional.of(whole),
          new Growth.Others());
    }
    return extended(state, new ArrayList<>(state.retained()), report, new Growth.One(report), now);
  }

  /**
   * Whether a version is the first of its report that counts, of a report that is retained whole,
   * and behind everything that was thinned out: then it is like a new report. Nothing was built on
   * the versions before it, so there is nothing to correct.
   */
  private boolean completes(PatientState state, Report before, Report report, Instant now) {
    return report.header().status().counts()
        && before.versions().stream().noneMatch(one -> one.fact().header().status().counts())
        && matters(report)
        && place(state.retained(), before) >= state.frontier()
        && !beforeFrontier(state, report)
        && !touchesCorrection(state.retained(), report.current(), now);
  }

  private static Report with(Report before, StoredFact arrived) {
    List<StoredFact> versions = new ArrayList<>(before.versions());
    versions.add(arrived);
    return Report.of(versions);
  }

  private Updated completed(PatientState state, Report before, Report report, Instant now) {
    List<Report> retained = new ArrayList<>(state.retained());
    retained.remove(place(retained, before));
    return extended(state, retained, report, new Growth.Completed(before, report), now);
  }

  /** With a report that looks at nothing but what is retained. */
  private Updated extended(
      PatientState state, List<Report> retained, Report report, Growth growth, Instant now) {
    retained.add(-place(retained, report) - 1, report);
    return thinned(
        retained,
        state.frontier(),
        current(state.corrections(), now),
        now,
        Optional.of(report),
        growth);
  }

  /** Where a report is in the order, or, as binary searches have it, where it would be. */
  private static int place(List<Report> retained, Report report) {
    return Collections.binarySearch(retained, report, Report.FOLD_ORDER);
  }

  private static boolean beforeFrontier(PatientState state, Report report) {
    return state.frontier() > 0
        && Report.FOLD_ORDER.compare(state.retained().get(state.frontier() - 1), report) >= 0;
  }

  /** The stored versions of the report that this fact is a version of. */
  static List<StoredFact> versions(PatientView view, Fact fact) {
    return view.versions(fact.header().reportId()).stream()
        .filter(version -> version.fact().sameReport(fact))
        .toList();
  }

  /** What {@link Fact#sameReport} compares. */
  private record ReportKey(ReportId id, FactKind kind) {
    static ReportKey of(Fact fact) {
      return new ReportKey(fact.header().reportId(), fact.kind());
    }
  }

  /** All over again from all fact versions. */
  Updated rebuild(List<StoredFact> all, Instant now) {
    Map<ReportKey, List<StoredFact>> byReport = new HashMap<>();
    for (StoredFact version : all) {
      byReport.computeIfAbsent(ReportKey.of(version.fact()), _ -> new ArrayList<>()).add(version);
    }
    List<Report> reports = new ArrayList<>();
    for (List<StoredFact> versions : byReport.values()) {
      Report report = Report.of(versions);
      if (matters(report)) {
        reports.add(report);
      }
    }
    reports.sort(Report.FOLD_ORDER);
    List<Correction> corrections = rules.corrections(reports, now);
    return thinned(reports, 0, corrections, now, Optional.empty(), new Growth.Others());
  }

  /** Of the answers of people only a board's matters to a rule. */
  private static boolean matters(Report report) {
    return !(report.current().fact() instanceof AlertResponse response)
        || response.mdtId().isPresent();
  }

  private List<Correction> current(List<Correction> corrections, Instant now) {
    Duration told = Duration.ofDays(parameters.alerts().pastActDays());
    return corrections.stream()
        .filter(correction -> correction.at().plus(told).isAfter(now))
        .toList();
  }

  /** Whether the fact could change what a correction of the last weeks was compared with. */
  private boolean touchesCorrection(List<Report> retained, StoredFact arrived, Instant now) {
    Duration told = Duration.ofDays(parameters.alerts().pastActDays());
    for (Report report : retained) {
      if (report.earlier().isEmpty()) {
        continue;
      }
      for (StoredFact version : report.versions()) {
        Instant at = version.fact().header().reportedAt();
        boolean known = !arrived.fact().header().reportedAt().isAfter(at);
        boolean between =
            arrived.fact() instanceof TreatmentEvent
                && !arrived.fact().header().observedAt().instant().isAfter(at);
        if (at.plus(told).isAfter(now) && (known || between)) {
          return true;
        }
      }
    }
    return false;
  }

  private Updated thinned(
      List<Report> retained,
      int frontier,
      List<Correction> corrections,
      Instant now,
      Optional<Report> touched,
      Growth growth) {
    if (retained.size() - frontier <= 2 * TAIL) {
      return new Updated(retained, frontier, corrections, touched, growth);
    }
    int split = retained.size() - TAIL;
    List<Report> head = Retention.thin(retained.subList(0, split), parameters, now);
    List<Report> kept = new ArrayList<>(head);
    kept.addAll(retained.subList(split, retained.size()));
    return new Updated(kept, head.size(), corrections, touched, new Growth.Others());
  }
}
