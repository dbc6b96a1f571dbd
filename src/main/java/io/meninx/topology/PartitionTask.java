package io.meninx.topology;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.DeadLetterRef;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Flag;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.JournalEntry.Held;
import io.meninx.journal.Sha256;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientState;
import io.meninx.topology.Observer.Tick;
import io.meninx.topology.Reading.FutureTick;
import io.meninx.topology.Reading.Poison;
import io.meninx.topology.Reading.Understood;
import io.meninx.topology.TimerTable.Timer;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.PoisonReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What happens on one partition, record by record: reads and changes nothing but its tables and its
 * outbox, and asks no clock.
 *
 * <p>Choices that the contract leaves open, and why:
 *
 * <ul>
 *   <li>A tick that is not newer than the last is journaled as DUPLICATE: every input offset has an
 *       entry, TICK is for accepted ticks, and the tick of a second instance is just that, the same
 *       tick again.
 *   <li>A fact that comes before the first tick has its entry at once, DECIDED without groups, so
 *       that no offset is ever without one; what was decided on it stands in the entry of the tick,
 *       as a group HELD_INPUT that names the entry.
 *   <li>Work that is due (kept inputs, timers, evaluation after a change of guideline) is done in
 *       slices of bounded size. What the entry of the tick can't hold follows in entries CONTINUED,
 *       which have no input: some at once, the rest before the next inputs and from a pump. When
 *       that happens depends on load, what is decided does not: kept inputs are decided in order of
 *       arrival, before any timer of a later time; a timer's decision is at its own due instant;
 *       and a patient's due timers fire before that patient's next input whether or not their turn
 *       has come.
 * </ul>
 */
final class PartitionTask {
  private final TopologySettings settings;
  private final DecisionEngine engine;
  private final int partition;
  private final Tables tables;
  private final Outbox outbox;
  private final InputReader reader;

  private PartitionState state = PartitionState.NEW;

  /**
   * Whether due work may be left. True at the start, since nobody knows: the first slice finds out.
   */
  private boolean workLeft = true;

  private boolean toldTaken;

  /** Record time of the tick that moved the logical time last; absent before the first one. */
  private Optional<Instant> lastTick = Optional.empty();

  PartitionTask(
      TopologySettings settings, int partition, Tables tables, Outbox outbox, InputReader reader) {
    this.settings = settings;
    this.engine = settings.engine();
    this.partition = partition;
    this.tables = tables;
    this.outbox = outbox;
    this.reader = reader;
  }

  /**
   * Processes a record. Its changes are in the tables and its outputs in the outbox, and nothing
   * was written yet.
   */
  void accept(InputRecord input) {
    Reading reading = reader.read(input);
    state = tables.partition().state().withLastTimestamp(input.timestamp());
    tellTaken();
    adoptGuideline();
    if (workLeft && !(reading instanceof Understood(Input.OfTick _))) {
      continueWork(1);
    }
    switch (reading) {
      case Poison(PoisonReason reason, Optional<String> field) ->
          deadLetter(input, reason, field, List.of());
      case FutureTick(Duration ahead) -> {
        settings.observer().tick(partition, Tick.AHEAD, ahead);
        deadLetter(input, PoisonReason.TICK_FROM_FUTURE, Optional.of("time"), List.of());
      }
      case Understood(Input.OfTick tick) -> tick(input, tick);
      case Understood(Input.OfFact fact) -> fact(input, fact);
    }
    tables.partition().put(state);
  }

  /** Goes on with work that is left from earlier; does nothing when there is none. */
  void pump() {
    if (workLeft) {
      state = tables.partition().state();
      tellTaken();
      if (state.logicalTime().isPresent()) {
        adoptGuideline();
        continueWork(settings.slices());
        tables.partition().put(state);
      }
    }
  }

  /** Whether due work is left that {@link #pump} or the next input goes on with. */
  boolean hasWorkLeft() {
    return workLeft;
  }

  /** Record time of what goes out now, milliseconds: that of the last input. */
  long timestamp() {
    return state.lastTimestamp();
  }

  private void tellTaken() {
    if (!toldTaken) {
      toldTaken = true;
      settings.observer().taken(partition, state.logicalTime());
    }
  }

  private void adoptGuideline() {
    Guideline guideline = engine.guideline();
    if (state.guidelineHash().equals(guideline.hash())) {
      return;
    }
    boolean change = !state.guidelineHash().isEmpty();
    state = state.withGuideline(guideline.hash(), change);
    workLeft |= change;
    boolean told = !tables.partition().firstMeets(guideline.hash());
    journal(
        entry(
            Disposition.GUIDELINE_CHANGED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            told ? Optional.empty() : Optional.of(guideline.text())));
  }

