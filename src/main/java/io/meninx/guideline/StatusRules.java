package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.Lists;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The performance arms and supportive care (S18-S21, S24, G1-G8). */
final class StatusRules {
  private static final RuleRef CARE = RuleRef.of("S19", "G56");
  private static final RuleRef PALLIATIVE_RADIOTHERAPY = RuleRef.of("S20");
  private static final RuleRef AGGRESSIVE = RuleRef.of("S21", "G7", "G8", "G56");
  private static final RuleRef KPS = RuleRef.of("S24", "G3");
  private static final int NCCN_DIFFERS_KPS = 60;

  private final Evaluation e;
  private final Mdt mdt;
  private final PoorStretch poorStretch;

  StatusRules(Evaluation evaluation, Mdt mdt) {
    this.e = evaluation;
    this.mdt = mdt;
    this.poorStretch = new PoorStretch(evaluation.parameters.status());
  }

  /** What stands against aggressive treatment: before all rules that read it. */
  void contraindications() {
    if (e.status().is(StatusGroup.POOR)) {
      Reason status = e.status().group().reason();
      e.contraindicate(
          ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS,
          Reason.met(AGGRESSIVE, status.evidence(), status.missing()));
    }
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(this::performanceDue, this::poorArm, this::questions);
  }

  // ------------------------------------------------------------------ S24, G3

  /** KPS at most 14 days old; missing or older opens KPS_MISSING_OR_STALE. */
  private void performanceDue() {
    Parameters.Schedules limits = e.parameters.schedules();
    Optional<Known<PerformanceStatus>> kps = e.status().kps();
    long dayZero = kps.map(Known::day).orElse(e.picture.openingStatedOn());
    long target = dayZero + limits.kpsOverdueDays();
    Timing timing =
        Timing.at(
            e.moment(),
            target,
            kps.isPresent() ? target + 1 : dayZero,
            target,
            dayZero + limits.kpsCriticalDays());
    List<Evidence> evidence = Lists.of(kps.map(Status::kpsEvidence));
    List<String> missing = List.of(Status.KPS);
    e.schedule(
        ScheduleCode.KPS,
        List.of(timing.entry(e.declinesAll())),
        new Reason(KPS, Outcome.MET, evidence, kps.isEmpty() ? missing : List.of()));
    if (timing.stage().isPresent() && !e.declinesAll()) {
      e.alert(
          AlertDraft.of(
                  AlertCode.KPS_MISSING_OR_STALE,
                  kps.map(Known::id).orElse(e.picture.opening().orElseThrow().id()),
                  KPS)
              .stage(timing.stage().get())
              .dueOn(target)
              .to(Audience.TREATING_ONCOLOGIST)
              .says(kps.isEmpty() ? withoutKps() : stale(limits.kpsOverdueDays()))
              .evidence(evidence)
              .missing(missing)
              .because("kps"));
    }
  }

  private String withoutKps() {
    return e.status().is(StatusGroup.UNKNOWN)
        ? "KPS not known: no arm can be given"
        : "KPS not known: poor status by life expectancy alone";
  }

  private static String stale(int days) {
    return "KPS older than " + days + " days: it permits nothing any more";
  }

  // ------------------------------------------------------------------ S19-S21

  private void poorArm() {
    Reason status = e.status().group().reason();
    boolean poor = e.status().is(StatusGroup.POOR);
    Outcome outcome =
        poor ? Outcome.MET : e.status().is(StatusGroup.UNKNOWN) ? Outcome.UNKNOWN : Outcome.NOT_MET;
    Reason care = new Reason(CARE, outcome, status.evidence(), status.missing());
    e.recommend(RecommendationCode.BEST_SUPPORTIVE_CARE, care);
    palliativeRadiotherapy(outcome, status);
    if (!poor) {
      return;
    }
    aggressiveTherapy(status);
    palliativeReferral(care);
  }

