package io.meninx.pathway;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertFinding;
import io.meninx.guideline.Correction;
import io.meninx.guideline.Findings;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.GuidelineRules;
import io.meninx.guideline.Moment;
import io.meninx.guideline.Plausibility;
import io.meninx.guideline.Review;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides: a pure function of what is kept of a patient, an input and the logical time. Reads
 * through {@link PatientView}, writes nothing; the caller stores what the decision says and then
 * forwards it (invariant 7).
 */
public final class PathwayEngine {
  /** Causes of decisions that rest on no fact. */
  private static final String TIMER = "timer";

  private static final String GUIDELINE = "guideline:";

  /** In front of the event id of a fact that reads like one of these. */
  private static final String FACT = "eventId:";

  private final Guideline guideline;
  private final EngineSettings settings;
  private final GuidelineRules rules;
  private final Reports reports;
  private final AlertKeyMemo keys = new AlertKeyMemo();

  /** An engine that decides by this guideline. */
  public PathwayEngine(Guideline guideline, EngineSettings settings) {
    this.guideline = guideline;
    this.settings = settings;
    this.rules = new GuidelineRules(guideline.parameters());
    this.reports = new Reports(rules, guideline.parameters());
  }

  /** The guideline it decides by. */
  public Guideline guideline() {
    return guideline;
  }

  /** The deployment's settings it decides by. */
  public EngineSettings settings() {
    return settings;
  }

