package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calendar of intrathecal methotrexate (S16, G33-G35): twelve doses and the next three monthly
 * ones, rolled forward from the doses actually given. Counts its days from 1.
 */
final class MethotrexateCalendar {
  private static final RuleRef RULE = RuleRef.of("S16", "G33", "G34", "G35", "G36");

  private final Evaluation e;
  private final Mdt mdt;
  private final CorrectionRules corrected;
  private final Parameters.Intrathecal limits;

  MethotrexateCalendar(Evaluation evaluation, Mdt mdt, CorrectionRules corrected) {
    this.e = evaluation;
    this.mdt = mdt;
    this.corrected = corrected;
    this.limits = evaluation.parameters.intrathecal();
  }

  void apply() {
    Optional<Course> last = Optional.empty();
    for (Course course : e.courses()) {
      if (course.methotrexate() && dayOne(course).isPresent()) {
        last = Optional.of(course);
      }
    }
    last.ifPresent(this::calendar);
  }

  /** Day 1: the first start or dose of methotrexate. */
  private static Optional<Act> dayOne(Course course) {
    return course.methotrexateActs().stream()
        .filter(act -> act.fact().action().given())
        .findFirst();
  }

  /** Doses given, oldest first. Only ADMINISTERED counts as a dose. */
  private static List<Act> doses(Course course) {
    return course.methotrexateActs().stream()
        .filter(act -> act.fact().action() == Action.ADMINISTERED)
        .toList();
  }

  private void calendar(Course course) {
    List<Act> doses = doses(course);
    Act dayOne = dayOne(course).orElseThrow();
    Reason reason = Reason.met(RULE, List.of(dayOne.evidence()), withoutDose(doses));
    boolean declined = e.declines(RecommendationCode.INTRATHECAL_ELIGIBLE);
    int shown = Math.max(twelve(), doses.size()) + limits.maintenanceShown();
    List<ScheduleEntry> entries = new ArrayList<>();
    long target = dayOne.day();
    Optional<Timing> next = Optional.empty();
    for (int dose = 0; dose < shown; dose++) {
      if (dose < doses.size()) {
        target = doses.get(dose).day();
        entries.add(new ScheduleEntry(Days.start(target), EntryState.DONE));
      } else {
        Timing timing = Timing.around(e.moment(), target, grace(dose));
        boolean isNext = dose == doses.size();
        if (isNext) {
          next = Optional.of(timing);
        }
        entries.add(
            new ScheduleEntry(
                Days.start(target), openState(course, doses, timing, isNext, declined)));
      }
      target += gapAfter(dose);
    }
    e.schedule(ScheduleCode.INTRATHECAL_METHOTREXATE, entries, reason);
    boolean runs = course.end().isEmpty() && !doses.isEmpty();
    if (runs && !declined) {
      next.ifPresent(timing -> due(course, doses, timing));
      gapInInduction(course, doses);
    }
  }

  /**
   * A dose that doesn't say how much can't be out of range; that is said where doses are listed.
   */
  private static List<String> withoutDose(List<Act> doses) {
    for (Act dose : doses) {
      if (dose.fact().doseMg().isEmpty()) {
        return List.of("TREATMENT.doseMg");
      }
    }
    return List.of();
  }

  private int twelve() {
    return limits.gapsDays().size() + 1;
  }

  private int gapAfter(int dose) {
    return dose < limits.gapsDays().size()
        ? limits.gapsDays().get(dose)
        : limits.maintenanceGapDays();
  }

  private Parameters.Grace grace(int dose) {
    if (dose < limits.inductionDoses()) {
      return limits.induction();
    }
    return dose < twelve() ? limits.consolidation() : limits.maintenance();
  }

  /** Without any dose recorded the entries are unknown; MISSED only once the course is stopped. */
  private EntryState openState(
      Course course, List<Act> doses, Timing timing, boolean isNext, boolean declined) {
    if (doses.isEmpty()) {
      return EntryState.UNKNOWN;
    }
    if (course.end().isPresent()) {
      Act end = course.end().get();
      boolean stopped = end.fact().action() == Action.STOPPED && timing.targetDay() <= end.day();
      return stopped ? EntryState.MISSED : EntryState.SUSPENDED;
    }
    if (declined) {
      return EntryState.SUSPENDED;
    }
    return isNext ? timing.entry(false).state() : EntryState.PLANNED;
  }

  // ------------------------------------------------------------------ the next dose

  private void due(Course course, List<Act> doses, Timing timing) {
    if (timing.stage().isEmpty()) {
      return;
    }
    Hold hold = hold(course);
    AlertStage stage = timing.stage().get();
    Priority priority =
        switch (stage) {
          case DUE -> Priority.ROUTINE;
          case OVERDUE -> Priority.URGENT;
          case CRITICAL -> Priority.STAT;
        };
    int number = doses.size() + 1;
    e.alert(
        AlertDraft.of(AlertCode.INTRATHECAL_DOSE_DUE, course.first().id() + "#" + number, RULE)
            .stage(stage)
            .priority(priority)
            .dueOn(timing.targetDay())
            .to(Audience.NEURO_ONCOLOGY)
            .says(
                "Intrathecal methotrexate dose "
                    + number
                    + " "
                    + FollowUpRules.words(stage)
                    + hold.inWords())
            .evidence(doses.getLast().evidence())
            .evidence(hold.evidence())
            .missing(hold.missing())
            .because("dose" + number));
  }

