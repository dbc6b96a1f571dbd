package io.meninx.journal;

import io.meninx.fact.PatientId;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry of the audit log of a partition, without its link (see {@link Chain}). Every input
 * offset gives exactly one, in the order of processing (contract section 7).
 *
 * @param sequence number in the partition, from 0, without gaps
 * @param disposition what became of the input
 * @param coordinates where the input was read; absent when there was none, which is for CONTINUED
 *     and GUIDELINE_CHANGED only
 * @param logicalTime of the partition when the entry was written, for a TICK after it; absent
 *     before the first tick
 * @param input as it was understood; absent for a DEAD_LETTER and when there was none
 * @param deadLetter for a DEAD_LETTER
 * @param flag why the input was flagged as implausible although kept
 * @param groups decisions in order: timers that fired before the input come first; for a TICK one
 *     for every patient and due instant that was woken, also when nothing changed
 * @param engineVersion of the engine that decided
 * @param settings that decisions depend on, such as debounceMinutes; kept sorted by name
 * @param guidelineHash of the guideline decided by, lower-case hex
 * @param guidelineText the guideline, once for every hash, with GUIDELINE_CHANGED
 */
public record JournalEntry(
    long sequence,
    Disposition disposition,
    Optional<Coordinates> coordinates,
    Optional<Instant> logicalTime,
    Optional<Input> input,
    Optional<DeadLetterRef> deadLetter,
    Optional<Flag> flag,
    List<Group> groups,
    String engineVersion,
    List<Setting> settings,
    String guidelineHash,
    Optional<String> guidelineText) {

  public JournalEntry {
    groups = List.copyOf(groups);
    settings = settings.stream().sorted(Comparator.comparing(Setting::name)).toList();
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence counts from 0");
    }
    if (disposition.ofAnInput() != coordinates.isPresent()) {
      throw new IllegalArgumentException("an input has coordinates, and nothing else has");
    }
    if ((disposition == Disposition.DEAD_LETTER) != deadLetter.isPresent()) {
      throw new IllegalArgumentException("deadLetter belongs to DEAD_LETTER");
    }
  }

  /** What became of an input. */
  public enum Disposition {
    /** Kept and decided on; before the first tick, kept. */
    DECIDED,
    /** Seen before: nothing changed. Also a tick that is not newer than the last. */
    DUPLICATE,
    /** Not kept. */
    DEAD_LETTER,
    /** A tick that moved the logical time. */
    TICK,
    /** No input: the engine met another guideline than the one it had used. */
    GUIDELINE_CHANGED,
    /** No input: decisions that were due at the last tick and did not fit into its entry. */
    CONTINUED;

    /** Whether such an entry is that of an input. */
    public boolean ofAnInput() {
      return this != GUIDELINE_CHANGED && this != CONTINUED;
    }
  }

  /**
   * Where an input was read.
   *
   * @param topic without the prefix
   * @param partition of the topic
   * @param offset in the partition
   * @param recordTimestamp the broker's append time, milliseconds
   */
  public record Coordinates(String topic, int partition, long offset, Instant recordTimestamp) {}

  /**
   * Why an input was not kept and what it was, without its content.
   *
   * @param reason code, for instance UNRECOGNIZED_ENUM
   * @param field path of the field at fault, never its value
   * @param key hash of the raw key; absent when there was none
   * @param value hash of the raw value; absent when there was none
   */
  public record DeadLetterRef(
      String reason, Optional<String> field, Optional<Sha256> key, Optional<Sha256> value) {}

  /**
   * Why an input was flagged as implausible although kept.
   *
   * @param reason code
   * @param field as KIND.field
   */
  public record Flag(String reason, String field) {}

  /**
   * What was decided on one patient at one instant.
   *
   * @param patientId the patient
   * @param at time of the decisions
   * @param cause why the patient was decided on
   * @param held for HELD_INPUT
   * @param events decided, in order
   * @param alerts revisions, in order
   * @param digest of the patient's public state afterwards, see {@link PublicStateDigest}
   */
  public record Group(
      PatientId patientId,
      Instant at,
      Cause cause,
      Optional<Held> held,
      List<PathwayEvent> events,
      List<AlertRevision> alerts,
      Sha256 digest) {
    public Group {
      events = List.copyOf(events);
      alerts = List.copyOf(alerts);
      if ((cause == Cause.HELD_INPUT) != held.isPresent()) {
        throw new IllegalArgumentException("held belongs to HELD_INPUT");
      }
    }
  }

  /** Why a patient was decided on. */
  public enum Cause {
    /** The input of the entry. */
    INPUT,
    /** A due time that was reached. */
    TIMER,
    /** An input kept since before the first tick of the partition. */
    HELD_INPUT,
    /** Another guideline. */
    GUIDELINE
  }

  /**
   * An input that came before the first tick of its partition and is decided now.
   *
   * @param sequence of its own entry
   * @param disposition what became of it: DECIDED, DUPLICATE or DEAD_LETTER
   * @param deadLetter for a DEAD_LETTER
   * @param flag why it was flagged
   */
  public record Held(
      long sequence,
      Disposition disposition,
      Optional<DeadLetterRef> deadLetter,
      Optional<Flag> flag) {}

  /**
   * A setting that decisions depend on.
   *
   * @param name for instance debounceMinutes
   * @param value as text
   */
  public record Setting(String name, String value) {}

  /**
   * Whether its input was kept and not decided on yet: what became of it stands in a group
   * HELD_INPUT of a later entry.
   */
  public boolean holds() {
    return disposition == Disposition.DECIDED
        && flag.isEmpty()
        && groups.stream().noneMatch(group -> group.cause() == Cause.INPUT);
  }

  /** The offset of the input, if there was one. */
  public OptionalLong offset() {
    return coordinates.isPresent()
        ? OptionalLong.of(coordinates.get().offset())
        : OptionalLong.empty();
  }
}
