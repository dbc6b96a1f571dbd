package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Indication;
import io.meninx.fact.TreatmentEvent.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The work-up: MRI, biopsy, panel, CSF, repeat puncture, results that do not come (S2-S6, S30,
 * G9-G16, G41).
 */
final class WorkupRules {
  private static final RuleRef NEUROAXIS = RuleRef.of("S3");
  private static final RuleRef BIOPSY = RuleRef.of("S4", "S25");
  private static final RuleRef PANEL = RuleRef.of("S4", "S9", "S25", "G41");
  private static final RuleRef SAMPLE = RuleRef.of("S5", "G9", "G10", "G12");
  private static final RuleRef REPEAT = RuleRef.of("S6", "S5", "S30", "G13", "G16");
  private static final RuleRef EQUIVOCAL = RuleRef.of("G13", "S6");
  private static final RuleRef RESULTS = RuleRef.of("RESULT_TURNAROUND", "S5", "S4", "S3");
  private static final RuleRef BEFORE_CONFIRMATION = RuleRef.of("S2", "G50");

  /** Marks a late answer of the board among the late results. */
  private static final String BOARD = "mdt:";

  /** What a treatment needs first: a diagnosis, and a histology. */
  private record Confirmation(boolean established, Reason reason, boolean histology) {
    static Confirmation of(Picture picture, Parameters parameters) {
      Diagnosis diagnosis = Diagnosis.of(picture, parameters);
      return new Confirmation(
          diagnosis.established(),
          diagnosis.classified().reason(),
          Diagnosis.histology(picture).isPresent());
    }
  }

  private final Evaluation e;
  private final Mdt mdt;
  private final Picture.Judgement<Confirmation> confirmation;

  WorkupRules(Evaluation evaluation, Mdt mdt) {
    this.e = evaluation;
    this.mdt = mdt;
    this.confirmation = e.picture.new Judgement<>((then, _) -> Confirmation.of(then, e.parameters));
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(
        this::neuroaxisMri,
        this::lungBiopsy,
        this::panel,
        this::sampleQuality,
        this::repeatPuncture,
        this::treatmentBeforeConfirmation);
  }

  // ------------------------------------------------------------------ S3

  /**
   * S3: contrast MRI of brain and whole spine at 1.5 or 3 T, at most 14 days before treatment
   * starts.
   */
  private void neuroaxisMri() {
    Neuroaxis neuroaxis = Neuroaxis.of(e.picture, e.parameters);
    Optional<Long> startDay = e.diagnosis().startDay();
    Optional<Long> adequate = neuroaxis.lastAdequateDay();
    Optional<AlertStage> aged = Optional.empty();
    if (adequate.isPresent()) {
      long reference = startDay.orElse(e.picture.opening().orElseThrow().day());
      long age = reference - adequate.get();
      int limit =
          startDay.isPresent()
              ? e.parameters.imaging().baselineMaximumDays()
              : e.parameters.imaging().baselineCriticalDays();
      if (age <= limit) {
        e.recommend(
            RecommendationCode.COMPLETE_NEUROAXIS_MRI,
            new Reason(NEUROAXIS, Outcome.NOT_MET, neuroaxis.evidence(), List.of()));
        return;
      }
      aged =
          Optional.of(
              age > e.parameters.imaging().baselineCriticalDays()
                  ? AlertStage.CRITICAL
                  : AlertStage.OVERDUE);
    }
    Reason reason = Reason.met(NEUROAXIS, neuroaxis.evidence(), neuroaxis.missing());
    e.recommend(RecommendationCode.COMPLETE_NEUROAXIS_MRI, reason);
    if (e.declines(RecommendationCode.COMPLETE_NEUROAXIS_MRI)) {
      return;
    }
    AlertDraft draft =
        AlertDraft.of(
                AlertCode.NEUROAXIS_MRI_INCOMPLETE,
                e.picture.opening().orElseThrow().id(),
                NEUROAXIS)
            .to(Audience.NEURO_ONCOLOGY)
            .says(
                aged.isEmpty() || !neuroaxis.uncovered().isEmpty()
                    ? neuroaxis.says()
                    : "Baseline neuroaxis MRI too old at "
                        + (startDay.isPresent() ? "treatment start" : "the opening of the pathway"))
            .evidence(neuroaxis.evidence())
            .missing(neuroaxis.missing())
            .because("neuroaxis");
    aged.ifPresent(draft::stage);
    e.alert(draft);
  }

