package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.Lists;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.fact.Tri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Intrathecal treatment: gate, flow, route, agent, dose (S15-S17, S28, S31, G17-G26, G32, G36-G39,
 * G62).
 */
final class IntrathecalRules {
  private static final RuleRef GATE =
      RuleRef.of("S15", "S28", "G17", "G18", "G19", "G20", "G21", "G22");
  private static final RuleRef OBSTRUCTED = RuleRef.of("S28", "G23", "G24", "G25");
  private static final RuleRef FLOW_STUDY = RuleRef.of("S15", "G21", "G22");
  private static final RuleRef RESTUDY = RuleRef.of("S28", "G24", "G25");
  private static final RuleRef ROUTE = RuleRef.of("S17", "S31");
  private static final RuleRef DOSE = RuleRef.of("S16", "G32");
  private static final RuleRef AGENT = RuleRef.of("G62");
  private static final RuleRef LABS = RuleRef.of("G37", "G38");
  private static final RuleRef MASS_EFFECT = RuleRef.of("G39");
  static final String FLOW = "IMAGING.csfFlow";
  private static final String OPEN_FLOW = "CSF flow open and valid";

  private final Evaluation e;
  private final Mdt mdt;
  private final Picture.Judgement<Lacking> lacking;

  IntrathecalRules(Evaluation evaluation, Mdt mdt) {
    this.e = evaluation;
    this.mdt = mdt;
    this.lacking = e.picture.new Judgement<>((then, time) -> lacking(then, time.instant()));
  }

  /**
   * What intrathecal treatment lacked at a time by what was known then: as for the recommendation,
   * preliminary results permit nothing and block (contract section 3).
   *
   * @param finals criteria unmet by final results
   * @param preliminaries criteria unmet by these and preliminary ones
   */
  private record Lacking(List<String> finals, List<String> preliminaries) {}

  private Lacking lacking(Picture then, Instant time) {
    return new Lacking(
        new Evaluation(then, e.parameters).unmetForIntrathecalAt(time),
        then.withPreliminary()
            .map(warned -> new Evaluation(warned, e.parameters).unmetForIntrathecalAt(time))
            .orElse(List.of()));
  }

  /** What stands against a puncture or a dose: before all rules that read it. */
  List<Runnable> contraindications() {
    return List.of(this::massEffect, this::punctureLabs, this::obstructed);
  }

  private void obstructed() {
    if (e.flow().is(FlowState.Value.OBSTRUCTED)) {
      e.contraindicate(
          ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED,
          Reason.met(OBSTRUCTED, e.flow().evidence()));
    }
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(
        this::questions,
        () -> e.recommend(RecommendationCode.INTRATHECAL_ELIGIBLE, e.gate()),
        this::flowStudy,
        this::flowRestudy,
        this::blocked,
        this::reservoir,
        this::lumbarRoute,
        this::dose,
        this::agent,
        this::labsHold,
        this::punctureUnsafe,
        this::notEligible);
  }

  // ------------------------------------------------------------------ S15

  /**
   * S15 and contract section 5: everything that must hold before intrathecal treatment can be
   * considered.
   */
  Criteria gate() {
    Criteria criteria = new Criteria(GATE);
    Reason diagnosis = e.diagnosis().classified().reason();
    boolean undetermined = e.diagnosis().type() == LmType.UNDETERMINED;
    criteria.require(
        undetermined ? Tri.UNKNOWN : Tri.of(e.diagnosis().type() == LmType.IA),
        diagnosis.evidence(),
        "type IA",
        diagnosis.missing().isEmpty()
            ? "IMAGING.leptomeningealPattern"
            : diagnosis.missing().getFirst());
    Optional<Known<ImagingReport>> thin =
        e.picture
            .lastImaging(fact -> fact.thinDeposits().known() && couldBeMri(fact))
            .filter(known -> !e.picture.isHistory(known));
    criteria.require(
        thin.map(known -> known.fact().thinDeposits()).orElse(Tri.UNKNOWN),
        Lists.of(thin.map(known -> known.evidence("thinDeposits=" + known.fact().thinDeposits()))),
        "thin deposits",
        "IMAGING.thinDeposits");
    criteria.require(flowOpen(), e.flow().evidence(), OPEN_FLOW, FLOW);
    Permission.goodArm(e, criteria);
    against(
        criteria,
        ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL,
        "no craniospinal radiotherapy");
    against(
        criteria,
        ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN,
        "no recent whole-brain radiotherapy");
    if (!intrathecal(act -> !act.agent().stated()).isEmpty()) {
      criteria.wanted(List.of("TREATMENT.agent"));
    }
    return criteria;
  }

