package io.meninx.fact;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A CSF sample: cytology, how it was taken, chemistry.
 *
 * @param header common header
 * @param site of the puncture
 * @param cytology tumour cells found
 * @param volumeMl mL, 0 or more
 * @param minutesToProcessing minutes from collection to processing; negative is implausible (G11)
 *     and counts as unknown
 * @param fixed whether a fixative was used (G10)
 * @param proteinMgDl mg/dL (S26: captured, never judged)
 * @param glucoseMgDl mg/dL
 * @param wbcPerUl cells per microlitre
 * @param openingPressureCmH2O cm H2O
 * @param csfMutation free text
 */
public record CsfResult(
    Header header,
    Site site,
    Cytology cytology,
    OptionalDouble volumeMl,
    OptionalInt minutesToProcessing,
    Tri fixed,
    OptionalDouble proteinMgDl,
    OptionalDouble glucoseMgDl,
    OptionalDouble wbcPerUl,
    OptionalDouble openingPressureCmH2O,
    Optional<String> csfMutation)
    implements Fact {

  @Override
  public CsfResult withHeader(Header other) {
    return new CsfResult(
        other,
        site,
        cytology,
        volumeMl,
        minutesToProcessing,
        fixed,
        proteinMgDl,
        glucoseMgDl,
        wbcPerUl,
        openingPressureCmH2O,
        csfMutation);
  }

  /** Where the sample was taken. */
  public enum Site {
    LUMBAR,
    VENTRICULAR,
    UNKNOWN
  }

  /** What the pathologist found. */
  public enum Cytology {
    POSITIVE,
    NEGATIVE,
    EQUIVOCAL,
    /** Not stated. */
    UNKNOWN
  }
}
