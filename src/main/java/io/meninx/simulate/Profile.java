package io.meninx.simulate;

import static io.meninx.simulate.Dice.Weighted.share;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.simulate.Dice.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is so about a patient, known to nobody in the story from the start.
 *
 * @param histology of the tumour
 * @param driver the gene with an alteration and the alteration, if there is one
 * @param cytology what the punctures of the work-up come to
 * @param pattern of the meninges
 * @param signs at the first visit; NONE alone for a patient without any
 * @param kps at the first visit
 * @param extracranial disease outside the CNS
 * @param activity how often the patient is seen, against the usual 1: skewed
 * @param survivalDays from the first visit
 */
record Profile(
    Histology histology,
    Optional<Driver> driver,
    Cytology cytology,
    Pattern pattern,
    List<String> signs,
    int kps,
    ExtracranialDisease extracranial,
    double activity,
    double survivalDays) {

  /**
   * An alteration.
   *
   * @param gene name
   * @param alteration as a laboratory writes it
   */
  record Driver(String gene, String alteration) {}

  /** Signs that are typical (contract section 4), the frequent ones more often. */
  private static final List<Weighted<String>> TYPICAL =
      List.of(
          share(30, "HEADACHE"),
          share(14, "NAUSEA"),
          share(12, "VOMITING"),
          share(12, "ALTERED_MENTAL_STATUS"),
          share(12, "GAIT"),
          share(10, "CRANIAL_NERVE_PALSY"),
          share(8, "DIPLOPIA"),
          share(6, "VISUAL_LOSS"),
          share(4, "HEARING_LOSS"),
          share(9, "LEG_WEAKNESS"),
          share(6, "SENSORIMOTOR_DEFICIT"),
          share(3, "CAUDA_EQUINA"),
          share(6, "RADICULOPATHY"),
          share(4, "NECK_PAIN"),
          share(9, "BACK_PAIN"));

  /** Share with typical signs and without any (Le Rhun 2021, n = 254). */
  static final double TYPICAL_SIGNS = 0.89;

  static final double ASYMPTOMATIC = 0.05;

  /** Middle of the range that the source gives for adenocarcinoma, 84 to 96 % (S7). */
  static final double ADENOCARCINOMA = 0.90;

  /** Cytology of the work-up (Le Rhun 2021). */
  static final List<Weighted<Cytology>> CYTOLOGY =
      List.of(
          share(73, Cytology.POSITIVE),
          share(9.5, Cytology.EQUIVOCAL),
          share(17.5, Cytology.NEGATIVE));

  /** S36: about 70 % present with progressive systemic disease. */
  private static final List<Weighted<ExtracranialDisease>> EXTRACRANIAL =
      List.of(
          share(70, ExtracranialDisease.PROGRESSIVE),
          share(25, ExtracranialDisease.CONTROLLED),
          share(5, ExtracranialDisease.UNKNOWN));

  static Profile draw(Dice dice) {
    Histology histology = histology(dice);
    Optional<Driver> driver =
        histology == Histology.ADENOCARCINOMA ? driver(dice) : Optional.empty();
    Cytology cytology = dice.oneOf(CYTOLOGY);
    int kps = kps(dice);
    return new Profile(
        histology,
        driver,
        cytology,
        pattern(dice, cytology),
        signs(dice),
        kps,
        dice.oneOf(EXTRACRANIAL),
        Math.clamp(dice.skewed(1, 0.8), 0.25, 10),
        survival(dice, driver.isPresent(), kps));
  }

  private static Histology histology(Dice dice) {
    return dice.oneOf(
        List.of(
            share(100 * ADENOCARCINOMA, Histology.ADENOCARCINOMA),
            share(3, Histology.SQUAMOUS),
            share(4, Histology.SMALL_CELL),
            share(1, Histology.LARGE_CELL),
            share(2, Histology.NSCLC_NOS)));
  }

  private static Optional<Driver> driver(Dice dice) {
    return dice.oneOf(
        List.of(
            share(17, Optional.of(new Driver("EGFR", "exon 19 deletion"))),
            share(15, Optional.of(new Driver("EGFR", "L858R"))),
            share(5, Optional.of(new Driver("EGFR", "L858R and T790M"))),
            share(2, Optional.of(new Driver("EGFR", "exon 20 insertion"))),
            share(8, Optional.of(new Driver("ALK", "EML4-ALK fusion"))),
            share(2, Optional.of(new Driver("BRAF", "V600E"))),
            share(3, Optional.of(new Driver("HER2", "exon 20 insertion"))),
            share(9, Optional.of(new Driver("KRAS", "G12C"))),
            share(2, Optional.of(new Driver("ROS1", "CD74-ROS1 fusion"))),
            share(2, Optional.of(new Driver("MET", "exon 14 skipping"))),
            share(1, Optional.of(new Driver("RET", "KIF5B-RET fusion"))),
            share(34, Optional.<Driver>empty())));
  }

  /** Without tumour cells it is the image that made the diagnosis. */
  private static Pattern pattern(Dice dice, Cytology cytology) {
    boolean cells = cytology == Cytology.POSITIVE;
    return dice.oneOf(
        List.of(
            share(45, Pattern.LINEAR),
            share(14, Pattern.NODULAR),
            share(18, Pattern.BOTH),
            share(5, Pattern.POSITIVE_UNSPECIFIED),
            share(cells ? 14 : 7, Pattern.NONE),
            share(4, Pattern.EQUIVOCAL)));
  }

  private static List<String> signs(Dice dice) {
    double kind = dice.unit();
    if (kind < ASYMPTOMATIC) {
      return List.of("NONE");
    }
    if (kind < 1 - TYPICAL_SIGNS) {
      return List.of(dice.oneOf("SEIZURE", "FATIGUE", "DIZZINESS", "MENINGISM"));
    }
    List<String> signs = new ArrayList<>();
    int count = dice.oneOf(1, 1, 2, 2, 3, 4);
    while (signs.size() < count) {
      String sign = dice.oneOf(TYPICAL);
      if (!signs.contains(sign)) {
        signs.add(sign);
      }
    }
    return signs;
  }

  private static int kps(Dice dice) {
    return dice.oneOf(
        List.of(
            share(1, 100),
            share(12, 90),
            share(25, 80),
            share(22, 70),
            share(18, 60),
            share(12, 50),
            share(6, 40),
            share(4, 30)));
  }

  /** Untreated weeks (S22), with a driver and good status close to a year (section 3.2). */
  private static double survival(Dice dice, boolean driver, int kps) {
    double median = kps < 70 ? (driver ? 80 : 45) : (driver ? 320 : 150);
    return 7 + dice.waiting(median);
  }
}
