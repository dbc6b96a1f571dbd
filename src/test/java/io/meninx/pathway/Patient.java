package io.meninx.pathway;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One patient in memory, decided by the real engine: facts arrive, time passes, timers fire at
 * their own due instants, as in the topology. Collects everything that was decided.
 */
public final class Patient implements PatientView {
  private static final Guideline STANDARD = GuidelineEditions.standard();

  private final MemoryPatient memory;
  private BiConsumer<Instant, Decision> watcher = (_, _) -> {};

  /** Everything decided so far, in order. */
  public final List<PathwayEvent> events = new ArrayList<>();

  /** Every alert revision so far, in order. */
  public final List<AlertRevision> alerts = new ArrayList<>();

  public Patient() {
    this(STANDARD, Duration.ZERO);
  }

  public Patient(Guideline guideline, Duration debounce) {
    this(guideline, EngineSettings.withDebounce(debounce));
  }

  public Patient(Guideline guideline, EngineSettings settings) {
    memory = new MemoryPatient(new PathwayEngine(guideline, settings), this::decided);
  }

  // ------------------------------------------------------------------ given and when

  /** From now on every decision is shown with its time, after it was applied. */
  public Patient watchedBy(BiConsumer<Instant, Decision> each) {
    watcher = each;
    return this;
  }

  /** The facts arrive when they are reported, in this order. */
  public Patient with(Facts.Builder<?>... facts) {
    for (Facts.Builder<?> fact : facts) {
      StoredFact arriving = Facts.stored(fact);
      arrive(arriving.fact(), arriving.receivedAt());
    }
    return this;
  }

  /** A fact arrives at this time, or at the present time if that is later. */
  public Decision arrive(Fact fact, Instant at) {
    return memory.arrive(fact, at);
  }

  /** Time passes to 12:00Z of this day. */
  public Patient untilDay(int day) {
    return until(Facts.noon(day));
  }

  /** Time passes to this instant; timers fire on the way. */
  public Patient until(Instant instant) {
    memory.until(instant);
    return this;
  }

  private void decided(Instant at, Optional<Fact> cause, Decision decision) {
    events.addAll(decision.events());
    alerts.addAll(decision.alerts());
    watcher.accept(at, decision);
  }

  // ------------------------------------------------------------------ then

  /** The engine that decides. */
  public PathwayEngine engine() {
    return memory.engine();
  }

  /** The visible state. */
  public PublicState visible() {
    return state().visible();
  }

  public Instant now() {
    return memory.now();
  }

  public boolean recommends(RecommendationCode code) {
    return visible().recommendations().stream()
        .anyMatch(recommendation -> recommendation.code() == code);
  }

  /** Whether the board is asked about this gap. */
  public boolean asksBoard(String gap) {
    return visible()
        .recommendations()
        .contains(new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of(gap)));
  }

  public boolean contraindicated(ContraindicationCode code) {
    return visible().contraindications().contains(code);
  }

  /** The open alert of this code, the first one if there are several gaps. */
  public Optional<AlertRevision> open(AlertCode code) {
    return state().alerts().stream()
        .map(OpenAlert::last)
        .filter(alert -> alert.code() == code)
        .findFirst();
  }

  public boolean isOpen(AlertCode code) {
    return open(code).isPresent();
  }

  public Optional<Schedule> schedule(ScheduleCode code) {
    return visible().schedules().stream().filter(schedule -> schedule.code() == code).findFirst();
  }

  /** Revisions of alerts of this code, oldest first. */
  public List<AlertRevision> revisions(AlertCode code) {
    return alerts.stream().filter(alert -> alert.code() == code).toList();
  }

  // ------------------------------------------------------------------ the port

  @Override
  public PatientState state() {
    return memory.state();
  }

  @Override
  public Optional<StoredFact> byEventId(EventId eventId) {
    return memory.byEventId(eventId);
  }

  @Override
  public List<StoredFact> versions(ReportId reportId) {
    return memory.versions(reportId);
  }

  @Override
  public List<StoredFact> all() {
    return memory.all();
  }

  @Override
  public int endedRevision(String alertKey) {
    return memory.endedRevision(alertKey);
  }

  @Override
  public Recollection recollection() {
    return memory.recollection();
  }
}
