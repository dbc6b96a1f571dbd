package io.meninx.simulate;

import static io.meninx.simulate.Dice.Weighted.share;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import io.meninx.simulate.Messages.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the first visit to the diagnosis: what is asked, taken and found. */
final class Workup {
  private static final Set<Region> SPINE =
      EnumSet.of(Region.CERVICAL_SPINE, Region.THORACIC_SPINE, Region.LUMBOSACRAL_SPINE);
  private static final List<String> PANEL = List.of("EGFR", "ALK", "BRAF", "HER2");
  private static final int MINUTES_A_DAY = 1440;

  private final Story story;
  private final Dice dice;
  private final Profile profile;
  private int decided;

  Workup(Story story) {
    this.story = story;
    this.dice = story.dice;
    this.profile = story.profile;
  }

  /** Tells the whole work-up; returns the day on which a treatment can be decided. */
  int tell() {
    history();
    firstVisit();
    int imaged = imaging(dice.between(0, 4));
    punctures(imaged);
    tissue();
    return Math.max(1, decided);
  }

  private void known(Instant reported) {
    decided = Math.max(decided, story.dayOf(reported));
  }

  // ------------------------------------------------------------------ before

  /** What happened before: earlier lines, radiotherapy of the brain, methotrexate for joints. */
  private void history() {
    if (dice.chance(0.35)) {
      Drafts.Treatment earlier = story.treatment(TreatmentEvent.Modality.SYSTEMIC);
      earlier.agent =
          Optional.of(
              profile.driver().filter(driver -> driver.gene().equals("EGFR")).isPresent()
                  ? dice.oneOf("gefitinib", "erlotinib", "afatinib", "osimertinib")
                  : dice.oneOf("pembrolizumab", "carboplatin and pemetrexed", "docetaxel"));
      int day = -dice.between(60, 700);
      story.act(day, earlier, TreatmentEvent.Action.STARTED);
      if (dice.chance(0.7)) {
        story.act(-dice.between(1, 50), earlier, TreatmentEvent.Action.STOPPED);
      }
    }
    if (dice.chance(0.07)) {
      Drafts.Treatment brain = story.treatment(TreatmentEvent.Modality.RADIOTHERAPY);
      brain.field = TreatmentEvent.Field.WHOLE_BRAIN;
      brain.doseGy = OptionalDouble.of(30);
      brain.fractions = OptionalInt.of(10);
      brain.indication = TreatmentEvent.Indication.BULKY_BRAIN_METASTASES;
      story.act(-dice.between(20, 400), brain, TreatmentEvent.Action.COMPLETED);
    }
    if (dice.chance(0.007)) {
      Drafts.Treatment joints = story.treatment(TreatmentEvent.Modality.SYSTEMIC);
      joints.agent = Optional.of("methotrexate");
      joints.dose = Optional.of("15 mg weekly");
      joints.route = TreatmentEvent.Route.ORAL;
      story.act(-dice.between(30, 900), joints, TreatmentEvent.Action.STARTED);
    }
  }

  // ------------------------------------------------------------------ first visit

  private void firstVisit() {
    Drafts.Assessment visit = new Drafts.Assessment();
    visit.signs = dice.chance(0.96) ? profile.signs() : List.of();
    visit.suspicion =
        dice.chance(0.85) ? dice.chance(0.85) ? Suspicion.HIGH : Suspicion.LOW : Suspicion.UNKNOWN;
    visit.extracranial = dice.chance(0.9) ? profile.extracranial() : ExtracranialDisease.UNKNOWN;
    visit.severeSymptoms = story.stated(0.5, story.kps() < 60 && dice.chance(0.5));
    visit.exam = story.exam();
    visit.labs = dice.chance(0.8) ? Optional.of(story.labs()) : Optional.empty();
    visit.restagingDone = story.stated(0.5, dice.chance(0.7));
    visit.ommayaFeasible = story.stated(0.3, dice.chance(0.85));
    visit.pleuralEffusion = story.stated(0.4, dice.chance(0.2));
    if (dice.chance(0.3)) {
      visit.lifeExpectancyDays =
          OptionalInt.of(Math.max(10, 10 * (int) (profile.survivalDays() / 10)));
    }
    if (dice.chance(0.5)) {
      visit.dexamethasoneMg = OptionalDouble.of(dice.oneOf(0.0, 4.0, 8.0, 16.0));
    }
    story.tell(0, visit);
    if (dice.chance(0.92)) {
      story.tellKps(dice.between(0, 2));
    }
  }