  // ------------------------------------------------------------------ S4

  private void lungBiopsy() {
    Optional<ImagingSign.Standing> mass = ImagingSign.LUNG_MASS.standing(e.picture);
    boolean unproven = e.molecular().histology().isEmpty();
    if (!unproven || mass.isEmpty()) {
      boolean unknown = unproven && !ImagingSign.LUNG_MASS.known(e.picture);
      e.recommend(
          RecommendationCode.BIOPSY_LUNG_MASS,
          new Reason(
              BIOPSY,
              unknown ? Outcome.UNKNOWN : Outcome.NOT_MET,
              e.molecular().histologyEvidence(),
              unknown ? List.of("IMAGING.lungMass") : List.of()));
      return;
    }
    List<Evidence> evidence = List.of(mass.get().last().evidence("lungMass=true"));
    e.recommend(
        RecommendationCode.BIOPSY_LUNG_MASS,
        Reason.met(BIOPSY, evidence, List.of("BIOPSY.histology")));
    if (!biopsyUnderWay() && !e.declines(RecommendationCode.BIOPSY_LUNG_MASS)) {
      e.alert(
          AlertDraft.of(AlertCode.BIOPSY_NEEDED, mass.get().first().id(), BIOPSY)
              .to(Audience.TREATING_ONCOLOGIST, Audience.PATHOLOGY)
              .says("Lung mass without histology: consider biopsy")
              .evidence(evidence)
              .missing(List.of("BIOPSY.histology"))
              .because("biopsy"));
    }
  }

  /**
   * Whether a result is pending that will be asked for when it is late, or, being history, that is
   * not late yet.
   */
  private boolean biopsyUnderWay() {
    for (Known<Fact> known : e.picture.pending()) {
      if (known.fact().kind() == FactKind.BIOPSY
          && (!e.picture.isHistory(known)
              || !e.moment()
                  .reachedDay(
                      Days.plusWorkingDays(
                              known.firstReportedDay(),
                              e.parameters.schedules().molecularResult().due())
                          + 1))) {
        return true;
      }
    }
    return false;
  }

  private void panel() {
    List<String> open = e.molecular().openPanel();
    List<Evidence> evidence = new ArrayList<>(e.molecular().histologyEvidence());
    evidence.addAll(e.molecular().panelEvidence());
    boolean adenocarcinoma = e.molecular().is(BiopsyResult.Histology.ADENOCARCINOMA);
    if (!adenocarcinoma || open.isEmpty()) {
      e.recommend(
          RecommendationCode.MOLECULAR_TESTING,
          new Reason(
              PANEL,
              e.molecular().histology().isEmpty() ? Outcome.UNKNOWN : Outcome.NOT_MET,
              evidence,
              e.molecular().histology().isEmpty() ? List.of("BIOPSY.histology") : List.of()));
      return;
    }
    List<String> missing = open.stream().map(gene -> "BIOPSY.markers." + gene).toList();
    e.recommend(RecommendationCode.MOLECULAR_TESTING, Reason.met(PANEL, evidence, missing));
    if (!e.declines(RecommendationCode.MOLECULAR_TESTING)) {
      e.alert(
          AlertDraft.of(AlertCode.MOLECULAR_PANEL_INCOMPLETE, firstAdenocarcinoma(), PANEL)
              .to(Audience.PATHOLOGY, Audience.TREATING_ONCOLOGIST)
              .says("Molecular panel incomplete: " + String.join(", ", open))
              .evidence(evidence)
              .missing(missing)
              .because("panel"));
    }
  }

