package io.meninx.guideline;

import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * CSF flow (S15, S28, G21-G25): the latest valid study wins, but an obstruction stays until
 * radiotherapy came after it and a newer study than that shows open flow. Open flow ends at the
 * next hydrocephalus, cord compression, nodules, radiotherapy or shunt, and after 8 weeks.
 *
 * @param value what counts now
 * @param study the study it rests on
 * @param radiotherapy the last radiotherapy after the obstruction, if any
 * @param endedBy what ended an open study, if anything did
 */
record FlowState(
    Value value,
    Optional<Known<ImagingReport>> study,
    Optional<Act> radiotherapy,
    Optional<End> endedBy) {

  /**
   * What ended an open study.
   *
   * @param evidence for it
   * @param statedOn day it was first reported
   */
  record End(Evidence evidence, long statedOn) {}

  /** What is known of the flow. */
  enum Value {
    OPEN,
    /** G23: partial flow is obstructed too. */
    OBSTRUCTED,
    UNKNOWN
  }

  private static final FlowState NOTHING_KNOWN =
      new FlowState(Value.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());

  /** An event of the fold: an imaging report or an act, in clinical order. */
  private record Step(Known<?> known, Optional<Known<ImagingReport>> imaging, Optional<Act> act) {

    /** Radiotherapy, a shunt, or a sign of a new block. */
    Optional<End> endsOpenFlow() {
      if (act.isPresent()) {
        return act.filter(done -> done.is(Modality.RADIOTHERAPY) || placed(done))
            .map(done -> new End(done.evidence(), done.statedOn()));
      }
      return imaging
          .filter(known -> blockSign(known.fact()))
          .map(
              known ->
                  new End(
                      known.evidence("hydrocephalus, nodules or cord compression"),
                      known.statedOn(ImagingReport.class, Step::blockSign)));
    }

    private static boolean blockSign(ImagingReport report) {
      return report.hydrocephalus() == Tri.YES
          || report.cordCompression() == Tri.YES
          || report.pattern() == ImagingReport.Pattern.NODULAR
          || report.pattern() == ImagingReport.Pattern.BOTH;
    }

    private static boolean placed(Act act) {
      return act.fact().action().given()
          || act.fact().action() == io.meninx.fact.TreatmentEvent.Action.COMPLETED;
    }
  }

  static FlowState of(Picture picture, Parameters parameters, Moment moment) {
    List<Step> steps = new ArrayList<>();
    for (Known<ImagingReport> known : picture.imaging()) {
      if (statesFlow(known.fact()) || Step.blockSign(known.fact())) {
        steps.add(new Step(known, Optional.of(known), Optional.empty()));
      }
    }
    for (Act act : picture.acts()) {
      boolean matters = act.is(Modality.RADIOTHERAPY) ? act.given() : act.is(Modality.VP_SHUNT);
      if (matters) {
        steps.add(new Step(act.known(), Optional.empty(), Optional.of(act)));
      }
    }
    steps.sort(
        Comparator.comparing(step -> step.known().report(), io.meninx.fact.Report.FOLD_ORDER));
    FlowState state = NOTHING_KNOWN;
    for (Step step : steps) {
      state =
          step.imaging().isPresent() ? state.on(step.imaging().get()) : state.on(step.act().get());
    }
    return state.value == Value.OPEN ? state.asFarAsValid(steps, parameters, moment) : state;
  }

  /** Whether it says anything of the flow. */
  static boolean statesFlow(ImagingReport report) {
    return switch (report.csfFlow()) {
      case UNOBSTRUCTED, OBSTRUCTED, PARTIAL -> true;
      case NOT_ASSESSED, UNKNOWN -> false;
    };
  }

  /**
   * G22: open flow ends by what came after the study, or may have come after it on the same day,
   * and after 8 weeks.
   */
  private FlowState asFarAsValid(List<Step> steps, Parameters parameters, Moment moment) {
    Known<ImagingReport> open = study.orElseThrow();
    for (Step step : steps) {
      if (!step.known().before(open) && !step.known().id().equals(open.id())) {
        Optional<End> end = step.endsOpenFlow();
        if (end.isPresent()) {
          return new FlowState(Value.UNKNOWN, study, Optional.empty(), end);
        }
      }
    }
    return moment.reachedDay(open.day() + parameters.flow().validDays() + 1L)
        ? new FlowState(Value.UNKNOWN, study, Optional.empty(), Optional.empty())
        : this;
  }

  private FlowState on(Known<ImagingReport> imaging) {
    CsfFlow flow = imaging.fact().csfFlow();
    if (flow == CsfFlow.OBSTRUCTED || flow == CsfFlow.PARTIAL) {
      return new FlowState(
          Value.OBSTRUCTED, Optional.of(imaging), Optional.empty(), Optional.empty());
    }
    if (flow == CsfFlow.UNOBSTRUCTED) {
      if (value != Value.OBSTRUCTED) {
        return new FlowState(Value.OPEN, Optional.of(imaging), Optional.empty(), Optional.empty());
      }
      boolean restored =
          radiotherapy.isPresent()
              && radiotherapy.get().known().before(imaging)
              && study.get().before(imaging);
      return restored
          ? new FlowState(Value.OPEN, Optional.of(imaging), Optional.empty(), Optional.empty())
          : this;
    }
    return this;
  }

  /** Only radiotherapy known to be after the obstruction can have restored flow. */
  private FlowState on(Act act) {
    boolean treats =
        value == Value.OBSTRUCTED
            && act.is(Modality.RADIOTHERAPY)
            && study.orElseThrow().before(act.known());
    return treats ? new FlowState(value, study, Optional.of(act), Optional.empty()) : this;
  }

  boolean is(Value other) {
    return value == other;
  }

  /** The study and what came after it, as evidence. */
  List<Evidence> evidence() {
    List<Evidence> evidence = new ArrayList<>();
    study.ifPresent(known -> evidence.add(known.evidence("csfFlow=" + known.fact().csfFlow())));
    radiotherapy.ifPresent(act -> evidence.add(act.evidence()));
    endedBy.map(End::evidence).ifPresent(evidence::add);
    return evidence;
  }
}
