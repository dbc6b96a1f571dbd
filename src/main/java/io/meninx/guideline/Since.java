package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Tri;

/**
 * Since when something has been known: the day a need arises is the reportedAt date of the first
 * version that states it, of the latest one where several facts are needed (contract section 6).
 * What is only said again starts nothing anew.
 */
final class Since {
  private static final long NEVER = Long.MIN_VALUE;

  private final Evaluation e;

  Since(Evaluation evaluation) {
    this.e = evaluation;
  }

  /** The opening of the pathway: no need is older. */
  long opening() {
    return e.picture.openingStatedOn();
  }

  /**
   * Confirmed or probable: the first positive cytology, or enhancement with typical signs; at the
   * latest T0.
   */
  long diagnosis() {
    long diagnosis =
        e.diagnosis().csf().is(CsfAxis.Value.POS)
            ? positiveCytology()
            : Math.max(firstEnhancement(), firstTypicalSign());
    long start = e.diagnosis().startDay().orElse(NEVER);
    boolean onlyTreated = !e.diagnosis().established();
    return Math.max(opening(), onlyTreated ? start : diagnosis);
  }

  /** The type: its imaging, and for type I its cytology. */
  long type() {
    long cytology = e.diagnosis().csf().is(CsfAxis.Value.POS) ? positiveCytology() : NEVER;
    return Math.max(opening(), Math.max(cytology, examination()));
  }

  /** Everything that eligibility needs beside the flow. */
  long eligibleButForFlow() {
    long thin =
        e.picture
            .lastImaging(fact -> fact.thinDeposits().known())
            .map(
                known ->
                    known.statedOn(ImagingReport.class, fact -> fact.thinDeposits() == Tri.YES))
            .orElse(NEVER);
    return Math.max(Math.max(type(), thin), Math.max(goodKps(), controlled()));
  }

  private long positiveCytology() {
    for (Known<CsfResult> known : e.diagnosis().csf().results()) {
      if (known.fact().cytology() == Cytology.POSITIVE) {
        return known.statedOn(CsfResult.class, fact -> fact.cytology() == Cytology.POSITIVE);
      }
    }
    return NEVER; // proven by a biopsy of the meninges
  }

  private long firstEnhancement() {
    for (Known<ImagingReport> known : e.picture.imaging()) {
      if (known.fact().pattern().positive()) {
        return known.statedOn(ImagingReport.class, fact -> fact.pattern().positive());
      }
    }
    return NEVER;
  }

  private long firstTypicalSign() {
    for (Known<ClinicalAssessment> known : e.picture.assessments(Statement.SIGNS)) {
      if (known.fact().signs().stream().anyMatch(e.diagnosis().typicalSigns()::containsKey)) {
        return known.statedOn(
            ClinicalAssessment.class,
            fact -> fact.signs().stream().anyMatch(e.diagnosis().typicalSigns()::containsKey));
      }
    }
    return NEVER;
  }

  private long examination() {
    long latest = NEVER;
    for (Known<ImagingReport> known : e.picture.imaging()) {
      boolean part =
          e.diagnosis().imaging().evidence().stream()
              .anyMatch(fact -> fact.factId().equals(known.id()));
      if (part) {
        latest =
            Math.max(
                latest,
                known.statedOn(
                    ImagingReport.class, fact -> fact.pattern() == known.fact().pattern()));
      }
    }
    return latest;
  }

  private long goodKps() {
    int above = e.parameters.status().goodAboveKps();
    return Picture.startOfRun(
            e.picture.performance(),
            fact -> fact.kps().isPresent(),
            fact -> fact.kps().orElse(0) > above)
        .map(known -> known.statedOn(PerformanceStatus.class, fact -> fact.kps().orElse(0) > above))
        .orElse(NEVER);
  }

  private long controlled() {
    return Picture.startOfRun(
            e.picture.assessments(Statement.EXTRACRANIAL_DISEASE),
            fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN,
            fact -> fact.extracranialDisease() == ExtracranialDisease.CONTROLLED)
        .map(
            known ->
                known.statedOn(
                    ClinicalAssessment.class,
                    fact -> fact.extracranialDisease() == ExtracranialDisease.CONTROLLED))
        .orElse(NEVER);
  }
}