  // ------------------------------------------------------------------ imaging

  /** The first examination, often of the brain alone; returns the day of the image. */
  private int imaging(int day) {
    boolean whole = dice.chance(0.7);
    Drafts.Imaging image = mri(profile.pattern());
    image.regions = whole ? brainAndSpine() : EnumSet.of(Region.BRAIN);
    image.hydrocephalus = story.stated(0.8, dice.chance(0.12));
    image.massEffect = story.stated(0.6, dice.chance(0.04));
    image.parenchymalMetastases = story.stated(0.9, dice.chance(0.45));
    image.cordCompression = whole ? story.stated(0.6, dice.chance(0.04)) : Tri.UNKNOWN;
    known(report(day, image));
    if (dice.chance(0.5)) {
      thorax(day + dice.between(-10, 6));
    }
    if (!whole && dice.chance(0.75)) {
      int later = day + dice.between(2, 18);
      if (story.on(later)) {
        Drafts.Imaging spine = mri(dice.chance(0.6) ? profile.pattern() : Pattern.NONE);
        spine.regions = SPINE;
        known(report(story.workday(later), spine));
      }
    }
    return day;
  }

  private static Set<Region> brainAndSpine() {
    Set<Region> all = EnumSet.of(Region.BRAIN);
    all.addAll(SPINE);
    return all;
  }

  /** An MRI as radiologists report it: contrast and field strength are not always stated. */
  Drafts.Imaging mri(Pattern pattern) {
    Drafts.Imaging image = new Drafts.Imaging();
    image.pattern = pattern;
    image.contrast =
        dice.oneOf(List.of(share(93, Tri.YES), share(3, Tri.NO), share(4, Tri.UNKNOWN)));
    image.tesla =
        dice.oneOf(List.of(share(50, 1.5), share(40, 3.0), share(2, 1.0), share(8, Double.NaN)));
    if (pattern == Pattern.LINEAR || pattern == Pattern.BOTH) {
      image.thinDeposits = story.stated(0.65, dice.chance(0.85));
    }
    if (pattern.positive() && dice.chance(0.6)) {
      image.enhancementLevels = EnumSet.of(dice.oneOf(Region.BRAIN, Region.LUMBOSACRAL_SPINE));
    }
    return image;
  }

  /** An examination on its way to a report; returns when that was issued. */
  Instant report(int day, Drafts.Imaging image) {
    Instant taken = story.hour(day);
    Instant reported = Messages.plusDays(taken, 0.1 + dice.waiting(0.8));
    Result result = Result.of(story.observed(taken), reported, image::fact);
    if (dice.chance(0.5)) {
      result = result.ordered(Messages.plusDays(taken, -dice.unit()), image::asked);
    }
    if (dice.chance(0.25)) {
      Instant early = Messages.plusDays(taken, 0.05);
      result = result.preliminary(early, image::fact);
    }
    return story.messages.send(result.corrected(corrected(image)::fact));
  }

  /** The second reading: often another pattern. */
  private Drafts.Imaging corrected(Drafts.Imaging image) {
    Drafts.Imaging corrected = image.copy();
    corrected.pattern =
        switch (image.pattern) {
          case LINEAR -> dice.oneOf(Pattern.BOTH, Pattern.EQUIVOCAL, Pattern.LINEAR);
          case NODULAR -> dice.oneOf(Pattern.BOTH, Pattern.NODULAR);
          case BOTH, POSITIVE_UNSPECIFIED -> dice.oneOf(Pattern.LINEAR, Pattern.NODULAR);
          case NONE, EQUIVOCAL -> dice.oneOf(Pattern.LINEAR, Pattern.EQUIVOCAL, Pattern.NONE);
          case NOT_ASSESSED, UNKNOWN -> image.pattern;
        };
    return corrected;
  }

