package io.meninx.pathway;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Labs;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import io.meninx.guideline.Days;
import io.meninx.guideline.Known;
import io.meninx.guideline.Neuroaxis;
import io.meninx.guideline.Parameters;
import io.meninx.guideline.Picture;
import io.meninx.guideline.Plausibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Thins out reports that no rule can look at again, so that the cost of a decision does not grow
 * with the number of facts a patient has (invariant 10). Only performance status and assessments
 * are thinned, the many; and only old ones with a single final version, so that nothing an alert of
 * the last weeks was judged by is lost. A property test holds the rules over the thinned reports
 * against the rules over all of them.
 */
final class Retention {
  /**
   * Facts observed or reported within so many days stay whole; longer than any alert about a past
   * act looks back.
   */
  private static final int WHOLE_DAYS = 40;

  /**
   * Blood values and steroid doses that nothing else was stated with stay whole for so many days
   * beside those for which an act is judged by them: of them only the last ones are looked at.
   */
  private static final int VALUE_DAYS = 5;

  private static final int HOURS_A_DAY = 24;

  private final List<Report> reports;
  private final Parameters parameters;
  private final long today;
  private final long wholeFrom;
  private final long valuesFrom;

  /** By identity: a report is one object in the list, and hashing what it says would take long. */
  private final Set<Report> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  private Retention(List<Report> reports, Parameters parameters, Instant now) {
    this.reports = reports;
    this.parameters = parameters;
    this.today = Days.of(now);
    this.wholeFrom = Days.of(now) - WHOLE_DAYS - parameters.alerts().pastActDays();
    this.valuesFrom =
        Days.of(now)
            - VALUE_DAYS
            - parameters.labs().holdDays()
            - parameters.labs().maximumAgeHours() / HOURS_A_DAY;
  }

  /** The reports that can still matter, in the same order; the last one is always among them. */
  static List<Report> thin(List<Report> reports, Parameters parameters, Instant now) {
    return new Retention(reports, parameters, now).thin();
  }

  private List<Report> thin() {
    List<Report> performance = new ArrayList<>();
    List<Report> assessments = new ArrayList<>();
    for (Report report : reports) {
      Fact fact = report.current().fact();
      if (!old(report)) {
        kept.add(report);
      } else if (fact instanceof PerformanceStatus) {
        performance.add(report);
      } else if (fact instanceof ClinicalAssessment) {
        assessments.add(report);
      } else {
        kept.add(report);
      }
    }
    performance(performance);
    assessments(assessments);
    poorStretch(false);
    poorStretch(true);
    judged(performance, assessments);
    judgedByLabs(assessments);
    kept.add(reports.getLast());
    return reports.stream().filter(kept::contains).toList();
  }

  private boolean old(Report report) {
    long from = onlyValues(report.current().fact()) ? valuesFrom : wholeFrom;
    return report.earlier().isEmpty()
        && counts(report)
        && day(report) < from
        && Days.of(report.header().reportedAt()) < from
        && Days.of(report.current().receivedAt()) < from;
  }

  /** One whose time can't be is looked at by no rule but that of conflicts, which tells of it. */
  private static boolean counts(Report report) {
    return report.header().status().counts() && isPlausible(report);
  }

  private static boolean isPreliminary(Report report) {
    return report.header().status() == ResultStatus.PRELIMINARY && isPlausible(report);
  }

  private static boolean isPlausible(Report report) {
    return Plausibility.timeFlag(report.current()).isEmpty();
  }

  /** An assessment of routine monitoring: blood values, a steroid dose, and nothing else. */
  private static boolean onlyValues(Fact fact) {
    return fact instanceof ClinicalAssessment assessment
        && (assessment.labs().isPresent() || assessment.dexamethasoneMg().isPresent())
        && assessment.signs().isEmpty()
        && assessment.suspicion() == Suspicion.UNKNOWN
        && assessment.extracranialDisease() == ExtracranialDisease.UNKNOWN
        && assessment.lifeExpectancyDays().isEmpty()
        && !assessment.severeSymptoms().known()
        && assessment.neurologicalExam() == NeurologicalExam.UNKNOWN
        && !assessment.ommayaFeasible().known()
        && !assessment.restagingDone().known()
        && !assessment.pleuralEffusion().known()
        && assessment.declines().isEmpty()
        && !assessment.palliativeReferral().known();
  }

