package io.meninx.wire;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.RecommendationCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What makes a fact well-formed (contract section 3, Structure): ranges of types, bounds of texts
 * and lists, codes that exist. What is well-formed but implausible passes. The same checks stand
 * before reading, writing and playing a fact, so that nothing is written that can't be read.
 */
public final class FactStructure {
  /** Longest id, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = 256;

  /** Longest free text, in characters. */
  public static final int MAX_TEXT_LENGTH = 10_000;

  /** Longest list of codes. */
  public static final int MAX_CODES = 256;

  /** Longest list of regions, repeats included. */
  static final int MAX_REGIONS = 64;

  /** Most genes in a report. */
  public static final int MAX_MARKERS = 500;

  /** Earliest instant of the type: the start of year 1. */
  static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  /** The first instant after the latest of the type. */
  static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private static final Set<String> ALERT_CODES =
      Arrays.stream(AlertCode.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
  private static final Set<String> RECOMMENDATION_CODES =
      Arrays.stream(RecommendationCode.values())
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());
  private static final String ALL = "ALL";

  private FactStructure() {}

  /**
   * Checks a fact.
   *
   * @throws PoisonRecordException naming the field at fault, as in the schema of its topic
   */
  public static void check(Fact fact) throws PoisonRecordException {
    header(fact.header());
    switch (fact) {
      case ImagingReport imaging -> imaging(imaging);
      case CsfResult csf -> csf(csf);
      case BiopsyResult biopsy -> biopsy(biopsy);
      case PerformanceStatus status -> range(status.ecog(), 0, 5, "ecog");
      case ClinicalAssessment assessment -> assessment(assessment);
      case TreatmentEvent treatment -> treatment(treatment);
      case OutcomeReport _ -> {}
      case AlertResponse response -> response(response);
    }
  }

  private static void header(Header header) throws PoisonRecordException {
    id(header.eventId().value(), "header.eventId");
    id(header.patientId().value(), "header.patientId");
    id(header.reportId().value(), "header.reportId");
    instant(header.observedAt().instant(), "header.observedAt.instant");
    instant(header.reportedAt(), "header.reportedAt");
    idOrEmpty(header.source().system(), "header.source.system");
    idOrEmpty(header.source().messageId(), "header.source.messageId");
  }

