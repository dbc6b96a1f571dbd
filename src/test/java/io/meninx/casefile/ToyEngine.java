package io.meninx.casefile;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RuleRef;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Decision;
import io.meninx.pathway.Decision.Flag;
import io.meninx.pathway.Decision.Kind;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PatientView;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.topology.DecisionEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides nothing of medicine: every fact and every due time gives an event and an alert revision
 * that say when they were decided and how many facts there were, and the next due time is {@link
 * #RHYTHM} later. So a difference in time or order anywhere shows in what is decided.
 */
public final class ToyEngine implements DecisionEngine {

  /**
   * Between two due times; neither a number of hours nor of days, so that it falls between ticks.
   */
  public static final Duration RHYTHM = Duration.ofMinutes(5003);

  private final Guideline guideline = GuidelineEditions.standard();

  @Override
  public Guideline guideline() {
    return guideline;
  }

  @Override
  public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
    if (view.byEventId(fact.header().eventId()).isPresent()) {
      return new Decision(
          Kind.DUPLICATE,
          Optional.empty(),
          Optional.empty(),
          view.state(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          false);
    }
    boolean implausible = fact instanceof CsfResult csf && csf.minutesToProcessing().orElse(0) < 0;
    return decided(
        view,
        fact.header().patientId(),
        now,
        fact.kind().name(),
        1,
        Optional.of(new StoredFact(fact, receivedAt)),
        implausible
            ? Optional.of(new Flag("PROCESSED_BEFORE_COLLECTED", "CSF.minutesToProcessing"))
            : Optional.empty());
  }

  @Override
  public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
    return decided(view, patient, dueAt, "TIME", 0, Optional.empty(), Optional.empty());
  }

  @Override
  public Decision reevaluate(PatientView view, PatientId patient, Instant now) {
    throw new UnsupportedOperationException("the guideline of a toy does not change");
  }

  private static Decision decided(
      PatientView view,
      PatientId patient,
      Instant at,
      String code,
      int more,
      Optional<StoredFact> store,
      Optional<Flag> flag) {
    int facts = view.state().factCount() + more;
    PathwayEvent event = event(patient, at, code + " " + facts);
    int revision =
        view.state().alerts().isEmpty()
            ? 1
            : view.state().alerts().getFirst().last().revision() + 1;
    AlertRevision alert = alert(patient, at, revision);
    PatientState state =
        new PatientState(
            facts,
            view.state().retained(),
            view.state().frontier(),
            view.state().corrections(),
            List.of(
                new io.meninx.pathway.OpenAlert(
                    alert, List.of(), at, 0, alert.audience(), Optional.empty(), Optional.empty())),
            visible(at),
            Optional.empty(),
            Optional.of(at.plus(RHYTHM)));
    return new Decision(
        Kind.DECIDED,
        Optional.empty(),
        flag,
        state,
        store,
        List.of(event),
        List.of(alert),
        List.of(),
        true);
  }

  private static PathwayEvent event(PatientId patient, Instant at, String code) {
    return new PathwayEvent(
        patient.value() + " " + at + " " + code,
        EventType.RESPONSE_ASSESSED,
        code,
        at,
        RuleRef.of("S27"),
        Outcome.MET,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static AlertRevision alert(PatientId patient, Instant at, int revision) {
    return new AlertRevision(
        patient.value() + "-alert",
        revision,
        AlertCode.KPS_MISSING_OR_STALE,
        AlertState.ACTIVE,
        Optional.empty(),
        Priority.ROUTINE,
        false,
        at,
        Optional.of(at.plus(RHYTHM)),
        List.of(Audience.DATA_STEWARD),
        "a toy's alert",
        Optional.empty(),
        false,
        RuleRef.of("S24"),
        List.of(),
        List.of("PERFORMANCE.kps"),
        Optional.empty());
  }

  private static PublicState visible(Instant at) {
    PublicState empty = PublicState.EMPTY;
    return new PublicState(
        empty.type(),
        empty.certainty(),
        empty.statusGroup(),
        empty.stage(),
        List.of(),
        List.of(),
        List.of(
            new AlertLine(
                AlertCode.KPS_MISSING_OR_STALE,
                Optional.empty(),
                Priority.ROUTINE,
                AlertState.ACTIVE,
                Optional.empty(),
                Optional.of(at.plus(RHYTHM)))),
        List.of());
  }
}