  // Inputs.

  private void tick(InputRecord input, Input.OfTick tick) {
    Duration step = Duration.between(state.logicalTime().orElse(tick.time()), tick.time());
    boolean far = step.abs().compareTo(Input.OfTick.TOLERANCE) > 0;
    if (state.logicalTime().isPresent() && !step.isPositive()) {
      settings.observer().tick(partition, far ? Tick.BEHIND : Tick.REPEATED, step.negated());
      journal(Disposition.DUPLICATE, input, tick, Optional.empty(), List.of());
      return;
    }
    settings.observer().tick(partition, far ? Tick.AFTER_GAP : Tick.ON_TIME, step);
    state = state.atTick(Micros.truncated(tick.time()));
    lastTick = Optional.of(Instant.ofEpochMilli(input.timestamp()));
    settings.observer().moved(partition, tick.time());
    journal(Disposition.TICK, input, tick, Optional.empty(), slice());
    continueWork(settings.slices() - 1);
  }

  private void fact(InputRecord input, Input.OfFact understood) {
    Optional<Instant> now = state.logicalTime();
    if (now.isEmpty() || state.holds()) {
      hold(input, now);
      journal(Disposition.DECIDED, input, understood, Optional.empty(), List.of());
      return;
    }
    Fact fact = understood.fact();
    PatientId patient = fact.header().patientId();
    List<Group> groups = new ArrayList<>();
    long bytes = outbox.bytes();
    fireTimers(patient, now.get(), groups);
    Decision decision = decide(patient, fact, input, now.get());
    if (isTooLarge(decision, fact, input)
        || isEntryTooLarge(
            decision,
            patient,
            Optional.of(understood),
            input.length() + outbox.bytes() - bytes,
            groups)) {
      deadLetter(input, PoisonReason.PATIENT_TOO_LARGE, Optional.empty(), groups);
      return;
    }
    Optional<Flag> flag = decision.flag().map(f -> new Flag(f.reason(), f.field()));
    switch (decision.kind()) {
      case DECIDED -> {
        tell(Cause.INPUT, Optional.of(input), patient, decision);
        groups.add(apply(patient, decision, now.get(), Cause.INPUT, Optional.empty()));
        journal(Disposition.DECIDED, input, understood, flag, groups);
      }
      case DUPLICATE -> journal(Disposition.DUPLICATE, input, understood, flag, groups);
      case REJECTED -> deadLetter(input, reason(decision), Optional.empty(), groups);
    }
  }

  /**
   * Whether there may be no room for a fact that would be kept: neither what is retained of a
   * patient nor the versions of a report nor all facts together, each read as a whole, may grow
   * without end. Few large facts can fill them long before there are too many.
   */
  private boolean isTooLarge(Decision decision, Fact fact, InputRecord input) {
    if (decision.kind() != Decision.Kind.DECIDED) {
      return false;
    }
    PatientId patient = fact.header().patientId();
    int kept =
        Math.max(
            tables.pathways().length(patient),
            tables.facts().length(patient, fact.header().reportId()));
    return kept + input.length() > TopologySettings.MAX_PATIENT_BYTES
        || tables.pathways().lengthOfAll(patient) + input.length()
            > TopologySettings.MAX_FACTS_BYTES;
  }

  /**
   * Whether the journal entry of a decision could not be sent. What the rules name is bounded, so
   * this takes very many alerts at once; most decisions are far too few for it and are not counted.
   *
   * @param bytes of the input and of what is in the entry already, about
   * @param before groups that are in the entry already
   */
  private boolean isEntryTooLarge(
      Decision decision, PatientId patient, Optional<Input> input, long bytes, List<Group> before) {
    int decided = decision.events().size() + decision.alerts().size();
    if (bytes + (long) decided * TopologySettings.MAX_DECISION_BYTES
        <= TopologySettings.MAX_ENTRY_BYTES) {
      return false;
    }
    List<Group> groups = new ArrayList<>(before);
    groups.add(
        new Group(
            patient,
            state.logicalTime().orElseThrow(),
            Cause.INPUT,
            Optional.empty(),
            decision.events(),
            decision.alerts(),
            tables.pathways().digest(patient)));
    // Only its length counts: coordinates and links are small, and left out.
    JournalEntry entry =
        entry(
            Disposition.CONTINUED,
            Optional.empty(),
            input,
            Optional.empty(),
            Optional.empty(),
            groups,
            Optional.empty());
    return outbox.length(entry) > TopologySettings.MAX_ENTRY_BYTES;
  }