  /** As for a pattern: one whose modality is not stated counts too. */
  private static boolean couldBeMri(ImagingReport report) {
    return report.modality() == ImagingReport.Modality.MRI
        || report.modality() == ImagingReport.Modality.UNKNOWN;
  }

  private Tri flowOpen() {
    return switch (e.flow().value()) {
      case OPEN -> Tri.YES;
      case OBSTRUCTED -> Tri.NO;
      case UNKNOWN -> Tri.UNKNOWN;
    };
  }

  private void against(Criteria criteria, ContraindicationCode code, String why) {
    e.contraindication(code)
        .ifPresent(reason -> criteria.require(Tri.NO, reason.evidence(), why, ""));
  }

  /**
   * INTRATHECAL_NOT_ELIGIBLE: a course was proposed although the gate was not met, and it still is
   * not; one alert with all reasons.
   */
  private void notEligible() {
    Reason gate = e.gate();
    if (gate.outcome() == Outcome.MET) {
      return;
    }
    List<Act> proposals = new ArrayList<>();
    e.courses().forEach(course -> proposals.addAll(course.proposals(e.parameters)));
    List<Act> recent = e.recent(notPermitted(e.recent(proposals)));
    if (recent.isEmpty() || namedElsewhere(gate)) {
      return;
    }
    AlertDraft draft =
        AlertDraft.of(AlertCode.INTRATHECAL_NOT_ELIGIBLE, recent.getFirst().id(), GATE)
            .priority(Priority.URGENT)
            .to(Audience.NEURO_ONCOLOGY)
            .says("Intrathecal criteria not met: " + String.join(", ", gate.unmet()))
            .about(e, recent)
            .evidence(gate.evidence())
            .missing(gate.missing());
    unmetByFacts(gate).forEach(draft::because);
    e.alert(draft);
  }

  /**
   * Criteria that facts left unmet, each a reason of its own; what only went stale, a KPS or an
   * open flow study, is no new one.
   */
  private List<String> unmetByFacts(Reason gate) {
    List<String> unmet = new ArrayList<>(gate.unmet());
    unmet.remove(Permission.freshKps(e.parameters));
    boolean ranOut =
        e.flow().is(FlowState.Value.UNKNOWN)
            && e.flow().study().isPresent()
            && e.flow().endedBy().isEmpty();
    if (ranOut) {
      unmet.remove(OPEN_FLOW);
    }
    return unmet;
  }

  /**
   * Of proposals those that were not permitted; a course that was permitted later is not blamed for
   * what came before.
   */
  private List<Act> notPermitted(List<Act> proposals) {
    List<Act> notPermitted = new ArrayList<>();
    for (Act act : proposals) {
      if (permittedThen(act)) {
        Optional<Course> course = e.course(act);
        notPermitted.removeIf(earlier -> e.course(earlier).equals(course));
      } else {
        notPermitted.add(act);
      }
    }
    return notPermitted;
  }

  /**
   * Whether the gate was met when the act took place, by what was reported by then: a course that
   * began well is not blamed for a KPS that went stale since (contract section 5: judged when
   * ordered, started or first given). A preliminary result blames as long as what it left unmet is:
   * one that was refuted does not.
   */
  private boolean permittedThen(Act act) {
    Lacking then = lacking.at(act.known().observed());
    return then.finals().isEmpty()
        && Collections.disjoint(then.preliminaries(), unmetByFacts(e.gate()));
  }

