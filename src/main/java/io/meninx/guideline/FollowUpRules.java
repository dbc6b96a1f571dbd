package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.Lists;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Follow-up from T0: neurological examination, MRI, restaging, response (S27, S33, S34, S36, G61).
 */
final class FollowUpRules {
  private static final RuleRef EXAM = RuleRef.of("S33");
  private static final RuleRef MRI = RuleRef.of("S34");
  private static final RuleRef RESTAGING = RuleRef.of("S36", "G4");
  private static final RuleRef RESPONSE = RuleRef.of("S27", "G61");

  private static final String WORSENING = "worsening:";

  private final Evaluation e;

  FollowUpRules(Evaluation evaluation) {
    this.e = evaluation;
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(
        () -> e.diagnosis().start().ifPresent(this::exams),
        () -> e.diagnosis().start().ifPresent(this::mri),
        this::restaging);
  }

  /**
   * One entry of a follow-up schedule.
   *
   * @param evidence what it is about
   * @param reasons beside its name, for which it is asked for out of turn
   */
  private record Entry(
      String name, Timing timing, boolean done, List<Evidence> evidence, List<String> reasons) {}

  // ------------------------------------------------------------------ S33

  /**
   * S33: baseline form, days 28, 56 and 84, then every 56 days from the last one. A free-text
   * examination does not count.
   */
  private void exams(Act start) {
    Parameters.Schedules limits = e.parameters.schedules();
    List<Long> forms = new ArrayList<>();
    for (Known<ClinicalAssessment> known : e.picture.assessments(Statement.NEUROLOGICAL_EXAM)) {
      if (known.fact().neurologicalExam() == NeurologicalExam.STANDARDIZED) {
        forms.add(known.day());
      }
    }
    long t0 = start.day();
    List<Entry> entries = new ArrayList<>();
    entries.add(
        entry(
            "baseline",
            Timing.days(e.moment(), t0, limits.baselineExam()),
            anyFrom(forms, t0 - limits.baselineExamBeforeDays())));
    long last = t0;
    for (int day : limits.earlyExamDays()) {
      long target = t0 + day;
      entries.add(
          entry(
              "day" + day,
              Timing.around(e.moment(), target, limits.earlyExam()),
              anyFrom(forms, target - limits.earlyExam().beforeDays())));
      last = target;
    }
    long lastForm = forms.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    if (lastForm >= last - limits.earlyExam().beforeDays()) {
      long target = lastForm + limits.lateExamIntervalDays();
      entries.add(
          entry(
              "after" + (lastForm - t0),
              Timing.around(e.moment(), target, limits.lateExam()),
              false));
    }
    publish(
        ScheduleCode.NEUROLOGICAL_EXAM,
        AlertCode.NEURO_EXAM_DUE,
        EXAM,
        start,
        entries,
        e.declinesAll(),
        Priority.URGENT,
        "Standardised neurological examination");
  }

  private static Entry entry(String name, Timing timing, boolean done) {
    return new Entry(name, timing, done, List.of(), List.of());
  }

  private static boolean anyFrom(List<Long> days, long from) {
    return days.stream().anyMatch(day -> day >= from);
  }

  // ------------------------------------------------------------------ S34

  /**
   * S34: brain and whole spine; an early MRI resets the interval, a worsening asks for one within
   * days.
   */
  private void mri(Act start) {
    Parameters.Schedules limits = e.parameters.schedules();
    long t0 = start.day();
    Optional<Long> last = Optional.empty();
    for (long day : Neuroaxis.completeDaysAfter(start, e.picture, e.parameters)) {
      last = Optional.of(day);
    }
    List<Entry> entries = new ArrayList<>();
    if (last.isEmpty()) {
      entries.add(entry("first", Timing.days(e.moment(), t0, limits.firstMri()), false));
    } else {
      boolean late = last.get() - t0 > limits.lateMriAfterDays() && stable();
      Parameters.Window window = late ? limits.lateMri() : limits.nextMri();
      entries.add(
          entry("after" + (last.get() - t0), Timing.days(e.moment(), last.get(), window), false));
    }
    worsening(start).ifPresent(entries::add);
    publish(
        ScheduleCode.MRI_NEUROAXIS,
        AlertCode.MRI_DUE,
        MRI,
        start,
        entries,
        e.declines(RecommendationCode.COMPLETE_NEUROAXIS_MRI),
        Priority.STAT,
        "MRI of brain and spine");
  }

