package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the rules look at: the current facts that count, by kind, in fold order (observedAt,
 * reportedAt, id), with the opening of the pathway. A function of the set of fact versions: arrival
 * order does not matter (invariant 4).
 */
public final class Picture {
  private final List<Known<ImagingReport>> imaging = new ArrayList<>();
  private final List<Known<CsfResult>> csf = new ArrayList<>();
  private final List<Known<BiopsyResult>> biopsies = new ArrayList<>();
  private final List<Known<PerformanceStatus>> performance = new ArrayList<>();
  private final List<Known<ClinicalAssessment>> assessments = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private final List<Act> endings = new ArrayList<>();
  private final List<Known<OutcomeReport>> outcomes = new ArrayList<>();
  private final List<Known<AlertResponse>> responses = new ArrayList<>();
  private final List<Known<Fact>> pending = new ArrayList<>();
  private final List<Known<Fact>> implausible = new ArrayList<>();
  private final List<Report> reports;
  private final Map<ObservedAt, Picture> knownAt = new HashMap<>(4);
  private final boolean preliminaryCounts;
  private final Agents agents;
  private Optional<Known<?>> opening = Optional.empty();

  /**
   * The picture of these reports.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   * @param agents reads agent texts
   * @param preliminaryCounts whether preliminary results count too: that picture may block and
   *     warn, never permit
   */
  public Picture(List<Report> reports, Agents agents, boolean preliminaryCounts) {
    this.reports = reports;
    this.agents = agents;
    this.preliminaryCounts = preliminaryCounts;
    for (Report report : reports) {
      fold(report);
    }
    agentsOfOrders();
    for (Act act : acts) {
      if (act.fact().action().ends()) {
        endings.add(act);
      }
    }
  }

  /**
   * An act that names no agent but belongs to an order that does is of the order's agent: a dose is
   * a fact of its own, and orderId links it (contract section 6).
   */
  private void agentsOfOrders() {
    Map<Order, Agents.Reading> byOrder = new HashMap<>();
    for (Act act : acts) {
      if (act.agent().stated() && act.fact().orderId().isPresent()) {
        byOrder.putIfAbsent(order(act), act.agent());
      }
    }
    if (byOrder.isEmpty()) {
      return;
    }
    acts.replaceAll(
        act ->
            act.agent().stated() || act.fact().orderId().isEmpty()
                ? act
                : new Act(act.known(), byOrder.getOrDefault(order(act), act.agent())));
  }

  private record Order(TreatmentEvent.Modality modality, String id) {}

  private static Order order(Act act) {
    return new Order(act.fact().modality(), act.fact().orderId().orElseThrow());
  }

  /** The same reports with preliminary results counted. */
  public Picture withPreliminary() {
    return new Picture(reports, agents, true);
  }

  /**
   * What was known: the same reports with the versions reported by then only. A report none of
   * whose versions was known is not in it.
   */
  public Picture asKnown(Predicate<Header> knownThen) {
    return new Picture(knownVersions(reports, knownThen), agents, false);
  }

  /** What was known at a clinical time, at its own precision; kept, since several rules ask. */
  Picture asKnownAt(ObservedAt time) {
    return knownAt.computeIfAbsent(time, _ -> asKnown(header -> time.knew(header.reportedAt())));
  }

  /** The reports restricted to the versions that were known, in fold order. */
  public static List<Report> knownVersions(List<Report> reports, Predicate<Header> knownThen) {
    List<Report> known = new ArrayList<>(reports.size());
    boolean resort = false;
    for (Report report : reports) {
      if (report.earlier().isEmpty()) {
        if (knownThen.test(report.header())) {
          known.add(report);
        }
      } else {
        List<StoredFact> versions =
            report.versions().stream().filter(v -> knownThen.test(v.fact().header())).toList();
        if (!versions.isEmpty()) {
          known.add(Report.of(versions));
          resort = true;
        }
      }
    }
    if (resort) {
      known.sort(Report.FOLD_ORDER);
    }
    return known;
  }

  private void fold(Report report) {
    Fact fact = report.current().fact();
    ResultStatus status = fact.header().status();
    if (status == ResultStatus.PENDING) {
      pending.add(new Known<>(report, fact));
      return;
    }
    if (!status.counts() && !(preliminaryCounts && status == ResultStatus.PRELIMINARY)) {
      return;
    }
    if (Plausibility.timeFlag(report.current()).isPresent()) {
      implausible.add(new Known<>(report, fact));
      return;
    }
    switch (fact) {
      case ImagingReport value -> imaging.add(opening(new Known<>(report, value), opens(value)));
      case CsfResult value -> csf.add(opening(new Known<>(report, value), true));
      case BiopsyResult value -> biopsies.add(new Known<>(report, value));
      case PerformanceStatus value -> performance.add(new Known<>(report, value));
      case ClinicalAssessment value ->
          assessments.add(opening(new Known<>(report, value), opens(fact)));
      case TreatmentEvent value ->
          acts.add(
              new Act(
                  opening(new Known<>(report, value), opens(value)), agents.read(value.agent())));
      case OutcomeReport value -> outcomes.add(new Known<>(report, value));
      case AlertResponse value -> responses.add(new Known<>(report, value));
    }
  }

