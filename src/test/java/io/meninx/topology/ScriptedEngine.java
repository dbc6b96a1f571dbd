package io.meninx.topology;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PatientView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine that keeps facts, knows duplicates, waits when it is told to, and writes down what it
 * was asked: for tests of what is around the engine.
 */
final class ScriptedEngine implements DecisionEngine {
  private final Guideline guideline;
  private final List<Call> calls = new ArrayList<>();
  private Optional<Duration> wait = Optional.empty();
  private int wakes;
  private Optional<String> failing = Optional.empty();
  private Optional<String> fatal = Optional.empty();
  private boolean outOfMemory;

  ScriptedEngine() {
    this("g1");
  }

  @SuppressWarnings("NullAway") // This engine has no rules, and so no numbers.
  ScriptedEngine(String hash) {
    guideline = new Guideline("lm-nsclc", "1.0.0", hash, "text of " + hash, null);
  }

  /** What the engine was asked. */
  record Call(String what, String patient, Instant at) {}

  /**
   * From now on every decision on a fact waits so long, and wakes so many times at that distance.
   */
  ScriptedEngine waiting(Duration duration, int times) {
    wait = Optional.of(duration);
    wakes = times;
    return this;
  }

  /** From now on it breaks when this patient wakes. */
  void failingOn(String patient) {
    failing = Optional.of(patient);
  }

  /** From now on it breaks on this report. */
  void failingOnReport(String reportId) {
    fatal = Optional.of(reportId);
  }

  /** And not for a fault, but for want of memory. */
  ScriptedEngine outOfMemory() {
    outOfMemory = true;
    return this;
  }

  List<Call> calls() {
    return calls;
  }

  @Override
  public Guideline guideline() {
    return guideline;
  }

  @Override
  public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
    if (fatal.filter(fact.header().reportId().value()::equals).isPresent()) {
      if (outOfMemory) {
        throw new OutOfMemoryError("scripted");
      }
      throw new IllegalStateException("scripted");
    }
    calls.add(new Call("decide", fact.header().patientId().value(), now));
    Optional<StoredFact> known = view.byEventId(fact.header().eventId());
    if (known.isPresent()) {
      return known.get().fact().equals(fact)
          ? decision(Decision.Kind.DUPLICATE, Optional.empty(), view.state(), Optional.empty())
          : decision(
              Decision.Kind.REJECTED,
              Optional.of(Decision.Rejection.EVENT_ID_REUSED),
              view.state(),
              Optional.empty());
    }
    PatientState state = view.state();
    return decision(
        Decision.Kind.DECIDED,
        Optional.empty(),
        next(state, state.factCount() + 1, wait.map(now::plus)),
        Optional.of(new StoredFact(fact, receivedAt)));
  }

  @Override
  public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
    if (failing.filter(patient.value()::equals).isPresent()) {
      throw new IllegalStateException("scripted");
    }
    calls.add(new Call("wake", patient.value(), dueAt));
    long woken =
        calls.stream()
            .filter(c -> c.what().equals("wake") && c.patient().equals(patient.value()))
            .count();
    Optional<Instant> next = wait.filter(_ -> woken < wakes).map(dueAt::plus);
    PatientState state = view.state();
    return decision(
        Decision.Kind.DECIDED,
        Optional.empty(),
        next(state, state.factCount(), next),
        Optional.empty());
  }

  @Override
  public Decision reevaluate(PatientView view, PatientId patient, Instant now) {
    calls.add(new Call("reevaluate", patient.value(), now));
    return decision(Decision.Kind.DECIDED, Optional.empty(), view.state(), Optional.empty());
  }

  private static PatientState next(PatientState state, int factCount, Optional<Instant> due) {
    return new PatientState(
        factCount,
        state.retained(),
        state.frontier(),
        state.corrections(),
        state.alerts(),
        state.visible(),
        state.responseAssessed(),
        due);
  }

  private static Decision decision(
      Decision.Kind kind,
      Optional<Decision.Rejection> rejection,
      PatientState state,
      Optional<StoredFact> store) {
    boolean visible = kind == Decision.Kind.DECIDED && store.isPresent();
    return new Decision(
        kind, rejection, Optional.empty(), state, store, List.of(), List.of(), List.of(), visible);
  }
}
