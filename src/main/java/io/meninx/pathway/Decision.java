package io.meninx.pathway;

import io.meninx.fact.StoredFact;
import java.util.List;
import java.util.Optional;

/**
 * What the engine decided on one input or timer, and what is to be written. Nothing was written yet
 * (invariant 7).
 *
 * @param kind what became of the input
 * @param rejected why it was not kept, for REJECTED
 * @param flag why it was flagged as implausible although kept
 * @param state of the patient afterwards
 * @param store the fact version to add, if any
 * @param events decided, in order
 * @param alerts revisions, in order
 * @param ended alert keys that ended, with their last revision: to be remembered so that revisions
 *     count up
 * @param visibleChanged whether the public state differs from before, or is the first one
 */
public record Decision(
    Kind kind,
    Optional<Rejection> rejected,
    Optional<Flag> flag,
    PatientState state,
    Optional<StoredFact> store,
    List<PathwayEvent> events,
    List<AlertRevision> alerts,
    List<Ended> ended,
    boolean visibleChanged) {

  public Decision {
    events = List.copyOf(events);
    alerts = List.copyOf(alerts);
    ended = List.copyOf(ended);
  }

  /** What became of an input. */
  public enum Kind {
    /** Kept and decided on. */
    DECIDED,
    /** Seen before: nothing changes. */
    DUPLICATE,
    /** Not kept: a dead letter. */
    REJECTED
  }

  /** Why an input that could be read was not kept. */
  public enum Rejection {
    EVENT_ID_REUSED,
    PATIENT_TOO_LARGE
  }

  /**
   * A well-formed but implausible value: kept, flagged, DATA_CONFLICT.
   *
   * @param reason for instance OBSERVED_IN_FUTURE
   * @param field as KIND.field
   */
  public record Flag(String reason, String field) {}

  /**
   * An alert that ended.
   *
   * @param alertKey its key
   * @param revision its last revision
   */
  public record Ended(String alertKey, int revision) {}
}
