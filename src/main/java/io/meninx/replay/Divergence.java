package io.meninx.replay;

import io.meninx.fact.PatientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision that was recorded otherwise than it is made now; one line of {@code diff.jsonl}
 * (contract section 7).
 *
 * @param position the entry
 * @param patient whom it is about; absent when the entry is about nobody
 * @param at time of the decision
 * @param subject what differs
 * @param name which one: type and code of an event, code and gap of an alert; empty for a state and
 *     for an entry
 * @param fields all fields that differ, at least one. Of a decision that is on one side only the
 *     one field {@code decision}
 * @param rule behind the decision, as recorded, or else as recomputed
 * @param engineVersion of the engine that recorded it
 * @param otherEngine whether that is another version than the one that recomputed, or the patient
 *     was decided on otherwise by another one before, so that this follows from it: such
 *     differences are told apart
 */
public record Divergence(
    JournalPosition position,
    Optional<PatientId> patient,
    Optional<Instant> at,
    Subject subject,
    String name,
    List<FieldChange> fields,
    Optional<String> rule,
    String engineVersion,
    boolean otherEngine) {

  public Divergence {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a difference is in at least one field");
    }
  }

  /** What can differ. */
  public enum Subject {
    /** What became of the input, its flag, or the logical time. */
    ENTRY,
    /** That a patient was decided on at all, or when, or why. */
    GROUP,
    /** A pathway event. */
    EVENT,
    /** A revision of an alert. */
    ALERT,
    /** The digest of the public state, while all decisions agree. */
    STATE
  }

  /**
   * A field that differs.
   *
   * @param field its name
   * @param recorded its value in the journal; absent when there is none
   * @param recomputed its value now; absent when there is none
   */
  public record FieldChange(String field, Optional<String> recorded, Optional<String> recomputed) {}
}