  private Decision decide(PatientId patient, Fact fact, InputRecord input, Instant now) {
    return engine.decide(tables.view(patient), fact, Instant.ofEpochMilli(input.timestamp()), now);
  }

  private void hold(InputRecord input, Optional<Instant> at) {
    tables.partition().putHeld(state.heldTo(), new HeldInput(state.nextSequence(), at, input));
    state = state.withHeld(state.heldFrom(), state.heldTo() + 1);
  }

  // Work that is due.

  private void continueWork(int entries) {
    for (int i = 0; i < entries && workLeft; i++) {
      List<Group> groups = slice();
      if (!groups.isEmpty()) {
        journal(
            entry(
                Disposition.CONTINUED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                groups,
                Optional.empty()));
      }
    }
  }

  /** Does as much due work as goes into one journal entry. */
  private List<Group> slice() {
    Optional<Instant> now = state.logicalTime();
    if (now.isEmpty()) {
      workLeft = false;
      return List.of();
    }
    workLeft = false; // unless a decision sets a timer that is due already, or the slice is cut
    Slice slice = new Slice(outbox.bytes());
    Failures.ofWork(
        () -> {
          decideHeld(slice);
          if (!state.holds()) {
            fireDueTimers(slice, now.get());
            evaluateAnew(slice, now.get());
          }
        });
    workLeft |= slice.cut;
    settings.observer().worked(partition, slice.groups.size(), workLeft);
    return slice.groups;
  }

  /** The groups of one journal entry, as many as fit. */
  private final class Slice {
    private final List<Group> groups = new ArrayList<>();
    private final long bytesBefore;
    private boolean cut;

    Slice(long bytesBefore) {
      this.bytesBefore = bytesBefore;
    }

    /** Of what was decided in it so far, about. */
    long bytes() {
      return outbox.bytes() - bytesBefore;
    }

    int room() {
      return bytes() >= settings.sliceBytes() ? 0 : Math.max(0, settings.slice() - groups.size());
    }

    /** Whether there is no room left; remembers that somebody wanted some. */
    boolean full() {
      cut |= room() == 0;
      return cut;
    }
  }

  private void decideHeld(Slice slice) {
    while (state.holds() && !slice.full()) {
      HeldInput held = tables.partition().held(state.heldFrom());
      tables.partition().deleteHeld(state.heldFrom());
      state = state.withHeld(state.heldFrom() + 1, state.heldTo());
      Failures.on(held.input(), () -> decideHeld(held, slice));
    }
  }

  private void decideHeld(HeldInput held, Slice slice) {
    List<Group> groups = slice.groups;
    InputRecord input = held.input();
    Instant at = held.at().or(state::firstTick).orElseThrow();
    if (reader.isSkipped(input)) {
      // It may be what can't be read any more, so its key is enough.
      PatientId skipped =
          reader.patientOfKey(input).orElseGet(() -> readAgain(input).header().patientId());
      fireTimers(skipped, at, groups);
      groups.add(refused(skipped, held, at, PoisonReason.SKIPPED_BY_OPERATOR));
      return;
    }
    Fact fact = readAgain(input);
    PatientId patient = fact.header().patientId();
    fireTimers(patient, at, groups);
    Decision decision = decide(patient, fact, input, at);
    if (isTooLarge(decision, fact, input)
        || isEntryTooLarge(decision, patient, Optional.empty(), slice.bytes(), groups)) {
      groups.add(refused(patient, held, at, PoisonReason.PATIENT_TOO_LARGE));
      return;
    }
    Optional<DeadLetterRef> letter = Optional.empty();
    if (decision.kind() == Decision.Kind.REJECTED) {
      letter = Optional.of(sendDeadLetter(input, reason(decision), Optional.empty()));
    }
    Held link =
        new Held(
            held.sequence(),
            disposition(decision.kind()),
            letter,
            decision.flag().map(f -> new Flag(f.reason(), f.field())));
    tell(Cause.HELD_INPUT, Optional.of(input), patient, decision);
    groups.add(apply(patient, decision, at, Cause.HELD_INPUT, Optional.of(link)));
  }

  private Fact readAgain(InputRecord input) {
    if (reader.content(input) instanceof Understood(Input.OfFact(Fact fact))) {
      return fact;
    }
    throw new IllegalStateException("A kept input can no longer be read");
  }

