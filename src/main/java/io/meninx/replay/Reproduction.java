package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.DeadLetterRef;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Flag;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.PoisonReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Decides every entry again, by the guideline and settings it was decided by, and compares. The
 * journal says in which entry due work was done, since that depended on load; what had to be done,
 * at which instant, and that nothing was left out is decided here:
 *
 * <ul>
 *   <li>a timer fires when the recomputed state asks for it, at its own due instant, before the
 *       patient's next input and not after a later timer of anybody; and a tick finds some when
 *       there are any;
 *   <li>inputs held since before the first tick are decided in order of arrival;
 *   <li>after a change of guideline the patients are evaluated in the order of the store.
 * </ul>
 *
 * What the journal has and the recomputation has not, or the other way round, is a difference; the
 * recomputation goes on by its own state.
 */
final class Reproduction implements Recomputation {
  private final ReplayOptions options;
  private final Engines engines;
  private final Consumer<Divergence> found;
  private final Ward ward;
  private final TreeMap<Long, HeldFact> held = new TreeMap<>();

  /** Patients in the order of the store, as UTF-8 bytes; the evaluation goes through them. */
  private final TreeSet<byte[]> order = new TreeSet<>(Arrays::compareUnsigned);

  private Optional<Instant> now = Optional.empty();
  private Optional<String> guideline = Optional.empty();
  private byte[] evaluated = {};

  /**
   * The last of the patients that there were when the guideline changed, while it is not known
   * whether all of them were evaluated.
   */
  private Optional<byte[]> lastToEvaluate = Optional.empty();

  private Optional<PathwayEngine> last = Optional.empty();

  /** What was due up to here may have been decided in an entry that was erased. */
  private Instant mayBeErased = Instant.MIN;

  private record HeldFact(Fact fact, Instant receivedAt) {}

  Reproduction(
      ReplayOptions options, Engines engines, Watcher watcher, Consumer<Divergence> found) {
    this.ward = new Ward(watcher);
    this.options = options;
    this.engines = engines;
    this.found = found;
  }

  @Override
  public long patients() {
    return ward.known();
  }

  @Override
  public Optional<Standing> standing(PatientId patient) {
    return now.flatMap(at -> last.map(engine -> ward.standing(patient, engine, at)));
  }

  @Override
  public void erased(JournalRecord.Erased entry) {
    entry.logicalTime().ifPresent(this::moveTo);
    mayBeErased = now.orElse(Instant.MIN);
    lastToEvaluate = Optional.empty(); // the evaluation may have ended in this entry
  }

  @Override
  public Outcome entry(JournalPosition position, JournalEntry entry) {
    ward.at(position);
    boolean otherEngine = !entry.engineVersion().equals(options.engineVersion());
    GroupComparison comparison = new GroupComparison(position, entry, otherEngine, found);
    changeGuideline(entry);
    time(entry, comparison);
    Optional<PathwayEngine> engine = engines.of(entry.guidelineHash(), entry.settings());
    if (engine.isPresent()) {
      last = engine;
      new Step(entry, comparison, engine.get()).run();
    } else if (!entry.groups().isEmpty()) {
      comparison.entryField(Optional.empty(), "guidelineHash", entry.guidelineHash(), "unknown");
    }
    return comparison.differences() == 0
        ? Outcome.IDENTICAL
        : otherEngine ? Outcome.ENGINE_CHANGED : Outcome.DIVERGED;
  }

  private void changeGuideline(JournalEntry entry) {
    if (guideline.filter(entry.guidelineHash()::equals).isEmpty()) {
      lastToEvaluate =
          guideline.isPresent() && !order.isEmpty() ? Optional.of(order.last()) : Optional.empty();
      guideline = Optional.of(entry.guidelineHash());
      evaluated = new byte[0];
    }
  }

  private void time(JournalEntry entry, GroupComparison comparison) {
    if (entry.input().orElse(null) instanceof Input.OfTick tick) {
      boolean newer = now.filter(time -> !tick.time().isAfter(time)).isEmpty();
      comparison.entryField(
          Optional.empty(),
          "disposition",
          entry.disposition(),
          newer ? Disposition.TICK : Disposition.DUPLICATE);
      if (newer) {
        moveTo(tick.time().truncatedTo(ChronoUnit.MICROS));
      }
    }
    comparison.entryField(Optional.empty(), "logicalTime", entry.logicalTime(), now);
  }

  private void moveTo(Instant time) {
    if (now.filter(time::isBefore).isEmpty()) {
      now = Optional.of(time);
    }
  }