  /** Whether another alert already names the only reason. */
  private boolean namedElsewhere(Reason gate) {
    if (gate.unmet().size() != 1) {
      return false;
    }
    boolean flow =
        e.flow().is(FlowState.Value.OBSTRUCTED)
            && e.alerts(AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION);
    boolean craniospinal =
        e.contraindicated(ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL)
            && e.alerts(AlertCode.METHOTREXATE_CRANIOSPINAL_CONFLICT);
    boolean wholeBrain =
        e.contraindicated(ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN)
            && e.alerts(AlertCode.METHOTREXATE_WHOLE_BRAIN_CONFLICT);
    boolean poor =
        e.status().is(StatusGroup.POOR) && e.alerts(AlertCode.AGGRESSIVE_THERAPY_IN_POOR_STATUS);
    return flow || craniospinal || wholeBrain || poor;
  }

  // ------------------------------------------------------------------ flow

  /**
   * CSF_FLOW_STUDY when flow is all that eligibility lacks, or an intrathecal course runs without
   * valid open flow.
   */
  private void flowStudy() {
    Reason gate = e.gate();
    if (!e.flow().is(FlowState.Value.UNKNOWN)) {
      boolean restudy =
          e.flow().is(FlowState.Value.OBSTRUCTED) && e.flow().radiotherapy().isPresent();
      e.recommend(
          RecommendationCode.CSF_FLOW_STUDY,
          new Reason(
              RESTUDY, restudy ? Outcome.MET : Outcome.NOT_MET, e.flow().evidence(), List.of()));
      return;
    }
    boolean onlyFlow = gate.unmet().equals(List.of(OPEN_FLOW));
    Optional<Course> running =
        e.courses().stream().filter(course -> course.runs(e.moment(), e.parameters)).findFirst();
    Reason reason =
        new Reason(
            FLOW_STUDY,
            onlyFlow || running.isPresent() ? Outcome.MET : Outcome.NOT_MET,
            running.map(course -> List.of(course.first().evidence())).orElse(gate.evidence()),
            List.of(FLOW));
    e.recommend(RecommendationCode.CSF_FLOW_STUDY, reason);
    if (reason.outcome() == Outcome.MET && !e.declines(RecommendationCode.CSF_FLOW_STUDY)) {
      long proposed =
          running
              .map(course -> course.first().statedOn())
              .orElseGet(() -> new Since(e).eligibleButForFlow());
      long needDay = Math.max(proposed, flowUnknownSince());
      String anchor =
          running.map(course -> course.first().id()).orElse(e.picture.opening().orElseThrow().id());
      flowStudyDue(
          Timing.days(e.moment(), needDay, e.parameters.schedules().flowStudy()),
          anchor,
          FLOW_STUDY,
          "CSF flow not known to be open: consider a flow study before intrathecal treatment",
          reason);
    }
  }

  /** When an open study ran out, or what ended it came; long ago when there was none. */
  private long flowUnknownSince() {
    if (e.flow().endedBy().isPresent()) {
      return e.flow().endedBy().get().statedOn();
    }
    return e.flow()
        .study()
        .map(known -> known.day() + e.parameters.flow().validDays() + 1L)
        .orElse(Long.MIN_VALUE);
  }

  private void flowStudyDue(
      Timing timing, String anchor, RuleRef rule, String says, Reason reason) {
    timing
        .stage()
        .ifPresent(
            stage ->
                e.alert(
                    AlertDraft.of(AlertCode.FLOW_STUDY_DUE, anchor, rule)
                        .stage(stage)
                        .dueOn(timing.targetDay())
                        .to(Audience.NEURO_ONCOLOGY)
                        .says(says)
                        .evidence(reason.evidence())
                        .missing(List.of(FLOW))
                        .because("flow")));
  }

