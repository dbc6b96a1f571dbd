package io.meninx.casefile;

import io.meninx.casefile.CaseResult.DecidedBy;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientState;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays cases through the pure core alone: the same decisions as {@link CasePlayer}, and what the
 * core knows of the patient at the end, for explanations.
 */
public final class MemoryCasePlayer {
  private final PathwayEngine engine;

  /** A player that decides with this engine. */
  public MemoryCasePlayer(PathwayEngine engine) {
    this.engine = engine;
  }

  /**
   * A case that was played.
   *
   * @param result what {@code play} writes
   * @param state what is kept of the patient at the end
   */
  public record Played(CaseResult result, PatientState state) {}

  /** Plays a case from its first fact to its end. */
  public Played play(CaseFile file) {
    List<PathwayEvent> events = new ArrayList<>();
    List<AlertRevision> alerts = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    MemoryPatient patient =
        new MemoryPatient(
            engine,
            (_, _, decision) -> {
              events.addAll(decision.events());
              alerts.addAll(decision.alerts());
            });
    for (CaseFile.Arrival arrival : file.arrivals()) {
      patient
          .arrive(arrival.fact(), arrival.at())
          .flag()
          .ifPresent(it -> rejected.add(new Rejected(arrival.index(), it.reason(), it.field())));
    }
    patient.until(file.end());
    CaseResult result =
        new CaseResult(
            file.name(),
            DecidedBy.of(engine.guideline()),
            events,
            alerts,
            rejected,
            file.end(),
            patient.state().visible());
    return new Played(result, patient.state());
  }
}
