package io.meninx.guideline;

import io.meninx.fact.Report;
import io.meninx.fact.ReportDifference;
import io.meninx.fact.ReportList;
import io.meninx.fact.ResultStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules over one patient's reports, kept from one decision to the next: when reports come or go
 * or time passes, only the rules run again that looked at what changed. What they give is what
 * {@link GuidelineRules#evaluate} gives for the same reports, corrections and time. For use by one
 * thread.
 */
public final class Review {
  /** If more reports differ, it is not less work to take them in one by one. */
  private static final int MOST = 64;

  private final Agents agents;
  private final Parameters parameters;
  private final Evaluation settled;
  private ReportList reports;
  private int preliminaryReports;
  private @Nullable Evaluation preliminary;
  private Instant last = Instant.MIN;

  /**
   * Over these reports.
   *
   * @param reports that there are
   */
  Review(ReportList reports, Agents agents, Parameters parameters) {
    this.agents = agents;
    this.parameters = parameters;
    this.reports = reports;
    this.settled = new Evaluation(new Picture(reports, agents, false), parameters);
    this.preliminaryReports = count(reports);
    if (preliminaryReports > 0) {
      preliminary = withPreliminary(reports);
    }
  }

  private Evaluation withPreliminary(List<Report> reports) {
    return new Evaluation(new Picture(reports, agents, true), parameters);
  }

  /** How many of them are preliminary. */
  private static int count(List<Report> reports) {
    int preliminary = 0;
    for (Report report : reports) {
      if (report.header().status() == ResultStatus.PRELIMINARY) {
        preliminary++;
      }
    }
    return preliminary;
  }

  /** Whether it can go on to a time; not to one before the last it was asked for. */
  public boolean reaches(Instant now) {
    return !now.isBefore(last);
  }

  /**
   * Goes over to other reports.
   *
   * @param all that there are from now on
   * @return whether that could be done; if not, the reports need a review of their own, and this
   *     one is good for nothing any more
   */
  public boolean become(ReportList all) {
    ReportDifference difference = ReportDifference.between(reports, all);
    reports = all;
    if (difference.isEmpty()) {
      return true;
    }
    if (difference.size() > MOST || !settled.become(difference, all)) {
      return false;
    }
    Evaluation other = preliminary;
    preliminaryReports += count(difference.came()) - count(difference.gone());
    if (preliminaryReports == 0) {
      preliminary = null;
    } else if (other == null) {
      preliminary = withPreliminary(all);
    } else {
      return other.become(difference, all);
    }
    return true;
  }

  /**
   * Everything that stands.
   *
   * @param corrections those told, and those before them in an unbroken chain, from {@link
   *     GuidelineRules#corrections}
   * @param now logical time
   */
  public Findings at(List<Correction> corrections, Instant now) {
    last = now;
    Findings findings = settled.at(corrections, now);
    Evaluation other = preliminary;
    return other == null || findings.stage().value() == Stage.CLOSED
        ? findings
        : withPreliminary(findings, other.at(corrections, now));
  }

  /**
   * Preliminary results block and warn, never permit: contraindications of either count, a
   * recommendation stands only when both give it, and alerts that only the preliminary results give
   * are at most ROUTINE and say so (contract section 3).
   */
  private static Findings withPreliminary(Findings settled, Findings preliminary) {
    TreeMap<ContraindicationCode, Reason> contraindications =
        new TreeMap<>(settled.contraindications());
    preliminary.contraindications().forEach(contraindications::putIfAbsent);
    TreeMap<Recommendation, Reason> recommendations = new TreeMap<>(settled.recommendations());
    TreeMap<Recommendation, Reason> withheld = new TreeMap<>(settled.withheld());
    recommendations
        .entrySet()
        .removeIf(
            entry -> {
              boolean blocked = blocks(preliminary, entry.getKey());
              if (blocked) {
                withheld.put(
                    entry.getKey(),
                    preliminary.withheld().getOrDefault(entry.getKey(), entry.getValue()));
              }
              return blocked;
            });
    TreeMap<Findings.AlertSlot, AlertFinding> alerts = new TreeMap<>(settled.alerts());
    preliminary.alerts().forEach((slot, alert) -> alerts.putIfAbsent(slot, alert.onPreliminary()));
    return new Findings(
        settled.classification(),
        settled.statusGroup(),
        settled.stage(),
        recommendations,
        withheld,
        contraindications,
        settled.schedules(),
        alerts,
        settled.response(),
        Moment.earlier(settled.next(), preliminary.next()));
  }

  /**
   * Whether preliminary results stand against a recommendation. Against another puncture only a
   * contraindication does: a preliminary cytology never counts as the result that was asked for.
   */
  private static boolean blocks(Findings preliminary, Recommendation recommendation) {
    if (recommendation.code() == RecommendationCode.REPEAT_LUMBAR_PUNCTURE) {
      return preliminary
          .contraindications()
          .containsKey(ContraindicationCode.LUMBAR_PUNCTURE_MASS_EFFECT);
    }
    return PERMISSIVE.contains(recommendation.code())
        && !preliminary.recommendations().containsKey(recommendation);
  }

  /**
   * Recommendations that permit a treatment, as opposed to asking for an examination or for people.
   */
  private static final Set<RecommendationCode> PERMISSIVE =
      EnumSet.of(
          RecommendationCode.THIRD_GENERATION_EGFR_TKI,
          RecommendationCode.CNS_PENETRANT_ALK_INHIBITOR,
          RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE,
          RecommendationCode.FOCAL_RADIOTHERAPY,
          RecommendationCode.INTRATHECAL_ELIGIBLE,
          RecommendationCode.OMMAYA_RESERVOIR);
}
