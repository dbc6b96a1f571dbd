package io.meninx.guideline;

import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Indication;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Radiotherapy: focal dose, whole brain, and methotrexate beside either (S13, S14, S29, S32, G27,
 * G28, G30).
 */
final class RadiotherapyRules {
  private static final RuleRef FOCAL = RuleRef.of("S13", "S14", "S1");
  private static final RuleRef ROUTINE_WHOLE_BRAIN = RuleRef.of("S32", "G55");
  private static final RuleRef CRANIOSPINAL = RuleRef.of("S29", "G27", "G30");
  private static final RuleRef WHOLE_BRAIN = RuleRef.of("G28", "S29");

  private final Evaluation e;

  RadiotherapyRules(Evaluation evaluation) {
    this.e = evaluation;
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(
        this::focal,
        this::focalDose,
        this::routineWholeBrain,
        this::craniospinalAndMethotrexate,
        this::wholeBrainAndMethotrexate);
  }

  /**
   * S29, G27, G28: methotrexate and radiotherapy of the neuroaxis stand against each other. Before
   * all rules that read it.
   */
  List<Runnable> contraindications() {
    return List.of(
        () ->
            permanent(
                ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL,
                standing(act -> act.radiotherapy(Field.CRANIOSPINAL))),
        () ->
            permanent(
                ContraindicationCode.CRANIOSPINAL_AFTER_METHOTREXATE, standing(Act::methotrexate)),
        () ->
            near(
                ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN,
                standing(act -> act.radiotherapy(Field.WHOLE_BRAIN))),
        () -> near(ContraindicationCode.WHOLE_BRAIN_NEAR_METHOTREXATE, methotrexateGiven()));
  }

  private void permanent(ContraindicationCode code, List<Act> acts) {
    if (!acts.isEmpty()) {
      e.contraindicate(code, Reason.met(CRANIOSPINAL, List.of(acts.getFirst().evidence())));
    }
  }

  // ------------------------------------------------------------------ S13

  /** S13: a symptomatic circumscribed lesion, a cranial neuropathy or cord compression. */
  private void focal() {
    Criteria criteria = new Criteria(FOCAL);
    Permission.established(e, criteria);
    Permission.notPoor(e, criteria);
    List<Evidence> sites = symptomaticSites();
    boolean asked = ImagingSign.CORD_COMPRESSION.known(e.picture) || e.picture.assessed();
    criteria.require(
        !sites.isEmpty() ? Tri.YES : asked ? Tri.NO : Tri.UNKNOWN,
        sites,
        "symptomatic site",
        "ASSESSMENT.signs");
    for (Act act : e.picture.acts()) {
      if (act.radiotherapy(Field.UNKNOWN)
          && act.prohibitable()
          && !e.picture.isHistory(act.known())) {
        criteria.wanted(List.of("TREATMENT.radiotherapyField"));
        break;
      }
    }
    e.recommend(RecommendationCode.FOCAL_RADIOTHERAPY, criteria.reason());
  }

  private List<Evidence> symptomaticSites() {
    List<Evidence> sites = new ArrayList<>();
    ImagingSign.CORD_COMPRESSION
        .standing(e.picture)
        .ifPresent(standing -> sites.add(standing.last().evidence("cordCompression=true")));
    boolean nodules =
        e.diagnosis().imaging().letter() == ImagingAxis.Letter.B
            || e.diagnosis().imaging().letter() == ImagingAxis.Letter.C;
    e.diagnosis().typicalSigns().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(
            sign ->
                nodules
                    || e.parameters.vocabulary().cranialNeuropathySigns().contains(sign.getKey()))
        .forEach(sign -> sites.add(sign.getValue().evidence("sign=" + sign.getKey())));
    if (nodules) {
      sites.addAll(
          e.diagnosis().typicalSigns().isEmpty() ? List.of() : e.diagnosis().imaging().evidence());
    }
    return sites;
  }

