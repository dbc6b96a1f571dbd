package io.meninx.pathway;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.Correction;
import io.meninx.guideline.GuidelineRules;
import io.meninx.guideline.Parameters;
import io.meninx.guideline.Picture;
import io.meninx.guideline.Plausibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the reports that can still matter. The head of the list is thinned out now and then, the
 * tail is kept whole: a fact that belongs there is put in its place, whether it is in order, late,
 * amended or withdrawn. One that belongs to the head rebuilds them from all facts.
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
   * @param retained that can still matter
   * @param frontier how many of them were already thinned out
   * @param corrections still worth telling, and those before them in an unbroken chain
   * @param touched the report of the input
   */
  record Updated(
      ReportList retained, int frontier, List<Correction> corrections, Optional<Report> touched) {
    Report reportOf(StoredFact arrived) {
      return touched.orElseGet(() -> Report.of(arrived));
    }
  }

  Updated unchanged(PatientState state, Instant now) {
    return new Updated(
        state.retained(), state.frontier(), current(state.corrections(), now), Optional.empty());
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
            || touchesCorrection(state, arrived, now);
    if (late) {
      return late(view, before, arrived, whole, now);
    }
    return extended(state, state.retained(), report, now);
  }

  /**
   * With a version that comes late. As long as nothing before it was thinned out, what is retained
   * is what it would be anyway; of the other facts only corrections need any.
   */
  private Updated late(
      PatientView view, Optional<Report> before, StoredFact arrived, Report whole, Instant now) {
    PatientState state = view.state();
    if (!isBehindFrontier(state, before, whole)) {
      ReportList all = all(view, arrived, state.retained());
      return thinned(all, 0, rules.corrections(all, now), now, Optional.of(whole));
    }
    ReportList reports = changed(state.retained(), before, whole);
    List<Correction> corrections;
    if (state.frontier() == 0) {
      corrections = rules.corrections(reports, now);
    } else if (rules.mayCorrect(reports, now)) {
      corrections = rules.corrections(all(view, arrived, state.retained()), now);
    } else {
      corrections = List.of();
    }
    return thinned(reports, state.frontier(), corrections, now, Optional.of(whole));
  }

  /** Whether a report is and was behind everything that was thinned out. */
  private static boolean isBehindFrontier(
      PatientState state, Optional<Report> before, Report report) {
    return state.frontier() == 0
        || !beforeFrontier(state, report)
            && (before.isEmpty() || state.retained().place(before.get()) >= state.frontier());
  }

  /** With another version of a report. */
  private static ReportList changed(ReportList retained, Optional<Report> before, Report report) {
    ReportList others =
        before.filter(known -> retained.place(known) >= 0).map(retained::without).orElse(retained);
    return matters(report) ? others.with(report) : others;
  }

  private static ReportList all(PatientView view, StoredFact arrived, List<Report> retained) {
    List<StoredFact> all = new ArrayList<>(view.all());
    all.add(arrived);
    return reports(all, retained);
  }

  /**
   * Whether no version before this one counts, of a report that is retained whole, and behind
   * everything that was thinned out: then it is like a new report. Nothing was built on the
   * versions before it, so there is nothing to correct.
   */
  private boolean completes(PatientState state, Report before, Report report, Instant now) {
    return !before.header().status().counts()
        && before.earlier().stream().noneMatch(one -> one.fact().header().status().counts())
        && matters(report)
        && state.retained().place(before) >= 0
        && isBehindFrontier(state, Optional.of(before), report)
        && !touchesCorrection(state, report.current(), now);
  }

  private static Report with(Report before, StoredFact arrived) {
    List<StoredFact> versions = new ArrayList<>(before.versions());
    versions.add(arrived);
    return Report.of(versions);
  }

  private Updated completed(PatientState state, Report before, Report report, Instant now) {
    return extended(state, state.retained().without(before), report, now);
  }

  /** With a report that looks at nothing but what is retained. */
  private Updated extended(PatientState state, ReportList retained, Report report, Instant now) {
    return thinned(
        retained.with(report),
        state.frontier(),
        current(state.corrections(), now),
        now,
        Optional.of(report));
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

  /**
   * All over again from all fact versions.
   *
   * @param before reports of whom those that are still the same are kept as the objects they are:
   *     what is remembered of the patient has them too
   */
  Updated rebuild(List<StoredFact> all, List<Report> before, Instant now) {
    ReportList reports = reports(all, before);
    return thinned(reports, 0, rules.corrections(reports, now), now, Optional.empty());
  }

  private static ReportList reports(List<StoredFact> all, List<Report> before) {
    Map<ReportKey, Report> known = new HashMap<>();
    for (Report report : before) {
      known.put(ReportKey.of(report.current().fact()), report);
    }
    Map<ReportKey, List<StoredFact>> byReport = new HashMap<>();
    for (StoredFact version : all) {
      byReport.computeIfAbsent(ReportKey.of(version.fact()), _ -> new ArrayList<>()).add(version);
    }
    List<Report> reports = new ArrayList<>();
    byReport.forEach(
        (key, versions) -> {
          Report report = Report.of(versions);
          if (matters(report)) {
            Report same = known.get(key);
            reports.add(same != null && same.equals(report) ? same : report);
          }
        });
    reports.sort(Report.FOLD_ORDER);
    return ReportList.copyOf(reports);
  }

  /** Of the answers of people only a board's matters to a rule, and one whose time can't be. */
  private static boolean matters(Report report) {
    return !(report.current().fact() instanceof AlertResponse response)
        || response.mdtId().isPresent()
        || Plausibility.timeFlag(report.current()).isPresent();
  }

  /** Those worth telling, and those before them in an unbroken chain. */
  private List<Correction> current(List<Correction> corrections, Instant now) {
    return corrections.isEmpty()
        ? corrections
        : Correction.chain(corrections, toldFrom(now), told());
  }

  /** What was corrected up to then is not worth telling any more. */
  private Instant toldFrom(Instant now) {
    return now.minus(told());
  }

  private Duration told() {
    return Duration.ofDays(parameters.alerts().pastActDays());
  }

  /** What was corrected up to then can't belong to a chain of those worth telling either. */
  private Instant chainedFrom(List<Correction> corrections, Instant now) {
    Instant from = toldFrom(now);
    for (Correction correction : corrections) {
      Instant chained = correction.at().minus(told()).minusNanos(1);
      from = chained.isBefore(from) ? chained : from;
    }
    return from;
  }

  /** Whether the fact could change what a correction that counts was compared with. */
  private boolean touchesCorrection(PatientState state, StoredFact arrived, Instant now) {
    ReportList retained = state.retained();
    Instant from = chainedFrom(state.corrections(), now);
    if (!retained.lastAmended().isAfter(from)) {
      return false;
    }
    if (arrived.fact() instanceof TreatmentEvent event && namesAgentOfOthers(retained, event)) {
      return true;
    }
    if (!touches(retained.lastAmended(), arrived, from)) {
      return false; // none of those that were reported earlier is touched by it either
    }
    for (Report report : retained.amended()) {
      if (touches(report.current(), arrived, from)) {
        return true;
      }
      for (StoredFact version : report.earlier()) {
        if (touches(version, arrived, from)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether acts of the same order get their agent by this one: then they may have treated. */
  private static boolean namesAgentOfOthers(ReportList retained, TreatmentEvent event) {
    if (event.orderId().isEmpty() || event.agent().isEmpty()) {
      return false;
    }
    for (Report report : retained) {
      if (report.current().fact() instanceof TreatmentEvent other
          && other.agent().isEmpty()
          && other.orderId().equals(event.orderId())) {
        return true;
      }
    }
    return false;
  }

  private static boolean touches(StoredFact version, StoredFact arrived, Instant from) {
    return touches(version.fact().header().reportedAt(), arrived, from);
  }

  private static boolean touches(Instant at, StoredFact arrived, Instant from) {
    if (!at.isAfter(from)) {
      return false;
    }
    boolean known = !arrived.fact().header().reportedAt().isAfter(at);
    boolean between =
        (arrived.fact() instanceof TreatmentEvent || Picture.opens(arrived.fact()))
            && !arrived.fact().header().observedAt().instant().isAfter(at);
    return known || between;
  }

  private Updated thinned(
      ReportList retained,
      int frontier,
      List<Correction> corrections,
      Instant now,
      Optional<Report> touched) {
    if (retained.size() - frontier <= 2 * TAIL) {
      return new Updated(retained, frontier, corrections, touched);
    }
    int split = retained.size() - TAIL;
    List<Report> all = new ArrayList<>(retained);
    List<Report> head = Retention.thin(all.subList(0, split), parameters, now);
    List<Report> kept = new ArrayList<>(head);
    kept.addAll(all.subList(split, all.size()));
    return new Updated(ReportList.copyOf(kept), head.size(), corrections, touched);
  }
}
