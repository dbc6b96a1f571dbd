package io.meninx.edition;

import io.meninx.guideline.Parameters;
import io.meninx.guideline.Parameters.Alerts;
import io.meninx.guideline.Parameters.Csf;
import io.meninx.guideline.Parameters.Flow;
import io.meninx.guideline.Parameters.Grace;
import io.meninx.guideline.Parameters.Imaging;
import io.meninx.guideline.Parameters.Intrathecal;
import io.meninx.guideline.Parameters.Labs;
import io.meninx.guideline.Parameters.Radiotherapy;
import io.meninx.guideline.Parameters.Schedules;
import io.meninx.guideline.Parameters.Status;
import io.meninx.guideline.Parameters.Turnaround;
import io.meninx.guideline.Parameters.Window;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which keys an edition has, and what each may be: one method for each record of {@link
 * Parameters}. Ranges have no clinical source; they are wide enough for any version a tumour board
 * might want, and narrow enough to stop a slip of the keyboard.
 */
final class EditionBinding {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  private static final int DOSES_OF_THE_TABLE = 12;

  /** Doses are at least 48 hours apart, also when one is early and the next is not (G33). */
  private static final int DAYS_BETWEEN_DOSES = 2;

  private EditionBinding() {}

  /**
   * What a file says.
   *
   * @param id of the guideline
   * @param version of it
   * @param parameters of it
   */
  record Edition(String id, String version, Parameters parameters) {}

  static Edition edition(Section in) {
    return new Edition(
        in.text("id", ID, "an id of lower-case letters, digits and hyphens"),
        in.text("version", VERSION, "a version of letters, digits, dots and hyphens"),
        new Parameters(
            in.section("csf", EditionBinding::csf),
            in.section("status", EditionBinding::status),
            in.section("imaging", EditionBinding::imaging),
            in.section("flow", EditionBinding::flow),
            in.section("labs", EditionBinding::labs),
            in.section("intrathecal", EditionBinding::intrathecal),
            in.section("radiotherapy", EditionBinding::radiotherapy),
            in.section("schedules", EditionBinding::schedules),
            in.section("alerts", EditionBinding::alerts),
            in.section("vocabulary", VocabularyBinding::vocabulary)));
  }

  private static Csf csf(Section in) {
    double minimum = in.number("minimumVolumeMl", Range.of("0.5", 20));
    return new Csf(
        minimum,
        in.number(
            "optimalAboveMl", Range.of(1, 50).above(minimum, "minimumVolumeMl is " + minimum)),
        in.whole("maximumMinutes", Range.of(1, 1440)));
  }

  /**
   * KPS comes in tens, so good above 50 and poor below 60 leave no value in between, and good above
   * 70 with poor below 70 leave 70 itself. Beyond that a value would be in both arms.
   */
  private static Status status(Section in) {
    int poorBelow = in.whole("poorBelowKps", Range.of(10, 100).inStepsOf(10));
    return new Status(
        in.whole(
            "goodAboveKps",
            Range.of(0, 90).inStepsOf(10).notBelow(poorBelow - 10, "poorBelowKps is " + poorBelow)),
        poorBelow,
        in.whole("poorBelowDays", Range.of(1, 365)),
        in.whole("kpsValidDays", Range.of(1, 90)));
  }

  private static Imaging imaging(Section in) {
    int baseline = in.whole("baselineMaximumDays", Range.of(1, 90));
    return new Imaging(
        in.whole("examinationDays", Range.of(0, 60)),
        baseline,
        in.whole(
            "baselineCriticalDays",
            Range.of(1, 180).notBelow(baseline, "baselineMaximumDays is " + baseline)),
        in.numbers("fieldStrengthsTesla", Range.of("0.1", 15)),
        in.whole("signsBeforeOpeningDays", Range.of(0, 365)));
  }

  private static Flow flow(Section in) {
    return new Flow(in.whole("validDays", Range.of(1, 365)));
  }

  private static Labs labs(Section in) {
    double stop = in.number("stopPlateletsE9L", Range.of(0, 150));
    return new Labs(
        in.number(
            "minimumPlateletsE9L", Range.of(1, 150).notBelow(stop, "stopPlateletsE9L is " + stop)),
        stop,
        in.number("maximumInr", Range.of(1, 3)),
        in.number("minimumAncE9L", Range.of(0, 5)),
        in.number("minimumEgfr", Range.of(0, 120)),
        in.whole("maximumAgeHours", Range.of(1, 336)),
        in.whole("holdDays", Range.of(1, 30)));
  }

  private static Intrathecal intrathecal(Section in) {
    Grace induction = in.section("induction", EditionBinding::grace);
    Grace consolidation = in.section("consolidation", EditionBinding::grace);
    Grace maintenance = in.section("maintenance", EditionBinding::grace);
    int inductionDoses = in.whole("inductionDoses", Range.of(1, DOSES_OF_THE_TABLE - 1));
    List<Integer> gaps =
        in.wholes(
            "gapsDays",
            DOSES_OF_THE_TABLE - 1,
            i -> {
              Range days = Range.of(DAYS_BETWEEN_DOSES, 28);
              if (!in.isSound("inductionDoses")) {
                return days;
              }
              return i < inductionDoses - 1
                  ? apart(days, "induction", induction)
                  : apart(days, "consolidation", consolidation);
            });
    int monthly =
        in.whole("maintenanceGapDays", apart(Range.of(7, 90), "maintenance", maintenance));
    return new Intrathecal(
        in.number("doseMg", Range.of(1, 15)), // above 15 mg is a hard stop (S16, G32)
        gaps,
        inductionDoses,
        monthly,
        in.whole("maintenanceShown", Range.of(1, 12)),
        in.whole(
            "courseSilentDays",
            Range.of(1, 365)
                .notBelow(
                    (double) monthly + maintenance.overdueDays(),
                    "maintenanceGapDays and maintenance.overdueDays")),
        in.whole("inductionGapMdtDays", inductionGap(in, gaps, inductionDoses)),
        induction,
        consolidation,
        maintenance);
  }