  /**
   * G24: after radiotherapy of a block, flow counts as obstructed until a new study; due 7 to 14
   * days after it.
   */
  private void flowRestudy() {
    if (!e.flow().is(FlowState.Value.OBSTRUCTED) || e.flow().radiotherapy().isEmpty()) {
      return;
    }
    Act radiotherapy = e.flow().radiotherapy().get();
    boolean studied =
        e.picture.imaging().stream()
            .anyMatch(
                known -> FlowState.statesFlow(known.fact()) && radiotherapy.known().before(known));
    if (studied) {
      return;
    }
    Reason reason = Reason.met(RESTUDY, e.flow().evidence(), List.of(FLOW));
    boolean declined = e.declines(RecommendationCode.CSF_FLOW_STUDY);
    Timing timing =
        Timing.days(e.moment(), radiotherapy.day(), e.parameters.schedules().flowRestudy());
    e.schedule(ScheduleCode.FLOW_RESTUDY, List.of(timing.entry(declined)), reason);
    if (!declined) {
      flowStudyDue(
          timing,
          radiotherapy.id(),
          RESTUDY,
          "Radiotherapy after a flow obstruction: consider a new flow study, flow counts as"
              + " obstructed until then",
          reason);
    }
  }

  /** S28: an intrathecal course runs while flow is obstructed. */
  private void blocked() {
    if (!e.flow().is(FlowState.Value.OBSTRUCTED)) {
      return;
    }
    List<Act> running = new ArrayList<>();
    for (Course course : e.courses()) {
      if (course.runs(e.moment(), e.parameters)) {
        running.add(course.acts().getLast());
      }
    }
    if (!running.isEmpty()) {
      e.alert(
          AlertDraft.of(
                  AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION,
                  e.flow().study().orElseThrow().id(),
                  OBSTRUCTED)
              .priority(Priority.STAT)
              .to(Audience.NEURO_ONCOLOGY, Audience.NEUROSURGERY)
              .says(
                  "Intrathecal course while CSF flow is obstructed: criteria met for a hard stop"
                      + " until it is shown open again")
              .about(e, running)
              .evidence(e.flow().evidence()));
    }
  }

  // ------------------------------------------------------------------ G17-G19, G26

  private void questions() {
    if (!e.status().is(StatusGroup.POOR)) {
      typeQuestion(
          LmType.ID,
          "G17",
          "cytology positive with normal MRI: is the sample identity confirmed, intrathecal role?");
      typeQuestion(
          LmType.IC,
          "G18",
          "linear and nodular disease: focal treatment of nodules before intrathecal?");
      typeQuestion(
          LmType.IIA,
          "G19",
          "linear disease without positive cytology: intrathecal benefit not shown");
    }
    for (Act act : e.picture.acts()) {
      boolean inPlace =
          act.is(Modality.VP_SHUNT)
              && (act.fact().action().given() || act.fact().action() == Action.COMPLETED)
              && !e.picture.ended(act);
      if (inPlace) {
        mdt.ask(
            "G26",
            Priority.ROUTINE,
            act.known(),
            need(act.statedOn()),
            "shunt in place: an intrathecal drug may be diverted",
            List.of(act.evidence()));
        return;
      }
    }
  }

  private void typeQuestion(LmType type, String gap, String says) {
    if (e.diagnosis().type() == type) {
      List<Evidence> evidence = e.diagnosis().classified().reason().evidence();
      mdt.ask(
          gap,
          Priority.ROUTINE,
          e.picture.opening().orElseThrow(),
          new Since(e).type(),
          says,
          evidence);
    }
  }

  private long need(long day) {
    return Math.max(day, e.picture.openingStatedOn());
  }

  // ------------------------------------------------------------------ S17, S31

  private Optional<Known<ClinicalAssessment>> feasible() {
    return e.picture.lastAssessment(Statement.OMMAYA_FEASIBLE);
  }

