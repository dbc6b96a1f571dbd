package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.PerformanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The performance arm (S8, S18, G1-G6). The age of a KPS never changes the group; a stale one only
 * permits nothing.
 *
 * @param group with reason
 * @param kps last stated
 * @param lifeExpectancy last stated
 * @param extracranial last stated as known
 */
record Status(
    Findings.Reasoned<StatusGroup> group,
    Optional<Known<PerformanceStatus>> kps,
    Optional<Known<ClinicalAssessment>> lifeExpectancy,
    Optional<Known<ClinicalAssessment>> extracranial) {

  static final String KPS = "PERFORMANCE.kps";
  private static final String LIFE_EXPECTANCY = "ASSESSMENT.lifeExpectancyDays";
  private static final String EXTRACRANIAL = "ASSESSMENT.extracranialDisease";

  private static final RuleRef GOOD = RuleRef.of("S8", "G4", "G6");
  private static final RuleRef POOR = RuleRef.of("S18", "G2", "G5", "G6");
  private static final RuleRef IN_NO_ARM = RuleRef.of("G1", "S8", "S18");
  private static final RuleRef UNCONTROLLED = RuleRef.of("G4", "S8");

  static Status of(Picture picture, Parameters parameters) {
    Optional<Known<PerformanceStatus>> kps =
        Picture.last(picture.performance(), fact -> fact.kps().isPresent());
    Optional<Known<ClinicalAssessment>> lifeExpectancy =
        picture.lastAssessment(Statement.LIFE_EXPECTANCY);
    Optional<Known<ClinicalAssessment>> extracranial =
        picture.lastAssessment(Statement.EXTRACRANIAL_DISEASE);
    return new Status(
        group(kps, lifeExpectancy, extracranial, parameters.status()),
        kps,
        lifeExpectancy,
        extracranial);
  }

  private static Findings.Reasoned<StatusGroup> group(
      Optional<Known<PerformanceStatus>> kps,
      Optional<Known<ClinicalAssessment>> lifeExpectancy,
      Optional<Known<ClinicalAssessment>> extracranial,
      Parameters.Status limits) {
    List<Evidence> evidence = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    kps.ifPresentOrElse(known -> evidence.add(kpsEvidence(known)), () -> missing.add(KPS));
    lifeExpectancy.ifPresentOrElse(
        known -> evidence.add(lifeEvidence(known)), () -> missing.add(LIFE_EXPECTANCY));
    boolean shortLife =
        lifeExpectancy.isPresent()
            && lifeExpectancy.get().fact().lifeExpectancyDays().getAsInt() < limits.poorBelowDays();
    boolean lowKps = kps.isPresent() && value(kps.get()) < limits.poorBelowKps();
    if (shortLife || lowKps) {
      return met(StatusGroup.POOR, POOR, evidence, missing);
    }
    if (kps.isEmpty()) {
      return unknown(GOOD, evidence, missing);
    }
    if (value(kps.get()) <= limits.goodAboveKps()) {
      return met(StatusGroup.INDETERMINATE, IN_NO_ARM, evidence, missing);
    }
    if (extracranial.isEmpty()) {
      missing.add(EXTRACRANIAL);
      return unknown(UNCONTROLLED, evidence, missing);
    }
    evidence.add(
        extracranial
            .get()
            .evidence("extracranialDisease=" + extracranial.get().fact().extracranialDisease()));
    return extracranial.get().fact().extracranialDisease() == ExtracranialDisease.CONTROLLED
        ? met(StatusGroup.GOOD, GOOD, evidence, missing)
        : met(StatusGroup.INDETERMINATE, UNCONTROLLED, evidence, missing);
  }

  private static Findings.Reasoned<StatusGroup> met(
      StatusGroup group, RuleRef rule, List<Evidence> evidence, List<String> missing) {
    return new Findings.Reasoned<>(group, Reason.met(rule, evidence, missing));
  }

  private static Findings.Reasoned<StatusGroup> unknown(
      RuleRef rule, List<Evidence> evidence, List<String> missing) {
    return new Findings.Reasoned<>(
        StatusGroup.UNKNOWN, new Reason(rule, Outcome.UNKNOWN, evidence, missing));
  }

  static int value(Known<PerformanceStatus> known) {
    return known.fact().kps().orElseThrow();
  }

  static Evidence kpsEvidence(Known<PerformanceStatus> known) {
    return known.evidence("kps=" + value(known));
  }

  static Evidence lifeEvidence(Known<ClinicalAssessment> known) {
    return known.evidence("lifeExpectancyDays=" + known.fact().lifeExpectancyDays().orElseThrow());
  }

  boolean is(StatusGroup other) {
    return group.value() == other;
  }

  /** Whether the last KPS still permits anything (G3). */
  boolean fresh(Moment moment, Parameters parameters) {
    return kps.isPresent()
        && !moment.reachedDay(kps.get().day() + parameters.status().kpsValidDays() + 1L);
  }

  boolean kpsAbove(int points) {
    return kps.isPresent() && value(kps.get()) > points;
  }

  /** The last life expectancy stated, in days; -1 when none was. */
  int lifeExpectancyDays() {
    return lifeExpectancy.map(known -> known.fact().lifeExpectancyDays().orElseThrow()).orElse(-1);
  }
}
