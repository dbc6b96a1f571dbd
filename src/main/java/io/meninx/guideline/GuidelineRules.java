package io.meninx.guideline;

import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of the guideline over a patient's reports at a moment. A pure function: the same
 * reports and time give the same findings, in whatever order the reports came.
 */
public final class GuidelineRules {
  private final Parameters parameters;
  private final Agents agents;

  /** Rules with these numbers and words. */
  public GuidelineRules(Parameters parameters) {
    this.parameters = parameters;
    this.agents = new Agents(parameters.vocabulary());
  }

  Agents agents() {
    return agents;
  }

  /**
   * Everything that stands.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   * @param corrections still worth telling, from {@link #corrections}
   * @param now logical time
   */
  public Findings evaluate(List<Report> reports, List<Correction> corrections, Instant now) {
    Picture picture = new Picture(reports, agents, false);
    Findings findings = evaluate(picture, corrections, new Moment(now));
    if (!anyPreliminary(reports) || findings.stage().value() == Stage.CLOSED) {
      return findings;
    }
    Findings preliminary = evaluate(picture.withPreliminary(), corrections, new Moment(now));
    return withPreliminary(findings, preliminary);
  }

  private static boolean anyPreliminary(List<Report> reports) {
    for (Report report : reports) {
      if (report.header().status() == ResultStatus.PRELIMINARY) {
        return true;
      }
    }
    return false;
  }

  /**
   * The corrections that changed the basis of a treatment; needs every report of the patient, not
   * only the retained ones.
   */
  public List<Correction> corrections(List<Report> allReports, Instant now) {
    return new Corrections(this, parameters).of(allReports, now);
  }

  /** Classification, arm, eligibility and contraindications only: what a treatment is based on. */
  Findings evaluateBasis(Picture picture, Instant then) {
    return evaluate(picture, List.of(), new Moment(then));
  }

  private Findings evaluate(Picture picture, List<Correction> corrections, Moment moment) {
    Evaluation e = new Evaluation(picture, parameters, moment);
    Findings.Reasoned<Stage> stage = StatusRules.stage(e);
    if (e.closed()) {
      return e.findings(stage, Optional.empty());
    }
    DataRules data = new DataRules(e);
    data.conflicts();
    // A contraindication stands whether or not anything was ordered, so also before the pathway
    // opens: who orders first must find it.
    Mdt mdt = new Mdt(e);
    IntrathecalRules intrathecal = new IntrathecalRules(e, mdt);
    RadiotherapyRules radiotherapy = new RadiotherapyRules(e);
    StatusRules status = new StatusRules(e, mdt);
    intrathecal.contraindications();
    radiotherapy.contraindications();
    status.contraindications();
    if (e.opened()) {
      status.apply();
      WorkupRules workup = new WorkupRules(e, mdt);
      workup.apply();
      new SystemicRules(e, mdt).apply();
      radiotherapy.apply();
      intrathecal.apply();
      new FollowUpRules(e).apply();
      new CorrectionRules(e, mdt).apply(corrections);
      workup.resultsOverdue();
    }
    return e.findings(stage, FollowUpRules.response(e));
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
  private static final java.util.Set<RecommendationCode> PERMISSIVE =
      java.util.EnumSet.of(
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