  private void palliativeRadiotherapy(Outcome poor, Reason status) {
    Optional<Known<ClinicalAssessment>> severe =
        e.picture.lastAssessment(Statement.SEVERE_SYMPTOMS);
    Criteria criteria =
        new Criteria(PALLIATIVE_RADIOTHERAPY)
            .require(tri(poor), status.evidence(), "poor status", Status.KPS)
            .require(
                severe.map(known -> known.fact().severeSymptoms()).orElse(Tri.UNKNOWN),
                Lists.of(
                    severe.map(
                        known ->
                            known.evidence("severeSymptoms=" + known.fact().severeSymptoms()))),
                "severely symptomatic site",
                "ASSESSMENT.severeSymptoms");
    e.recommend(RecommendationCode.PALLIATIVE_FOCAL_RADIOTHERAPY, criteria.reason());
  }

  private static Tri tri(Outcome outcome) {
    return switch (outcome) {
      case MET -> Tri.YES;
      case NOT_MET -> Tri.NO;
      case UNKNOWN, CONFLICT -> Tri.UNKNOWN;
    };
  }

  /**
   * S21: intrathecal or cytotoxic systemic treatment in the poor arm. Whether an oral TKI is
   * aggressive is open (G7).
   */
  private void aggressiveTherapy(Reason status) {
    List<Act> aggressive = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      boolean intrathecal =
          act.is(Modality.INTRATHECAL)
              && !(act.agent().is(Agents.AgentClass.INTRATHECAL_STEROID)
                  && !act.agent().cytotoxic());
      boolean systemic = act.is(Modality.SYSTEMIC) && act.agent().cytotoxic();
      if (act.prohibitable() && (intrathecal || systemic)) {
        aggressive.add(act);
      }
    }
    List<Act> recent = e.recent(aggressive);
    if (!recent.isEmpty()) {
      e.alert(
          AlertDraft.of(
                  AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS, recent.getFirst().id(), AGGRESSIVE)
              .priority(Priority.URGENT)
              .to(Audience.TREATING_ONCOLOGIST)
              .says(
                  "Intrathecal or cytotoxic treatment while the poor-status criteria are met:"
                      + " consider a review of its aim")
              .about(e, recent)
              .evidence(status.evidence())
              .missing(status.missing()));
    }
  }

  /**
   * S19: palliative referral within 2 working days of the beginning of the present poor stretch.
   */
  private void palliativeReferral(Reason care) {
    Optional<Known<ClinicalAssessment>> referred =
        e.picture
            .lastAssessment(Statement.PALLIATIVE_REFERRAL)
            .filter(
                known ->
                    known.fact().palliativeReferral() == Tri.YES && !e.picture.isHistory(known));
    boolean supported =
        e.picture.acts().stream()
            .anyMatch(
                act ->
                    act.is(Modality.SUPPORTIVE_CARE)
                        && act.fact().action().given()
                        && !e.picture.ended(act)
                        && !e.picture.isHistory(act.known()));
    PoorStretch stretch = poorStretch.read(e.picture);
    long needDay = need(stretch.statedOn());
    boolean declined = e.declines(RecommendationCode.BEST_SUPPORTIVE_CARE);
    Timing timing =
        Timing.workingDays(e.moment(), needDay, e.parameters.schedules().palliativeReferral());
    if (referred.isPresent() || supported) {
      e.schedule(
          ScheduleCode.PALLIATIVE_REFERRAL,
          List.of(new ScheduleEntry(Days.start(timing.targetDay()), EntryState.DONE)),
          care);
      return;
    }
    e.schedule(ScheduleCode.PALLIATIVE_REFERRAL, List.of(timing.entry(declined)), care);
    if (!declined && timing.stage().isPresent()) {
      e.alert(
          AlertDraft.of(AlertCode.PALLIATIVE_REFERRAL_DUE, stretch.anchor(), CARE)
              .stage(timing.stage().get())
              .priority(Priority.URGENT)
              .dueOn(timing.targetDay())
              .to(Audience.PALLIATIVE_CARE, Audience.TREATING_ONCOLOGIST)
              .says(
                  "Poor-status criteria met: consider palliative referral and best supportive care")
              .evidence(care.evidence())
              .missing(care.missing())
              .because("poor"));
    }
  }

  // ------------------------------------------------------------------ G1, G2, G4-G7

  private void questions() {
    Reason status = e.status().group().reason();
    boolean poor = e.status().is(StatusGroup.POOR);
    int good = e.parameters.status().goodAboveKps();
    int low = e.parameters.status().poorBelowKps();
    if (e.status().kps().isPresent()) {
      int points = Status.value(e.status().kps().get());
      if (points >= low && points <= good && !poor) {
        Known<PerformanceStatus> since = kpsSince(value -> value >= low && value <= good);
        mdt.ask(
            "G1",
            Priority.ROUTINE,
            since,
            need(kpsStatedOn(value -> value >= low && value <= good)),
            "KPS " + points + " is in no arm",
            status.evidence());
      }
      if (points == NCCN_DIFFERS_KPS
          && points < low
          && (!e.molecular().drivers().isEmpty() || e.molecular().is(Histology.SMALL_CELL))) {
        Known<PerformanceStatus> since = kpsSince(value -> value == NCCN_DIFFERS_KPS);
        mdt.ask(
            "G2",
            Priority.ROUTINE,
            since,
            need(Math.max(kpsStatedOn(value -> value == NCCN_DIFFERS_KPS), tumourStatedOn())),
            "KPS 60: poor here, good by NCCN",
            evidenceWithTumour(status));
      }
      if (points > good && !controlled() && !poor) {
        Known<PerformanceStatus> since = kpsSince(value -> value > good);
        mdt.ask(
            "G4",
            Priority.ROUTINE,
            since,
            need(Math.max(kpsStatedOn(value -> value > good), uncontrolledSince())),
            "good KPS, extracranial disease not controlled or not known",
            status.evidence());
      }
    }
    int month = e.parameters.status().poorBelowDays();
    if (e.status().lifeExpectancy().isPresent()) {
      if (poor && e.status().kpsAbove(good) && e.status().lifeExpectancyDays() < month) {
        Known<ClinicalAssessment> since = lifeSince(days -> days < month);
        mdt.ask(
            "G5",
            Priority.ROUTINE,
            since,
            need(Math.max(lifeStatedOn(days -> days < month), kpsStatedOn(value -> value > good))),
            "good KPS with a life expectancy below one month",
            status.evidence());
      }
      if (e.status().lifeExpectancyDays() == month) {
        Known<ClinicalAssessment> since = lifeSince(days -> days == month);
        mdt.ask(
            "G6",
            Priority.ROUTINE,
            since,
            need(lifeStatedOn(days -> days == month)),
            "life expectancy of exactly one month",
            List.of(Status.lifeEvidence(e.status().lifeExpectancy().get())));
      }
    }
    if (poor && !e.molecular().drivers().isEmpty()) {
      List<Molecular.Result> drivers = e.molecular().drivers();
      long poorSince = poorStretch.read(e.picture).statedOn();
      mdt.ask(
          "G7",
          Priority.URGENT,
          new Mdt.Subject(
              Molecular.firstOf(drivers),
              need(Math.max(Molecular.firstStatedOn(drivers), poorSince)),
              need(Math.max(Molecular.lastStatedOn(drivers), poorSince)),
              Molecular.fingerprints(drivers)),
          "poor status with an actionable driver: is an oral targeted agent an option?",
          evidenceWithTumour(status));
    }
  }

  /**
   * The KPS that began the present run: a value that only repeats asks no new question, and the
   * time for the answer runs on.
   */
  private Known<PerformanceStatus> kpsSince(IntPredicate holds) {
    return Picture.startOfRun(
            e.picture.performance(), fact -> fact.kps().isPresent(), fact -> holds(fact, holds))
        .orElseThrow();
  }

  private static boolean holds(PerformanceStatus fact, IntPredicate holds) {
    return fact.kps().isPresent() && holds.test(fact.kps().getAsInt());
  }

  /** The assessment that began the present run of life expectancies. */
  private Known<ClinicalAssessment> lifeSince(IntPredicate holds) {
    return Picture.startOfRun(
            e.picture.assessments(Statement.LIFE_EXPECTANCY),
            fact -> fact.lifeExpectancyDays().isPresent(),
            fact -> holds(fact, holds))
        .orElseThrow();
  }

  private static boolean holds(ClinicalAssessment fact, IntPredicate holds) {
    return fact.lifeExpectancyDays().isPresent()
        && holds.test(fact.lifeExpectancyDays().getAsInt());
  }

  /** The day on which the first KPS of the present run was reported; the last one holds. */
  private long kpsStatedOn(IntPredicate holds) {
    return Picture.runStatedOn(
            e.picture.performance(),
            PerformanceStatus.class,
            fact -> fact.kps().isPresent(),
            fact -> holds(fact, holds))
        .orElseThrow();
  }

  /** The day on which the first life expectancy of the present run was reported; the last holds. */
  private long lifeStatedOn(IntPredicate holds) {
    return Picture.runStatedOn(
            e.picture.assessments(Statement.LIFE_EXPECTANCY),
            ClinicalAssessment.class,
            fact -> fact.lifeExpectancyDays().isPresent(),
            fact -> holds(fact, holds))
        .orElseThrow();
  }

  /** The day on which a driver was first reported, or small cell cancer; one of them was. */
  private long tumourStatedOn() {
    List<Molecular.Result> drivers = e.molecular().drivers();
    long driver = drivers.isEmpty() ? Long.MAX_VALUE : Molecular.firstStatedOn(drivers);
    return Math.min(
        driver,
        Picture.runStatedOn(
                e.picture.biopsies(),
                BiopsyResult.class,
                e.molecular()::statesHistology,
                fact -> fact.histology() == Histology.SMALL_CELL)
            .orElse(driver));
  }

  private boolean controlled() {
    return e.status()
        .extracranial()
        .map(known -> known.fact().extracranialDisease() == ExtracranialDisease.CONTROLLED)
        .orElse(false);
  }

  /** The day progressive disease was first reported in the present run; the past if not stated. */
  private long uncontrolledSince() {
    return Picture.runStatedOn(
            e.picture.assessments(Statement.EXTRACRANIAL_DISEASE),
            ClinicalAssessment.class,
            fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN,
            fact -> fact.extracranialDisease() == ExtracranialDisease.PROGRESSIVE)
        .orElse(Long.MIN_VALUE);
  }

  private List<Evidence> evidenceWithTumour(Reason status) {
    List<Evidence> evidence = new ArrayList<>(status.evidence());
    evidence.addAll(e.molecular().histologyEvidence());
    e.molecular().drivers().forEach(driver -> evidence.add(driver.evidence()));
    return evidence;
  }

  private long need(long day) {
    return Math.max(day, e.picture.openingStatedOn());
  }

  /** Stage of the pathway. */
  static Findings.Reasoned<Stage> stage(Evaluation e) {
    RuleRef rule = RuleRef.of("PATHWAY_STAGE");
    if (e.closed()) {
      return new Findings.Reasoned<>(
          Stage.CLOSED,
          Reason.met(rule, List.of(e.picture.outcome().orElseThrow().evidence("status=DEAD"))));
    }
    if (!e.opened()) {
      return new Findings.Reasoned<>(
          Stage.WORKUP, new Reason(rule, Outcome.NOT_MET, List.of(), List.of()));
    }
    for (Act act : e.picture.acts()) {
      if (act.is(Modality.SUPPORTIVE_CARE)
          && act.fact().action() == Action.STARTED
          && !e.picture.isHistory(act.known())
          && !e.picture.ended(act)) {
        return new Findings.Reasoned<>(
            Stage.SUPPORTIVE_CARE, Reason.met(rule, List.of(act.evidence())));
      }
    }
    if (e.diagnosis().start().isPresent()) {
      return new Findings.Reasoned<>(
          Stage.TREATMENT, Reason.met(rule, List.of(e.diagnosis().start().get().evidence())));
    }
    Reason diagnosis = e.diagnosis().classified().reason();
    return new Findings.Reasoned<>(
        e.diagnosis().established() ? Stage.DIAGNOSED : Stage.WORKUP,
        new Reason(rule, diagnosis.outcome(), diagnosis.evidence(), diagnosis.missing()));
  }
}
