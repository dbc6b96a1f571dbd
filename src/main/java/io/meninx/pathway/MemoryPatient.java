package io.meninx.pathway;

import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One patient in memory, decided by the engine: facts arrive, time passes, timers fire at their own
 * due instants and before the next fact is decided, as in the topology (contract section 2). For
 * everything that decides outside of Kafka. Not safe for use by several threads.
 */
public final class MemoryPatient implements PatientView {
  private final PathwayEngine engine;
  private final Listener listener;
  private final Map<EventId, StoredFact> stored = new HashMap<>();
  private final Map<ReportId, List<StoredFact>> reports = new HashMap<>();
  private final Map<String, Integer> endedRevisions = new HashMap<>();
  private final Recollection recollection = new Recollection();
  private PatientState state = PatientState.EMPTY;
  private Optional<PatientId> patientId = Optional.empty();
  private Instant now = Instant.MIN;

  /**
   * A patient nothing is known of; the first fact says who it is.
   *
   * @param engine that decides
   * @param listener is told of every decision
   */
  public MemoryPatient(PathwayEngine engine, Listener listener) {
    this.engine = engine;
    this.listener = listener;
  }

  /** Is told of every decision, after it was applied. */
  @FunctionalInterface
  public interface Listener {
    /** Listens to nothing. */
    Listener NONE = (_, _, _) -> {};

    /**
     * A decision was made.
     *
     * @param at its logical time
     * @param cause the fact it is on; empty for a timer
     * @param decision what was decided
     */
    void decided(Instant at, Optional<Fact> cause, Decision decision);
  }

  /**
   * A fact arrives: time passes to this instant, if it has not passed it already, then the fact is
   * decided at the present time.
   *
   * @param fact about this patient
   * @param at its record time
   * @throws IllegalArgumentException when the fact is about another patient
   */
  public Decision arrive(Fact fact, Instant at) {
    return arrive(fact, at, at);
  }

  /**
   * A fact arrives that was received at another time than it is decided at, for instance one that
   * was held until the first tick of its partition.
   *
   * @param fact about this patient
   * @param receivedAt its record time
   * @param at the logical time; when that has passed already, the present time counts
   * @throws IllegalArgumentException when the fact is about another patient
   */
  public Decision arrive(Fact fact, Instant receivedAt, Instant at) {
    PatientId about = fact.header().patientId();
    if (patientId.isPresent() && !patientId.get().equals(about)) {
      throw new IllegalArgumentException("the fact is about another patient");
    }
    until(at);
    patientId = Optional.of(about);
    return apply(now, Optional.of(fact), engine.decide(this, fact, receivedAt, now));
  }

  /**
   * Time passes to this instant, timers fire on the way; nothing happens when it has passed
   * already.
   *
   * @throws IllegalStateException when a timer does not advance, which is a fault of the rules
   */
  public void until(Instant instant) {
    Optional<Instant> next = state.nextDue();
    while (next.isPresent() && !next.get().isAfter(instant)) {
      Instant due = next.get();
      apply(due, Optional.empty(), engine.wake(this, patientId.orElseThrow(), due));
      next = state.nextDue();
      if (next.isPresent() && !next.get().isAfter(due)) {
        throw new IllegalStateException("a timer does not advance at " + due);
      }
    }
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  private Decision apply(Instant at, Optional<Fact> cause, Decision decision) {
    state = decision.state();
    decision.store().ifPresent(this::keep);
    decision.ended().forEach(ended -> endedRevisions.put(ended.alertKey(), ended.revision()));
    listener.decided(at, cause, decision);
    return decision;
  }

  private void keep(StoredFact fact) {
    stored.put(fact.fact().header().eventId(), fact);
    reports.computeIfAbsent(fact.fact().header().reportId(), _ -> new ArrayList<>(1)).add(fact);
  }

  /** The engine that decides. */
  public PathwayEngine engine() {
    return engine;
  }

  /** The logical time; {@link Instant#MIN} before anything happened. */
  public Instant now() {
    return now;
  }

  @Override
  public PatientState state() {
    return state;
  }

  @Override
  public Optional<StoredFact> byEventId(EventId eventId) {
    return Optional.ofNullable(stored.get(eventId));
  }

  @Override
  public List<StoredFact> versions(ReportId reportId) {
    return List.copyOf(reports.getOrDefault(reportId, List.of()));
  }

  @Override
  public List<StoredFact> all() {
    return List.copyOf(stored.values());
  }

  @Override
  public int endedRevision(String alertKey) {
    return endedRevisions.getOrDefault(alertKey, 0);
  }

  @Override
  public Recollection recollection() {
    return recollection;
  }
}