  private Group refused(PatientId patient, HeldInput held, Instant at, PoisonReason reason) {
    DeadLetterRef letter = sendDeadLetter(held.input(), reason, Optional.empty());
    Held link =
        new Held(held.sequence(), Disposition.DEAD_LETTER, Optional.of(letter), Optional.empty());
    Sha256 digest = tables.pathways().digest(patient);
    return new Group(
        patient, at, Cause.HELD_INPUT, Optional.of(link), List.of(), List.of(), digest);
  }

  private static Disposition disposition(Decision.Kind kind) {
    return switch (kind) {
      case DECIDED -> Disposition.DECIDED;
      case DUPLICATE -> Disposition.DUPLICATE;
      case REJECTED -> Disposition.DEAD_LETTER;
    };
  }

  /**
   * Timers fire in order of their times; one that fires may set the next one, which then takes its
   * place in the order.
   */
  private void fireDueTimers(Slice slice, Instant now) {
    if (slice.full()) {
      return;
    }
    Instant from = state.nothingDueBefore().orElse(Instant.EPOCH);
    int limit = slice.room();
    List<Timer> batch = tables.timers().due(from, now, limit);
    Instant until = batch.size() < limit ? now : batch.getLast().dueAt();
    TreeSet<Timer> waiting = new TreeSet<>(batch);
    while (!waiting.isEmpty() && !slice.full()) {
      Timer timer = waiting.removeFirst();
      slice.groups.add(wake(timer.patient(), timer.dueAt()));
      due(timer.patient())
          .filter(next -> !next.isAfter(until))
          .ifPresent(next -> waiting.add(new Timer(next, timer.patient())));
    }
    state = state.withNothingDueBefore(waiting.isEmpty() ? until : waiting.getFirst().dueAt());
    slice.cut |= batch.size() == limit;
  }

  private void evaluateAnew(Slice slice, Instant now) {
    while (state.evaluating() && !slice.cut && !slice.full()) {
      List<PatientId> next = tables.pathways().patientsAfter(state.evaluated(), 1);
      state = state.withEvaluated(next.stream().findFirst());
      for (PatientId patient : next) {
        fireTimers(patient, now, slice.groups);
        Decision decision = engine.reevaluate(tables.view(patient), patient, now);
        tell(Cause.GUIDELINE, Optional.empty(), patient, decision);
        slice.groups.add(apply(patient, decision, now, Cause.GUIDELINE, Optional.empty()));
      }
    }
  }

  /** Fires what one patient waited for up to a time. */
  private void fireTimers(PatientId patient, Instant until, List<Group> groups) {
    Failures.ofWork(
        () -> {
          Optional<Instant> due = due(patient).filter(time -> !time.isAfter(until));
          while (due.isPresent()) {
            groups.add(wake(patient, due.get()));
            due = due(patient).filter(time -> !time.isAfter(until));
          }
        });
  }

  private Optional<Instant> due(PatientId patient) {
    return tables.pathways().state(patient).nextDue().map(Micros::truncated);
  }

  private Group wake(PatientId patient, Instant dueAt) {
    Decision decision = engine.wake(tables.view(patient), patient, dueAt);
    if (decision.state().nextDue().filter(next -> !next.isAfter(dueAt)).isPresent()) {
      throw new IllegalStateException("A timer that fired asks for the same time again");
    }
    tell(Cause.TIMER, Optional.empty(), patient, decision);
    return apply(patient, decision, dueAt, Cause.TIMER, Optional.empty());
  }

  // What follows from a decision.

  /** Tells the observer; before {@link #apply}, which changes what stood before. */
  private void tell(
      Cause cause, Optional<InputRecord> input, PatientId patient, Decision decision) {
    if (decision.kind() == Decision.Kind.DECIDED && !settings.observer().equals(Observer.NONE)) {
      Optional<Instant> since =
          cause == Cause.TIMER
              ? lastTick
              : input.map(record -> Instant.ofEpochMilli(record.timestamp()));
      settings
          .observer()
          .decided(
              Decided.of(
                  cause,
                  input.map(InputRecord::topic),
                  since,
                  tables.pathways().state(patient),
                  decision));
    }
  }

  private Group apply(
      PatientId patient, Decision decision, Instant at, Cause cause, Optional<Held> held) {
    PatientState before = tables.pathways().state(patient);
    PatientState after = decision.state();
    if (decision.kind() == Decision.Kind.DECIDED) {
      keep(patient, decision, before, after);
      decision.events().forEach(event -> outbox.event(patient, event));
      decision.alerts().forEach(alert -> outbox.alert(patient, alert));
      if (decision.visibleChanged()) {
        outbox.pathway(patient, at, after.visible());
      }
    }
    Sha256 digest = tables.pathways().digest(patient);
    return new Group(patient, at, cause, held, decision.events(), decision.alerts(), digest);
  }