  /**
   * Decides on an input. The patient's timers up to {@code now} must have fired before (contract
   * section 2).
   *
   * @param view of the patient the fact is about
   * @param fact the input
   * @param receivedAt record time of the input
   * @param now logical time of the partition
   */
  public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
    PatientState state = view.state();
    Optional<StoredFact> sent = view.byEventId(fact.header().eventId());
    if (sent.isPresent()) {
      return sent.get().fact().sameContent(fact)
          ? unchanged(Decision.Kind.DUPLICATE, Optional.empty(), state)
          : unchanged(
              Decision.Kind.REJECTED, Optional.of(Decision.Rejection.EVENT_ID_REUSED), state);
    }
    List<StoredFact> versions = Reports.versions(view, fact);
    Optional<Report> before =
        versions.isEmpty() ? Optional.empty() : Optional.of(Report.of(versions));
    if (before.isPresent() && before.get().current().fact().sameContent(fact)) {
      return unchanged(Decision.Kind.DUPLICATE, Optional.empty(), state);
    }
    if (state.factCount() >= settings.factsPerPatient()) {
      return unchanged(
          Decision.Kind.REJECTED, Optional.of(Decision.Rejection.PATIENT_TOO_LARGE), state);
    }
    StoredFact arrived = new StoredFact(fact, receivedAt);
    Reports.Updated updated = reports.add(view, before, arrived, now);
    Step step =
        new Step(
            view,
            fact.header().patientId(),
            now,
            cause(fact.header().eventId()),
            Optional.of(fact),
            before.isPresent() && before.get().current().fact().header().status().counts());
    before.ifPresent(report -> step.events.versions(report, arrived, updated.reportOf(arrived)));
    Optional<Decision.Flag> flag =
        Plausibility.flag(arrived).map(found -> new Decision.Flag(found.reason(), found.field()));
    return step.decide(updated, state.factCount() + 1, Optional.of(arrived), flag);
  }

  /**
   * What a decision on a fact rests on: the event id, which any sender may choose to be what stands
   * for the passing of time. Events of both at one instant would have one id. An id that has the
   * prefix already must not meet one that gets it.
   */
  private static String cause(EventId eventId) {
    String id = eventId.value();
    String bare = id;
    while (bare.startsWith(FACT)) {
      bare = bare.substring(FACT.length());
    }
    return bare.equals(TIMER) || bare.startsWith(GUIDELINE) ? FACT + id : id;
  }

  private static Decision unchanged(
      Decision.Kind kind, Optional<Decision.Rejection> rejection, PatientState state) {
    return new Decision(
        kind,
        rejection,
        Optional.empty(),
        state,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        false);
  }

  /**
   * Decides on the passing of time: what {@link PatientState#nextDue} announced.
   *
   * @param dueAt the announced instant, which is the time of the decision whichever tick made it
   *     fire
   */
  public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
    PatientState state = view.state();
    return new Step(view, patient, dueAt, TIMER, Optional.empty(), false)
        .decide(
            reports.unchanged(state, dueAt), state.factCount(), Optional.empty(), Optional.empty());
  }

  /**
   * Looks at a patient so that the next decision finds what it would have been left by the last
   * one. Decides nothing, and changes no decision.
   *
   * @param now logical time, not after that of the next decision
   */
  public void remember(PatientView view, Instant now) {
    PatientState state = view.state();
    Review review = rules.review(state.retained());
    review.at(state.corrections(), now);
    view.recollection()
        .keep(state, rules, new Recollection.Kept(review, new OpenAlerts(state.alerts())));
  }

  /** Decides anew on everything known, for instance after a change of guideline. */
  public Decision reevaluate(PatientView view, PatientId patient, Instant now) {
    view.recollection().forget();
    return new Step(view, patient, now, GUIDELINE + guideline.hash(), Optional.empty(), false)
        .decide(
            reports.rebuild(view.all(), List.of(), now),
            view.state().factCount(),
            Optional.empty(),
            Optional.empty());
  }

  /** One decision in the making. */
  private final class Step {
    private final PatientView view;
    private final PatientState before;
    private final PatientId patient;
    private final Instant now;
    private final Optional<Fact> cause;
    private final boolean corrects;
    private final Events events;

    Step(
        PatientView view,
        PatientId patient,
        Instant now,
        String causeId,
        Optional<Fact> cause,
        boolean corrects) {
      this.view = view;
      this.before = view.state();
      this.patient = patient;
      this.now = now;
      this.cause = cause;
      this.corrects = corrects;
      this.events = new Events(patient, now, causeId);
    }

    Decision decide(
        Reports.Updated updated,
        int factCount,
        Optional<StoredFact> store,
        Optional<Decision.Flag> flag) {
      Optional<Recollection.Kept> kept = view.recollection().take(before, rules, now);
      Review review = review(kept.map(Recollection.Kept::review), updated);
      Findings findings = review.at(updated.corrections(), now);
      OpenAlerts lives = lives(kept.map(Recollection.Kept::open));
      AlertLife alerts = life(lives);
      alerts.follow(findings);
      if (store.filter(arrived -> Plausibility.timeFlag(arrived).isEmpty()).isPresent()) {
        cause.ifPresent(fact -> answer(alerts, fact));
      }
      alerts.pass();
      List<OpenAlert> open = lives.list();
      PublicState visible = visible(findings, lines(open));
      boolean stays = visible.equals(before.visible());
      if (stays) {
        visible = before.visible(); // the same object, so that others see at once that it is
      } else {
        events.changes(before.visible(), visible, findings);
      }
      Optional<String> response =
          findings.response().map(found -> found.reportId() + "=" + found.code());
      if (response.isPresent() && !response.equals(before.responseAssessed())) {
        events.response(findings.response().get());
      }
      PatientState after =
          new PatientState(
              factCount,
              updated.retained(),
              updated.frontier(),
              updated.corrections(),
              open,
              visible,
              response,
              Moment.earlier(findings.next(), alerts.next()));
      view.recollection().keep(after, rules, new Recollection.Kept(review, lives));
      return new Decision(
          Decision.Kind.DECIDED,
          Optional.empty(),
          flag,
          after,
          store,
          events.events(),
          alerts.revisions(),
          alerts.ended(),
          store.isPresent() && before.factCount() == 0 || !stays);
    }

    private OpenAlerts lives(Optional<OpenAlerts> kept) {
      OpenAlerts lives = kept.orElseGet(() -> new OpenAlerts(before.alerts()));
      lives.resume(before.alerts());
      return lives;
    }

    private AlertLife life(OpenAlerts lives) {
      return new AlertLife(
          lives,
          guideline.parameters(),
          settings.debounce(),
          patient,
          keys,
          now,
          view::endedRevision,
          cause,
          corrects);
    }

    @SuppressWarnings("ReferenceEquality") // the very list, and not one like it
    private List<PublicState.AlertLine> lines(List<OpenAlert> open) {
      return open == before.alerts() ? before.visible().openAlerts() : PathwayEngine.lines(open);
    }

    /** The one that led to the state before, if it is remembered and can be gone on with. */
    private Review review(Optional<Review> kept, Reports.Updated updated) {
      return kept.filter(review -> review.become(updated.retained()))
          .orElseGet(() -> rules.review(updated.retained()));
    }

    private void answer(AlertLife alerts, Fact fact) {
      if (fact instanceof AlertResponse response && fact.header().status().counts()) {
        alerts.answer(response);
      }
    }
  }

  private static PublicState visible(Findings findings, List<PublicState.AlertLine> alerts) {
    boolean closed = findings.stage().value() == Stage.CLOSED;
    List<Schedule> schedules = new ArrayList<>(findings.schedules().size());
    findings.schedules().values().forEach(schedule -> schedules.add(schedule.value()));
    return new PublicState(
        findings.classification().type(),
        findings.classification().certainty(),
        findings.statusGroup().value(),
        findings.stage().value(),
        closed ? List.of() : List.copyOf(findings.recommendations().keySet()),
        byName(findings.contraindications().keySet(), Enum::name),
        alerts,
        byName(schedules, schedule -> schedule.code().name()));
  }

  private static List<PublicState.AlertLine> lines(List<OpenAlert> alerts) {
    List<PublicState.AlertLine> lines = new ArrayList<>(alerts.size());
    for (OpenAlert alert : alerts) {
      AlertRevision last = alert.last();
      lines.add(
          new PublicState.AlertLine(
              last.code(), last.stage(), last.priority(), last.state(), last.gap(), last.dueAt()));
    }
    return lines;
  }

  private static <T> List<T> byName(Collection<T> items, Function<T, String> name) {
    if (items.size() < 2) {
      return List.copyOf(items);
    }
    List<T> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(name));
    return sorted;
  }

  /** What the rules give for what is known of a patient at a moment, for explanations. */
  public Findings findings(List<Report> known, List<Correction> corrections, Instant now) {
    return rules.evaluate(known, corrections, now);
  }

  /**
   * The alert findings of a state, by slot; the open alerts are exactly these (contract section 5).
   */
  public List<AlertFinding> wanted(PatientState state, Instant now) {
    return rules.evaluate(state.retained(), state.corrections(), now).alertsInOrder();
  }
}