  // ------------------------------------------------------------------ performance status

  private void performance(List<Report> old) {
    List<Report> stated = old.stream().filter(report -> kps(report) >= 0).toList();
    long lastMri = lastMriDay();
    for (int i = 0; i < stated.size(); i++) {
      boolean lastBefore = i + 1 == stated.size() || day(stated.get(i + 1)) >= lastMri;
      if (lastBefore || day(stated.get(i)) >= lastMri) {
        kept.add(stated.get(i));
      }
    }
    int low = parameters.status().poorBelowKps();
    int good = parameters.status().goodAboveKps();
    for (boolean preliminary : new boolean[] {false, true}) {
      List<Report> all = all(preliminary, report -> kps(report) >= 0);
      keepRun(all, report -> kps(report) < low);
      keepRun(all, report -> kps(report) >= low && kps(report) <= good);
      keepRun(all, report -> kps(report) > good);
      if (!all.isEmpty()) {
        int last = kps(all.getLast());
        keepRun(all, report -> kps(report) == last);
      }
    }
  }

  /**
   * All that is said, old or not: a run is broken by a report that stays whole too. Preliminary
   * results make a picture of their own.
   */
  private List<Report> all(boolean preliminary, Predicate<Report> states) {
    return reports.stream()
        .filter(report -> counts(report) || (preliminary && isPreliminary(report)))
        .filter(states)
        .toList();
  }

  private static int kps(Report report) {
    return report.current().fact() instanceof PerformanceStatus fact ? fact.kps().orElse(-1) : -1;
  }

  private long lastMriDay() {
    List<Known<ImagingReport>> imaging = new ArrayList<>();
    for (Report report : reports) {
      if (report.current().fact() instanceof ImagingReport fact && counts(report)) {
        imaging.add(new Known<>(report, fact));
      }
    }
    return Neuroaxis.lastCompleteFrom(imaging, parameters);
  }

  /**
   * Of the present run that satisfies the condition: the first report with the one before it, and
   * what was reported first, by which something is due.
   */
  private void keepRun(List<Report> stated, Predicate<Report> holds) {
    int start = stated.size();
    while (start > 0 && holds.test(stated.get(start - 1))) {
      start--;
    }
    if (start < stated.size()) {
      kept.add(stated.get(start));
      keepFirstReported(stated.subList(start, stated.size()));
      if (start > 0) {
        kept.add(stated.get(start - 1));
      }
    }
  }

  private void keepFirstReported(List<Report> run) {
    run.stream()
        .min(Comparator.comparing(report -> report.header().reportedAt()))
        .ifPresent(kept::add);
  }

  // ------------------------------------------------------------------ both

  /**
   * Of the present poor stretch (S18, S19) where it starts, with the KPS and the life expectancy of
   * before; where what began to make it takes over from the other, which ceases to; and what was
   * reported first of those that make it.
   */
  private void poorStretch(boolean preliminary) {
    List<Report> stretch = new ArrayList<>();
    List<Report> making = new ArrayList<>();
    Map<FactKind, Report> last = new EnumMap<>(FactKind.class);
    Map<FactKind, Report> poorSince = new EnumMap<>(FactKind.class);
    FactKind carrier = FactKind.PERFORMANCE;
    for (Report report : all(preliminary, one -> kps(one) >= 0 || lifeExpectancy(one) >= 0)) {
      FactKind kind = report.current().fact().kind();
      boolean makes = makesPoor(report);
      if (makes) {
        poorSince.putIfAbsent(kind, report);
      } else {
        poorSince.remove(kind);
      }
      if (poorSince.isEmpty()) {
        stretch.clear();
        making.clear();
      } else {
        boolean starts = stretch.isEmpty();
        if (starts) {
          stretch.addAll(last.values());
        }
        if (starts || !poorSince.containsKey(carrier)) {
          Map.Entry<FactKind, Report> onlyOne = poorSince.entrySet().iterator().next();
          carrier = onlyOne.getKey();
          stretch.add(onlyOne.getValue());
        }
        if (makes) {
          making.add(report);
        }
      }
      last.put(kind, report);
    }
    kept.addAll(stretch);
    keepFirstReported(making);
  }

