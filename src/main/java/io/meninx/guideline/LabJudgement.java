package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Platelets and INR at an act (G37, G38): values at most 48 hours old at its observedAt; or fitting
 * ones stated later, which end the hold.
 *
 * @param fits whether both are known, recent and in limits
 * @param stop whether platelets are below the hard stop
 * @param evidence values looked at
 * @param missing values not known or too old
 */
record LabJudgement(boolean fits, boolean stop, List<Evidence> evidence, List<String> missing) {

  static LabJudgement of(Act act, Picture picture, Parameters.Labs limits) {
    LabJudgement then = judge(act, picture, limits, false);
    if (then.fits) {
      return then;
    }
    LabJudgement since = judge(act, picture, limits, true);
    return since.fits ? since : then;
  }

  private static LabJudgement judge(
      Act act, Picture picture, Parameters.Labs limits, boolean later) {
    Duration age = Duration.ofHours(limits.maximumAgeHours());
    List<Known<ClinicalAssessment>> usable = new ArrayList<>();
    for (Known<ClinicalAssessment> known : picture.assessments(Statement.LABS)) {
      boolean recent = act.known().observed().atMostAfter(known.observed(), age);
      boolean after = act.known().before(known);
      if (recent || (later && after)) {
        usable.add(known);
      }
    }
    LabValues labs = LabValues.of(usable);
    List<Evidence> evidence = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    boolean platelets =
        within(labs.platelets(), evidence, missing, LabValues.PLATELETS)
            && labs.platelets().orElseThrow().number() >= limits.minimumPlateletsE9L();
    boolean inr =
        within(labs.inr(), evidence, missing, LabValues.INR)
            && labs.inr().orElseThrow().number() <= limits.maximumInr();
    boolean stop =
        labs.platelets().map(value -> value.number() < limits.stopPlateletsE9L()).orElse(false);
    return new LabJudgement(platelets && inr, stop, evidence, missing);
  }

  private static boolean within(
      Optional<LabValues.Value> value,
      List<Evidence> evidence,
      List<String> missing,
      String field) {
    if (value.isEmpty()) {
      missing.add(field);
      return false;
    }
    evidence.add(value.get().evidence());
    return true;
  }
}