  /** Not under a steroid dose that rises: nobody knows then. */
  private boolean stable() {
    return response(e)
        .map(Findings.AssessedResponse::code)
        .filter(
            code ->
                code.equals(ImagingReport.Response.STABLE.name())
                    || code.equals(ImagingReport.Response.IMPROVED.name()))
        .isPresent();
  }

  /**
   * After T0: a typical sign not stated before, or a KPS 20 or more below the last; until an MRI of
   * brain and spine comes. The one that was reported first sets the time; each is a reason of its
   * own.
   */
  private Optional<Entry> worsening(Act start) {
    List<Worsening> triggers = new ArrayList<>(newSigns(e, start));
    falls(start, triggers);
    triggers.removeIf(trigger -> imagedSince(e, trigger.known()));
    triggers.sort(Comparator.comparing(Worsening::known, Known.OLDEST_FIRST));
    if (triggers.isEmpty()) {
      return Optional.empty();
    }
    long needDay = triggers.stream().mapToLong(Worsening::needDay).min().orElseThrow();
    return Optional.of(
        new Entry(
            WORSENING + triggers.getFirst().known().id(),
            Timing.days(e.moment(), needDay, e.parameters.schedules().worseningMri()),
            false,
            triggers.stream().map(Worsening::evidence).toList(),
            triggers.stream().map(trigger -> WORSENING + trigger.known().id()).toList()));
  }

  /**
   * Falls of the KPS after T0, the last one first. Those clearly before the last MRI of brain and
   * spine are not looked for: it came after them.
   */
  private void falls(Act start, List<Worsening> falls) {
    List<Known<PerformanceStatus>> performance = e.picture.performance();
    long from =
        Math.max(start.day(), Neuroaxis.lastCompleteFrom(e.picture.imaging(), e.parameters)) - 1;
    int drop = e.parameters.schedules().worseningKpsDrop();
    int low = -1; // its place, and what it says: the one after the one looked at
    int lowKps = 0;
    for (int i = performance.size() - 1; i >= 0; i--) {
      Known<PerformanceStatus> known = performance.get(i);
      int kps = known.fact().kps().orElse(-1);
      if (kps < 0) {
        continue;
      }
      if (low >= 0 && kps - lowKps >= drop && start.known().before(performance.get(low))) {
        falls.add(fall(performance, low, kps - drop));
      }
      if (known.day() < from) {
        break;
      }
      low = i;
      lowKps = kps;
    }
  }

  /**
   * A fall, known since the first report of a value so low: an older one that is reported later
   * does not make it younger.
   *
   * @param low place of the first value
   * @param most that still is a fall
   */
  private static Worsening fall(List<Known<PerformanceStatus>> performance, int low, int most) {
    Known<PerformanceStatus> first = performance.get(low);
    long needDay = Long.MAX_VALUE;
    for (Known<PerformanceStatus> known : performance.subList(low, performance.size())) {
      int kps = known.fact().kps().orElse(0);
      if (kps > most) {
        break;
      }
      if (known.fact().kps().isPresent()) {
        needDay =
            Math.min(
                needDay,
                known.statedOn(
                    PerformanceStatus.class, fact -> fact.kps().orElse(Integer.MAX_VALUE) <= most));
      }
    }
    return new Worsening(first, needDay, "kps=" + first.fact().kps().orElseThrow() + ", fell");
  }

  /** What asks for an MRI out of turn, and since when it was reported. */
  private record Worsening(Known<?> known, long needDay, String value) {
    Evidence evidence() {
      return known.evidence(value);
    }
  }

  /** Assessments after T0 with a typical sign not stated before. */
  private static List<Worsening> newSigns(Evaluation e, Act start) {
    List<Worsening> found = new ArrayList<>();
    Set<String> stated = new HashSet<>();
    List<Known<ClinicalAssessment>> assessments = e.picture.assessments(Statement.SIGNS);
    for (int i = 0; i < assessments.size(); i++) {
      Known<ClinicalAssessment> known = assessments.get(i);
      Set<String> fresh = new HashSet<>();
      for (String sign : known.fact().signs()) {
        if (e.parameters.vocabulary().typicalSigns().contains(sign) && stated.add(sign)) {
          fresh.add(sign);
        }
      }
      if (!fresh.isEmpty() && start.known().before(known)) {
        long needDay = statedOn(assessments.subList(i, assessments.size()), fresh);
        found.add(new Worsening(known, needDay, "new typical sign"));
      }
    }
    return found;
  }