  private void keep(PatientId patient, Decision decision, PatientState before, PatientState after) {
    // A fact that is added is counted, so it changes the state.
    if (decision.store().isPresent() || !after.equals(before)) {
      tables.pathways().put(patient, after, decision.store());
    }
    decision
        .ended()
        .forEach(end -> tables.pathways().putEnded(patient, end.alertKey(), end.revision()));
    moveTimer(
        patient, before.nextDue().map(Micros::truncated), after.nextDue().map(Micros::truncated));
  }

  private void moveTimer(PatientId patient, Optional<Instant> before, Optional<Instant> after) {
    tables.timers().move(patient, before, after);
    // A time that has passed already lies before the place where the next scan starts.
    if (after.isPresent() && state.nothingDueBefore().filter(after.get()::isBefore).isPresent()) {
      state = state.withNothingDueBefore(after.get());
      workLeft = true;
    }
  }

  private static PoisonReason reason(Decision decision) {
    return switch (decision.rejected().orElseThrow()) {
      case EVENT_ID_REUSED -> PoisonReason.EVENT_ID_REUSED;
      case PATIENT_TOO_LARGE -> PoisonReason.PATIENT_TOO_LARGE;
    };
  }

  // The journal.

  private void deadLetter(
      InputRecord input, PoisonReason reason, Optional<String> field, List<Group> groups) {
    DeadLetterRef letter = sendDeadLetter(input, reason, field);
    journal(
        entry(
            Disposition.DEAD_LETTER,
            Optional.of(coordinates(input)),
            Optional.empty(),
            Optional.of(letter),
            Optional.empty(),
            groups,
            Optional.empty()));
    settings.observer().processed(input.topic(), Disposition.DEAD_LETTER, Optional.of(reason));
  }

  private DeadLetterRef sendDeadLetter(
      InputRecord input, PoisonReason reason, Optional<String> field) {
    Optional<byte[]> key = Optional.ofNullable(input.key());
    Optional<byte[]> value = Optional.ofNullable(input.value());
    DeadLetterRef ref =
        new DeadLetterRef(reason.name(), field, key.map(Sha256::of), value.map(Sha256::of));
    boolean copied = input.length() <= DeadLetter.MAX_COPIED_BYTES;
    outbox.deadLetter(
        input.key(),
        new DeadLetter(
            reason.name(),
            field,
            input.topic().baseName(),
            input.partition(),
            input.offset(),
            Instant.ofEpochMilli(input.timestamp()),
            state.logicalTime(),
            key.filter(_ -> copied),
            value.filter(_ -> copied),
            copied ? headers(input) : List.of(),
            settings.engineVersion(),
            reason.kind().name(),
            copied
                ? Optional.empty()
                : Optional.of(new DeadLetter.Omitted(input.length(), ref.key(), ref.value()))));
    settings.observer().deadLetter(input.topic(), reason);
    return ref;
  }

  private static List<DeadLetter.Header> headers(InputRecord input) {
    return input.headers().stream()
        .map(header -> new DeadLetter.Header(header.name(), Optional.ofNullable(header.value())))
        .toList();
  }

  private void journal(
      Disposition disposition,
      InputRecord record,
      Input input,
      Optional<Flag> flag,
      List<Group> groups) {
    journal(
        entry(
            disposition,
            Optional.of(coordinates(record)),
            Optional.of(input),
            Optional.empty(),
            flag,
            groups,
            Optional.empty()));
    settings.observer().processed(record.topic(), disposition, Optional.empty());
  }

  private void journal(JournalEntry entry) {
    long before = outbox.bytes();
    state = state.journaled(outbox.journal(entry, state.link()));
    settings.observer().journaled(outbox.bytes() - before);
  }

  private JournalEntry entry(
      Disposition disposition,
      Optional<Coordinates> coordinates,
      Optional<Input> input,
      Optional<DeadLetterRef> letter,
      Optional<Flag> flag,
      List<Group> groups,
      Optional<String> guidelineText) {
    return new JournalEntry(
        state.nextSequence(),
        disposition,
        coordinates,
        state.logicalTime(),
        input,
        letter,
        flag,
        groups,
        settings.engineVersion(),
        settings.engineSettings(),
        state.guidelineHash(),
        guidelineText);
  }

  private static Coordinates coordinates(InputRecord input) {
    return new Coordinates(
        input.topic().baseName(),
        input.partition(),
        input.offset(),
        Instant.ofEpochMilli(input.timestamp()));
  }
}