  private void thorax(int day) {
    Drafts.Imaging image = new Drafts.Imaging();
    image.modality =
        dice.oneOf(
            io.meninx.fact.ImagingReport.Modality.CT, io.meninx.fact.ImagingReport.Modality.PET_CT);
    image.regions = EnumSet.of(Region.CHEST, Region.ABDOMEN);
    image.contrast = Tri.YES;
    image.lungMass = story.stated(0.9, dice.chance(0.85));
    report(day, image);
  }

  // ------------------------------------------------------------------ CSF

  /** One puncture or two; one patient in twelve has none. */
  private void punctures(int imaged) {
    if (dice.chance(0.08)) {
      return;
    }
    int day = imaged + dice.between(0, 5);
    if (!story.on(day)) {
      return;
    }
    Cytology end = profile.cytology();
    // About half to three quarters of the positive ones are so at the first puncture (3.1).
    boolean atOnce = end != Cytology.NEGATIVE && dice.chance(0.72);
    Cytology first =
        end == Cytology.NEGATIVE
            ? Cytology.NEGATIVE
            : atOnce ? end : dice.chance(0.8) ? Cytology.NEGATIVE : Cytology.EQUIVOCAL;
    if (!atOnce && end == Cytology.EQUIVOCAL) {
      first = Cytology.NEGATIVE;
    }
    int told = puncture(day, first);
    boolean again = first != end || (end != Cytology.POSITIVE && dice.chance(0.6));
    int next = told + dice.between(1, 10);
    if (again && story.on(next)) {
      puncture(story.workday(next), end);
    }
  }

  /** A puncture; returns the day of its result. */
  private int puncture(int day, Cytology cytology) {
    if (dice.chance(0.5)) {
      story.act(
          day,
          story.treatment(TreatmentEvent.Modality.LUMBAR_PUNCTURE),
          TreatmentEvent.Action.ADMINISTERED);
    }
    Instant taken = story.hour(day);
    Instant reported = Messages.plusDays(taken, 0.5 + dice.waiting(1.6));
    Sample sample = sample(CsfResult.Site.LUMBAR);
    Cytology reread = read(cytology);
    Result result =
        Result.of(story.observed(taken), reported, header -> sample.fact(header, cytology))
            .corrected(header -> sample.fact(header, reread));
    if (dice.chance(0.6)) {
      result = result.ordered(taken, header -> sample.taken().fact(header, Cytology.UNKNOWN));
    }
    if (dice.chance(0.15)) {
      result =
          result.preliminary(
              Messages.plusDays(taken, 0.3), header -> sample.fact(header, cytology));
    }
    Instant told = story.messages.send(result);
    known(told);
    return story.dayOf(told);
  }

  private Cytology read(Cytology first) {
    return switch (first) {
      case POSITIVE -> dice.oneOf(Cytology.EQUIVOCAL, Cytology.POSITIVE, Cytology.NEGATIVE);
      case NEGATIVE, EQUIVOCAL -> dice.oneOf(Cytology.POSITIVE, Cytology.EQUIVOCAL);
      case UNKNOWN -> Cytology.UNKNOWN;
    };
  }

  /**
   * A sample of CSF. Volumes and times as laboratories get them: many too small, a quarter too late
   * (Glantz 1998), some without a word on either.
   */
  record Sample(
      CsfResult.Site site,
      OptionalDouble volumeMl,
      OptionalInt minutes,
      Tri fixed,
      OptionalDouble proteinMgDl,
      OptionalDouble glucoseMgDl,
      OptionalDouble wbcPerUl,
      OptionalDouble pressure) {

    CsfResult fact(io.meninx.fact.Header header, Cytology cytology) {
      return new CsfResult(
          header,
          site,
          cytology,
          volumeMl,
          minutes,
          fixed,
          proteinMgDl,
          glucoseMgDl,
          wbcPerUl,
          pressure,
          Optional.empty());
    }

    /** What is known when it was taken: where, and how much. */
    Sample taken() {
      return new Sample(
          site,
          volumeMl,
          OptionalInt.empty(),
          Tri.UNKNOWN,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          pressure);
    }
  }