  /** The day on which the first of these reports was made that states one of these signs. */
  private static long statedOn(List<Known<ClinicalAssessment>> assessments, Set<String> signs) {
    Predicate<ClinicalAssessment> states = fact -> fact.signs().stream().anyMatch(signs::contains);
    long first = Long.MAX_VALUE;
    for (Known<ClinicalAssessment> known : assessments) {
      if (states.test(known.fact())) {
        first = Math.min(first, known.statedOn(ClinicalAssessment.class, states));
      }
    }
    return first;
  }

  /** A typical sign new since T0 that no MRI has followed yet, for the gate before a dose. */
  static Optional<Evidence> newSign(Evaluation e) {
    return e.diagnosis()
        .start()
        .flatMap(
            start ->
                newSigns(e, start).stream()
                    .filter(sign -> !imagedSince(e, sign.known()))
                    .map(Worsening::evidence)
                    .findFirst());
  }

  /** S34: of brain and spine; what shows the brain alone does not answer a sign of the spine. */
  private static boolean imagedSince(Evaluation e, Known<?> trigger) {
    return Neuroaxis.completeSince(trigger, e.picture, e.parameters);
  }

  // ------------------------------------------------------------------ both

  private void publish(
      ScheduleCode code,
      AlertCode alert,
      RuleRef rule,
      Act start,
      List<Entry> entries,
      boolean declined,
      Priority whenCritical,
      String says) {
    List<ScheduleEntry> lines = new ArrayList<>();
    Optional<Entry> worst = Optional.empty();
    List<Evidence> evidence = new ArrayList<>(List.of(start.evidence()));
    List<String> reasons = new ArrayList<>();
    for (Entry entry : entries) {
      lines.add(
          entry.done()
              ? new ScheduleEntry(Days.start(entry.timing().targetDay()), EntryState.DONE)
              : entry.timing().entry(declined));
      boolean open = !entry.done() && entry.timing().stage().isPresent();
      if (open) {
        evidence.addAll(entry.evidence());
        reasons.addAll(entry.reasons());
        worst = worst.filter(other -> !worse(entry, other)).or(() -> Optional.of(entry));
      }
    }
    e.schedule(code, lines, Reason.met(rule, List.of(start.evidence())));
    if (worst.isEmpty() || declined) {
      return;
    }
    AlertStage stage = worst.get().timing().stage().orElseThrow();
    Priority priority =
        switch (stage) {
          case DUE -> Priority.ROUTINE;
          case OVERDUE -> Priority.URGENT;
          case CRITICAL -> whenCritical;
        };
    AlertDraft draft =
        AlertDraft.of(alert, "T0:" + start.day() + ":" + worst.get().name(), rule)
            .stage(stage)
            .priority(priority)
            .dueOn(worst.get().timing().targetDay())
            .to(Audience.NEURO_ONCOLOGY)
            .says(says + " " + words(stage) + (reasons.isEmpty() ? "" : " after worsening"))
            .evidence(evidence)
            .because(worst.get().name());
    reasons.forEach(draft::because);
    e.alert(draft);
  }

  private static boolean worse(Entry one, Entry other) {
    int byStage =
        one.timing().stage().orElseThrow().compareTo(other.timing().stage().orElseThrow());
    return byStage != 0 ? byStage > 0 : one.timing().targetDay() < other.timing().targetDay();
  }

  static String words(AlertStage stage) {
    return switch (stage) {
      case DUE -> "in its window";
      case OVERDUE -> "overdue";
      case CRITICAL -> "critically overdue";
    };
  }

  // ------------------------------------------------------------------ S36

