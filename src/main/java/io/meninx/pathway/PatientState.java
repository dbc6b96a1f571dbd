package io.meninx.pathway;

import io.meninx.fact.ReportList;
import io.meninx.guideline.Correction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a patient between decisions, beside the facts themselves: enough to decide on the
 * next fact without reading the others (invariant 10).
 *
 * @param factCount fact versions stored, responses included; bounded (invariant 12)
 * @param retained the reports that can still matter to a rule, in fold order, each with all its
 *     versions
 * @param frontier number of reports at the head of {@code retained} that were already thinned out:
 *     a fact that sorts before the last of them needs the store of facts
 * @param corrections decisions whose basis changed, still worth telling, and those before them in
 *     an unbroken chain
 * @param alerts open alerts, sorted by code, then gap
 * @param visible the public state after the last decision
 * @param responseAssessed the last assessed response with its report, so that it is told once
 * @param nextDue when something changes by time alone, if ever
 */
public record PatientState(
    int factCount,
    ReportList retained,
    int frontier,
    List<Correction> corrections,
    List<OpenAlert> alerts,
    PublicState visible,
    Optional<String> responseAssessed,
    Optional<Instant> nextDue) {

  /** Of a patient nothing is known of. */
  public static final PatientState EMPTY =
      new PatientState(
          0,
          ReportList.EMPTY,
          0,
          List.of(),
          List.of(),
          PublicState.EMPTY,
          Optional.empty(),
          Optional.empty());

  public PatientState {
    corrections = List.copyOf(corrections);
    alerts = List.copyOf(alerts);
  }
}