  /** G35: more than 14 days since the last dose within induction is a question for the board. */
  private void gapInInduction(Course course, List<Act> doses) {
    if (doses.size() >= limits.inductionDoses()) {
      return;
    }
    Act last = doses.getLast();
    long tooLong = last.day() + limits.inductionGapMdtDays() + 1L;
    if (e.moment().reachedDay(tooLong)) {
      mdt.ask(
          "G35",
          Priority.URGENT,
          course.first().known(),
          tooLong,
          "more than " + limits.inductionGapMdtDays() + " days since the last induction dose",
          List.of(last.evidence()));
    }
  }

  // ------------------------------------------------------------------ the gate before a dose

  /**
   * What holds a dose: every check that is false or not known, by what the inputs can say (clinical
   * rules, section 5).
   *
   * @param reasons in words
   * @param unknown what is not known, in words
   * @param evidence facts against it
   * @param missing fields not known
   */
  private record Hold(
      List<String> reasons, List<String> unknown, List<Evidence> evidence, List<String> missing) {
    void because(String reason, List<Evidence> facts) {
      reasons.add(reason);
      evidence.addAll(facts);
    }

    void unknown(String what, String field) {
      unknown.add(what);
      missing.add(field);
    }

    /** What speaks against the dose first, so that a cut summary still names it. */
    String inWords() {
      List<String> words = new ArrayList<>(reasons);
      if (!unknown.isEmpty()) {
        words.add("not known: " + String.join(", ", unknown));
      }
      return words.isEmpty() ? "" : "; HOLD: " + String.join(", ", words);
    }
  }

  private Hold hold(Course course) {
    Hold hold =
        new Hold(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    switch (e.flow().value()) {
      case OPEN -> {}
      case OBSTRUCTED -> hold.because("CSF flow obstructed", e.flow().evidence());
      case UNKNOWN -> hold.unknown("CSF flow", IntrathecalRules.FLOW);
    }
    standing(
        hold, ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL, "craniospinal radiotherapy");
    standing(hold, ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN, "whole-brain radiotherapy");
    if (e.status().is(StatusGroup.POOR)) {
      hold.because("poor status", e.status().group().reason().evidence());
    }
    standing(
        hold, ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT, "mass effect or hydrocephalus");
    FollowUpRules.newSign(e)
        .ifPresent(sign -> hold.because("new neurological sign, no MRI since", List.of(sign)));
    List<Evidence> pause = corrected.forPause();
    if (!pause.isEmpty()) {
      hold.because("cytology corrected, pause asked for", pause);
    }
    prescribed(course)
        .filter(act -> act.fact().doseMg().getAsDouble() > limits.doseMg())
        .ifPresent(
            act ->
                hold.because(
                    "dose above " + Numbers.plain(limits.doseMg()) + " mg",
                    List.of(act.evidence())));
    LabValues labs = LabValues.of(e.picture.assessments(Statement.LABS));
    Parameters.Labs bounds = e.parameters.labs();
    lab(
        hold,
        labs.platelets(),
        LabValues.PLATELETS,
        value -> value >= bounds.minimumPlateletsE9L(),
        "platelets");
    lab(hold, labs.inr(), LabValues.INR, value -> value <= bounds.maximumInr(), "INR");
    lab(hold, labs.anc(), LabValues.ANC, value -> value >= bounds.minimumAncE9L(), "neutrophils");
    renal(hold, labs, bounds);
    if (course.methotrexateActs().getLast().fact().route() == Route.UNKNOWN) {
      hold.unknown("route", "TREATMENT.route");
    }
    return hold;
  }

  /** The newest act that states a dose of methotrexate: what is given next, as far as known. */
  private static Optional<Act> prescribed(Course course) {
    return course.methotrexateActs().reversed().stream()
        .filter(act -> act.fact().doseMg().isPresent())
        .findFirst();
  }

  private void standing(Hold hold, ContraindicationCode code, String reason) {
    e.contraindication(code).ifPresent(why -> hold.because(reason, why.evidence()));
  }

  private void lab(
      Hold hold,
      Optional<LabValues.Value> value,
      String field,
      java.util.function.DoublePredicate fits,
      String name) {
    if (value.isEmpty()
        || !e.atMostHoursOld(value.get().observed(), e.parameters.labs().maximumAgeHours())) {
      hold.unknown(name, field);
    } else if (!fits.test(value.get().number())) {
      hold.because(name + " out of limits", List.of(value.get().evidence()));
    }
  }

  /** G36: effusion and renal function slow the clearance of methotrexate. */
  private void renal(Hold hold, LabValues labs, Parameters.Labs bounds) {
    Optional<Known<ClinicalAssessment>> effusion =
        e.picture.lastAssessment(Statement.PLEURAL_EFFUSION);
    if (effusion.isEmpty()) {
      hold.unknown("effusion", "ASSESSMENT.pleuralEffusion");
    } else if (effusion.get().fact().pleuralEffusion() == Tri.YES) {
      hold.because("pleural effusion", List.of(effusion.get().evidence("pleuralEffusion=true")));
    }
    if (labs.egfr().isEmpty()) {
      hold.unknown("renal function", LabValues.EGFR);
    } else if (labs.egfr().get().number() < bounds.minimumEgfr()) {
      hold.because("renal function reduced", List.of(labs.egfr().get().evidence()));
    }
  }
}