  /**
   * S13: 30 to 36 Gy in 10 to 12 fractions; warns, never blocks. A single fraction given, of a size
   * that such a prescription has, is no prescription of its own.
   */
  private void focalDose() {
    List<Act> outside = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      if (act.radiotherapy(Field.FOCAL)
          && act.prohibitable()
          && !singleFraction(act.fact())
          && outOfRange(act.fact())) {
        outside.add(act);
      }
    }
    List<Act> recent = e.recent(outside);
    if (!recent.isEmpty()) {
      Parameters.Radiotherapy limits = e.parameters.radiotherapy();
      e.alert(
          AlertDraft.of(
                  AlertCode.RADIOTHERAPY_DOSE_OUT_OF_RANGE,
                  recent.getFirst().id(),
                  RuleRef.of("S13"))
              .priority(Priority.URGENT)
              .to(Audience.RADIATION_ONCOLOGY)
              .says(
                  "Focal radiotherapy outside "
                      + Numbers.plain(limits.focalMinimumGy())
                      + " to "
                      + Numbers.plain(limits.focalMaximumGy())
                      + " Gy in "
                      + limits.focalMinimumFractions()
                      + " to "
                      + limits.focalMaximumFractions()
                      + " fractions: a check of the prescription is suggested")
              .about(e, recent));
    }
  }

  private boolean singleFraction(TreatmentEvent event) {
    Parameters.Radiotherapy limits = e.parameters.radiotherapy();
    double largestFraction = limits.focalMaximumGy() / limits.focalMinimumFractions();
    return event.action() == Action.ADMINISTERED
        && event.fractions().orElse(1) == 1
        && event.doseGy().orElse(0) <= largestFraction;
  }

  private boolean outOfRange(TreatmentEvent event) {
    Parameters.Radiotherapy limits = e.parameters.radiotherapy();
    boolean dose =
        event.doseGy().isPresent()
            && (event.doseGy().getAsDouble() < limits.focalMinimumGy()
                || event.doseGy().getAsDouble() > limits.focalMaximumGy());
    boolean fractions =
        event.fractions().isPresent()
            && (event.fractions().getAsInt() < limits.focalMinimumFractions()
                || event.fractions().getAsInt() > limits.focalMaximumFractions());
    return dose || fractions;
  }

  // ------------------------------------------------------------------ S32

  private void routineWholeBrain() {
    List<Act> routine = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      boolean noOther =
          act.indication() == Indication.ROUTINE || act.indication() == Indication.UNKNOWN;
      if (act.radiotherapy(Field.WHOLE_BRAIN) && act.prohibitable() && noOther) {
        routine.add(act);
      }
    }
    List<Act> recent = e.recent(routine);
    if (!recent.isEmpty()) {
      boolean notGiven = recent.stream().anyMatch(act -> act.indication() == Indication.UNKNOWN);
      e.alert(
          AlertDraft.of(
                  AlertCode.ROUTINE_WHOLE_BRAIN_RADIOTHERAPY,
                  recent.getFirst().id(),
                  ROUTINE_WHOLE_BRAIN)
              .priority(Priority.URGENT)
              .to(Audience.RADIATION_ONCOLOGY, Audience.NEURO_ONCOLOGY)
              .says(
                  "Whole-brain radiotherapy with no indication stated beyond leptomeningeal"
                      + " disease: routine use not supported")
              .about(e, recent)
              .missing(notGiven ? List.of("TREATMENT.indication") : List.of()));
    }
  }

  // ------------------------------------------------------------------ S29, G27, G30

  /** S29: craniospinal radiotherapy and methotrexate, any order, any interval, any route. */
  private void craniospinalAndMethotrexate() {
    List<Act> craniospinal = standing(act -> act.radiotherapy(Field.CRANIOSPINAL));
    List<Act> methotrexate = standing(Act::methotrexate);
    List<Act> recent = e.recent(conflicting(craniospinal, methotrexate));
    if (!recent.isEmpty()) {
      e.alert(
          AlertDraft.of(
                  AlertCode.METHOTREXATE_CRANIOSPINAL_CONFLICT,
                  recent.getFirst().id(),
                  CRANIOSPINAL)
              .priority(Priority.STAT)
              .to(Audience.NEURO_ONCOLOGY, Audience.RADIATION_ONCOLOGY)
              .says(
                  "Methotrexate and craniospinal radiotherapy in one patient: leukoencephalopathy"
                      + " risk, criteria met for a hard stop")
              .about(e, recent)
              .evidence(craniospinal.getFirst().evidence())
              .evidence(methotrexate.getFirst().evidence()));
    }
  }

  /** Acts on record: given, ended after they were, or ordered and not stopped before they were. */
  private List<Act> standing(Predicate<Act> which) {
    List<Act> standing = new ArrayList<>();
    for (Act act : e.picture.acts()) {
      if (which.test(act) && isOnRecord(act)) {
        standing.add(act);
      }
    }
    return standing;
  }

  private boolean isOnRecord(Act act) {
    return switch (act.fact().action()) {
      case STARTED, ADMINISTERED, COMPLETED -> true;
      case ORDERED -> !e.picture.ended(act);
      case STOPPED -> e.picture.wasGiven(act);
      case CANCELLED, UNKNOWN -> false;
    };
  }

  /**
   * Methotrexate by which the distance counts. Only ADMINISTERED counts as a dose (contract section
   * 6): the notice that an intrathecal treatment of which doses are known has ended is not another
   * one, unless it still ran then. What is taken day by day is not reported dose by dose: it counts
   * until its end.
   */
  private List<Act> methotrexateGiven() {
    return standing(act -> act.methotrexate() && !endsDoses(act));
  }

  private boolean endsDoses(Act act) {
    return switch (act.fact().action()) {
      case STOPPED, COMPLETED ->
          act.is(Modality.INTRATHECAL)
              && e.picture.acts().stream()
                  .noneMatch(other -> other.sameOrder(act) && ranAt(other, act))
              && e.picture.acts().stream()
                  .anyMatch(
                      other ->
                          other.fact().action() == Action.ADMINISTERED
                              && other.sameOrder(act)
                              && Picture.follows(act, other));
      case ORDERED, STARTED, ADMINISTERED, CANCELLED, UNKNOWN -> false;
    };
  }

  /**
   * Whether it went on: a systemic treatment that was started, of which no dose is reported for
   * itself and no end. Radiotherapy comes to an end within weeks, and so does an intrathecal course
   * of which nothing is heard.
   *
   * @param known which doses and ends count
   */
  private boolean runs(Act act, Predicate<Act> known) {
    if (!act.is(Modality.SYSTEMIC) || act.fact().action() != Action.STARTED) {
      return false;
    }
    for (Act other : e.picture.acts()) {
      boolean over =
          switch (other.fact().action()) {
            case ADMINISTERED -> act.known().before(other.known());
            case COMPLETED, STOPPED, CANCELLED -> Picture.follows(other, act);
            case ORDERED, STARTED, UNKNOWN -> false;
          };
      if (over && act.sameOrder(other) && known.test(other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it went on when the other took place; what ended it since does not count. */
  private boolean ranAt(Act act, Act then) {
    return runs(act, end -> end.known().before(then.known()));
  }

  /** The acts that make the conflict: each one at or after the first of the other kind. */
  private static List<Act> conflicting(List<Act> one, List<Act> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    List<Act> conflicting = new ArrayList<>();
    one.stream()
        .filter(act -> act.prohibitable() && !act.known().before(other.getFirst().known()))
        .forEach(conflicting::add);
    other.stream()
        .filter(act -> act.prohibitable() && !act.known().before(one.getFirst().known()))
        .forEach(conflicting::add);
    return conflicting;
  }

  // ------------------------------------------------------------------ G28

  /**
   * G28: whole-brain radiotherapy and methotrexate block each other up to 12 weeks apart; later it
   * is a warning.
   */
  private void wholeBrainAndMethotrexate() {
    List<Act> wholeBrain = standing(act -> act.radiotherapy(Field.WHOLE_BRAIN));
    List<Act> methotrexate = methotrexateGiven();
    List<Act> recent = e.recent(conflicting(wholeBrain, methotrexate));
    if (recent.isEmpty()) {
      return;
    }
    long nearest = Long.MAX_VALUE;
    List<Evidence> others = new ArrayList<>();
    for (Act act : recent) {
      List<Act> counterpart = act.methotrexate() ? wholeBrain : methotrexate;
      Optional<Act> before = lastUpTo(counterpart, act);
      if (before.isPresent()) {
        nearest = Math.min(nearest, ranAt(before.get(), act) ? 0 : act.day() - before.get().day());
        others.add(before.get().evidence());
      }
    }
    boolean close = nearest <= e.parameters.radiotherapy().wholeBrainDistanceDays();
    e.alert(
        AlertDraft.of(
                AlertCode.METHOTREXATE_WHOLE_BRAIN_CONFLICT, recent.getFirst().id(), WHOLE_BRAIN)
            .priority(close ? Priority.STAT : Priority.URGENT)
            .to(Audience.NEURO_ONCOLOGY, Audience.RADIATION_ONCOLOGY)
            .says(
                "Methotrexate and whole-brain radiotherapy "
                    + nearest
                    + " days apart: leukoencephalopathy risk, "
                    + (close ? "criteria met for a hard stop" : "consider board review"))
            .about(e, recent)
            .evidence(others));
  }

  /** The last of them up to an act, or one that went on then. */
  private Optional<Act> lastUpTo(List<Act> acts, Act act) {
    Optional<Act> last = Optional.empty();
    for (Act other : acts) {
      if (!other.equals(act)
          && !act.known().before(other.known())
          && last.filter(one -> ranAt(one, act)).isEmpty()) {
        last = Optional.of(other);
      }
    }
    return last;
  }

  private void near(ContraindicationCode code, List<Act> acts) {
    if (acts.isEmpty()) {
      return;
    }
    Optional<Act> running = acts.stream().filter(act -> runs(act, _ -> true)).findFirst();
    Act last = running.orElse(acts.getLast());
    boolean over =
        running.isEmpty()
            && e.moment()
                .reachedDay(last.day() + e.parameters.radiotherapy().wholeBrainDistanceDays() + 1L);
    if (!over) {
      e.contraindicate(code, Reason.met(WHOLE_BRAIN, List.of(last.evidence())));
    }
  }
}
