package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PathwayEngine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides the same inputs and ticks by another guideline. Timers fire as that guideline asks for
 * them, in order of their due instants, as soon as a tick reaches them: every tick is in the
 * journal. What the journal says was decided is not looked at.
 */
final class Alternative implements Recomputation {
  private final ReplayOptions options;
  private final Engines engines;
  private final Guideline guideline;
  private final Ward ward;
  private final Map<Long, Held> held = new LinkedHashMap<>();
  private Optional<Instant> now = Optional.empty();
  private Optional<Instant> firstTick = Optional.empty();
  private Optional<PathwayEngine> last = Optional.empty();

  private record Held(Fact fact, Instant receivedAt) {}

  Alternative(ReplayOptions options, Guideline guideline, Engines engines, Watcher watcher) {
    this.options = options;
    this.guideline = guideline;
    this.engines = engines;
    this.ward = new Ward(watcher);
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
  }

  private void moveTo(Instant time) {
    if (now.filter(before -> !before.isBefore(time)).isEmpty()) {
      now = Optional.of(time);
      firstTick = firstTick.or(() -> now);
    }
  }

  /** It decides on what there is: what rests on the missing part shows as changed. */
  @Override
  public void beginsLate(Optional<Instant> logicalTime, Disposition disposition) {
    if (disposition != Disposition.TICK) {
      logicalTime.ifPresent(this::moveTo);
    }
  }

  @Override
  public long missingPatients() {
    return 0;
  }

  @Override
  public long erasedPatients() {
    return 0;
  }

  @Override
  public ErasedPart erasedOf(PatientId patient) {
    return ErasedPart.NOTHING;
  }

  @Override
  public Outcome entry(JournalPosition position, JournalEntry entry) {
    ward.at(position);
    PathwayEngine engine = engines.of(guideline, entry.settings());
    last = Optional.of(engine);
    due(engine);
    if (entry.disposition() == Disposition.TICK
        && entry.input().orElse(null) instanceof Input.OfTick tick) {
      moveTo(tick.time().truncatedTo(ChronoUnit.MICROS));
      due(engine);
    } else if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)) {
      if (options.wants(fact.header().patientId())) {
        fact(engine, entry, fact);
      }
    }
    return Outcome.IDENTICAL;
  }

  private void fact(PathwayEngine engine, JournalEntry entry, Fact fact) {
    Instant receivedAt = PartitionReplay.receivedAt(entry).orElseThrow();
    if (now.isEmpty()) {
      held.put(entry.sequence(), new Held(fact, receivedAt));
      return;
    }
    Decision decision = ward.decide(engine, fact, receivedAt, now.get());
    if (decision.kind() == Decision.Kind.DECIDED) {
      ward.group(fact.header().patientId(), decision, now.get(), Cause.INPUT, Optional.empty());
    }
  }

  /** What the first tick brings, be it in an entry that is erased, and then what is due. */
  private void due(PathwayEngine engine) {
    firstTick.ifPresent(at -> decideHeld(engine, at));
    fireDue(engine);
  }

  private void decideHeld(PathwayEngine engine, Instant at) {
    held.forEach(
        (sequence, kept) -> {
          PatientId patient = kept.fact().header().patientId();
          fireOwn(engine, patient, at);
          Decision decision = ward.decide(engine, kept.fact(), kept.receivedAt(), at);
          ward.heldGroup(patient, decision, at, sequence, Optional.empty());
        });
    held.clear();
  }

  private void fireDue(PathwayEngine engine) {
    if (now.isEmpty()) {
      return;
    }
    Optional<Ward.Timer> first = ward.firstTimer();
    while (first.filter(timer -> !timer.dueAt().isAfter(now.get())).isPresent()) {
      ward.wake(engine, first.get().patient(), first.get().dueAt());
      first = ward.firstTimer();
    }
  }

  private void fireOwn(PathwayEngine engine, PatientId patient, Instant until) {
    Optional<Instant> due = ward.due(patient);
    while (due.filter(time -> !time.isAfter(until)).isPresent()) {
      ward.wake(engine, patient, due.get());
      due = ward.due(patient);
    }
  }
}