  /** Whether a version of a fact opens the pathway. */
  private static boolean opens(Fact fact) {
    return switch (fact) {
      case ImagingReport report -> opens(report);
      case CsfResult _ -> true;
      case ClinicalAssessment assessment ->
          assessment.suspicion() != ClinicalAssessment.Suspicion.UNKNOWN;
      case TreatmentEvent event -> opens(event);
      case BiopsyResult _, PerformanceStatus _, OutcomeReport _, AlertResponse _ -> false;
    };
  }

  private static boolean opens(ImagingReport report) {
    return switch (report.pattern()) {
      case LINEAR, NODULAR, BOTH, POSITIVE_UNSPECIFIED, EQUIVOCAL -> true;
      case NONE, NOT_ASSESSED, UNKNOWN -> false;
    };
  }

  private static boolean opens(TreatmentEvent event) {
    return event.modality() == TreatmentEvent.Modality.INTRATHECAL
        || event.modality() == TreatmentEvent.Modality.OMMAYA_PLACEMENT;
  }

  private <F extends Fact> Known<F> opening(Known<F> known, boolean opens) {
    if (opens && opening.isEmpty()) {
      opening = Optional.of(known);
    }
    return known;
  }

  /** All reports it was made of. */
  public List<Report> reports() {
    return reports;
  }

  /** The fact that opened the pathway. */
  public Optional<Known<?>> opening() {
    return opening;
  }

  /**
   * The day the pathway opened for those who read reports: the reportedAt date of the first version
   * that opens it. No need is older; the pathway is open.
   */
  long openingStatedOn() {
    return Known.statedOn(opening.orElseThrow().report(), (_, version) -> opens(version));
  }

  /** Whether a clinical time lies before the opening, or nothing opened the pathway: history. */
  public boolean isHistory(ObservedAt observed) {
    return opening.isEmpty() || Known.before(observed, opening.get().observed());
  }

  /** Whether a fact is history. */
  public boolean isHistory(Known<?> known) {
    return isHistory(known.observed());
  }

  /** Imaging reports. */
  public List<Known<ImagingReport>> imaging() {
    return imaging;
  }

  /** CSF results. */
  public List<Known<CsfResult>> csf() {
    return csf;
  }

  /** Biopsies. */
  public List<Known<BiopsyResult>> biopsies() {
    return biopsies;
  }

  /** Performance status, stated or not. */
  public List<Known<PerformanceStatus>> performance() {
    return performance;
  }

  /** Clinical assessments. */
  public List<Known<ClinicalAssessment>> assessments() {
    return assessments;
  }

  /** Acts of treatment. */
  public List<Act> acts() {
    return acts;
  }

  /** Reports whose current version says only that something was ordered. */
  public List<Known<Fact>> pending() {
    return pending;
  }

  /** Facts kept but not looked at, because their time can't be right. */
  public List<Known<Fact>> implausible() {
    return implausible;
  }

  /** People's answers to alerts. */
  public List<Known<AlertResponse>> responses() {
    return responses;
  }

  /** The last outcome stated. */
  public Optional<Known<OutcomeReport>> outcome() {
    for (int i = outcomes.size() - 1; i >= 0; i--) {
      if (outcomes.get(i).fact().vital() != OutcomeReport.Vital.UNKNOWN) {
        return Optional.of(outcomes.get(i));
      }
    }
    return Optional.empty();
  }

  /** The last assessment that satisfies the condition: each field keeps its last stated value. */
  public Optional<Known<ClinicalAssessment>> lastAssessment(Predicate<ClinicalAssessment> states) {
    return last(assessments, states);
  }

  /** The last imaging report that satisfies the condition. */
  public Optional<Known<ImagingReport>> lastImaging(Predicate<ImagingReport> states) {
    return last(imaging, states);
  }

  /** The last fact of a list that satisfies the condition. */
  public static <F extends Fact> Optional<Known<F>> last(
      List<Known<F>> facts, Predicate<F> states) {
    for (int i = facts.size() - 1; i >= 0; i--) {
      if (states.test(facts.get(i).fact())) {
        return Optional.of(facts.get(i));
      }
    }
    return Optional.empty();
  }

  /**
   * The first fact of the present run: going back from the last fact that states anything, as long
   * as the condition holds. Empty when the last stated value does not satisfy it.
   */
  public static <F extends Fact> Optional<Known<F>> startOfRun(
      List<Known<F>> facts, Predicate<F> states, Predicate<F> holds) {
    Optional<Known<F>> start = Optional.empty();
    for (int i = facts.size() - 1; i >= 0; i--) {
      F fact = facts.get(i).fact();
      if (!states.test(fact)) {
        continue;
      }
      if (!holds.test(fact)) {
        break;
      }
      start = Optional.of(facts.get(i));
    }
    return start;
  }

  /** Whether the order of an act was stopped or cancelled at or after it. */
  public boolean ended(Act act) {
    for (Act end : endings) {
      if (!end.known().before(act.known()) && act.sameOrder(end)) {
        return true;
      }
    }
    return false;
  }
}