  private byte[] key(PatientId patient) {
    return patient.value().getBytes(StandardCharsets.UTF_8);
  }

  /** One entry. */
  private final class Step {
    private final JournalEntry entry;
    private final GroupComparison comparison;
    private final PathwayEngine engine;

    Step(JournalEntry entry, GroupComparison comparison, PathwayEngine engine) {
      this.entry = entry;
      this.comparison = comparison;
      this.engine = engine;
    }

    void run() {
      Optional<Group> onInput = Optional.empty();
      List<Group> groups = entry.groups();
      for (int i = 0; i < groups.size(); i++) {
        Group group = groups.get(i);
        if (!options.wants(group.patientId())) {
          continue;
        }
        switch (group.cause()) {
          case TIMER -> timer(group, ofDueWork(groups, i));
          case HELD_INPUT -> held(group);
          case GUIDELINE -> guideline(group);
          case INPUT -> onInput = Optional.of(group);
        }
      }
      if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)) {
        if (options.wants(fact.header().patientId())) {
          fact(fact, onInput);
        }
      } else {
        onInput.ifPresent(comparison::onlyRecorded);
      }
      if (entry.disposition() == Disposition.TICK && groups.isEmpty()) {
        leftAtTick();
      }
    }

    /**
     * The entry of a tick has due work whenever there is any: these timers did not fire, and an
     * evaluation that is not over ended half-way.
     */
    private void leftAtTick() {
      if (options.patients().isEmpty()
          && lastToEvaluate
              .filter(patient -> Arrays.compareUnsigned(patient, evaluated) > 0)
              .isPresent()) {
        comparison.entryField(Optional.empty(), "evaluated", "all patients", "some are left");
      }
      lastToEvaluate = Optional.empty();
      Optional<Ward.Timer> first = ward.firstTimer();
      while (first.filter(timer -> now.filter(timer.dueAt()::isAfter).isEmpty()).isPresent()) {
        fireUnrecorded(first.get().patient(), first.get().dueAt());
        first = ward.firstTimer();
      }
    }

    /**
     * Whether a timer fired because its turn had come, and not because its patient was to be
     * decided on.
     */
    private boolean ofDueWork(List<Group> groups, int index) {
      if (entry.disposition().ofAnInput() && entry.disposition() != Disposition.TICK) {
        return false;
      }
      for (Group later : groups.subList(index + 1, groups.size())) {
        if (!later.patientId().equals(groups.get(index).patientId())) {
          return true;
        }
        if (later.cause() != Cause.TIMER) {
          return false;
        }
      }
      return true;
    }

    private void timer(Group recorded, boolean inTurn) {
      PatientId patient = recorded.patientId();
      if (inTurn) {
        passedOver(patient, recorded.at());
      }
      unrecorded(patient, recorded.at().minus(1, ChronoUnit.MICROS));
      if (ward.due(patient).filter(recorded.at()::equals).isPresent()) {
        comparison.compare(recorded, ward.wake(engine, patient, recorded.at()));
      } else {
        comparison.onlyRecorded(recorded);
      }
    }

    /** Timers of others that should have fired earlier than this one. */
    private void passedOver(PatientId patient, Instant at) {
      Optional<Ward.Timer> first = ward.firstTimer();
      while (first.filter(timer -> timer.dueAt().isBefore(at)).isPresent()
          && !first.get().patient().equals(patient)) {
        fireUnrecorded(first.get().patient(), first.get().dueAt());
        first = ward.firstTimer();
      }
    }

    /** The patient's own timers up to a time, none of which is in the journal. */
    private void unrecorded(PatientId patient, Instant until) {
      Optional<Instant> due = ward.due(patient);
      while (due.filter(time -> !time.isAfter(until)).isPresent()) {
        fireUnrecorded(patient, due.get());
        due = ward.due(patient);
      }
    }

    private void fireUnrecorded(PatientId patient, Instant dueAt) {
      Group recomputed = ward.wake(engine, patient, dueAt);
      if (dueAt.isAfter(mayBeErased)) {
        comparison.onlyRecomputed(recomputed);
      }
    }

    private void held(Group recorded) {
      long sequence = recorded.held().orElseThrow().sequence();
      earlierHeld(sequence, recorded.at());
      HeldFact fact = held.remove(sequence);
      if (fact == null || !fact.fact().header().patientId().equals(recorded.patientId())) {
        comparison.onlyRecorded(recorded);
        return;
      }
      Optional<DeadLetterRef> letter = recorded.held().flatMap(JournalEntry.Held::deadLetter);
      Group recomputed =
          letter.filter(Step::undecided).isPresent()
              ? refused(recorded, letter)
              : decideHeld(sequence, fact, recorded.at(), letter);
      comparison.compare(recorded, recomputed);
    }

    private Group refused(Group recorded, Optional<DeadLetterRef> letter) {
      unrecorded(recorded.patientId(), recorded.at());
      return ward.refusedGroup(
          recorded.patientId(), recorded.at(), recorded.held().orElseThrow().sequence(), letter);
    }

    /**
     * Whether an input was put aside before it was decided: by an operator, or for the size of the
     * patient's row. As for every dead letter, that is taken over and not made again.
     */
    private static boolean undecided(DeadLetterRef letter) {
      return letter.reason().equals(PoisonReason.SKIPPED_BY_OPERATOR.name())
          || letter.reason().equals(PoisonReason.PATIENT_TOO_LARGE.name());
    }

    /** Inputs held earlier than this one, whose decisions are not in the journal. */
    private void earlierHeld(long sequence, Instant at) {
      while (!held.isEmpty() && held.firstKey() < sequence) {
        var first = held.pollFirstEntry();
        Group recomputed = decideHeld(first.getKey(), first.getValue(), at, Optional.empty());
        if (at.isAfter(mayBeErased)) {
          comparison.onlyRecomputed(recomputed);
        }
      }
    }

    /** The hashes of a dead letter are those of bytes that are not here: they are taken over. */
    private Group decideHeld(
        long sequence, HeldFact kept, Instant at, Optional<DeadLetterRef> recorded) {
      PatientId patient = kept.fact().header().patientId();
      unrecorded(patient, at);
      Decision decision = ward.decide(engine, kept.fact(), kept.receivedAt(), at);
      remember(patient, decision);
      Optional<DeadLetterRef> letter =
          decision.kind() == Decision.Kind.REJECTED
              ? Optional.of(
                  new DeadLetterRef(
                      Ward.rejection(decision),
                      Optional.empty(),
                      recorded.flatMap(DeadLetterRef::key),
                      recorded.flatMap(DeadLetterRef::value)))
              : Optional.empty();
      return ward.heldGroup(patient, decision, at, sequence, letter);
    }

    private void guideline(Group recorded) {
      byte[] expected = order.higher(evaluated);
      byte[] evaluatedNow = key(recorded.patientId());
      if (options.patients().isEmpty() && !Arrays.equals(expected, evaluatedNow)) {
        comparison.entryField(
            Optional.of(recorded), "evaluated", "this patient", "another one is next");
      }
      evaluated = evaluatedNow;
      unrecorded(recorded.patientId(), recorded.at());
      comparison.compare(recorded, ward.reevaluate(engine, recorded.patientId(), recorded.at()));
    }

    private void fact(Fact fact, Optional<Group> recorded) {
      PatientId patient = fact.header().patientId();
      Instant receivedAt = entry.coordinates().orElseThrow().recordTimestamp();
      boolean keeps =
          entry.disposition() == Disposition.DECIDED
              && recorded.isEmpty()
              && entry.flag().isEmpty();
      if (now.isEmpty() || (keeps && !held.isEmpty())) {
        held.put(entry.sequence(), new HeldFact(fact, receivedAt));
        recorded.ifPresent(comparison::onlyRecorded);
        return;
      }
      Instant at = now.get();
      unrecorded(patient, at);
      Decision decision = ward.decide(engine, fact, receivedAt, at);
      remember(patient, decision);
      comparison.entryField(
          recorded, "disposition", entry.disposition(), Ward.disposition(decision));
      Optional<Flag> flag = Ward.flag(decision);
      comparison.entryField(recorded, "flag", entry.flag(), flag);
      compareOnInput(patient, decision, at, recorded);
    }

    private void compareOnInput(
        PatientId patient, Decision decision, Instant at, Optional<Group> recorded) {
      if (decision.kind() != Decision.Kind.DECIDED) {
        recorded.ifPresent(comparison::onlyRecorded);
        return;
      }
      Group recomputed = ward.group(patient, decision, at, Cause.INPUT, Optional.empty());
      recorded.ifPresentOrElse(
          group -> comparison.compare(group, recomputed),
          () -> comparison.onlyRecomputed(recomputed));
    }

    private void remember(PatientId patient, Decision decision) {
      if (decision.kind() == Decision.Kind.DECIDED) {
        order.add(key(patient));
      }
    }
  }
}