  private boolean makesPoor(Report report) {
    return kps(report) >= 0
        ? kps(report) < parameters.status().poorBelowKps()
        : lifeExpectancy(report) < parameters.status().poorBelowDays();
  }

  private static int lifeExpectancy(Report report) {
    return report.current().fact() instanceof ClinicalAssessment fact
        ? fact.lifeExpectancyDays().orElse(-1)
        : -1;
  }

  // ------------------------------------------------------------------ assessments

  private void assessments(List<Report> old) {
    keepLast(old, fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN);
    keepLast(old, fact -> fact.lifeExpectancyDays().isPresent());
    keepLast(old, fact -> fact.severeSymptoms().known());
    keepLast(old, fact -> fact.neurologicalExam() == NeurologicalExam.STANDARDIZED);
    keepLast(old, fact -> fact.ommayaFeasible().known());
    keepLast(old, fact -> fact.restagingDone() == Tri.YES);
    keepLast(old, fact -> fact.pleuralEffusion().known());
    keepLast(old, fact -> fact.declines().isPresent());
    keepLast(old, fact -> fact.palliativeReferral().known());
    keepLast(old, fact -> fact.suspicion() != Suspicion.UNKNOWN);
    keepLast(old, fact -> !fact.signs().isEmpty());
    keepLast(old, _ -> true);
    keepLast(old, states(Labs::plateletsE9L));
    keepLast(old, states(Labs::inr));
    keepLast(old, states(Labs::ancE9L));
    keepLast(old, states(Labs::egfr));
    keepFirst(old, fact -> fact.suspicion() != Suspicion.UNKNOWN);
    keepFirst(old, fact -> !fact.signs().isEmpty());
    runs(false);
    runs(true);
    signs(old);
    presentSigns(false);
    presentSigns(true);
    steroids(false);
    steroids(true);
  }

  private void runs(boolean preliminary) {
    int month = parameters.status().poorBelowDays();
    List<Report> suspicion = all(preliminary, says(fact -> fact.suspicion() != Suspicion.UNKNOWN));
    keepRun(suspicion, says(fact -> fact.suspicion() == Suspicion.HIGH));
    List<Report> life = all(preliminary, says(fact -> fact.lifeExpectancyDays().isPresent()));
    keepRun(life, says(fact -> fact.lifeExpectancyDays().orElseThrow() < month));
    keepRun(life, says(fact -> fact.lifeExpectancyDays().orElseThrow() == month));
    List<Report> disease =
        all(preliminary, says(fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN));
    keepRun(disease, says(fact -> fact.extracranialDisease() == ExtracranialDisease.PROGRESSIVE));
    keepRun(disease, says(fact -> fact.extracranialDisease() == ExtracranialDisease.CONTROLLED));
  }

  private static Predicate<Report> says(Predicate<ClinicalAssessment> states) {
    return report ->
        report.current().fact() instanceof ClinicalAssessment fact && states.test(fact);
  }

  private static ClinicalAssessment assessment(Report report) {
    return (ClinicalAssessment) report.current().fact();
  }

  private static Predicate<ClinicalAssessment> states(Function<Labs, OptionalDouble> value) {
    return fact -> fact.labs().map(labs -> value.apply(labs).isPresent()).orElse(false);
  }

  private static List<Report> stating(List<Report> old, Predicate<ClinicalAssessment> states) {
    return old.stream().filter(report -> states.test(assessment(report))).toList();
  }

