package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The CSF axis of the EANO-ESMO classification (contract section 4) and the quality of samples (S5,
 * G9-G12).
 *
 * @param value of the axis
 * @param evidence the samples it rests on
 * @param results samples with a stated cytology, oldest first
 * @param informativeNegatives number of negative samples that could have shown disease
 */
record CsfAxis(
    Value value,
    List<Evidence> evidence,
    List<Known<CsfResult>> results,
    int informativeNegatives) {

  /** What the CSF says. */
  enum Value {
    POS,
    EQUIV,
    NEG,
    NON_INFORMATIVE,
    NOT_DONE
  }

  /** Quality of a sample. */
  enum Quality {
    ADEQUATE,
    /** Volume too small, or processed late and not fixed. */
    INADEQUATE,
    /** Volume or time not known. */
    UNKNOWN
  }

  static CsfAxis read(Picture picture, Parameters parameters) {
    List<Known<CsfResult>> results = new ArrayList<>();
    List<Evidence> positive = new ArrayList<>();
    int informativeNegatives = 0;
    for (Known<CsfResult> known : picture.csf()) {
      Cytology cytology = known.fact().cytology();
      if (cytology == Cytology.UNKNOWN) {
        continue;
      }
      results.add(known);
      if (cytology == Cytology.POSITIVE) {
        positive.add(evidence(known, parameters));
      }
      if (cytology == Cytology.NEGATIVE && quality(known.fact(), parameters) == Quality.ADEQUATE) {
        informativeNegatives++;
      }
    }
    meningealBiopsy(picture, parameters)
        .ifPresent(
            biopsy -> positive.add(biopsy.evidence("histology=" + biopsy.fact().histology())));
    if (!positive.isEmpty()) {
      return new CsfAxis(Value.POS, positive, results, informativeNegatives);
    }
    List<Evidence> evidence = results.stream().map(known -> evidence(known, parameters)).toList();
    Value value;
    if (!results.isEmpty() && results.getLast().fact().cytology() == Cytology.EQUIVOCAL) {
      value = Value.EQUIV;
    } else if (informativeNegatives > 0) {
      value = Value.NEG;
    } else {
      value = picture.csf().isEmpty() ? Value.NOT_DONE : Value.NON_INFORMATIVE;
    }
    return new CsfAxis(value, evidence, results, informativeNegatives);
  }

  private static Optional<Known<BiopsyResult>> meningealBiopsy(
      Picture picture, Parameters parameters) {
    return Picture.last(picture.biopsies(), biopsy -> isMeningeal(biopsy, parameters));
  }

  /**
   * A positive meningeal biopsy proves the disease like cytology does (clinical rules, section 2).
   * One of another histology than those of lung cancer may be of another tumour, or of none.
   */
  static boolean isMeningeal(BiopsyResult biopsy, Parameters parameters) {
    return isLungCancer(biopsy.histology())
        && biopsy.site().isPresent()
        && parameters
            .vocabulary()
            .meningealSites()
            .contains(biopsy.site().get().toLowerCase(Locale.ROOT));
  }

  private static boolean isLungCancer(BiopsyResult.Histology histology) {
    return switch (histology) {
      case ADENOCARCINOMA, SQUAMOUS, SMALL_CELL, LARGE_CELL, NSCLC_NOS -> true;
      case OTHER, UNKNOWN -> false;
    };
  }

  /**
   * Quality of a sample, whatever its cytology. A fixative lifts the time limit (G10); a time that
   * is missing or negative leaves the quality unknown all the same (S5, G11).
   */
  static Quality quality(CsfResult sample, Parameters parameters) {
    boolean tooSmall =
        sample.volumeMl().isPresent()
            && sample.volumeMl().getAsDouble() < parameters.csf().minimumVolumeMl();
    boolean timed =
        sample.minutesToProcessing().isPresent() && sample.minutesToProcessing().getAsInt() >= 0;
    boolean slow =
        timed && sample.minutesToProcessing().getAsInt() > parameters.csf().maximumMinutes();
    if (tooSmall || (slow && sample.fixed() == Tri.NO)) {
      return Quality.INADEQUATE;
    }
    boolean inTime = timed && (!slow || sample.fixed() == Tri.YES);
    return sample.volumeMl().isPresent() && inTime ? Quality.ADEQUATE : Quality.UNKNOWN;
  }

  /** What is missing to judge the quality of a sample. */
  static List<String> missingQuality(CsfResult sample, Parameters parameters) {
    List<String> missing = new ArrayList<>();
    if (sample.volumeMl().isEmpty()) {
      missing.add("CSF.volumeMl");
    }
    boolean timed =
        sample.minutesToProcessing().isPresent() && sample.minutesToProcessing().getAsInt() >= 0;
    if (!timed) {
      missing.add("CSF.minutesToProcessing");
    }
    if (timed
        && sample.minutesToProcessing().getAsInt() > parameters.csf().maximumMinutes()
        && sample.fixed() == Tri.UNKNOWN) {
      missing.add("CSF.fixed");
    }
    return missing;
  }

  /**
   * A sample as evidence, with its quality; of an adequate one also how good its volume is (G9).
   */
  static Evidence evidence(Known<CsfResult> known, Parameters parameters) {
    CsfResult sample = known.fact();
    StringBuilder value = new StringBuilder("cytology=").append(sample.cytology());
    if (sample.volumeMl().isPresent()) {
      value.append(", volumeMl=").append(sample.volumeMl().getAsDouble());
    }
    if (sample.minutesToProcessing().isPresent()) {
      value.append(", minutesToProcessing=").append(sample.minutesToProcessing().getAsInt());
    }
    if (sample.fixed().known()) {
      value.append(", fixed=").append(sample.fixed() == Tri.YES);
    }
    Quality quality = quality(sample, parameters);
    value.append(", quality=").append(quality);
    if (quality == Quality.ADEQUATE) { // then the volume is known
      boolean optimal = sample.volumeMl().orElseThrow() > parameters.csf().optimalAboveMl();
      value.append(", volume=").append(optimal ? "OPTIMAL" : "SUBOPTIMAL");
    }
    return known.evidence(value.toString());
  }

  boolean is(Value other) {
    return value == other;
  }
}
