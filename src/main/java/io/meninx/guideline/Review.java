package io.meninx.guideline;

import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules over one patient's reports, kept from one decision to the next: when a report is added
 * or time passes, only the rules run again that looked at what changed. What they give is what
 * {@link GuidelineRules#evaluate} gives for the same reports, corrections and time. For use by one
 * thread.
 */
public final class Review {
  private final Agents agents;
  private final Parameters parameters;
  private final Evaluation settled;
  private @Nullable Evaluation preliminary;
  private Instant last = Instant.MIN;

  /**
   * Over these reports.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   */
  Review(List<Report> reports, Agents agents, Parameters parameters) {
    this.agents = agents;
    this.parameters = parameters;
    this.settled = new Evaluation(new Picture(reports, agents, false), parameters);
    if (reports.stream().anyMatch(Review::isPreliminary)) {
      preliminary = withPreliminary(reports);
    }
  }

  private Evaluation withPreliminary(List<Report> reports) {
    return new Evaluation(new Picture(reports, agents, true), parameters);
  }

  private static boolean isPreliminary(Report report) {
    return report.header().status() == ResultStatus.PRELIMINARY;
  }

  /** Whether it can go on to a time; not to one before the last it was asked for. */
  public boolean reaches(Instant now) {
    return !now.isBefore(last);
  }

  /**
   * Adds the first version of a report, anywhere in the order.
   *
   * @param all the reports, it among them, in {@link Report#FOLD_ORDER}
   * @return whether that could be done; if not, the reports need a review of their own
   */
  public boolean add(Report report, List<Report> all) {
    Evaluation other = preliminary;
    if (other == null && isPreliminary(report)) {
      preliminary = withPreliminary(all);
    }
    return add(settled, report, all) && (other == null || add(other, report, all));
  }

  /**
   * Puts a version that counts in the place of those of its report that did not count yet.
   *
   * @param before the report without it
   * @param report with it, anywhere in the order
   * @param all the reports, it among them, in {@link Report#FOLD_ORDER}
   * @return whether that could be done; if not, the reports need a review of their own
   */
  public boolean complete(Report before, Report report, List<Report> all) {
    if (isPreliminary(before) && all.stream().noneMatch(Review::isPreliminary)) {
      preliminary = null;
    }
    Evaluation other = preliminary;
    return complete(settled, before, report, all)
        && (other == null || complete(other, before, report, all));
  }

  private static boolean complete(
      Evaluation evaluation, Report before, Report report, List<Report> all) {
    long changed = evaluation.picture.complete(before, report, all);
    evaluation.changed(changed);
    return changed != Picture.ALL;
  }

  private static boolean add(Evaluation evaluation, Report report, List<Report> all) {
    long changed = evaluation.picture.add(report, all);
    evaluation.changed(changed);
    return changed != Picture.ALL;
  }

  /**
   * Everything that stands.
   *
   * @param corrections still worth telling, from {@link GuidelineRules#corrections}
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
    Map<Findings.AlertSlot, AlertFinding> alerts = new HashMap<>(settled.alerts());
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
        earlier(settled.next(), preliminary.next()));
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

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }
}
