package io.meninx.simulate;

import static io.meninx.simulate.Dice.Weighted.share;

import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Indication;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.guideline.AlertCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What is given, with the mistakes that are made: some of them are what alerts are for. */
final class Therapy {
  /** Days between the doses of the methotrexate calendar: 8 and 4, then monthly (S16). */
  private static final int[] GAPS = {3, 4, 3, 4, 3, 4, 3, 4, 7, 7, 7};

  private static final int MONTH = 28;

  private final Story story;
  private final Workup workup;
  private final Dice dice;
  private final Profile profile;
  private final List<Drafts.Treatment> running = new ArrayList<>();

  Therapy(Story story, Workup workup) {
    this.story = story;
    this.workup = workup;
    this.dice = story.dice;
    this.profile = story.profile;
  }

  /**
   * Tells all treatments.
   *
   * @param decided day on which one can be decided
   * @param declineDay when things go wrong: what still runs is stopped about then
   * @return the first day of a treatment, if there is one
   */
  OptionalInt tell(int decided, int declineDay) {
    // A few do not wait for the results (S2).
    int day = story.workday(dice.chance(0.07) ? 1 : decided + dice.between(1, 9));
    boolean supportive = story.kps() < 70 && dice.chance(0.5);
    if (!story.on(day)) {
      return OptionalInt.empty();
    }
    if (supportive) {
      supportiveCare(day);
      return OptionalInt.empty();
    }
    List<Integer> first = new ArrayList<>();
    if (dice.chance(0.88)) {
      systemic(day);
      first.add(day);
    }
    radiotherapy(day + dice.between(0, 10)).ifPresent(first::add);
    if (dice.chance(profile.cytology() == Cytology.POSITIVE ? 0.36 : 0.06)) {
      intrathecal(day + dice.between(0, 8), declineDay).ifPresent(first::add);
    }
    stopWhatRuns(declineDay);
    return first.stream().mapToInt(Integer::intValue).min();
  }

  private void supportiveCare(int day) {
    story.act(day, story.treatment(Modality.SUPPORTIVE_CARE), Action.STARTED);
    if (dice.chance(0.7)) {
      Drafts.Assessment referral = new Drafts.Assessment();
      referral.palliativeReferral = io.meninx.fact.Tri.YES;
      story.tell(Math.min(day + dice.between(0, 4), story.lastDay), referral);
    }
  }

  private void stopWhatRuns(int day) {
    if (!story.on(day)) {
      return;
    }
    for (Drafts.Treatment treatment : running) {
      if (dice.chance(0.75)) {
        story.act(day, treatment, Action.STOPPED);
      }
    }
  }

  // ------------------------------------------------------------------ systemic

  private void systemic(int day) {
    Drafts.Treatment drug = story.treatment(Modality.SYSTEMIC);
    drug.agent = Optional.of(agent());
    drug.route = Route.ORAL;
    if (dice.chance(0.7)) {
      story.act(Math.max(0, day - dice.between(0, 3)), drug, Action.ORDERED);
    }
    story.act(day, drug, Action.STARTED);
    running.add(drug);
  }

  private String agent() {
    String gene = profile.driver().map(Profile.Driver::gene).orElse("");
    boolean overlooked = dice.chance(0.06);
    if (overlooked || profile.driver().isEmpty()) {
      return dice.oneOf(
          "carboplatin and pemetrexed", "cisplatin, pemetrexed", "pembrolizumab", "chemotherapy");
    }
    return switch (gene) {
      case "EGFR" -> dice.oneOf("osimertinib", "osimertinib", "osimertinib", "almonertinib");
      case "ALK" -> dice.oneOf("lorlatinib", "alectinib");
      case "BRAF" -> "dabrafenib and trametinib";
      case "HER2" -> "trastuzumab deruxtecan";
      case "ROS1" -> "entrectinib";
      case "MET" -> "capmatinib";
      case "RET" -> "selpercatinib";
      default -> "carboplatin and pemetrexed";
    };
  }