  private static Range apart(Range days, String phase, Grace grace) {
    return days.notBelow(
        (double) grace.beforeDays() + DAYS_BETWEEN_DOSES,
        phase + ".beforeDays is " + grace.beforeDays() + ", and doses are 48 hours apart");
  }

  /** A gap of the table itself is no reason for the tumour board. */
  private static Range inductionGap(Section in, List<Integer> gaps, int inductionDoses) {
    int longest =
        in.isSound("gapsDays") && in.isSound("inductionDoses")
            ? gaps.stream().limit(inductionDoses - 1L).mapToInt(days -> days).max().orElse(1)
            : 1;
    return Range.of(1, 90).notBelow(longest, "the longest gap of the induction is " + longest);
  }

  private static Grace grace(Section in) {
    int before = in.whole("beforeDays", Range.of(0, 30));
    int late = in.whole("lateDays", Range.of(0, 60).notBelow(before, "beforeDays is " + before));
    return new Grace(
        before,
        late,
        in.whole("overdueDays", Range.of(0, 180).notBelow(late, "lateDays is " + late)));
  }

  private static Radiotherapy radiotherapy(Section in) {
    double dose = in.number("focalMinimumGy", Range.of(1, 80));
    int fractions = in.whole("focalMinimumFractions", Range.of(1, 40));
    return new Radiotherapy(
        dose,
        in.number("focalMaximumGy", Range.of(1, 80).notBelow(dose, "focalMinimumGy is " + dose)),
        fractions,
        in.whole(
            "focalMaximumFractions",
            Range.of(1, 40).notBelow(fractions, "focalMinimumFractions is " + fractions)),
        in.whole("wholeBrainDistanceDays", Range.of(1, 730)));
  }

  private static Schedules schedules(Section in) {
    Window firstMri = in.section("firstMri", EditionBinding::once);
    Grace lateExam = in.section("lateExam", EditionBinding::grace);
    int kpsOverdue = in.whole("kpsOverdueDays", Range.of(1, 90));
    return new Schedules(
        in.section("repeatLumbarPuncture", EditionBinding::once),
        in.section("flowStudy", EditionBinding::once),
        in.section("flowRestudy", EditionBinding::once),
        firstMri,
        in.section("nextMri", EditionBinding::again),
        in.section("lateMri", EditionBinding::again),
        in.whole(
            "lateMriAfterDays",
            Range.of(1, 1095)
                .notBelow(firstMri.target(), "firstMri.target is " + firstMri.target())),
        in.section("worseningMri", EditionBinding::once),
        in.whole("worseningKpsDrop", Range.of(10, 100).inStepsOf(10)),
        in.section("baselineExam", EditionBinding::once),
        in.whole("baselineExamBeforeDays", Range.of(0, 90)),
        in.rising("earlyExamDays", Range.of(1, 365)),
        in.section("earlyExam", EditionBinding::grace),
        in.whole(
            "lateExamIntervalDays",
            Range.of(1, 365)
                .above(lateExam.beforeDays(), "lateExam.beforeDays is " + lateExam.beforeDays())),
        lateExam,
        in.section("restaging", EditionBinding::again),
        kpsOverdue,
        in.whole(
            "kpsCriticalDays",
            Range.of(1, 180).notBelow(kpsOverdue, "kpsOverdueDays is " + kpsOverdue)),
        in.section("palliativeReferral", EditionBinding::once),
        in.section("cytologyResult", EditionBinding::turnaround),
        in.section("molecularResult", EditionBinding::turnaround),
        in.section("mriReport", EditionBinding::turnaround),
        in.section("mdtAnswer", EditionBinding::turnaround));
  }

  private static Window once(Section in) {
    return window(in, Range.of(0, 365));
  }

  /** An interval that begins again when it ends: never of no length. */
  private static Window again(Section in) {
    return window(in, Range.of(1, 365));
  }

  private static Window window(Section in, Range days) {
    int from = in.whole("from", days);
    int target = in.whole("target", days.notBelow(from, "from is " + from));
    int due = in.whole("due", days.notBelow(target, "target is " + target));
    return new Window(target, from, due, in.whole("overdue", days.notBelow(due, "due is " + due)));
  }

  private static Turnaround turnaround(Section in) {
    int due = in.whole("due", Range.of(0, 60));
    return new Turnaround(due, in.whole("overdue", Range.of(0, 90).notBelow(due, "due is " + due)));
  }

  private static Alerts alerts(Section in) {
    int stat = in.whole("statEscalationMinutes", Range.of(1, 1440));
    return new Alerts(
        in.whole("pastActDays", Range.of(1, 365)),
        stat,
        in.whole(
            "urgentEscalationMinutes",
            Range.of(1, 10080).notBelow(stat, "statEscalationMinutes is " + stat)),
        in.whole("maximumEscalations", Range.of(0, 10)),
        in.whole("maximumSnoozeDays", Range.of(1, 7))); // contract section 5: at most 7
  }
}