  private void reservoir() {
    boolean placed = e.picture.acts().stream().anyMatch(IntrathecalRules::showsReservoir);
    boolean wanted =
        e.recommends(RecommendationCode.INTRATHECAL_ELIGIBLE)
            || (!e.intrathecalForbidden()
                && e.courses().stream().anyMatch(course -> course.runs(e.moment(), e.parameters)));
    Criteria criteria = new Criteria(ROUTE);
    Permission.established(e, criteria);
    criteria.require(
        Tri.of(wanted && !placed),
        List.of(),
        "intrathecal treatment considered, no reservoir yet",
        "");
    criteria.require(
        feasible().map(known -> known.fact().ommayaFeasible()).orElse(Tri.UNKNOWN),
        Lists.of(
            feasible()
                .map(known -> known.evidence("ommayaFeasible=" + known.fact().ommayaFeasible()))),
        "reservoir feasible",
        "ASSESSMENT.ommayaFeasible");
    e.recommend(RecommendationCode.OMMAYA_RESERVOIR, criteria.reason());
  }

  /** Whether a reservoir was placed, or something was given by one: then there is one. */
  private static boolean showsReservoir(Act act) {
    Action action = act.fact().action();
    return (act.is(Modality.OMMAYA_PLACEMENT) && (action.given() || action == Action.COMPLETED))
        || (act.is(Modality.INTRATHECAL) && action.given() && act.fact().route() == Route.OMMAYA);
  }

  private void lumbarRoute() {
    if (feasible().isEmpty() || feasible().get().fact().ommayaFeasible() != Tri.YES) {
      return;
    }
    List<Act> recent = e.recent(intrathecal(act -> act.fact().route() == Route.LUMBAR));
    if (!recent.isEmpty()) {
      e.alert(
          AlertDraft.of(AlertCode.INTRATHECAL_LUMBAR_ROUTE, recent.getFirst().id(), ROUTE)
              .priority(Priority.URGENT)
              .to(Audience.NEURO_ONCOLOGY, Audience.NEUROSURGERY)
              .says("Intrathecal treatment by the lumbar route although a reservoir is feasible")
              .about(e, recent)
              .evidence(feasible().get().evidence("ommayaFeasible=YES")));
    }
  }

  private List<Act> intrathecal(java.util.function.Predicate<Act> which) {
    return e.picture.acts().stream()
        .filter(act -> act.is(Modality.INTRATHECAL) && act.prohibitable() && which.test(act))
        .toList();
  }

  // ------------------------------------------------------------------ S16, G32, G62

  private void dose() {
    double limit = e.parameters.intrathecal().doseMg();
    List<Act> recent =
        e.recent(
            intrathecal(
                act ->
                    act.intrathecalMethotrexate()
                        && act.fact().doseMg().isPresent()
                        && act.fact().doseMg().getAsDouble() != limit));
    if (recent.isEmpty()) {
      return;
    }
    boolean above = recent.stream().anyMatch(act -> act.fact().doseMg().orElseThrow() > limit);
    AlertDraft draft =
        AlertDraft.of(AlertCode.INTRATHECAL_DOSE_OUT_OF_RANGE, recent.getFirst().id(), DOSE)
            .priority(above ? Priority.STAT : Priority.URGENT)
            .to(Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST)
            .says(
                "Intrathecal methotrexate dose "
                    + (above ? "above " : "other than ")
                    + Numbers.plain(limit)
                    + " mg: a check of the dose is suggested")
            .about(e, recent);
    double highest = limit;
    for (Act act : recent) {
      double dose = act.fact().doseMg().orElseThrow();
      if (dose > highest) { // who answered for one overdose did not answer for a larger one
        draft.because("dose:" + Numbers.plain(dose));
        highest = dose;
      }
    }
    e.alert(draft);
  }