  // ------------------------------------------------------------------ radiotherapy

  private Optional<Integer> radiotherapy(int day) {
    double kind = dice.unit();
    if (kind < 0.012) {
      return irradiate(day, Field.CRANIOSPINAL, Indication.WIDESPREAD_SYMPTOMATIC, 30, 10);
    }
    if (kind < 0.11) {
      Indication why =
          dice.oneOf(
              List.of(
                  share(55, Indication.BULKY_BRAIN_METASTASES),
                  share(15, Indication.WIDESPREAD_SYMPTOMATIC),
                  share(12, Indication.ROUTINE),
                  share(18, Indication.UNKNOWN)));
      return irradiate(day, Field.WHOLE_BRAIN, why, 30, 10);
    }
    if (kind < 0.36) {
      Indication why =
          dice.oneOf(
              Indication.CIRCUMSCRIBED_LESION,
              Indication.CRANIAL_NEUROPATHY,
              Indication.CORD_COMPRESSION);
      boolean longer = dice.chance(0.2);
      boolean shorter = dice.chance(0.12);
      return irradiate(
          day, Field.FOCAL, why, longer ? 36 : shorter ? 20 : 30, longer ? 12 : shorter ? 5 : 10);
    }
    return Optional.empty();
  }

  private Optional<Integer> irradiate(
      int day, Field field, Indication why, double gray, int fractions) {
    int start = story.workday(day);
    int end = story.workday(start + fractions + 3);
    if (!story.on(start)) {
      return Optional.empty();
    }
    Drafts.Treatment beam = story.treatment(Modality.RADIOTHERAPY);
    beam.field = dice.chance(0.97) ? field : Field.UNKNOWN;
    beam.indication = why;
    beam.doseGy = OptionalDouble.of(gray);
    beam.fractions = OptionalInt.of(fractions);
    if (dice.chance(0.8)) {
      story.act(Math.max(0, start - dice.between(1, 4)), beam, Action.ORDERED);
    }
    story.act(start, beam, Action.STARTED);
    if (story.on(end)) {
      story.act(end, beam, dice.chance(0.93) ? Action.COMPLETED : Action.STOPPED);
    }
    return Optional.of(start);
  }

  // ------------------------------------------------------------------ intrathecal

  /** A flow study, then perhaps radiotherapy of a block, a reservoir, and doses. */
  private Optional<Integer> intrathecal(int planned, int declineDay) {
    int day = story.workday(planned);
    boolean reservoir = dice.chance(0.7);
    if (!story.on(day)) {
      return Optional.empty();
    }
    if (reservoir) {
      Drafts.Treatment ommaya = story.treatment(Modality.OMMAYA_PLACEMENT);
      story.act(day, ommaya, Action.COMPLETED);
    }
    Optional<Integer> open = dice.chance(0.8) ? flow(day + dice.between(-2, 4)) : Optional.of(day);
    if (open.isEmpty() || !story.on(open.get() + 2)) {
      return Optional.empty();
    }
    int start = story.workday(Math.max(day, open.get()) + dice.between(1, 5));
    return course(start, declineDay, reservoir ? Route.OMMAYA : Route.LUMBAR);
  }

