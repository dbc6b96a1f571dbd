package io.meninx.faults;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.PublicStateDigest;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What should have been decided on one partition: takes the inputs of a journal, and nothing else
 * of it, in the order the journal has them, and decides on them in memory with the pure core.
 */
final class Recomputation {
  private final PathwayEngine engine;
  private final Map<PatientId, MemoryPatient> patients = new HashMap<>();
  private final Map<PatientId, List<Decided>> decided = new LinkedHashMap<>();
  private final Map<PatientId, List<PublicState>> states = new LinkedHashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private Optional<Instant> now = Optional.empty();

  Recomputation(PathwayEngine engine) {
    this.engine = engine;
  }

  /**
   * A decision on a patient, as the journal has it.
   *
   * @param at its time
   * @param events in order
   * @param alerts in order
   * @param digest of the public state after it
   */
  record Decided(
      Instant at, List<PathwayEvent> events, List<AlertRevision> alerts, Sha256 digest) {}

  private record Held(Fact fact, Instant receivedAt) {}

  /** Takes the next entry. */
  void accept(JournalEntry entry) {
    entry.input().ifPresent(input -> accept(entry, input));
  }

  private void accept(JournalEntry entry, Input input) {
    switch (input) {
      case Input.OfTick(Instant time, String _) -> {
        boolean newer = now.isEmpty() || time.isAfter(now.get());
        expect(entry, newer ? JournalEntry.Disposition.TICK : JournalEntry.Disposition.DUPLICATE);
        if (newer) {
          now = Optional.of(time);
          held.forEach(one -> decide(one.fact(), one.receivedAt(), time, true));
          held.clear();
        }
      }
      case Input.OfFact(Fact fact) -> {
        Instant receivedAt = entry.coordinates().orElseThrow().recordTimestamp();
        if (now.isEmpty()) {
          held.add(new Held(fact, receivedAt));
        } else {
          Decision decision = decide(fact, receivedAt, now.get(), false);
          expect(
              entry,
              decision.kind() == Decision.Kind.DUPLICATE
                  ? JournalEntry.Disposition.DUPLICATE
                  : JournalEntry.Disposition.DECIDED);
        }
      }
    }
  }

  private void expect(JournalEntry entry, JournalEntry.Disposition disposition) {
    if (entry.disposition() != disposition) {
      differences.add(
          "entry %d is %s, not %s".formatted(entry.sequence(), entry.disposition(), disposition));
    }
  }

  private Decision decide(Fact fact, Instant receivedAt, Instant at, boolean wasHeld) {
    PatientId id = fact.header().patientId();
    MemoryPatient patient =
        patients.computeIfAbsent(
            id, _ -> new MemoryPatient(engine, (time, _, decision) -> made(id, time, decision)));
    Decision decision = patient.arrive(fact, receivedAt, at);
    if (wasHeld && decision.kind() != Decision.Kind.DECIDED) {
      // Decided on too, since its own entry could not say so yet: a group in which nothing changed.
      add(id, patient.now(), decision);
    }
    return decision;
  }

  private void made(PatientId id, Instant at, Decision decision) {
    if (decision.kind() == Decision.Kind.DECIDED) {
      add(id, at, decision);
    }
  }

  private void add(PatientId id, Instant at, Decision decision) {
    PublicState visible = decision.state().visible();
    decided
        .computeIfAbsent(id, _ -> new ArrayList<>())
        .add(new Decided(at, decision.events(), decision.alerts(), PublicStateDigest.of(visible)));
    if (decision.visibleChanged()) {
      states.computeIfAbsent(id, _ -> new ArrayList<>()).add(visible);
    }
  }

  /** Time passes to the last tick for every patient. */
  void finish() {
    now.ifPresent(time -> patients.values().forEach(patient -> patient.until(time)));
  }

  /** What was to be decided, by patient. */
  Map<PatientId, List<Decided>> decided() {
    return decided;
  }

  /** The public states each patient was to go through. */
  Map<PatientId, List<PublicState>> states() {
    return states;
  }

  /** Entries that say something else about their input. */
  List<String> differences() {
    return differences;
  }
}
