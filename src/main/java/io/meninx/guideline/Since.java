package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Tri;
import java.util.List;
import java.util.function.Predicate;

/**
 * Since when something has been known: the day a need arises is the reportedAt date of the first
 * version that states it, of the latest one where several facts are needed (contract section 6).
 * What is only said again starts nothing anew.
 */
final class Since {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long NOT_YET = Long.MAX_VALUE;

  private final Evaluation e;

  Since(Evaluation evaluation) {
    this.e = evaluation;
  }

  /** The opening of the pathway: no need is older. */
  long opening() {
    return e.picture.openingStatedOn();
  }

  /**
   * Confirmed or probable: the first positive cytology or biopsy of the meninges, or enhancement
   * with typical signs, whichever came first; at the latest T0.
   */
  long diagnosis() {
    return Math.min(Math.max(opening(), e.diagnosis().startDay().orElse(NOT_YET)), established());
  }

  /** Confirmed or probable by what was found alone. */
  long established() {
    long probable = Math.max(enhancement(), e.diagnosis().signsStatedOn().orElse(NOT_YET));
    return Math.max(opening(), Math.min(proven(), probable));
  }

  /** The type, which is known: its imaging, and for type I its cytology. */
  long type() {
    long cytology = e.diagnosis().csf().is(CsfAxis.Value.POS) ? proven() : NEVER;
    return Math.max(opening(), Math.max(cytology, examination()));
  }

  /** Everything that eligibility needs beside the flow. */
  long eligibleButForFlow() {
    return Math.max(Math.max(type(), thinDeposits()), Math.max(goodKps(), controlled()));
  }

  /** The first positive cytology or biopsy of the meninges. */
  private long proven() {
    long first = NOT_YET;
    for (Known<CsfResult> known : e.picture.csf()) {
      if (known.fact().cytology() == Cytology.POSITIVE) {
        first =
            Math.min(
                first,
                known.statedOn(CsfResult.class, fact -> fact.cytology() == Cytology.POSITIVE));
      }
    }
    for (Known<BiopsyResult> known : e.picture.biopsies()) {
      if (CsfAxis.isMeningeal(known.fact(), e.parameters)) {
        first =
            Math.min(
                first,
                known.statedOn(
                    BiopsyResult.class, fact -> CsfAxis.isMeningeal(fact, e.parameters)));
      }
    }
    return first;
  }

  /** Enhancement shown without a break, by whichever of its parts was reported first. */
  private long enhancement() {
    long first = NOT_YET;
    for (ImagingAxis axis : run(ImagingAxis.Letter::positive)) {
      for (Known<ImagingReport> part : axis.parts()) {
        first =
            Math.min(first, part.statedOn(ImagingReport.class, fact -> fact.pattern().positive()));
      }
    }
    return first;
  }

  private List<ImagingAxis> run(Predicate<ImagingAxis.Letter> holds) {
    return ImagingAxis.run(e.picture, e.parameters, e.diagnosis().start(), holds);
  }

  /**
   * The letter of the axis without a break, by the first examination that gave it: by all reports
   * it rests on.
   */
  private long examination() {
    long first = NOT_YET;
    for (ImagingAxis axis : run(e.diagnosis().imaging().letter()::equals)) {
      long last = NEVER;
      for (Known<ImagingReport> part : axis.parts()) {
        Pattern pattern = part.fact().pattern();
        last =
            Math.max(last, part.statedOn(ImagingReport.class, fact -> fact.pattern() == pattern));
      }
      first = Math.min(first, last);
    }
    return first;
  }

  private long thinDeposits() {
    return Picture.runStatedOn(
            e.picture.imaging(),
            ImagingReport.class,
            fact -> fact.thinDeposits().known(),
            fact -> fact.thinDeposits() == Tri.YES)
        .orElse(NEVER);
  }

  private long goodKps() {
    int above = e.parameters.status().goodAboveKps();
    return Picture.runStatedOn(
            e.picture.performance(),
            PerformanceStatus.class,
            fact -> fact.kps().isPresent(),
            fact -> fact.kps().orElse(0) > above)
        .orElse(NEVER);
  }

  private long controlled() {
    return Picture.runStatedOn(
            e.picture.assessments(Statement.EXTRACRANIAL_DISEASE),
            ClinicalAssessment.class,
            fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN,
            fact -> fact.extracranialDisease() == ExtracranialDisease.CONTROLLED)
        .orElse(NEVER);
  }
}