  private void agent() {
    List<Act> recent =
        e.recent(
            intrathecal(act -> act.agent().stated() && !act.agent().allAllowedIntrathecally()));
    if (!recent.isEmpty()) {
      AlertDraft draft =
          AlertDraft.of(AlertCode.UNSAFE_INTRATHECAL_AGENT, recent.getFirst().id(), AGENT)
              .priority(Priority.STAT)
              .to(Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST)
              .says(
                  "Intrathecal agent not on the allowed list or not recognised: criteria met for a"
                      + " hard stop until it is checked")
              .about(e, recent);
      for (Act act : recent) { // another agent is another reason, also within the same order
        draft.because("agent:" + act.agentWords());
      }
      e.alert(draft);
    }
  }

  // ------------------------------------------------------------------ G37, G38

  private void punctureLabs() {
    LabValues labs = LabValues.of(e.picture.assessments(Statement.LABS));
    List<Evidence> bad = new ArrayList<>();
    labs.platelets()
        .filter(value -> value.number() < e.parameters.labs().minimumPlateletsE9L())
        .ifPresent(value -> bad.add(value.evidence()));
    labs.inr()
        .filter(value -> value.number() > e.parameters.labs().maximumInr())
        .ifPresent(value -> bad.add(value.evidence()));
    if (!bad.isEmpty()) {
      e.contraindicate(ContraindicationCode.LUMBAR_PUNCTURE_LABS, Reason.met(LABS, bad));
    }
  }

  /**
   * G37, G38: every intrathecal or puncture act is judged once by the labs of the 48 hours before
   * it. The alert is about the first of those held that follow each other within the time that each
   * is shown, though it is not shown itself any more: the others came on top of it.
   */
  private void labsHold() {
    List<Act> held = new ArrayList<>();
    List<LabJudgement> judgements = new ArrayList<>();
    Optional<Act> first = Optional.empty();
    for (Act act : e.picture.acts().reversed()) {
      boolean judged =
          (act.is(Modality.INTRATHECAL) || act.is(Modality.LUMBAR_PUNCTURE)) && act.prohibitable();
      if (!judged || e.picture.isHistory(act.known()) || e.picture.ended(act)) {
        continue;
      }
      Instant shownUntil =
          act.known().observed().instant().plus(Duration.ofDays(e.parameters.labs().holdDays()));
      boolean over = !e.moment().now().isBefore(shownUntil);
      if (over && first.filter(next -> isFollowed(shownUntil, next)).isEmpty()) {
        break; // most acts: long ago, and not looked at
      }
      LabJudgement judgement = LabJudgement.of(act, e.picture, e.parameters.labs());
      if (judgement.fits()) {
        continue;
      }
      first = Optional.of(act);
      if (!e.moment().reached(shownUntil)) {
        held.addFirst(act);
        judgements.addFirst(judgement);
      }
    }
    List<Evidence> evidence = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    boolean stop = false;
    for (LabJudgement judgement : judgements) {
      evidence.addAll(judgement.evidence());
      missing.addAll(judgement.missing());
      stop |= judgement.stop();
    }
    if (!held.isEmpty()) {
      AlertDraft draft =
          AlertDraft.of(AlertCode.LABS_HOLD, first.orElseThrow().id(), LABS)
              .priority(stop ? Priority.STAT : Priority.URGENT)
              .to(Audience.TREATING_ONCOLOGIST)
              .says(
                  evidence.isEmpty()
                      ? "Hold: platelets and INR of the last "
                          + e.parameters.labs().maximumAgeHours()
                          + " h not known"
                      : "Hold: platelets or INR out of limits, or older than "
                          + e.parameters.labs().maximumAgeHours()
                          + " h")
              .about(e, held)
              .evidence(evidence)
              .missing(missing);
      for (Act act : held) {
        if (standsAlone(act)) {
          draft.because(act.id());
        }
      }
      e.alert(draft);
    }
  }

  /** Whether it is of no course and no order: each of such punctures is judged for itself. */
  private boolean standsAlone(Act act) {
    return act.fact().orderId().isEmpty() && e.course(act).isEmpty();
  }

  private static boolean isFollowed(Instant shownUntil, Act next) {
    return !shownUntil.isBefore(next.known().observed().instant());
  }

  // ------------------------------------------------------------------ G39

