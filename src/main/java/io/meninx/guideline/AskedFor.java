package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import java.util.List;

/**
 * What an alert asked for. It ends as DONE only by a fact that is just that, as its rule reads it
 * (contract section 5); a fact of the same kind that says something else ends it by other means,
 * for instance by declining what was asked for.
 *
 * @param code of the alert
 * @param evidence it named last
 * @param reasons fingerprints of what it was about
 * @param asksAgain whether the rules still want one of its code and gap, about something else
 */
public record AskedFor(
    AlertCode code, List<Evidence> evidence, List<String> reasons, boolean asksAgain) {
  public AskedFor {
    evidence = List.copyOf(evidence);
    reasons = List.copyOf(reasons);
  }

  /** Whether a fact, which counts, is what was asked for. */
  public boolean isDoneBy(Fact fact, Parameters parameters) {
    return switch (code) {
      case REPEAT_LUMBAR_PUNCTURE_NEEDED ->
          fact instanceof CsfResult sample
              && sample.cytology() != CsfResult.Cytology.UNKNOWN
              && follows(fact, samples());
      case CSF_SAMPLE_INADEQUATE ->
          fact instanceof CsfResult sample
              && CsfAxis.quality(sample, parameters) == CsfAxis.Quality.ADEQUATE;
      case NEUROAXIS_MRI_INCOMPLETE ->
          fact instanceof ImagingReport report && ImagingAxis.isMri(report) && !asksAgain;
      case MRI_DUE ->
          fact instanceof ImagingReport report
              && ImagingAxis.isMri(report)
              && follows(fact, evidence);
      case FLOW_STUDY_DUE -> fact instanceof ImagingReport report && FlowState.statesFlow(report);
      case NEURO_EXAM_DUE ->
          fact instanceof ClinicalAssessment assessment
              && assessment.neurologicalExam() == NeurologicalExam.STANDARDIZED;
      case RESTAGING_DUE ->
          fact instanceof ClinicalAssessment assessment && assessment.restagingDone() == Tri.YES;
      case BIOPSY_NEEDED ->
          fact instanceof BiopsyResult biopsy && biopsy.histology() != Histology.UNKNOWN;
      case MOLECULAR_PANEL_INCOMPLETE ->
          fact instanceof BiopsyResult biopsy && tests(biopsy) && !asksAgain;
      case RESULT_OVERDUE -> isLateResult(fact);
      case KPS_MISSING_OR_STALE ->
          fact instanceof PerformanceStatus status && status.kps().isPresent() && !asksAgain;
      case INTRATHECAL_DOSE_DUE ->
          fact instanceof TreatmentEvent event
              && event.modality() == Modality.INTRATHECAL
              && event.action() == Action.ADMINISTERED;
      case PALLIATIVE_REFERRAL_DUE -> refers(fact);
      case LABS_HOLD ->
          fact instanceof ClinicalAssessment assessment && assessment.labs().isPresent();
      case TREATMENT_BEFORE_CONFIRMATION,
          SYSTEMIC_OPTION_UNASSESSED,
          INTRATHECAL_BLOCKED_FLOW_OBSTRUCTION,
          INTRATHECAL_NOT_ELIGIBLE,
          METHOTREXATE_CRANIOSPINAL_CONFLICT,
          METHOTREXATE_WHOLE_BRAIN_CONFLICT,
          INTRATHECAL_LUMBAR_ROUTE,
          INTRATHECAL_DOSE_OUT_OF_RANGE,
          UNSAFE_INTRATHECAL_AGENT,
          LUMBAR_PUNCTURE_UNSAFE,
          RADIOTHERAPY_DOSE_OUT_OF_RANGE,
          ROUTINE_WHOLE_BRAIN_RADIOTHERAPY,
          AGGRESSIVE_THERAPY_IN_POOR_STATUS,
          ACTIONABLE_DRIVER_ON_CHEMOTHERAPY,
          DECISION_BASIS_CHANGED,
          DATA_CONFLICT,
          MDT_REVIEW_NEEDED ->
          false;
    };
  }

  /** Markers complete a panel; another histology only makes it needless. */
  private static boolean tests(BiopsyResult biopsy) {
    return !biopsy.markers().isEmpty()
        && (biopsy.histology() == Histology.UNKNOWN
            || biopsy.histology() == Histology.ADENOCARCINOMA);
  }

  /** S19: a referral, or supportive care given. */
  private static boolean refers(Fact fact) {
    return switch (fact) {
      case ClinicalAssessment assessment -> assessment.palliativeReferral() == Tri.YES;
      case TreatmentEvent event ->
          event.modality() == Modality.SUPPORTIVE_CARE && event.action().given();
      default -> false;
    };
  }

  /**
   * Whether it is the result that did not come, or the board's answer: another result can only make
   * a question for the board go away. A pending marker may come in any biopsy report.
   */
  private boolean isLateResult(Fact fact) {
    return switch (fact) {
      case AlertResponse response -> response.mdtId().isPresent();
      case BiopsyResult biopsy -> isLate(fact) || (!biopsy.markers().isEmpty() && awaitsBiopsy());
      default -> isLate(fact);
    };
  }

  private boolean isLate(Fact fact) {
    return reasons.contains(fact.header().reportId().value());
  }

  private boolean awaitsBiopsy() {
    return evidence.stream()
        .anyMatch(known -> known.kind() == FactKind.BIOPSY && reasons.contains(known.factId()));
  }

  /** What was stated besides, on a ward round since, does not ask for a newer sample. */
  private List<Evidence> samples() {
    return evidence.stream().filter(known -> known.kind() == FactKind.CSF).toList();
  }

  /** Whether it was observed no earlier than what the alert rests on: that asked for a new one. */
  private static boolean follows(Fact fact, List<Evidence> asking) {
    return asking.stream()
        .noneMatch(known -> Known.before(fact.header().observedAt(), known.observedAt()));
  }
}