  Sample sample(CsfResult.Site site) {
    int minutes =
        (int) Math.clamp(dice.skewed(22, 0.5), 2, MINUTES_A_DAY) * (dice.chance(0.004) ? -1 : 1);
    return new Sample(
        site,
        told(0.85, Math.clamp(dice.skewed(8, 0.45), 0.5, 40)),
        dice.chance(0.8) ? OptionalInt.of(minutes) : OptionalInt.empty(),
        story.stated(0.5, dice.chance(0.3)),
        told(0.9, Math.clamp(dice.skewed(80, 0.7), 12, 1500)),
        told(0.85, Math.clamp(dice.skewed(52, 0.3), 5, 150)),
        told(0.85, Math.clamp(dice.skewed(8, 1), 0, 900)),
        told(0.4, Math.clamp(dice.skewed(18, 0.4), 4, 60)));
  }

  private OptionalDouble told(double probability, double value) {
    return dice.chance(probability)
        ? OptionalDouble.of(StrictMath.rint(value * 10) / 10)
        : OptionalDouble.empty();
  }

  // ------------------------------------------------------------------ tissue

  /** Histology is often known from before; genes come later, not all of them. */
  private void tissue() {
    boolean before = dice.chance(0.7);
    if (!before && dice.chance(0.08)) {
      return;
    }
    int day = before ? -dice.between(15, 600) : dice.between(2, 9);
    boolean needsGenes = profile.histology() == Histology.ADENOCARCINOMA;
    boolean together = !needsGenes || dice.chance(0.5);
    known(biopsy(day, 2, profile.histology(), together ? genes(false) : new TreeMap<>()));
    if (needsGenes && !together && dice.chance(0.93)) {
      int next = before ? dice.between(-10, 3) : day + 3;
      known(biopsy(next, dice.between(4, 13), Histology.UNKNOWN, genes(false)));
    }
  }

  private Instant biopsy(
      int day, int turnaround, Histology histology, SortedMap<String, String> genes) {
    Instant taken = story.hour(day);
    Instant reported = Messages.plusDays(taken, turnaround * (0.5 + dice.unit()));
    Optional<String> site = Optional.of(dice.oneOf("lung", "lymph node", "pleura"));
    SortedMap<String, String> completed = genes(true);
    Result result =
        Result.of(
                story.observed(taken),
                reported,
                header -> new BiopsyResult(header, site, histology, genes))
            .corrected(header -> new BiopsyResult(header, site, histology, completed));
    if (dice.chance(0.6)) {
      SortedMap<String, String> pending = new TreeMap<>();
      genes.keySet().forEach(gene -> pending.put(gene, "PENDING"));
      result =
          result.ordered(
              taken, header -> new BiopsyResult(header, site, Histology.UNKNOWN, pending));
    }
    return story.messages.send(result);
  }

  /** The panel with its gaps; a corrected report has what the first one lacked. */
  private SortedMap<String, String> genes(boolean corrected) {
    SortedMap<String, String> genes = new TreeMap<>();
    if (profile.histology() != Histology.ADENOCARCINOMA && !dice.chance(0.2)) {
      return genes;
    }
    List<String> names = new ArrayList<>(PANEL);
    profile
        .driver()
        .map(Profile.Driver::gene)
        .filter(g -> !names.contains(g))
        .ifPresent(names::add);
    for (String gene : names) {
      double how = corrected ? 1 : dice.unit();
      if (how < 0.03) {
        genes.put(gene, "FAILED");
      } else if (how < 0.05) {
        genes.put(gene, "NOT_TESTED");
      } else if (how >= 0.09) { // else not mentioned
        genes.put(
            gene,
            profile
                .driver()
                .filter(d -> d.gene().equals(gene))
                .map(Profile.Driver::alteration)
                .orElse("NEGATIVE"));
      }
    }
    return genes;
  }
}