  private Optional<Known<ImagingReport>> massEffectSeen() {
    return ImagingSign.MASS_EFFECT
        .standing(e.picture)
        .or(() -> ImagingSign.HYDROCEPHALUS.standing(e.picture))
        .map(ImagingSign.Standing::last);
  }

  /**
   * Whether it is a puncture that was done before imaging first showed what stands against it, or
   * the order of such a one: G39 is about what lies ahead. An intrathecal course goes on and is
   * never behind.
   */
  private boolean doneBeforeSeen(Act act) {
    if (!act.is(Modality.LUMBAR_PUNCTURE)) {
      return false;
    }
    List<Known<ImagingReport>> first = new ArrayList<>();
    for (ImagingSign sign : List.of(ImagingSign.MASS_EFFECT, ImagingSign.HYDROCEPHALUS)) {
      sign.standing(e.picture).ifPresent(standing -> first.add(standing.first()));
    }
    return e.picture.acts().stream()
        .filter(other -> other.is(Modality.LUMBAR_PUNCTURE) && other.fact().action().given())
        .filter(
            other ->
                other.id().equals(act.id())
                    || (act.fact().action() == Action.ORDERED
                        && act.sameOrder(other)
                        && !other.known().before(act.known())))
        .anyMatch(other -> first.stream().allMatch(seen -> other.known().before(seen)));
  }

  private void massEffect() {
    massEffectSeen()
        .ifPresent(
            known ->
                e.contraindicate(
                    ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT,
                    Reason.met(MASS_EFFECT, List.of(massEvidence(known)))));
  }

  private static Evidence massEvidence(Known<ImagingReport> known) {
    return known.evidence(
        "massEffect="
            + known.fact().massEffect()
            + ", hydrocephalus="
            + known.fact().hydrocephalus());
  }

  private void punctureUnsafe() {
    Optional<Known<ImagingReport>> seen = massEffectSeen();
    if (seen.isEmpty()) {
      return;
    }
    List<Act> punctures = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      boolean puncture =
          act.is(Modality.LUMBAR_PUNCTURE)
              || (act.is(Modality.INTRATHECAL) && act.fact().route() == Route.LUMBAR);
      if (puncture && act.prohibitable() && !doneBeforeSeen(act)) {
        punctures.add(act);
      }
    }
    List<Act> recent = e.recent(punctures);
    List<Act> unsafe = new ArrayList<>();
    for (Act act : punctures) {
      if (recent.contains(act) || (isOpenOrder(act) && !e.picture.isHistory(act.known()))) {
        unsafe.add(act);
      }
    }
    if (!unsafe.isEmpty()) {
      e.alert(
          AlertDraft.of(AlertCode.LUMBAR_PUNCTURE_UNSAFE, unsafe.getFirst().id(), MASS_EFFECT)
              .priority(Priority.STAT)
              .to(Audience.NEURO_ONCOLOGY, Audience.NEUROSURGERY)
              .says(
                  "Lumbar puncture with mass effect or hydrocephalus on imaging: criteria met for a"
                      + " hard stop until imaging is reviewed")
              .about(e, unsafe)
              .evidence(massEvidence(seen.get())));
    }
  }

  /**
   * Whether something is ordered that was neither done since nor stopped: it is still to come. A
   * puncture was done when there is fluid, whether or not it is reported itself.
   */
  private boolean isOpenOrder(Act order) {
    if (order.fact().action() != Action.ORDERED || e.picture.ended(order)) {
      return false;
    }
    for (Known<CsfResult> sample : e.picture.csf()) {
      if (order.is(Modality.LUMBAR_PUNCTURE)
          && sample.fact().site() != CsfResult.Site.VENTRICULAR
          && !sample.before(order.known())) {
        return false;
      }
    }
    for (Act act : e.picture.acts()) {
      if (act.fact().action().given()
          && !act.known().before(order.known())
          && order.sameOrder(act)) {
        return false;
      }
    }
    return true;
  }
}
