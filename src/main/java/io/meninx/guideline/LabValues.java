package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.Labs;
import io.meninx.fact.ObservedAt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Last stated blood values as of a clinical time, each with its own age (G36-G38).
 *
 * @param platelets 10^9/L
 * @param inr ratio
 * @param anc 10^9/L
 * @param egfr mL/min/1.73 m2
 */
record LabValues(
    Optional<Value> platelets, Optional<Value> inr, Optional<Value> anc, Optional<Value> egfr) {

  static final String PLATELETS = "ASSESSMENT.labs.plateletsE9L";
  static final String INR = "ASSESSMENT.labs.inr";
  static final String ANC = "ASSESSMENT.labs.ancE9L";
  static final String EGFR = "ASSESSMENT.labs.egfr";

  /**
   * One value.
   *
   * @param number in its unit
   * @param name field name
   * @param known assessment that states it
   */
  record Value(double number, String name, Known<ClinicalAssessment> known) {
    ObservedAt observed() {
      return known.observed();
    }

    Evidence evidence() {
      return known.evidence(name + "=" + number);
    }
  }

  /** The last values stated in these assessments. */
  static LabValues of(List<Known<ClinicalAssessment>> assessments) {
    return new LabValues(
        last(assessments, "plateletsE9L", Labs::plateletsE9L),
        last(assessments, "inr", Labs::inr),
        last(assessments, "ancE9L", Labs::ancE9L),
        last(assessments, "egfr", Labs::egfr));
  }

  private static Optional<Value> last(
      List<Known<ClinicalAssessment>> assessments,
      String name,
      Function<Labs, OptionalDouble> field) {
    for (int i = assessments.size() - 1; i >= 0; i--) {
      Optional<Labs> labs = assessments.get(i).fact().labs();
      if (labs.isPresent() && field.apply(labs.get()).isPresent()) {
        return Optional.of(
            new Value(field.apply(labs.get()).getAsDouble(), name, assessments.get(i)));
      }
    }
    return Optional.empty();
  }
}