  private String firstAdenocarcinoma() {
    return Picture.startOfRun(
            e.picture.biopsies(),
            e.molecular()::statesHistology,
            fact -> fact.histology() == BiopsyResult.Histology.ADENOCARCINOMA)
        .orElse(e.molecular().histology().orElseThrow())
        .id();
  }

  // ------------------------------------------------------------------ S5, S6, S30

  /**
   * S5, G12: of the newest sample; a positive one stays positive and gets the note too. Protein and
   * glucose in a report of their own say nothing of how the sample was taken.
   */
  private void sampleQuality() {
    Optional<Known<CsfResult>> last =
        Picture.last(
            e.picture.csf(),
            fact ->
                fact.cytology() != Cytology.UNKNOWN
                    || fact.volumeMl().isPresent()
                    || fact.minutesToProcessing().isPresent());
    if (last.isEmpty()) {
      return;
    }
    Known<CsfResult> newest = last.get();
    if (CsfAxis.quality(newest.fact(), e.parameters) == CsfAxis.Quality.INADEQUATE) {
      e.alert(
          AlertDraft.of(AlertCode.CSF_SAMPLE_INADEQUATE, newest.id(), SAMPLE)
              .to(Audience.PATHOLOGY, Audience.NEURO_ONCOLOGY)
              .says(
                  "CSF sample inadequate (volume or processing time): a negative result does not"
                      + " exclude, a positive one stands")
              .evidence(CsfAxis.evidence(newest, e.parameters))
              .missing(CsfAxis.missingQuality(newest.fact(), e.parameters))
              .because(newest.id()));
    }
  }

  /** S6, S30, G13-G16: whether another lumbar puncture is asked for, and since when. */
  private void repeatPuncture() {
    CsfAxis csf = e.diagnosis().csf();
    if (csf.is(CsfAxis.Value.POS) || csf.results().isEmpty()) {
      return;
    }
    Known<CsfResult> newest = csf.results().getLast();
    boolean equivocal = newest.fact().cytology() == Cytology.EQUIVOCAL;
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(CsfAxis.evidence(newest, e.parameters));
    long needDay =
        newest.statedOn(
            CsfResult.class,
            fact -> fact.cytology() == Cytology.NEGATIVE || fact.cytology() == Cytology.EQUIVOCAL);
    if (equivocal) {
      if (equivocalBefore(csf)) {
        mdt.ask(
            "G14",
            Priority.ROUTINE,
            newest,
            needDay,
            "two equivocal cytologies; consider immunocytochemistry, CSF ctDNA or flow cytometry",
            csf.evidence());
        return;
      }
    } else {
      Optional<Known<ClinicalAssessment>> suspicion = e.picture.lastAssessment(Statement.SUSPICION);
      if (suspicion.isEmpty()) {
        e.recommend(
            RecommendationCode.REPEAT_LUMBAR_PUNCTURE,
            new Reason(REPEAT, Outcome.UNKNOWN, evidence, List.of("ASSESSMENT.suspicion")));
        return;
      }
      evidence.add(suspicion.get().evidence("suspicion=" + suspicion.get().fact().suspicion()));
      if (suspicion.get().fact().suspicion() == Suspicion.LOW) {
        e.recommend(
            RecommendationCode.REPEAT_LUMBAR_PUNCTURE,
            new Reason(REPEAT, Outcome.NOT_MET, evidence, List.of()));
        return;
      }
      needDay = Math.max(needDay, highSuspicionSince());
      if (csf.informativeNegatives() >= 2) {
        mdt.ask(
            "G15",
            Priority.ROUTINE,
            newest,
            needDay,
            "two informative negatives with high suspicion: not excluded",
            csf.evidence());
        return;
      }
    }
    needed(newest, needDay, equivocal ? EQUIVOCAL : REPEAT, evidence);
  }