  /** S36: systemic restaging at diagnosis, then every 8 weeks with the MRI. */
  private void restaging() {
    boolean diagnosed = e.diagnosis().established() || e.diagnosis().start().isPresent();
    Optional<Known<ClinicalAssessment>> done =
        Picture.last(
                e.picture.assessments(Statement.RESTAGING_DONE),
                fact -> fact.restagingDone() == Tri.YES)
            .filter(this::isRecentEnough);
    if (!diagnosed) {
      e.recommend(
          RecommendationCode.SYSTEMIC_RESTAGING,
          new Reason(RESTAGING, Outcome.UNKNOWN, List.of(), List.of("ASSESSMENT.restagingDone")));
      return;
    }
    Parameters.Window window = e.parameters.schedules().restaging();
    Timing timing;
    if (done.isEmpty()) {
      long needDay = new Since(e).diagnosis();
      timing =
          Timing.at(
              e.moment(),
              needDay,
              needDay,
              needDay + window.due() - window.target(),
              needDay + window.overdue() - window.target());
    } else if (e.diagnosis().start().isPresent()) {
      timing = Timing.days(e.moment(), done.get().day(), window);
    } else {
      e.recommend(
          RecommendationCode.SYSTEMIC_RESTAGING,
          new Reason(
              RESTAGING,
              Outcome.NOT_MET,
              List.of(done.get().evidence("restagingDone=true")),
              List.of()));
      return;
    }
    boolean declined = e.declines(RecommendationCode.SYSTEMIC_RESTAGING);
    List<Evidence> evidence = Lists.of(done.map(known -> known.evidence("restagingDone=true")));
    Reason reason =
        new Reason(
            RESTAGING,
            timing.stage().isPresent() ? Outcome.MET : Outcome.NOT_MET,
            evidence,
            done.isEmpty() ? List.of("ASSESSMENT.restagingDone") : List.of());
    e.recommend(RecommendationCode.SYSTEMIC_RESTAGING, reason);
    e.schedule(ScheduleCode.SYSTEMIC_RESTAGING, List.of(timing.entry(declined)), reason);
    if (timing.stage().isPresent() && !declined) {
      e.alert(
          AlertDraft.of(
                  AlertCode.RESTAGING_DUE,
                  done.map(Known::id).orElse(e.picture.opening().orElseThrow().id()),
                  RESTAGING)
              .stage(timing.stage().get())
              .dueOn(timing.targetDay())
              .to(Audience.TREATING_ONCOLOGIST)
              .says(
                  done.isEmpty()
                      ? "Systemic restaging not known: disease outside the CNS counts too"
                      : "Systemic restaging due with the MRI")
              .evidence(evidence)
              .missing(reason.missing())
              .because("restaging"));
    }
  }

  /** One of long before the opening is not the one at diagnosis. */
  private boolean isRecentEnough(Known<ClinicalAssessment> done) {
    return e.picture
        .opening()
        .filter(known -> known.day() - done.day() <= e.parameters.schedules().restaging().due())
        .isPresent();
  }

  // ------------------------------------------------------------------ S27

  /**
   * The last response stated after T0; an improvement under a rising steroid dose can't be judged
   * (G61).
   */
  static Optional<Findings.AssessedResponse> response(Evaluation e) {
    if (e.diagnosis().start().isEmpty()) {
      return Optional.empty();
    }
    return lastResponse(e)
        .map(
            known -> {
              Optional<Evidence> steroid = risingSteroid(e, known);
              boolean masked =
                  known.fact().response() == ImagingReport.Response.IMPROVED && steroid.isPresent();
              List<Evidence> evidence = new ArrayList<>();
              evidence.add(known.evidence("response=" + known.fact().response()));
              steroid.ifPresent(evidence::add);
              return new Findings.AssessedResponse(
                  masked ? "NOT_EVALUABLE" : known.fact().response().name(),
                  known.id(),
                  Reason.met(RESPONSE, evidence));
            });
  }

  /** The last response stated after T0. */
  private static Optional<Known<ImagingReport>> lastResponse(Evaluation e) {
    return Picture.last(e.picture.imaging(), Neuroaxis::statesResponse)
        .filter(
            known -> e.diagnosis().start().filter(act -> act.known().before(known)).isPresent());
  }

  private static Optional<Evidence> risingSteroid(Evaluation e, Known<ImagingReport> response) {
    List<Known<ClinicalAssessment>> doses =
        e.picture.assessments(Statement.DEXAMETHASONE).stream()
            .filter(known -> known.fact().dexamethasoneMg().isPresent() && !response.before(known))
            .toList();
    if (doses.isEmpty()) {
      return Optional.empty();
    }
    double last = doses.getLast().fact().dexamethasoneMg().getAsDouble();
    int since = doses.size() - 1;
    while (since > 0 && doses.get(since - 1).fact().dexamethasoneMg().getAsDouble() == last) {
      since--;
    }
    boolean rose = since > 0 && last > doses.get(since - 1).fact().dexamethasoneMg().getAsDouble();
    return rose && !assessedSince(e, doses.get(since), response)
        ? Optional.of(doses.getLast().evidence("dexamethasoneMg=" + last))
        : Optional.empty();
  }

  /**
   * Whether an earlier examination was judged under that dose: then it does not rise any more. A
   * part of the same examination is none, nor is one of the day on which the dose was raised, maybe
   * for what it showed.
   */
  private static boolean assessedSince(
      Evaluation e, Known<ClinicalAssessment> dose, Known<ImagingReport> response) {
    for (Known<ImagingReport> known : e.picture.imaging()) {
      boolean earlier = response.day() - known.day() > e.parameters.imaging().examinationDays();
      if (Neuroaxis.statesResponse(known.fact()) && earlier && dose.before(known)) {
        return true;
      }
    }
    return false;
  }
}
