package io.meninx.fact;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A clinical assessment. Each field keeps its last stated value over the assessments of a patient.
 *
 * @param header common header
 * @param signs sign codes; empty = not stated, NONE alone = examined, none
 * @param suspicion the clinician's suspicion of leptomeningeal disease
 * @param extracranialDisease control outside the CNS
 * @param lifeExpectancyDays days
 * @param severeSymptoms a severely symptomatic site (S20)
 * @param neurologicalExam form of the examination (S33)
 * @param ommayaFeasible whether a reservoir can be placed (S17)
 * @param labs blood values
 * @param restagingDone systemic restaging done (S36)
 * @param dexamethasoneMg daily dose, mg (G61)
 * @param pleuralEffusion present (G36)
 * @param declines recommendation codes the patient declines, or ALL (G60); absent = not stated,
 *     empty = none
 * @param palliativeReferral referral made (S19)
 */
public record ClinicalAssessment(
    Header header,
    List<String> signs,
    Suspicion suspicion,
    ExtracranialDisease extracranialDisease,
    OptionalInt lifeExpectancyDays,
    Tri severeSymptoms,
    NeurologicalExam neurologicalExam,
    Tri ommayaFeasible,
    Optional<Labs> labs,
    Tri restagingDone,
    OptionalDouble dexamethasoneMg,
    Tri pleuralEffusion,
    Optional<List<String>> declines,
    Tri palliativeReferral)
    implements Fact {

  public ClinicalAssessment {
    signs = List.copyOf(signs);
    declines = declines.map(List::copyOf);
  }

  @Override
  public ClinicalAssessment withHeader(Header other) {
    return new ClinicalAssessment(
        other,
        signs,
        suspicion,
        extracranialDisease,
        lifeExpectancyDays,
        severeSymptoms,
        neurologicalExam,
        ommayaFeasible,
        labs,
        restagingDone,
        dexamethasoneMg,
        pleuralEffusion,
        declines,
        palliativeReferral);
  }

  /** Whether it says that no sign was found: NONE beside another code does not. */
  public boolean foundNoSign() {
    return signs.size() == 1 && signs.getFirst().equals("NONE");
  }

  /** Clinical suspicion of leptomeningeal metastasis. */
  public enum Suspicion {
    HIGH,
    LOW,
    UNKNOWN
  }

  /** Disease outside the CNS. */
  public enum ExtracranialDisease {
    CONTROLLED,
    PROGRESSIVE,
    UNKNOWN
  }

  /** How the nervous system was examined. */
  public enum NeurologicalExam {
    STANDARDIZED,
    FREE_TEXT,
    UNKNOWN
  }

  /**
   * Blood values.
   *
   * @param plateletsE9L 10^9/L
   * @param inr international normalised ratio
   * @param ancE9L absolute neutrophils, 10^9/L
   * @param egfr mL/min/1.73 m2
   */
  public record Labs(
      OptionalDouble plateletsE9L,
      OptionalDouble inr,
      OptionalDouble ancE9L,
      OptionalDouble egfr) {}
}