  /** The day from which the course goes on; none when it is given up. */
  private Optional<Integer> flow(int day) {
    CsfFlow found =
        dice.oneOf(
            List.of(
                share(54, CsfFlow.UNOBSTRUCTED),
                share(36, CsfFlow.OBSTRUCTED),
                share(8, CsfFlow.PARTIAL),
                share(2, CsfFlow.NOT_ASSESSED)));
    study(day, found);
    if (found == CsfFlow.UNOBSTRUCTED || found == CsfFlow.NOT_ASSESSED) {
      return Optional.of(day);
    }
    story.answer(
        Math.min(day + 1, story.lastDay),
        AlertCode.INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION,
        Optional.empty());
    if (!dice.chance(0.6)) {
      return withoutRadiotherapy(day);
    }
    Optional<Integer> beam =
        irradiate(day + dice.between(2, 7), Field.FOCAL, Indication.FLOW_BLOCK, 30, 10);
    int again = beam.orElse(day) + 13 + dice.between(5, 18);
    if (beam.isEmpty() || !story.on(again)) {
      return Optional.empty();
    }
    boolean restored = dice.chance(0.52);
    study(again, restored ? CsfFlow.UNOBSTRUCTED : CsfFlow.OBSTRUCTED);
    return restored || dice.chance(0.1) ? Optional.of(again) : Optional.empty();
  }

  /** Given up, or gone on with all the same: after a new study, or without (S28 forbids both). */
  private Optional<Integer> withoutRadiotherapy(int day) {
    int again = day + dice.between(5, 20);
    if (dice.chance(0.15) && story.on(again)) {
      study(again, CsfFlow.UNOBSTRUCTED);
      return Optional.of(again);
    }
    return dice.chance(0.12) ? Optional.of(day) : Optional.empty();
  }

  private void study(int day, CsfFlow found) {
    Drafts.Imaging study = new Drafts.Imaging();
    study.modality = ImagingReport.Modality.CSF_FLOW_STUDY;
    study.csfFlow = found;
    study.pattern = Pattern.UNKNOWN;
    workup.report(Math.max(0, day), study);
  }

  private Optional<Integer> course(int start, int declineDay, Route route) {
    if (!story.on(start)) {
      return Optional.empty();
    }
    Drafts.Treatment course = story.treatment(Modality.INTRATHECAL);
    course.agent =
        Optional.of(
            dice.oneOf(
                List.of(
                    share(870, "methotrexate"),
                    share(50, "pemetrexed"),
                    share(40, "cytarabine"),
                    share(20, "thiotepa"),
                    share(18, "methotrexate and dexamethasone"),
                    share(2, "vincristine"))));
    course.route = dice.chance(0.95) ? route : Route.UNKNOWN;
    if (dice.chance(0.8)) {
      story.act(Math.max(0, start - dice.between(0, 3)), course, Action.ORDERED);
    }
    int last = Math.min(story.lastDay, declineDay + dice.between(-5, 10));
    int most = dice.chance(0.7) ? 30 : dice.between(2, 14);
    int day = start;
    for (int dose = 0; dose < most && day <= last; dose++) {
      dose(day, course);
      int gap = dose < GAPS.length ? GAPS[dose] : MONTH;
      day += gap + delay();
    }
    if (story.on(last + 1) && dice.chance(0.8)) {
      story.act(last + 1, course, Action.STOPPED);
    }
    return Optional.of(start);
  }

  /** Days that a dose comes late: mostly none, sometimes so many that others are missed. */
  private int delay() {
    double kind = dice.unit();
    return kind < 0.8 ? 0 : kind < 0.94 ? dice.between(1, 3) : dice.between(4, 18);
  }

  private void dose(int day, Drafts.Treatment course) {
    if (dice.chance(0.8)) {
      Drafts.Assessment blood = new Drafts.Assessment();
      blood.labs = Optional.of(story.labs());
      story.tell(Math.max(0, day - dice.between(0, 1)), blood);
    }
    Drafts.Treatment given = story.treatment(Modality.INTRATHECAL);
    given.orderId = course.orderId;
    given.agent = course.agent;
    given.route = course.route;
    given.doseMg =
        dice.oneOf(
            List.of(
                share(880, OptionalDouble.of(15)),
                share(80, OptionalDouble.of(12)),
                share(20, OptionalDouble.of(10)),
                share(2, OptionalDouble.of(25)),
                share(18, OptionalDouble.empty())));
    story.act(day, given, Action.ADMINISTERED);
  }
}
