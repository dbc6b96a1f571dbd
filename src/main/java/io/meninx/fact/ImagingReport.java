package io.meninx.fact;

import java.util.Set;

/**
 * An imaging report or CSF flow study.
 *
 * @param header common header
 * @param modality of the examination
 * @param regions covered; empty = not stated
 * @param contrast whether contrast was given
 * @param tesla field strength in tesla; NaN = not stated
 * @param pattern leptomeningeal pattern
 * @param thinDeposits the radiologist's word on thin linear deposits (G20: no measure)
 * @param hydrocephalus seen
 * @param massEffect seen
 * @param csfFlow result of a flow study
 * @param parenchymalMetastases seen
 * @param lungMass seen
 * @param enhancementLevels where abnormal enhancement lies (S6: site of a repeat puncture)
 * @param cordCompression seen
 * @param response against the previous examination
 */
public record ImagingReport(
    Header header,
    Modality modality,
    Set<Region> regions,
    Tri contrast,
    double tesla,
    Pattern pattern,
    Tri thinDeposits,
    Tri hydrocephalus,
    Tri massEffect,
    CsfFlow csfFlow,
    Tri parenchymalMetastases,
    Tri lungMass,
    Set<Region> enhancementLevels,
    Tri cordCompression,
    Response response)
    implements Fact {

  public ImagingReport {
    regions = Sets.ordered(Region.class, regions);
    enhancementLevels = Sets.ordered(Region.class, enhancementLevels);
  }

  @Override
  public ImagingReport withHeader(Header other) {
    return new ImagingReport(
        other,
        modality,
        regions,
        contrast,
        tesla,
        pattern,
        thinDeposits,
        hydrocephalus,
        massEffect,
        csfFlow,
        parenchymalMetastases,
        lungMass,
        enhancementLevels,
        cordCompression,
        response);
  }

  /** Kind of examination. */
  public enum Modality {
    MRI,
    CT,
    PET_CT,
    CSF_FLOW_STUDY,
    /** Not stated. */
    UNKNOWN
  }

  /** Body region; SPINE of a case file is the three spinal ones. */
  public enum Region {
    BRAIN,
    CERVICAL_SPINE,
    THORACIC_SPINE,
    LUMBOSACRAL_SPINE,
    CHEST,
    ABDOMEN
  }

  /** Leptomeningeal enhancement. */
  public enum Pattern {
    LINEAR,
    NODULAR,
    BOTH,
    NONE,
    EQUIVOCAL,
    NOT_ASSESSED,
    POSITIVE_UNSPECIFIED,
    /** Not stated. */
    UNKNOWN;

    /** LINEAR, NODULAR, BOTH or POSITIVE_UNSPECIFIED. */
    public boolean positive() {
      return this == LINEAR || this == NODULAR || this == BOTH || this == POSITIVE_UNSPECIFIED;
    }

    /** NONE or EQUIVOCAL. */
    public boolean negativeOrEquivocal() {
      return this == NONE || this == EQUIVOCAL;
    }
  }

  /** CSF flow; G23: PARTIAL counts as OBSTRUCTED. */
  public enum CsfFlow {
    UNOBSTRUCTED,
    OBSTRUCTED,
    PARTIAL,
    NOT_ASSESSED,
    /** Not stated. */
    UNKNOWN
  }

  /** Imaging response. */
  public enum Response {
    IMPROVED,
    STABLE,
    PROGRESSED,
    /** Not stated. */
    UNKNOWN
  }
}