  private static boolean equivocalBefore(CsfAxis csf) {
    int count = csf.results().size();
    return count >= 2 && csf.results().get(count - 2).fact().cytology() == Cytology.EQUIVOCAL;
  }

  /** The day on which the first high suspicion of the present run was reported. */
  private long highSuspicionSince() {
    return Picture.runStatedOn(
            e.picture.assessments(Statement.SUSPICION),
            ClinicalAssessment.class,
            fact -> fact.suspicion() != Suspicion.UNKNOWN,
            fact -> fact.suspicion() == Suspicion.HIGH)
        .orElseThrow();
  }

  private void needed(
      Known<CsfResult> newest, long needDay, RuleRef rule, List<Evidence> evidence) {
    Reason reason = Reason.met(rule, evidence, CsfAxis.missingQuality(newest.fact(), e.parameters));
    boolean unsafe = e.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT);
    if (unsafe) {
      e.recommend(
          RecommendationCode.REPEAT_LUMBAR_PUNCTURE,
          new Reason(RuleRef.of("G39", "S6"), Outcome.NOT_MET, evidence, List.of()));
    } else {
      e.recommend(RecommendationCode.REPEAT_LUMBAR_PUNCTURE, reason);
    }
    boolean declined = e.declines(RecommendationCode.REPEAT_LUMBAR_PUNCTURE);
    Timing timing =
        Timing.days(e.moment(), needDay, e.parameters.schedules().repeatLumbarPuncture());
    e.schedule(ScheduleCode.REPEAT_LUMBAR_PUNCTURE, List.of(timing.entry(declined)), reason);
    if (declined || timing.stage().isEmpty()) {
      return;
    }
    AlertStage stage = timing.stage().get();
    if ((stage == AlertStage.DUE && orderedSince(newest)) || isExamined(newest)) {
      return; // S6 asks for an alert only while no second puncture is ordered; once overdue an
      // order is not enough
    }
    e.alert(
        AlertDraft.of(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED, newest.id(), rule)
            .stage(stage)
            .priority(stage == AlertStage.CRITICAL ? Priority.STAT : Priority.URGENT)
            .dueOn(timing.targetDay())
            .to(Audience.NEURO_ONCOLOGY)
            .says(
                unsafe
                    ? "Repeat lumbar puncture criteria met, but mass effect or hydrocephalus stands"
                        + " against it"
                    : e.contraindicated(ContraindicationCode.LUMBAR_PUNCTURE_LABS)
                        ? "Repeat lumbar puncture criteria met, but platelets or INR stand against"
                            + " it"
                        : "Criteria met for a repeat lumbar puncture"
                            + site()
                            + ": CSF not positive, not excluded")
            .evidence(evidence)
            .missing(reason.missing())
            .because(newest.id()));
  }

  /** S6: next to the abnormal enhancement. */
  private String site() {
    return e.picture
        .lastImaging(fact -> !fact.enhancementLevels().isEmpty())
        .map(
            known ->
                " near "
                    + String.join(
                        ", ",
                        known.fact().enhancementLevels().stream()
                            .map(
                                level ->
                                    level
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '))
                            .toList()))
        .orElse("");
  }

  /** Whether another puncture was ordered or done, or another sample is on its way. */
  private boolean orderedSince(Known<CsfResult> sample) {
    for (Act act : e.picture.acts()) {
      boolean ordered = act.fact().action() == Action.ORDERED && followsResult(act.known(), sample);
      boolean done = isDone(act) && sample.before(act.known());
      if (act.is(Modality.LUMBAR_PUNCTURE) && (ordered || done) && !e.picture.ended(act)) {
        return true;
      }
    }
    return e.picture.pending().stream()
        .anyMatch(known -> known.fact().kind() == FactKind.CSF && followsResult(known, sample));
  }

  private static boolean isDone(Act puncture) {
    return puncture.fact().action().given() || puncture.fact().action() == Action.COMPLETED;
  }

  /** Whether another puncture was done, and its cytology is not late. */
  private boolean isExamined(Known<CsfResult> sample) {
    for (Act act : e.picture.acts()) {
      boolean done =
          act.is(Modality.LUMBAR_PUNCTURE)
              && isDone(act)
              && sample.before(act.known())
              && !e.picture.ended(act);
      if (done
          && !e.moment()
              .reachedDay(
                  Days.plusWorkingDays(act.day(), e.parameters.schedules().cytologyResult().due())
                      + 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * After the sample, or on the day it was taken but reported no earlier than its result: what was
   * ordered on that day before is the puncture that gave the sample.
   */
  private static boolean followsResult(Known<?> known, Known<CsfResult> sample) {
    return sample.before(known)
        || (!known.before(sample)
            && !known.header().reportedAt().isBefore(sample.header().reportedAt()));
  }

  // ------------------------------------------------------------------ S2

  /** S2, judged by what was reported when the treatment was given (G50). */
  private void treatmentBeforeConfirmation() {
    List<Act> early = new ArrayList<>();
    List<Act> candidates = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      if (needsConfirmation(act)) {
        candidates.add(act);
      }
    }
    for (Act act : e.recent(candidates)) {
      Confirmation then = confirmation.at(act.known().observed());
      if (!then.established() || !then.histology()) {
        early.add(act);
      }
    }
    early = e.recent(early); // what was right since does not keep it open
    List<String> missing = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    for (Act act : early) {
      Confirmation then = confirmation.at(act.known().observed());
      evidence.addAll(then.reason().evidence());
      if (!then.established()) {
        missing.addAll(then.reason().missing());
      }
      if (!then.histology()) {
        missing.add("BIOPSY.histology");
      }
    }
    if (!early.isEmpty()) {
      e.alert(
          AlertDraft.of(
                  AlertCode.TREATMENT_BEFORE_CONFIRMATION,
                  early.getFirst().id(),
                  BEFORE_CONFIRMATION)
              .priority(Priority.URGENT)
              .to(Audience.TREATING_ONCOLOGIST)
              .says("Treatment given before diagnosis and primary type were established")
              .about(e, early)
              .evidence(evidence)
              .missing(missing));
    }
  }

  private static boolean needsConfirmation(Act act) {
    if (!act.fact().action().given()) {
      return false;
    }
    return switch (act.fact().modality()) {
      case SYSTEMIC -> act.agent().antitumour() || !act.agent().recognised();
      case INTRATHECAL -> true;
      case RADIOTHERAPY -> act.indication() != Indication.CORD_COMPRESSION;
      case OMMAYA_PLACEMENT, VP_SHUNT, SUPPORTIVE_CARE, LUMBAR_PUNCTURE, UNKNOWN -> false;
    };
  }

  // ------------------------------------------------------------------ results that do not come

  /**
   * Results and answers pending beyond their turnaround; after all other rules, since it reads the
   * open board questions.
   */
  void resultsOverdue() {
    Late late = new Late();
    for (Known<Fact> known : e.picture.pending()) {
      if (known.header().status() != ResultStatus.PRELIMINARY) {
        waitedFor(known, late);
      }
    }
    for (Molecular.Result result : e.molecular().genes().values()) {
      if (result.meaning() == Molecular.Meaning.PENDING && !e.picture.isHistory(result.known())) {
        late.look(
            result.statedOn(),
            e.parameters.schedules().molecularResult(),
            "molecular result " + result.gene(),
            result.known().id(),
            result.evidence());
      }
    }
    for (Mdt.Question question : e.questions()) {
      late.look(
          question.needDay(),
          mdt.turnaround(question.gap()),
          "tumour board answer " + question.gap(),
          BOARD + question.anchor(),
          question.evidence().isEmpty() ? null : question.evidence().getFirst());
    }
    // A warning on preliminary reports alone is one that says so; any other names them too, since
    // what they say classifies and permits nothing before a final version does.
    late.settled = !e.picture.preliminaryCounts();
    e.picture.preliminary().forEach(known -> waitedFor(known, late));
    late.raise();
  }

  private void waitedFor(Known<Fact> known, Late late) {
    if (!e.picture.isHistory(known)) {
      turnaround(known.fact())
          .ifPresent(
              limit ->
                  late.look(
                      known.firstReportedDay(),
                      limit,
                      name(known.fact().kind()),
                      known.id(),
                      known.evidence("status=" + known.header().status())));
    }
  }

  /** Cytology, molecular result or MRI report; of imaging, one that is or may be an MRI. */
  private Optional<Parameters.Turnaround> turnaround(Fact fact) {
    Parameters.Schedules limits = e.parameters.schedules();
    return switch (fact) {
      case CsfResult _ -> Optional.of(limits.cytologyResult());
      case BiopsyResult _ -> Optional.of(limits.molecularResult());
      case ImagingReport report ->
          switch (report.modality()) {
            case MRI, UNKNOWN -> Optional.of(limits.mriReport());
            case CT, PET_CT, CSF_FLOW_STUDY -> Optional.empty();
          };
      case PerformanceStatus _,
          ClinicalAssessment _,
          TreatmentEvent _,
          OutcomeReport _,
          AlertResponse _ ->
          Optional.empty();
    };
  }

  private static String name(FactKind kind) {
    return switch (kind) {
      case CSF -> "cytology";
      case BIOPSY -> "histology or molecular result";
      case IMAGING -> "imaging report";
      case PERFORMANCE, ASSESSMENT, TREATMENT, OUTCOME, RESPONSE_TO_ALERT -> "result";
    };
  }

  /**
   * Collects what is late: one alert names all of it, with the worst stage and the earliest due
   * day.
   */
  private final class Late {
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Optional<AlertStage> worst = Optional.empty();
    private long dueDay = Long.MAX_VALUE;
    private String anchor = "";

    /** Whether what comes now is only named: it raises nothing and wakes nobody. */
    private boolean settled;

    void look(
        long needDay,
        Parameters.Turnaround limit,
        String name,
        String id,
        @org.jspecify.annotations.Nullable Evidence fact) {
      long due = Days.plusWorkingDays(needDay, limit.due());
      long critical = Days.plusWorkingDays(needDay, limit.overdue());
      if (!e.moment().reachedDay(due + 1)) {
        return;
      }
      if (!settled) {
        AlertStage stage =
            e.moment().reachedDay(critical + 1) ? AlertStage.CRITICAL : AlertStage.OVERDUE;
        if (worst.isEmpty() || stage.compareTo(worst.get()) > 0) {
          worst = Optional.of(stage);
        }
        if (due < dueDay) {
          dueDay = due;
          anchor = id;
        }
        reasons.add(id);
      }
      ids.add(id);
      names.add(name);
      if (fact != null) {
        evidence.add(fact);
      }
    }

    void raise() {
      if (worst.isEmpty()) {
        return;
      }
      AlertDraft draft =
          AlertDraft.of(AlertCode.RESULT_OVERDUE, anchor, RESULTS)
              .stage(worst.get())
              .priority(worst.get() == AlertStage.CRITICAL ? Priority.URGENT : Priority.ROUTINE)
              .dueOn(dueDay)
              .to(addressees())
              .says("Pending beyond its turnaround: " + String.join(", ", names))
              .evidence(evidence);
      reasons.forEach(draft::because);
      e.alert(draft);
    }

    /** Results are asked for by the neuro-oncologist, answers of the board by its coordinator. */
    private Audience[] addressees() {
      long answers = ids.stream().filter(id -> id.startsWith(BOARD)).count();
      if (answers == ids.size()) {
        return new Audience[] {Audience.MDT_COORDINATOR};
      }
      return answers == 0
          ? new Audience[] {Audience.NEURO_ONCOLOGY}
          : new Audience[] {Audience.NEURO_ONCOLOGY, Audience.MDT_COORDINATOR};
    }
  }
}
