package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.journal.Chain;
import io.meninx.journal.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * The one row of the store {@code partition}.
 *
 * @param logicalTime the newest accepted tick; absent before the first
 * @param firstTick the first one, by which inputs kept since before it are decided
 * @param nextSequence number of the next journal entry
 * @param link of the last journal entry
 * @param guidelineHash that decisions were made by; empty before the first
 * @param nothingDueBefore where the scan for due timers starts
 * @param heldFrom number of the oldest kept input
 * @param heldTo number after the newest kept input; the same when none is kept
 * @param evaluating whether patients are being evaluated anew after a change of guideline
 * @param evaluated the last patient evaluated anew
 * @param lastTimestamp record time of the last input, milliseconds: that of outputs that no input
 *     caused
 */
record PartitionState(
    Optional<Instant> logicalTime,
    Optional<Instant> firstTick,
    long nextSequence,
    Sha256 link,
    String guidelineHash,
    Optional<Instant> nothingDueBefore,
    long heldFrom,
    long heldTo,
    boolean evaluating,
    Optional<PatientId> evaluated,
    long lastTimestamp) {

  /** Of a partition nothing was read from. */
  static final PartitionState NEW =
      new PartitionState(
          Optional.empty(),
          Optional.empty(),
          0,
          Chain.GENESIS,
          "",
          Optional.empty(),
          0,
          0,
          false,
          Optional.empty(),
          0);

  /** Whether inputs are kept that are not decided yet. */
  boolean holds() {
    return heldFrom < heldTo;
  }

  PartitionState atTick(Instant time) {
    return new PartitionState(
        Optional.of(time),
        firstTick.or(() -> Optional.of(time)),
        nextSequence,
        link,
        guidelineHash,
        nothingDueBefore,
        heldFrom,
        heldTo,
        evaluating,
        evaluated,
        lastTimestamp);
  }

  PartitionState journaled(Sha256 newLink) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence + 1,
        newLink,
        guidelineHash,
        nothingDueBefore,
        heldFrom,
        heldTo,
        evaluating,
        evaluated,
        lastTimestamp);
  }

  PartitionState withGuideline(String hash, boolean evaluate) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence,
        link,
        hash,
        nothingDueBefore,
        heldFrom,
        heldTo,
        evaluate,
        Optional.empty(),
        lastTimestamp);
  }

  PartitionState withNothingDueBefore(Instant time) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence,
        link,
        guidelineHash,
        Optional.of(time),
        heldFrom,
        heldTo,
        evaluating,
        evaluated,
        lastTimestamp);
  }

  PartitionState withHeld(long from, long to) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence,
        link,
        guidelineHash,
        nothingDueBefore,
        from,
        to,
        evaluating,
        evaluated,
        lastTimestamp);
  }

  PartitionState withEvaluated(Optional<PatientId> patient) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence,
        link,
        guidelineHash,
        nothingDueBefore,
        heldFrom,
        heldTo,
        patient.isPresent(),
        patient,
        lastTimestamp);
  }

  PartitionState withLastTimestamp(long timestamp) {
    return new PartitionState(
        logicalTime,
        firstTick,
        nextSequence,
        link,
        guidelineHash,
        nothingDueBefore,
        heldFrom,
        heldTo,
        evaluating,
        evaluated,
        timestamp);
  }
}