  private static void imaging(ImagingReport imaging) throws PoisonRecordException {
    double tesla = imaging.tesla();
    if (!Double.isNaN(tesla) && (!Double.isFinite(tesla) || tesla <= 0)) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, "tesla");
    }
  }

  private static void csf(CsfResult csf) throws PoisonRecordException {
    amount(csf.volumeMl(), "volumeMl");
    amount(csf.proteinMgDl(), "proteinMgDl");
    amount(csf.glucoseMgDl(), "glucoseMgDl");
    amount(csf.wbcPerUl(), "wbcPerUl");
    finite(csf.openingPressureCmH2O(), "openingPressureCmH2O");
    text(csf.csfMutation(), "csfMutation");
  }

  private static void biopsy(BiopsyResult biopsy) throws PoisonRecordException {
    text(biopsy.site(), "site");
    if (biopsy.markers().size() > MAX_MARKERS) {
      throw new PoisonRecordException(PoisonReason.LIST_TOO_LONG, "markers");
    }
    int index = 0;
    for (Map.Entry<String, String> marker : biopsy.markers().entrySet()) {
      marker(marker.getKey(), marker.getValue(), index++);
    }
  }

  static void marker(String gene, String result, int index) throws PoisonRecordException {
    id(gene, () -> "markers[" + index + "].gene");
    text(result, () -> "markers[" + index + "].finding");
    if (result.isBlank()) {
      throw new PoisonRecordException(PoisonReason.MISSING_VALUE, "markers[" + index + "].finding");
    }
  }

  private static void assessment(ClinicalAssessment assessment) throws PoisonRecordException {
    codes(assessment.signs(), "signs");
    range(assessment.lifeExpectancyDays(), 0, Integer.MAX_VALUE, "lifeExpectancyDays");
    amount(assessment.dexamethasoneMg(), "dexamethasoneMg");
    if (assessment.labs().isPresent()) {
      labs(assessment.labs().get());
    }
    if (assessment.declines().isPresent()) {
      declines(assessment.declines().get());
    }
  }

  private static void labs(ClinicalAssessment.Labs labs) throws PoisonRecordException {
    amount(labs.plateletsE9L(), "labs.plateletsE9L");
    amount(labs.inr(), "labs.inr");
    amount(labs.ancE9L(), "labs.ancE9L");
    amount(labs.egfr(), "labs.egfr");
  }

  private static void declines(List<String> declines) throws PoisonRecordException {
    codes(declines, "declines");
    for (int i = 0; i < declines.size(); i++) {
      if (!declines.get(i).equals(ALL) && !RECOMMENDATION_CODES.contains(declines.get(i))) {
        throw new PoisonRecordException(PoisonReason.UNRECOGNIZED_ENUM, "declines[" + i + "]");
      }
    }
  }

  private static void treatment(TreatmentEvent treatment) throws PoisonRecordException {
    id(treatment.orderId(), "orderId");
    text(treatment.agent(), "agent");
    text(treatment.dose(), "dose");
    amount(treatment.doseMg(), "doseMg");
    amount(treatment.doseGy(), "doseGy");
    range(treatment.fractions(), 1, Integer.MAX_VALUE, "fractions");
  }

  private static void response(AlertResponse response) throws PoisonRecordException {
    id(response.alertKey(), "alertKey");
    id(response.gap(), "gap");
    id(response.mdtId(), "mdtId");
    text(response.reason(), "reason");
    range(response.snoozeDays(), 1, 7, "snoozeDays");
    if (response.code().isPresent() && !ALERT_CODES.contains(response.code().get())) {
      throw new PoisonRecordException(PoisonReason.UNRECOGNIZED_ENUM, "code");
    }
    if (response.alertKey().isEmpty() && response.code().isEmpty()) {
      throw new PoisonRecordException(PoisonReason.MISSING_VALUE, "alertKey");
    }
  }

  static void instant(Instant instant, String field) throws PoisonRecordException {
    if (instant.isBefore(EARLIEST) || !instant.isBefore(END)) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, field);
    }
  }

  static void range(OptionalInt value, int least, int most, String field)
      throws PoisonRecordException {
    if (value.isPresent() && (value.getAsInt() < least || value.getAsInt() > most)) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, field);
    }
  }

  /** KPS by itself: the fact refuses a wrong one without naming the field. */
  static void kps(int kps) throws PoisonRecordException {
    if (kps < 0 || kps > 100 || kps % 10 != 0) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, "kps");
    }
  }

  private static void amount(OptionalDouble value, String field) throws PoisonRecordException {
    finite(value, field);
    if (value.isPresent() && value.getAsDouble() < 0) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, field);
    }
  }

  private static void finite(OptionalDouble value, String field) throws PoisonRecordException {
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, field);
    }
  }

  private static void codes(List<String> codes, String field) throws PoisonRecordException {
    if (codes.size() > MAX_CODES) {
      throw new PoisonRecordException(PoisonReason.LIST_TOO_LONG, field);
    }
    for (int i = 0; i < codes.size(); i++) {
      int index = i;
      id(codes.get(i), () -> field + "[" + index + "]");
    }
  }

  /** Whether a text can be an id: not blank, well-formed, at most {@link #MAX_ID_BYTES} long. */
  public static boolean isId(String text) {
    try {
      id(text, "");
      return true;
    } catch (PoisonRecordException _) {
      return false;
    }
  }

  static void id(Optional<String> id, String field) throws PoisonRecordException {
    if (id.isPresent()) {
      id(id.get(), field);
    }
  }

  static void id(String id, String field) throws PoisonRecordException {
    id(id, () -> field);
  }

  private static void id(String id, Path field) throws PoisonRecordException {
    if (id.isBlank()) {
      throw new PoisonRecordException(PoisonReason.MISSING_VALUE, field.path());
    }
    if (utf8Length(id, field) > MAX_ID_BYTES) {
      throw new PoisonRecordException(PoisonReason.TEXT_TOO_LONG, field.path());
    }
  }

  private static void idOrEmpty(String id, String field) throws PoisonRecordException {
    if (utf8Length(id, () -> field) > MAX_ID_BYTES) {
      throw new PoisonRecordException(PoisonReason.TEXT_TOO_LONG, field);
    }
  }

  private static void text(Optional<String> text, String field) throws PoisonRecordException {
    if (text.isPresent()) {
      text(text.get(), () -> field);
    }
  }

  private static void text(String text, Path field) throws PoisonRecordException {
    if (text.length() > MAX_TEXT_LENGTH) {
      throw new PoisonRecordException(PoisonReason.TEXT_TOO_LONG, field.path());
    }
    int unused = utf8Length(text, field);
  }

  /**
   * Length in UTF-8. Half a surrogate pair has no UTF-8: it would be written as another character,
   * and two different ids would become one.
   */
  private static int utf8Length(String text, Path field) throws PoisonRecordException {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        throw new PoisonRecordException(PoisonReason.MALFORMED_TEXT, field.path());
      }
    }
    return length;
  }

  /** Where a value is: put into words only when something is wrong with it. */
  @FunctionalInterface
  private interface Path {
    String path();
  }
}