  private void keepLast(List<Report> old, Predicate<ClinicalAssessment> states) {
    List<Report> stating = stating(old, states);
    if (!stating.isEmpty()) {
      kept.add(stating.getLast());
    }
  }

  private void keepFirst(List<Report> old, Predicate<ClinicalAssessment> states) {
    List<Report> stating = stating(old, states);
    if (!stating.isEmpty()) {
      kept.add(stating.getFirst());
    }
  }

  /**
   * The first and the last statement of every typical sign, the one that was reported first, and
   * the last examination that found none.
   */
  private void signs(List<Report> old) {
    Map<String, Report> first = new HashMap<>();
    Map<String, Report> last = new HashMap<>();
    Map<String, Report> told = new HashMap<>();
    for (Report report : old) {
      for (String sign : assessment(report).signs()) {
        if (matters(assessment(report), sign)) {
          first.putIfAbsent(sign, report);
          last.put(sign, report);
          told.merge(
              sign,
              report,
              (one, other) ->
                  other.header().reportedAt().isBefore(one.header().reportedAt()) ? other : one);
        }
      }
    }
    kept.addAll(told.values());
    kept.addAll(first.values());
    kept.addAll(last.values());
  }

  /**
   * The typical sign that was reported first since the last examination that found none, of those
   * that count by the time of the opening: since then enhancement makes the diagnosis probable.
   */
  private void presentSigns(boolean preliminary) {
    long from =
        all(preliminary, report -> Picture.opens(report.current().fact())).stream()
            .findFirst()
            .map(opening -> day(opening) - parameters.imaging().signsBeforeOpeningDays())
            .orElse(Long.MIN_VALUE);
    Set<String> typical = parameters.vocabulary().typicalSigns();
    List<Report> run = new ArrayList<>();
    for (Report report : all(preliminary, says(fact -> !fact.signs().isEmpty()))) {
      if (assessment(report).foundNoSign()) {
        run.clear();
      } else if (day(report) >= from
          && assessment(report).signs().stream().anyMatch(typical::contains)) {
        run.add(report);
      }
    }
    keepFirstReported(run);
  }

  /** Whether a stated code adds to the typical signs, or ends them. */
  private boolean matters(ClinicalAssessment assessment, String sign) {
    return assessment.foundNoSign() || parameters.vocabulary().typicalSigns().contains(sign);
  }

  /**
   * Of the last dose, and of the last before the last stated response (G61): since when it has been
   * that, and what it was before.
   */
  private void steroids(boolean preliminary) {
    List<Report> doses = all(preliminary, says(fact -> fact.dexamethasoneMg().isPresent()));
    Optional<ObservedAt> response = Optional.empty();
    for (Report report : reports) {
      if (report.current().fact() instanceof ImagingReport imaging
          && (counts(report) || (preliminary && isPreliminary(report)))
          && Neuroaxis.statesResponse(imaging)) {
        response = Optional.of(report.header().observedAt());
      }
    }
    keepLastChange(doses);
    response.ifPresent(
        time ->
            keepLastChange(
                doses.stream()
                    .filter(dose -> !Known.before(time, dose.header().observedAt()))
                    .toList()));
  }

  private void keepLastChange(List<Report> doses) {
    if (!doses.isEmpty()) {
      OptionalDouble last = assessment(doses.getLast()).dexamethasoneMg();
      kept.add(doses.getLast());
      keepRun(doses, dose -> assessment(dose).dexamethasoneMg().equals(last));
    }
  }

  // ------------------------------------------------------------------ what acts are judged by

  /**
   * An act is judged by what was known when it was ordered or given, as long as the chain of acts
   * it belongs to goes on (each within so many days of the one before), however old it is by then:
   * the last statements that were known at the time of each.
   */
  private void judged(List<Report> performance, List<Report> assessments) {
    List<ObservedAt> times = lastChain();
    if (times.isEmpty()) {
      return;
    }
    times.sort(Comparator.comparing(ObservedAt::knownUntil));
    List<Report> statements = new ArrayList<>(performance);
    statements.addAll(assessments);
    statements.sort(Comparator.comparing(report -> report.header().reportedAt()));
    Map<String, Report> known = new HashMap<>();
    int next = 0;
    for (ObservedAt time : times) {
      while (next < statements.size() && time.knew(statements.get(next).header().reportedAt())) {
        state(statements.get(next++), known);
      }
      kept.addAll(known.values());
    }
  }

