package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The EANO-ESMO classification: CSF, MRI and clinical axis joined by the decision table of clinical
 * rules, section 2.
 *
 * @param classified type and certainty with reason
 * @param csf the CSF axis
 * @param imaging the MRI axis
 * @param typicalSigns typical signs that count, with where they were last stated
 * @param signsStatedOn day on which one was first reported, of those since which there has been one
 *     without a break
 * @param start first LM-directed treatment on or after the opening: T0; none while certainty is
 *     LACK_OF_EVIDENCE
 */
record Diagnosis(
    Findings.Classified classified,
    CsfAxis csf,
    ImagingAxis imaging,
    Map<String, Known<ClinicalAssessment>> typicalSigns,
    OptionalLong signsStatedOn,
    Optional<Act> start) {

  private static final RuleRef RULE = new RuleRef("EANO-ESMO", List.of("S2", "S24", "S25"));

  static Diagnosis of(Picture picture, Parameters parameters) {
    Optional<Act> start = firstDirected(picture);
    CsfAxis csf = CsfAxis.read(picture, parameters);
    ImagingAxis imaging = ImagingAxis.read(picture, parameters, start);
    Signs signs = typicalSigns(picture, parameters);
    Findings.Classified classified = classify(picture, parameters, csf, imaging, signs.last);
    return new Diagnosis(
        classified,
        csf,
        imaging,
        signs.last,
        signs.statedOn,
        classified.certainty() == Certainty.LACK_OF_EVIDENCE ? Optional.empty() : start);
  }

  private static Optional<Act> firstDirected(Picture picture) {
    for (Act act : picture.acts()) {
      if (act.directed() && act.given() && !picture.isHistory(act.known())) {
        return Optional.of(act);
      }
    }
    return Optional.empty();
  }

  /**
   * Typical signs that count.
   *
   * @param last statement of each, by code
   * @param statedOn day on which any was first reported
   */
  private record Signs(Map<String, Known<ClinicalAssessment>> last, OptionalLong statedOn) {}

  /**
   * Typical signs: stated at most 90 days before the opening or later, until an assessment states
   * NONE.
   */
  private static Signs typicalSigns(Picture picture, Parameters parameters) {
    Map<String, Known<ClinicalAssessment>> last = new HashMap<>();
    if (picture.opening().isEmpty()) {
      return new Signs(last, OptionalLong.empty());
    }
    Set<String> typical = parameters.vocabulary().typicalSigns();
    Predicate<ClinicalAssessment> states =
        fact -> fact.signs().stream().anyMatch(typical::contains);
    long from = signsCountFrom(picture, parameters);
    long statedOn = Long.MAX_VALUE;
    for (Known<ClinicalAssessment> known : picture.assessments(Statement.SIGNS)) {
      if (known.fact().foundNoSign()) {
        last.clear();
        statedOn = Long.MAX_VALUE;
      }
      if (known.day() < from) {
        continue;
      }
      boolean one = false;
      for (String sign : known.fact().signs()) {
        if (typical.contains(sign)) {
          last.put(sign, known);
          one = true;
        }
      }
      if (one) {
        statedOn = Math.min(statedOn, known.statedOn(ClinicalAssessment.class, states));
      }
    }
    return new Signs(last, last.isEmpty() ? OptionalLong.empty() : OptionalLong.of(statedOn));
  }

  /** First day whose signs count; the pathway is open. */
  private static long signsCountFrom(Picture picture, Parameters parameters) {
    return picture.opening().orElseThrow().day() - parameters.imaging().signsBeforeOpeningDays();
  }

  private static Findings.Classified classify(
      Picture picture,
      Parameters parameters,
      CsfAxis csf,
      ImagingAxis imaging,
      Map<String, Known<ClinicalAssessment>> signs) {
    if (picture.opening().isEmpty()) {
      return new Findings.Classified(
          LmType.UNDETERMINED,
          Certainty.UNDETERMINED,
          new Reason(
              RULE,
              Outcome.UNKNOWN,
              List.of(),
              List.of("CSF.cytology", "IMAGING.leptomeningealPattern")));
    }
    boolean typical = !signs.isEmpty();
    LmType type = type(csf.is(CsfAxis.Value.POS), imaging.letter(), typical);
    Certainty certainty = certainty(csf.is(CsfAxis.Value.POS), imaging.letter(), typical);
    List<Evidence> evidence = new ArrayList<>(csf.evidence());
    evidence.addAll(imaging.evidence());
    signs.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(sign -> evidence.add(sign.getValue().evidence("sign=" + sign.getKey())));
    List<String> missing = new ArrayList<>(imaging.missing());
    if (csf.is(CsfAxis.Value.NOT_DONE)
        || (csf.is(CsfAxis.Value.NON_INFORMATIVE) && csf.results().isEmpty())) {
      missing.add("CSF.cytology");
    }
    long from = signsCountFrom(picture, parameters);
    boolean examined =
        picture.assessments(Statement.SIGNS).stream()
            .anyMatch(known -> known.day() >= from && !known.fact().signs().isEmpty());
    if (!examined) {
      missing.add("ASSESSMENT.signs");
    }
    return new Findings.Classified(
        type, certainty, new Reason(RULE, outcome(imaging.letter(), certainty), evidence, missing));
  }

  private static Outcome outcome(ImagingAxis.Letter letter, Certainty certainty) {
    if (letter == ImagingAxis.Letter.CONFLICT) {
      return Outcome.CONFLICT;
    }
    return switch (certainty) {
      case CONFIRMED, PROBABLE, POSSIBLE -> Outcome.MET;
      case LACK_OF_EVIDENCE -> Outcome.NOT_MET;
      case UNDETERMINED -> Outcome.UNKNOWN;
    };
  }

  private static LmType type(boolean positiveCsf, ImagingAxis.Letter letter, boolean typical) {
    return switch (letter) {
      case A -> positiveCsf ? LmType.IA : LmType.IIA;
      case B -> positiveCsf ? LmType.IB : LmType.IIB;
      case C -> positiveCsf ? LmType.IC : LmType.IIC;
      case D -> positiveCsf ? LmType.ID : typical ? LmType.IID : LmType.UNDETERMINED;
      case POSITIVE_UNSPECIFIED, UNKNOWN, CONFLICT -> LmType.UNDETERMINED;
    };
  }

  private static Certainty certainty(
      boolean positiveCsf, ImagingAxis.Letter letter, boolean typical) {
    if (positiveCsf) {
      return Certainty.CONFIRMED;
    }
    return switch (letter) {
      case A, B, C, POSITIVE_UNSPECIFIED -> typical ? Certainty.PROBABLE : Certainty.POSSIBLE;
      case D -> typical ? Certainty.POSSIBLE : Certainty.LACK_OF_EVIDENCE;
      case UNKNOWN, CONFLICT -> Certainty.UNDETERMINED;
    };
  }

  /** Confirmed or probable. */
  boolean established() {
    return classified.certainty() == Certainty.CONFIRMED
        || classified.certainty() == Certainty.PROBABLE;
  }

  LmType type() {
    return classified.type();
  }

  /**
   * The last histology stated. That it is some non-small-cell cancer does not take back of which
   * type it is.
   */
  static Optional<Known<BiopsyResult>> histology(Picture picture) {
    Optional<Known<BiopsyResult>> typed =
        Picture.last(
            picture.biopsies(),
            biopsy ->
                biopsy.histology() != Histology.UNKNOWN
                    && biopsy.histology() != Histology.NSCLC_NOS);
    return typed
        .filter(known -> isTypeOfNsclc(known.fact().histology()))
        .or(
            () ->
                Picture.last(
                    picture.biopsies(), biopsy -> biopsy.histology() != Histology.UNKNOWN));
  }

  private static boolean isTypeOfNsclc(Histology histology) {
    return switch (histology) {
      case ADENOCARCINOMA, SQUAMOUS, LARGE_CELL -> true;
      case SMALL_CELL, NSCLC_NOS, OTHER, UNKNOWN -> false;
    };
  }

  /** Day of T0, if treatment began. */
  Optional<Long> startDay() {
    return start.map(Act::day);
  }
}
