package io.meninx.simulate;

import static io.meninx.simulate.Dice.Weighted.share;

import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.ImagingReport.Response;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import io.meninx.guideline.AlertCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** From the first treatment on: visits, images, answers to alerts, decline. */
final class FollowUp {
  /** Days between two visits of a patient of activity 1. */
  private static final double VISITS = 16;

  private final Story story;
  private final Workup workup;
  private final Dice dice;

  FollowUp(Story story, Workup workup) {
    this.story = story;
    this.workup = workup;
    this.dice = story.dice;
  }

  /**
   * Tells the course up to the end.
   *
   * @param diagnosed day from which the patient is followed
   * @param treated day of the first treatment, if there was one
   * @param declineDay when things go wrong
   */
  void tell(int diagnosed, OptionalInt treated, int declineDay) {
    if (treated.isPresent()) {
      images(treated.getAsInt(), declineDay);
    }
    visits(diagnosed, declineDay);
    if (story.on(declineDay)) {
      decline(declineDay);
    }
    story.ending();
  }

  // ------------------------------------------------------------------ visits

  private void visits(int diagnosed, int declineDay) {
    double day = diagnosed + gap();
    boolean worse = false;
    while (story.on(day)) {
      if (!worse && day > declineDay) {
        worse = true;
        story.kpsChanges(-10 * dice.between(1, 3));
      } else if (dice.chance(0.25)) {
        story.kpsChanges(dice.oneOf(-10, 10));
      }
      visit(story.workday((int) day));
      day += gap();
    }
  }

  private double gap() {
    return 0.5 + dice.skewed(VISITS, 0.4) / story.profile.activity();
  }

  private void visit(int day) {
    if (!story.on(day)) {
      return;
    }
    if (dice.chance(0.9)) {
      story.tellKps(day);
    }
    if (dice.chance(0.8)) {
      Drafts.Assessment visit = new Drafts.Assessment();
      visit.exam = story.exam();
      if (dice.chance(0.35)) {
        visit.signs = dice.chance(0.4) ? List.of("NONE") : story.profile.signs();
      }
      if (dice.chance(0.5)) {
        visit.labs = Optional.of(story.labs());
      }
      if (dice.chance(0.25)) {
        visit.extracranial =
            dice.oneOf(ExtracranialDisease.CONTROLLED, ExtracranialDisease.PROGRESSIVE);
      }
      if (dice.chance(0.3)) {
        visit.dexamethasoneMg = OptionalDouble.of(dice.oneOf(0.0, 2.0, 4.0, 8.0));
      }
      if (dice.chance(0.01)) {
        visit.declines = Optional.of(List.of(dice.oneOf("ALL", "INTRATHECAL_ELIGIBLE")));
      }
      story.tell(day, visit);
    }
    answers(day);
  }

  /** At a visit people also answer what the programme asked. */
  private void answers(int day) {
    if (dice.chance(0.35)) {
      AlertCode code =
          dice.oneOf(
              List.of(
                  share(20, AlertCode.KPS_MISSING_OR_STALE),
                  share(20, AlertCode.NEURO_EXAM_DUE),
                  share(15, AlertCode.MRI_DUE),
                  share(10, AlertCode.RESTAGING_DUE),
                  share(10, AlertCode.MOLECULAR_PANEL_INCOMPLETE),
                  share(10, AlertCode.NEUROAXIS_MRI_INCOMPLETE),
                  share(8, AlertCode.PALLIATIVE_REFERRAL_DUE),
                  share(7, AlertCode.TREATMENT_BEFORE_CONFIRMATION)));
      story.answer(day, code, Optional.empty());
    }
    if (dice.chance(0.12)) {
      String gap = dice.oneOf("G1", "G4", "G7", "G17", "G18", "G19", "G43", "G44");
      story.answer(day, AlertCode.MDT_REVIEW_NEEDED, Optional.of(gap));
    }
  }

  // ------------------------------------------------------------------ images

  /** The first at about eight weeks, then every eight: mostly in time, some late, some never. */
  private void images(int treated, int declineDay) {
    double day = treated + dice.skewed(54, 0.12);
    while (story.on(day)) {
      if (dice.chance(0.85)) {
        image(story.workday((int) day), day > declineDay);
      }
      day += dice.skewed(56, 0.15);
    }
  }

  private void image(int day, boolean worse) {
    if (!story.on(day)) {
      return;
    }
    Drafts.Imaging image = workup.mri(story.profile.pattern());
    boolean whole = dice.chance(0.8);
    image.regions =
        whole
            ? EnumSet.of(
                Region.BRAIN,
                Region.CERVICAL_SPINE,
                Region.THORACIC_SPINE,
                Region.LUMBOSACRAL_SPINE)
            : EnumSet.of(Region.BRAIN);
    image.response =
        worse
            ? Response.PROGRESSED
            : dice.oneOf(Response.IMPROVED, Response.STABLE, Response.STABLE, Response.UNKNOWN);
    image.hydrocephalus = story.stated(0.6, dice.chance(worse ? 0.15 : 0.02));
    var unused = workup.report(day, image);
    if (dice.chance(0.6)) {
      Drafts.Assessment staging = new Drafts.Assessment();
      staging.restagingDone = Tri.YES;
      story.tell(day, staging);
    }
  }

  // ------------------------------------------------------------------ decline

  private void decline(int day) {
    Drafts.Assessment visit = new Drafts.Assessment();
    visit.signs = List.of(dice.oneOf("GAIT", "ALTERED_MENTAL_STATUS", "LEG_WEAKNESS", "DIPLOPIA"));
    visit.exam = story.exam();
    visit.severeSymptoms = story.stated(0.7, dice.chance(0.6));
    if (dice.chance(0.4)) {
      visit.lifeExpectancyDays = OptionalInt.of(dice.oneOf(14, 21, 30, 60));
    }
    story.tell(day, visit);
    int next = day + dice.between(1, 8);
    if (story.on(next) && dice.chance(0.6)) {
      image(next, true);
    }
    int later = day + dice.between(1, 12);
    if (story.on(later) && dice.chance(0.6)) {
      Drafts.Assessment referral = new Drafts.Assessment();
      referral.palliativeReferral = Tri.YES;
      story.tell(later, referral);
      if (dice.chance(0.7)) {
        story.act(later, story.treatment(Modality.SUPPORTIVE_CARE), Action.STARTED);
      }
    }
    if (dice.chance(0.05)) {
      story.act(day, story.treatment(Modality.VP_SHUNT), Action.COMPLETED);
    }
  }
}