  /** Acts of before the time from which everything is kept, if their chain may still go on. */
  private List<ObservedAt> lastChain() {
    int span = parameters.alerts().pastActDays() + 1;
    List<ObservedAt> chain = new ArrayList<>();
    long next = Math.min(today, day(reports.getLast()));
    for (int i = reports.size() - 1; i >= 0; i--) {
      Report report = reports.get(i);
      if (isAct(report)) {
        ObservedAt time = report.header().observedAt();
        long day = Days.of(time.instant());
        if (next - day > span) {
          break;
        }
        next = day;
        if (day <= wholeFrom) {
          chain.add(time);
        }
      }
    }
    return chain;
  }

  /**
   * Punctures and intrathecal acts are judged by the blood values of the days before (G37, G38), as
   * long as the chain of acts goes on in which each may still be shown when the next one comes.
   */
  private void judgedByLabs(List<Report> assessments) {
    List<Report> labs = stating(assessments, fact -> fact.labs().isPresent());
    int span = parameters.labs().holdDays();
    int age = parameters.labs().maximumAgeHours() / HOURS_A_DAY + 1;
    long next = Math.min(today, day(reports.getLast()));
    int at = labs.size() - 1;
    for (int i = reports.size() - 1; i >= 0 && at >= 0; i--) {
      if (!needsLabs(reports.get(i))) {
        continue;
      }
      long day = day(reports.get(i));
      if (next - day > span) {
        break;
      }
      next = day;
      while (at >= 0 && day(labs.get(at)) >= day - age) {
        if (day(labs.get(at)) <= day + 1) {
          kept.add(labs.get(at));
        }
        at--;
      }
    }
  }

  private static long day(Report report) {
    return Days.of(report.header().observedAt().instant());
  }

  private static boolean needsLabs(Report report) {
    return report.current().fact() instanceof TreatmentEvent event
        && (event.modality() == TreatmentEvent.Modality.INTRATHECAL
            || event.modality() == TreatmentEvent.Modality.LUMBAR_PUNCTURE)
        && isPlausible(report);
  }

  private static boolean isAct(Report report) {
    return report.current().fact() instanceof TreatmentEvent event
        && switch (event.modality()) {
          case INTRATHECAL, SYSTEMIC, RADIOTHERAPY -> true;
          case OMMAYA_PLACEMENT, VP_SHUNT, SUPPORTIVE_CARE, LUMBAR_PUNCTURE, UNKNOWN -> false;
        }
        && isPlausible(report);
  }

  private void state(Report report, Map<String, Report> known) {
    if (kps(report) >= 0) {
      known.merge("kps", report, Retention::later);
    }
    if (report.current().fact() instanceof ClinicalAssessment fact) {
      if (fact.lifeExpectancyDays().isPresent()) {
        known.merge("life expectancy", report, Retention::later);
      }
      if (fact.extracranialDisease() != ExtracranialDisease.UNKNOWN) {
        known.merge("extracranial disease", report, Retention::later);
      }
      if (fact.suspicion() != Suspicion.UNKNOWN) {
        known.merge("opening", report, Retention::earlier);
      }
      if (!fact.signs().isEmpty()) {
        known.merge("signs", report, Retention::later);
      }
      for (String sign : fact.signs()) {
        if (matters(fact, sign)) {
          known.merge("sign " + sign, report, Retention::later);
        }
      }
    }
  }

  private static Report later(Report one, Report other) {
    return Report.FOLD_ORDER.compare(one, other) > 0 ? one : other;
  }

  private static Report earlier(Report one, Report other) {
    return Report.FOLD_ORDER.compare(one, other) < 0 ? one : other;
  }
}
