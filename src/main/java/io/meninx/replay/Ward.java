package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.DeadLetterRef;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Flag;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.JournalEntry.Held;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientState;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.StateCodec;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The patients of a partition in memory, their timers in order, and the three things the engine is
 * asked. What the topology keeps in stores; decides nothing itself. For use by one thread.
 */
final class Ward {
  /** Reports in states that are kept as objects; states beyond that are frozen. */
  private static final int THAWED_REPORTS = 60_000;

  private final StateCodec codec = new StateCodec();
  private final Map<PatientId, ReplayedPatient> patients = new HashMap<>();
  private final TreeSet<Timer> timers = new TreeSet<>();

  /** Patients whose state is an object, with its weight, the longest unused first. */
  private final LinkedHashMap<ReplayedPatient, Integer> thawed =
      new LinkedHashMap<>(16, 0.75f, true);

  private final Watcher watcher;
  private JournalPosition position = new JournalPosition(0, 0);
  private long thawedReports;

  /** An empty one; whoever watches is told every decision that would stand in the journal. */
  Ward(Watcher watcher) {
    this.watcher = watcher;
  }

  /** The entry that is looked at now. */
  void at(JournalPosition entry) {
    position = entry;
  }

  /** A patient who waits for a time. */
  record Timer(Instant dueAt, PatientId patient) implements Comparable<Timer> {
    private static final Comparator<Timer> ORDER =
        Comparator.comparing(Timer::dueAt).thenComparing(Timer::patient);

    @Override
    public int compareTo(Timer other) {
      return ORDER.compare(this, other);
    }
  }

  /** Patients of whom anything is kept. */
  long known() {
    return patients.values().stream().filter(ReplayedPatient::isKnown).count();
  }

  /** Whether anything is kept of this patient. */
  boolean knows(PatientId id) {
    ReplayedPatient patient = patients.get(id);
    return patient != null && patient.isKnown();
  }

  /** Everybody of whom anything was kept. */
  Set<PatientId> patients() {
    return Set.copyOf(patients.keySet());
  }

  /** Keeps nothing of this patient any more. */
  void forget(PatientId id) {
    ReplayedPatient patient = patients.remove(id);
    if (patient != null) {
      patient.due().ifPresent(dueAt -> timers.remove(new Timer(dueAt, id)));
      Integer weight = thawed.remove(patient);
      thawedReports -= weight == null ? 0 : weight;
    }
  }

  /** The timer that fires first. */
  Optional<Timer> firstTimer() {
    return timers.isEmpty() ? Optional.empty() : Optional.of(timers.getFirst());
  }

  /** Where a patient stands. */
  Standing standing(PatientId patient, PathwayEngine engine, Instant now) {
    PatientState state = patient(patient).state();
    return new Standing(
        now, state.visible(), engine.findings(state.retained(), state.corrections(), now));
  }

  /** When this patient's timer fires. */
  Optional<Instant> due(PatientId patient) {
    ReplayedPatient known = patients.get(patient);
    return known == null ? Optional.empty() : known.due();
  }

  /** Decides on a fact; the patient's timers up to then must have fired. */
  Decision decide(PathwayEngine engine, Fact fact, Instant receivedAt, Instant now) {
    ReplayedPatient patient = patient(fact.header().patientId());
    Decision decision = engine.decide(patient, fact, receivedAt, now);
    return apply(patient, decision);
  }

  /** Fires a patient's timer. */
  Group wake(PathwayEngine engine, PatientId id, Instant dueAt) {
    ReplayedPatient patient = patient(id);
    Decision decision = apply(patient, engine.wake(patient, id, dueAt));
    return group(id, decision, dueAt, Cause.TIMER, Optional.empty());
  }

  /** Decides anew on everything known of a patient. */
  Group reevaluate(PathwayEngine engine, PatientId id, Instant now) {
    ReplayedPatient patient = patient(id);
    Decision decision = apply(patient, engine.reevaluate(patient, id, now));
    return group(id, decision, now, Cause.GUIDELINE, Optional.empty());
  }

  /** What the journal says of a decision. */
  Group group(PatientId id, Decision decision, Instant at, Cause cause, Optional<Held> held) {
    Group group =
        new Group(id, at, cause, held, decision.events(), decision.alerts(), patient(id).digest());
    watcher.recomputed(position, group);
    return group;
  }

  /** What the journal says of a decision on an input that was held. */
  Group heldGroup(
      PatientId id, Decision decision, Instant at, long sequence, Optional<DeadLetterRef> letter) {
    Held held = new Held(sequence, disposition(decision), letter, flag(decision));
    return group(id, decision, at, Cause.HELD_INPUT, Optional.of(held));
  }

  /** What the journal says of an input that was held and is not decided. */
  Group refusedGroup(PatientId id, Instant at, long sequence, Optional<DeadLetterRef> letter) {
    Held held = new Held(sequence, Disposition.DEAD_LETTER, letter, Optional.empty());
    Group group =
        new Group(
            id,
            at,
            Cause.HELD_INPUT,
            Optional.of(held),
            List.of(),
            List.of(),
            patient(id).digest());
    watcher.recomputed(position, group);
    return group;
  }

  static Disposition disposition(Decision decision) {
    return switch (decision.kind()) {
      case DECIDED -> Disposition.DECIDED;
      case DUPLICATE -> Disposition.DUPLICATE;
      case REJECTED -> Disposition.DEAD_LETTER;
    };
  }

  static Optional<Flag> flag(Decision decision) {
    return decision.flag().map(flag -> new Flag(flag.reason(), flag.field()));
  }

  static String rejection(Decision decision) {
    return switch (decision.rejected().orElseThrow()) {
      case EVENT_ID_REUSED -> PoisonReason.EVENT_ID_REUSED.name();
      case PATIENT_TOO_LARGE -> PoisonReason.PATIENT_TOO_LARGE.name();
    };
  }

  private ReplayedPatient patient(PatientId id) {
    return patients.computeIfAbsent(id, _ -> new ReplayedPatient(id, codec));
  }

  private Decision apply(ReplayedPatient patient, Decision decision) {
    Optional<Instant> before = patient.due();
    patient.apply(decision);
    if (!before.equals(patient.due())) {
      before.ifPresent(dueAt -> timers.remove(new Timer(dueAt, patient.id())));
      patient.due().ifPresent(dueAt -> timers.add(new Timer(dueAt, patient.id())));
    }
    used(patient);
    return decision;
  }

  private void used(ReplayedPatient patient) {
    Integer before = thawed.put(patient, patient.weight());
    thawedReports += patient.weight() - (before == null ? 0 : before);
    while (thawedReports > THAWED_REPORTS && thawed.size() > 1) {
      Map.Entry<ReplayedPatient, Integer> oldest = thawed.firstEntry();
      thawedReports -= oldest.getValue();
      thawed.remove(oldest.getKey());
      oldest.getKey().freeze();
    }
  }
}
