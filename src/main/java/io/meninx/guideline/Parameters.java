package io.meninx.guideline;

import java.util.List;
import java.util.Set;

/**
 * The numbers of one guideline version. Days are UTC dates, windows inclusive on both ends. Loaded
 * from a versioned file; the ranges allowed are checked there.
 *
 * @param csf CSF samples (S5, G9, G10)
 * @param status performance status and life expectancy (S8, S18, G3, G6)
 * @param imaging MRI (S3, G51)
 * @param flow CSF flow (G22)
 * @param labs blood values before a puncture or dose (G36-G38)
 * @param intrathecal methotrexate doses (S16)
 * @param radiotherapy focal dose and distance to methotrexate (S13, G28)
 * @param schedules due windows (clinical rules, section 5)
 * @param alerts life of alerts (contract section 5)
 * @param vocabulary words of agents, genes and signs
 */
public record Parameters(
    Csf csf,
    Status status,
    Imaging imaging,
    Flow flow,
    Labs labs,
    Intrathecal intrathecal,
    Radiotherapy radiotherapy,
    Schedules schedules,
    Alerts alerts,
    Vocabulary vocabulary) {

  /**
   * CSF samples.
   *
   * @param minimumVolumeMl mL; less is inadequate (5)
   * @param optimalAboveMl mL; more is optimal (10)
   * @param maximumMinutes minutes from collection to processing, inclusive (30)
   */
  public record Csf(double minimumVolumeMl, double optimalAboveMl, int maximumMinutes) {}

  /**
   * Performance status.
   *
   * @param goodAboveKps KPS above it can be in the good arm (70)
   * @param poorBelowKps KPS below it is in the poor arm (70)
   * @param poorBelowDays life expectancy in days below it is poor (30)
   * @param kpsValidDays days a KPS permits anything (14)
   */
  public record Status(int goodAboveKps, int poorBelowKps, int poorBelowDays, int kpsValidDays) {}

  /**
   * MRI.
   *
   * @param examinationDays parts at most this many days apart are one examination (14)
   * @param baselineMaximumDays age at T0 up to which a baseline counts (14)
   * @param baselineCriticalDays age at T0 above which it is critical (28)
   * @param fieldStrengthsTesla conforming field strengths (1.5 and 3)
   * @param signsBeforeOpeningDays typical signs stated up to this long before the opening count
   *     (90)
   */
  public record Imaging(
      int examinationDays,
      int baselineMaximumDays,
      int baselineCriticalDays,
      List<Double> fieldStrengthsTesla,
      int signsBeforeOpeningDays) {
    public Imaging {
      fieldStrengthsTesla = List.copyOf(fieldStrengthsTesla);
    }
  }

  /**
   * CSF flow.
   *
   * @param validDays days an unobstructed study permits anything (56)
   */
  public record Flow(int validDays) {}

  /**
   * Blood values.
   *
   * @param minimumPlateletsE9L 10^9/L (50)
   * @param stopPlateletsE9L 10^9/L; below it the hold is STAT (20)
   * @param maximumInr (1.4)
   * @param minimumAncE9L 10^9/L (1.0)
   * @param minimumEgfr mL/min/1.73 m2 (60)
   * @param maximumAgeHours hours (48)
   * @param holdDays days a hold is shown (3)
   */
  public record Labs(
      double minimumPlateletsE9L,
      double stopPlateletsE9L,
      double maximumInr,
      double minimumAncE9L,
      double minimumEgfr,
      int maximumAgeHours,
      int holdDays) {}

  /**
   * Intrathecal methotrexate.
   *
   * @param doseMg mg (15)
   * @param gapsDays days from each dose to the next, first dose to last of consolidation (11
   *     values)
   * @param inductionDoses number (8)
   * @param maintenanceGapDays days (28)
   * @param maintenanceShown maintenance doses shown ahead (3)
   * @param courseSilentDays a course ends this long after its last fact (49)
   * @param inductionGapMdtDays a longer gap in induction goes to the tumour board (14, G35)
   * @param induction window around a dose
   * @param consolidation window around a dose
   * @param maintenance window around a dose
   */
  public record Intrathecal(
      double doseMg,
      List<Integer> gapsDays,
      int inductionDoses,
      int maintenanceGapDays,
      int maintenanceShown,
      int courseSilentDays,
      int inductionGapMdtDays,
      Grace induction,
      Grace consolidation,
      Grace maintenance) {
    public Intrathecal {
      gapsDays = List.copyOf(gapsDays);
    }
  }

  /**
   * Window around a target day.
   *
   * @param beforeDays due from this many days before the target
   * @param lateDays due until this many days after it, then overdue
   * @param overdueDays overdue until this many days after it, then critical
   */
  public record Grace(int beforeDays, int lateDays, int overdueDays) {}

  /**
   * Radiotherapy.
   *
   * @param focalMinimumGy Gy (30)
   * @param focalMaximumGy Gy (36)
   * @param focalMinimumFractions number (10)
   * @param focalMaximumFractions number (12)
   * @param wholeBrainDistanceDays days to methotrexate that block (84)
   */
  public record Radiotherapy(
      double focalMinimumGy,
      double focalMaximumGy,
      int focalMinimumFractions,
      int focalMaximumFractions,
      int wholeBrainDistanceDays) {}

  /**
   * Due windows, in days from day 0 unless said otherwise.
   *
   * @param repeatLumbarPuncture after a non-positive sample
   * @param flowStudy once intrathecal treatment is proposed
   * @param flowRestudy after radiotherapy of a block
   * @param firstMri target after T0
   * @param nextMri interval, months 2 to 6
   * @param lateMri interval once stable for longer
   * @param lateMriAfterDays days after T0 from which the late interval applies (182)
   * @param worseningMri after a new sign or a drop of KPS
   * @param worseningKpsDrop points (20)
   * @param baselineExam neurological baseline form
   * @param baselineExamBeforeDays days before T0 a baseline form counts (7)
   * @param earlyExamDays targets after T0 (28, 56, 84)
   * @param earlyExam window around them
   * @param lateExamIntervalDays interval afterwards (56)
   * @param lateExam window around it
   * @param restaging interval and window
   * @param kpsOverdueDays age above which a KPS is overdue (14)
   * @param kpsCriticalDays age above which it is critical (28)
   * @param palliativeReferral working days
   * @param cytologyResult working days
   * @param molecularResult working days
   * @param mriReport working days
   * @param mdtAnswer working days
   */
  public record Schedules(
      Window repeatLumbarPuncture,
      Window flowStudy,
      Window flowRestudy,
      Window firstMri,
      Window nextMri,
      Window lateMri,
      int lateMriAfterDays,
      Window worseningMri,
      int worseningKpsDrop,
      Window baselineExam,
      int baselineExamBeforeDays,
      List<Integer> earlyExamDays,
      Grace earlyExam,
      int lateExamIntervalDays,
      Grace lateExam,
      Window restaging,
      int kpsOverdueDays,
      int kpsCriticalDays,
      Window palliativeReferral,
      Turnaround cytologyResult,
      Turnaround molecularResult,
      Turnaround mriReport,
      Turnaround mdtAnswer) {
    public Schedules {
      earlyExamDays = List.copyOf(earlyExamDays);
    }
  }

  /**
   * A due window, in days after day 0.
   *
   * @param target the day that dueAt names
   * @param from first day it is due
   * @param due last day it is due; then overdue
   * @param overdue last day it is overdue; then critical
   */
  public record Window(int target, int from, int due, int overdue) {}

  /**
   * Turnaround of a result, in working days.
   *
   * @param due last day it is not late
   * @param overdue last day it is overdue; then critical
   */
  public record Turnaround(int due, int overdue) {}

  /**
   * Life of alerts.
   *
   * @param pastActDays an alert about a past act ends this many days after it (28)
   * @param statEscalationMinutes minutes unanswered (30)
   * @param urgentEscalationMinutes minutes unanswered (240)
   * @param maximumEscalations per stage (2)
   * @param maximumSnoozeDays days (7)
   */
  public record Alerts(
      int pastActDays,
      int statEscalationMinutes,
      int urgentEscalationMinutes,
      int maximumEscalations,
      int maximumSnoozeDays) {}

  /**
   * Words, all in lower case; agents are found as words within a free text.
   *
   * @param methotrexate names of methotrexate
   * @param chemotherapy names and class words of cytotoxic agents
   * @param thirdGenerationEgfrTki names
   * @param alkInhibitor names
   * @param otherAntitumour other antitumour agents and class words
   * @param supportive agents that are no antitumour treatment
   * @param intrathecalAllowed agents that may be given intrathecally, beside methotrexate
   * @param intrathecalSteroids those of them that are no chemotherapy
   * @param panelGenes genes of the panel (S4)
   * @param driverGenes genes whose alteration is a driver
   * @param notActivatingEgfr parts of EGFR alterations without a class suggestion (G42)
   * @param activatingEgfr parts that outweigh them
   * @param ambiguousMarkers marker texts that are neither negative nor an alteration
   * @param typicalSigns codes of the clinical axis, upper case
   * @param cranialNeuropathySigns codes, upper case
   * @param meningealSites words of a biopsy site that prove disease in the meninges
   */
  public record Vocabulary(
      Set<String> methotrexate,
      Set<String> chemotherapy,
      Set<String> thirdGenerationEgfrTki,
      Set<String> alkInhibitor,
      Set<String> otherAntitumour,
      Set<String> supportive,
      Set<String> intrathecalAllowed,
      Set<String> intrathecalSteroids,
      List<String> panelGenes,
      List<String> driverGenes,
      Set<String> notActivatingEgfr,
      Set<String> activatingEgfr,
      Set<String> ambiguousMarkers,
      Set<String> typicalSigns,
      Set<String> cranialNeuropathySigns,
      Set<String> meningealSites) {
    public Vocabulary {
      methotrexate = Set.copyOf(methotrexate);
      chemotherapy = Set.copyOf(chemotherapy);
      thirdGenerationEgfrTki = Set.copyOf(thirdGenerationEgfrTki);
      alkInhibitor = Set.copyOf(alkInhibitor);
      otherAntitumour = Set.copyOf(otherAntitumour);
      supportive = Set.copyOf(supportive);
      intrathecalAllowed = Set.copyOf(intrathecalAllowed);
      intrathecalSteroids = Set.copyOf(intrathecalSteroids);
      panelGenes = List.copyOf(panelGenes);
      driverGenes = List.copyOf(driverGenes);
      notActivatingEgfr = Set.copyOf(notActivatingEgfr);
      activatingEgfr = Set.copyOf(activatingEgfr);
      ambiguousMarkers = Set.copyOf(ambiguousMarkers);
      typicalSigns = Set.copyOf(typicalSigns);
      cranialNeuropathySigns = Set.copyOf(cranialNeuropathySigns);
      meningealSites = Set.copyOf(meningealSites);
    }
  }
}
