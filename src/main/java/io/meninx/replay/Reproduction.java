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
import io.meninx.replay.Pasts.Past;
import io.meninx.wire.PoisonReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private final Watcher watcher;
  private final Consumer<Divergence> found;
  private final Ward ward;
  private final Pasts pasts = new Pasts();
  private final TreeMap<Long, HeldFact> held = new TreeMap<>();

  private final Reevaluation reevaluation = new Reevaluation();

  private Optional<Instant> now = Optional.empty();
  private Optional<Instant> firstTick = Optional.empty();
  private Optional<String> guideline = Optional.empty();
  private Optional<PathwayEngine> last = Optional.empty();

  /** The last entry that is not erased. */
  private Optional<Step> lastStep = Optional.empty();

  /** Number of the last entry that is. */
  private long lastErased;

  /** What was due up to here may have been decided in an entry that was erased. */
  private Instant mayBeErased = Instant.MIN;

  /** The guideline of the last entry that was erased. */
  private Optional<String> erasedGuideline = Optional.empty();

  private boolean anyErased;

  /** Whether the journal does not begin with its first entry. */
  private boolean beginsLate;

  /** Logical time from which on whoever is met may be new. */
  private Instant settled = Instant.MIN;

  /** Others about whom decisions stood in an entry that was erased. */
  private final Set<PatientId> inErased = new HashSet<>();

  /**
   * An input that is held. As long as any is, every fact that comes is, so all of them count.
   *
   * @param fact absent when it is not to be decided again
   * @param at logical time when it came; absent before the first tick, at which it is decided then
   */
  private record HeldFact(Optional<Fact> fact, Instant receivedAt, Optional<Instant> at) {}

  Reproduction(
      ReplayOptions options, Engines engines, Watcher watcher, Consumer<Divergence> found) {
    this.ward = new Ward(watcher);
    this.watcher = watcher;
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
    return isLost(patient)
        ? Optional.empty()
        : now.flatMap(at -> last.map(engine -> ward.standing(patient, engine, at)));
  }

  @Override
  public long erasedPatients() {
    return pasts.erased();
  }

  @Override
  public ErasedPart erasedOf(PatientId patient) {
    if (pasts.of(patient) == Past.MISSING) {
      return ErasedPart.MISSING_PAST;
    }
    if (pasts.of(patient) == Past.UNSEEN) {
      return ErasedPart.UNSEEN_PAST;
    }
    return isLost(patient)
        ? ErasedPart.PAST
        : inErased.contains(patient) ? ErasedPart.DECISIONS : ErasedPart.NOTHING;
  }

  @Override
  public long missingPatients() {
    return pasts.missing();
  }

  /** Whether decisions on this patient can't be made again. */
  private boolean isLost(PatientId patient) {
    Past past = pasts.of(patient);
    return past == Past.ERASED || past == Past.MISSING;
  }

  /**
   * The time that the missing entries came to is taken over, and so is how far an evaluation came.
   * The guideline was told in one of them, perhaps.
   */
  @Override
  public void beginsLate(Optional<Instant> logicalTime, Disposition disposition) {
    beginsLate = true;
    if (disposition != Disposition.TICK) {
      logicalTime.ifPresent(this::moveTo);
    }
    settleFrom(logicalTime);
    reevaluation.erased();
    engines.learnShipped();
  }

  private void settleFrom(Optional<Instant> logicalTime) {
    settled = logicalTime.map(time -> time.plus(Pasts.SETTLING)).orElse(Instant.MAX);
  }

  @Override
  public void erased(JournalRecord.Erased entry) {
    anyErased = true;
    lastErased = entry.sequence();
    if (entry.disposition() == Disposition.DECIDED && (now.isEmpty() || !held.isEmpty())) {
      Instant receivedAt = entry.coordinates().orElseThrow().recordTimestamp();
      held.put(entry.sequence(), new HeldFact(Optional.empty(), receivedAt, now));
    }
    entry.logicalTime().ifPresent(this::moveTo);
    erasedGuideline = Optional.of(entry.guidelineHash());
    mayBeErased = now.orElse(Instant.MIN);
    reevaluation.erased();
  }

  @Override
  public Outcome entry(JournalPosition position, JournalEntry entry) {
    ward.at(position);
    boolean otherEngine = !entry.engineVersion().equals(options.engineVersion());
    GroupComparison comparison = new GroupComparison(position, entry, otherEngine, pasts, found);
    changeGuideline(entry);
    time(entry, comparison);
    Optional<PathwayEngine> engine = engines.of(entry.guidelineHash(), entry.settings());
    if (engine.isPresent()) {
      last = engine;
      Step step = new Step(position, entry, comparison, engine.get());
      step.run();
      lastStep = Optional.of(step);
    } else if (beginsLate) {
      takeOver(entry, comparison);
    } else if (!entry.groups().isEmpty()) {
      comparison.entryField("guidelineHash", entry.guidelineHash(), "unknown");
    }
    return comparison.outcome();
  }

  /** What was due when the last entries were erased stood in them: nothing else shows it. */
  @Override
  public void end() {
    lastStep
        .filter(_ -> anyErased && watcher.looks())
        .ifPresent(step -> step.at(lastErased).dueInErased());
  }

  /**
   * The text of the guideline is missing, before the first entry: nothing can be decided by it, so
   * that nobody's past is known any more, and whoever is met later may have one.
   */
  private void takeOver(JournalEntry entry, GroupComparison comparison) {
    Set<PatientId> lost = new HashSet<>(ward.patients());
    entry.groups().forEach(group -> lost.add(group.patientId()));
    PartitionReplay.patientOf(entry).ifPresent(lost::add);
    for (PatientId patient : lost) {
      if (options.wants(patient)) {
        pasts.lose(patient);
        ward.forget(patient);
      }
    }
    if (!entry.groups().isEmpty() || PartitionReplay.patientOf(entry).isPresent()) {
      comparison.restsOnMissing();
    }
    held.clear();
    reevaluation.erased();
    settleFrom(entry.logicalTime());
  }

  private void changeGuideline(JournalEntry entry) {
    if (guideline.filter(entry.guidelineHash()::equals).isEmpty()) {
      if (guideline.isPresent()) {
        reevaluation.begin();
      }
      guideline = Optional.of(entry.guidelineHash());
    }
  }

  private void time(JournalEntry entry, GroupComparison comparison) {
    if (entry.input().orElse(null) instanceof Input.OfTick tick) {
      boolean newer = now.filter(time -> !tick.time().isAfter(time)).isEmpty();
      comparison.entryField(
          "disposition", entry.disposition(), newer ? Disposition.TICK : Disposition.DUPLICATE);
      if (newer) {
        moveTo(tick.time().truncatedTo(ChronoUnit.MICROS));
      }
    }
    comparison.entryField("logicalTime", entry.logicalTime(), now);
  }

  private void moveTo(Instant time) {
    if (now.filter(time::isBefore).isEmpty()) {
      now = Optional.of(time);
      firstTick = firstTick.or(() -> now);
    }
  }

  /** One entry. */
  private final class Step {
    private final JournalPosition position;
    private final JournalEntry entry;
    private final GroupComparison comparison;
    private final PathwayEngine engine;

    Step(
        JournalPosition position,
        JournalEntry entry,
        GroupComparison comparison,
        PathwayEngine engine) {
      this.position = position;
      this.entry = entry;
      this.comparison = comparison;
      this.engine = engine;
    }

    void run() {
      int last = lastHeld();
      Optional<Group> onInput = Optional.empty();
      List<Group> groups = entry.groups();
      for (int i = 0; i < groups.size(); i++) {
        Group group = groups.get(i);
        if (i > last) {
          nothingIsHeld();
        }
        if (group.cause() == Cause.INPUT) {
          onInput = Optional.of(group).filter(one -> options.wants(one.patientId()));
        } else if (looksAt(group.patientId())) {
          ofDueWork(groups, i);
          forgetLost(group.patientId());
        } else {
          takeOver(group);
        }
      }
      if (showsThatNothingIsHeld()) {
        nothingIsHeld();
      }
      if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)) {
        fact(fact, onInput);
        forgetLost(fact.header().patientId());
      } else {
        onInput.ifPresent(comparison::onlyRecorded);
      }
      if (entry.disposition() == Disposition.TICK && groups.isEmpty()) {
        leftAtTick();
      }
    }

    private void ofDueWork(List<Group> groups, int index) {
      Group group = groups.get(index);
      switch (group.cause()) {
        case TIMER -> timer(group, inTurn(groups, index));
        case HELD_INPUT -> held(group);
        case GUIDELINE -> guideline(group);
        case INPUT -> throw new IllegalStateException("no due work");
      }
    }

    /** Whether decisions on this patient are asked for, and can be made again. */
    private boolean looksAt(PatientId patient) {
      if (!options.wants(patient)) {
        return false;
      }
      if (beginsLate && !ward.knows(patient)) {
        pasts.meetsAfterMissing(patient, now.filter(settled::isBefore).isPresent());
      } else if (anyErased && !ward.knows(patient)) {
        pasts.meets(patient);
      }
      if (pasts.of(patient) == Past.MISSING) {
        comparison.restsOnMissing();
        return false;
      }
      if (isLost(patient)) {
        comparison.restsOnErased();
        return false;
      }
      return true;
    }

    private void forgetLost(PatientId patient) {
      if (isLost(patient)) {
        ward.forget(patient);
      }
    }

    /** What is not looked at, but for the place it has among the others. */
    private void takeOver(Group group) {
      if (group.cause() == Cause.HELD_INPUT) {
        held.remove(group.held().orElseThrow().sequence());
      } else if (group.cause() == Cause.GUIDELINE) {
        reevaluation.reached(group.patientId());
      }
    }

    /**
     * The last group of an input that was held; those behind it, and others in an entry without
     * any, are made only when nothing is held any more.
     */
    private int lastHeld() {
      List<Group> groups = entry.groups();
      int last = held.isEmpty() ? -1 : groups.size() - 1;
      while (last >= 0 && groups.get(last).cause() != Cause.HELD_INPUT) {
        last--;
      }
      return last;
    }

    /** Whether the input was dealt with in a way in which it is only when nothing is held. */
    private boolean showsThatNothingIsHeld() {
      return switch (entry.disposition()) {
        case DECIDED -> entry.flag().isPresent();
        case DUPLICATE -> entry.input().orElse(null) instanceof Input.OfFact;
        case TICK -> entry.groups().isEmpty();
        case DEAD_LETTER, CONTINUED, GUIDELINE_CHANGED -> false;
      };
    }

    private void nothingIsHeld() {
      earlierHeld(Long.MAX_VALUE);
    }

    /**
     * The entry of a tick has due work whenever there is any: these timers did not fire, and an
     * evaluation that is not over ended half-way.
     */
    private void leftAtTick() {
      if (reevaluation.endsEarly() && options.patients().isEmpty()) {
        comparison.entryField("evaluated", "all patients", "some are left");
      }
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
    private boolean inTurn(List<Group> groups, int index) {
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
      notRecorded(ward.wake(engineAt(dueAt), patient, dueAt));
    }

    private Step at(long sequence) {
      return new Step(
          new JournalPosition(position.partition(), sequence), entry, comparison, engine);
    }

    private void dueInErased() {
      ward.at(position);
      while (!held.isEmpty()
          && held.firstEntry()
              .getValue()
              .at()
              .or(() -> firstTick)
              .filter(at -> !at.isAfter(mayBeErased))
              .isPresent()) {
        decideFirstHeld();
      }
      Optional<Ward.Timer> first = ward.firstTimer();
      while (first.filter(timer -> !timer.dueAt().isAfter(mayBeErased)).isPresent()) {
        fireUnrecorded(first.get().patient(), first.get().dueAt());
        first = ward.firstTimer();
      }
    }

    /** By which that is decided which is not recorded. */
    private PathwayEngine engineAt(Instant at) {
      return at.isAfter(mayBeErased)
          ? engine
          : erasedGuideline.flatMap(hash -> engines.of(hash, entry.settings())).orElse(engine);
    }

    /** Unless it can have been recorded in an entry that is erased, that is a difference. */
    private void notRecorded(Group recomputed) {
      PatientId patient = recomputed.patientId();
      if (recomputed.at().isAfter(mayBeErased)) {
        comparison.onlyRecomputed(recomputed);
        forgetLost(patient);
      } else {
        inErased.add(patient);
        watcher.erased(position, recomputed);
      }
    }

    private void held(Group recorded) {
      long sequence = recorded.held().orElseThrow().sequence();
      earlierHeld(sequence);
      HeldFact kept = held.remove(sequence);
      Optional<Fact> fact =
          Optional.ofNullable(kept)
              .flatMap(HeldFact::fact)
              .filter(one -> one.header().patientId().equals(recorded.patientId()));
      if (kept == null || fact.isEmpty()) {
        comparison.onlyRecorded(recorded);
        return;
      }
      Optional<DeadLetterRef> letter = recorded.held().flatMap(JournalEntry.Held::deadLetter);
      Group recomputed =
          letter.filter(Step::undecided).isPresent()
              ? refused(recorded, letter)
              : decideHeld(engine, sequence, fact.get(), kept.receivedAt(), recorded.at(), letter);
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
    private void earlierHeld(long sequence) {
      while (!held.isEmpty() && held.firstKey() < sequence && firstTick.isPresent()) {
        decideFirstHeld();
      }
    }

    private void decideFirstHeld() {
      var first = held.pollFirstEntry();
      HeldFact kept = first.getValue();
      Instant at = kept.at().or(() -> firstTick).orElseThrow();
      kept.fact()
          .filter(fact -> !isLost(fact.header().patientId()))
          .ifPresent(
              fact ->
                  notRecorded(
                      decideHeld(
                          engineAt(at),
                          first.getKey(),
                          fact,
                          kept.receivedAt(),
                          at,
                          Optional.empty())));
    }

    /** The hashes of a dead letter are those of bytes that are not here: they are taken over. */
    private Group decideHeld(
        PathwayEngine by,
        long sequence,
        Fact fact,
        Instant receivedAt,
        Instant at,
        Optional<DeadLetterRef> recorded) {
      PatientId patient = fact.header().patientId();
      unrecorded(patient, at);
      Decision decision = ward.decide(by, fact, receivedAt, at);
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
      PatientId patient = recorded.patientId();
      if (options.patients().isEmpty() && !mayBeUnseen(patient) && !reevaluation.isNext(patient)) {
        comparison.entryField("evaluated", "this patient", "another one is next");
      }
      reevaluation.reached(patient);
      unrecorded(patient, recorded.at());
      comparison.compare(recorded, ward.reevaluate(engine, patient, recorded.at()));
    }

    /** Whether the evaluation may know of the patient what this replay does not. */
    private boolean mayBeUnseen(PatientId patient) {
      return switch (pasts.of(patient)) {
        case DOUBTFUL, UNSEEN, NEWCOMER, MISSING -> true;
        case KNOWN, ERASED, OTHER_ENGINE -> false;
      };
    }

    private void fact(Fact fact, Optional<Group> recorded) {
      PatientId patient = fact.header().patientId();
      Instant receivedAt = entry.coordinates().orElseThrow().recordTimestamp();
      boolean looks = looksAt(patient);
      if (now.isEmpty() || (entry.holds() && !held.isEmpty())) {
        held.put(
            entry.sequence(), new HeldFact(Optional.of(fact).filter(_ -> looks), receivedAt, now));
        recorded.ifPresent(comparison::onlyRecorded);
        return;
      }
      if (!looks) {
        return;
      }
      Instant at = now.get();
      unrecorded(patient, at);
      Decision decision = ward.decide(engine, fact, receivedAt, at);
      remember(patient, decision);
      comparison.inputField(
          patient, "disposition", entry.disposition(), Ward.disposition(decision));
      Optional<Flag> flag = Ward.flag(decision);
      comparison.inputField(patient, "flag", entry.flag(), flag);
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
        reevaluation.knows(patient);
      }
    }
  }
}
