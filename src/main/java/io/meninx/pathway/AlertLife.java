package io.meninx.pathway;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.AlertFinding;
import io.meninx.guideline.AskedFor;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Findings;
import io.meninx.guideline.Moment;
import io.meninx.guideline.Parameters;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Reason;
import io.meninx.pathway.OpenAlerts.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The life of alerts (contract section 5): one open alert per patient, code and gap; stages,
 * responses, snooze, escalation, debounce of notifications, resolution and retraction. Given what
 * the rules want open, it makes the revisions.
 */
final class AlertLife {
  private final Parameters parameters;
  private final Parameters.Alerts limits;
  private final Duration debounce;
  private final PatientId patient;
  private final AlertKeyMemo keys;
  private final Instant now;
  private final ToIntFunction<String> endedRevision;
  private final Optional<Fact> cause;
  private final boolean corrects;

  private final OpenAlerts open;
  private final List<AlertRevision> revisions = new ArrayList<>();
  private final List<Decision.Ended> ended = new ArrayList<>();
  private Map<Findings.AlertSlot, AlertFinding> wanted = Map.of();

  /**
   * Continues these lives.
   *
   * @param open alerts that the last decision left
   * @param keys of alerts lately looked up
   * @param endedRevision last revision of an ended alert key, 0 when there was none
   * @param cause the input decided on, if it is no timer
   * @param corrects whether the input is a further version of a report that counted before
   */
  AlertLife(
      OpenAlerts open,
      Parameters parameters,
      Duration debounce,
      PatientId patient,
      AlertKeyMemo keys,
      Instant now,
      ToIntFunction<String> endedRevision,
      Optional<Fact> cause,
      boolean corrects) {
    this.parameters = parameters;
    this.limits = parameters.alerts();
    this.debounce = debounce;
    this.patient = patient;
    this.keys = keys;
    this.now = now;
    this.endedRevision = endedRevision;
    this.cause = cause;
    this.corrects = corrects;
    this.open = open;
  }

  List<AlertRevision> revisions() {
    return revisions;
  }

  List<Decision.Ended> ended() {
    return ended;
  }

  // ------------------------------------------------------------------ what the rules want

  /** Opens, revises and ends alerts so that the open ones are exactly those the rules give. */
  void follow(Findings findings) {
    wanted = findings.alerts();
    endOthers(findings);
    List<Place> places = open.places(); // of some that are wanted, in the same order
    int at = 0;
    for (AlertFinding finding : wanted.values()) {
      if (at < places.size() && places.get(at).slot().equals(finding.slot())) {
        follow(places.get(at), finding);
      } else {
        raise(finding);
      }
      at++;
    }
  }

  private void follow(Place place, AlertFinding finding) {
    if (!place.isSettledBy(finding)) {
      place.found(finding);
      if (!revise(place, finding)) {
        place.settle();
      }
    }
  }

  /** Ends what the rules do not want, or want about something else. */
  private void endOthers(Findings findings) {
    List<Place> over = new ArrayList<>(0);
    for (Place place : open.places()) {
      AlertFinding finding = wanted.get(place.slot());
      if (finding == null || !isAbout(place, finding)) {
        over.add(place);
      }
    }
    over.forEach(place -> end(place, findings));
  }

  private boolean isAbout(Place place, AlertFinding finding) {
    return place.isSettledBy(finding)
        || place.isStillAbout(finding)
        || key(finding).equals(place.alert().last().alertKey());
  }

  private String key(AlertFinding finding) {
    return keys.of(patient, finding.slot(), finding.anchor());
  }

  private void raise(AlertFinding finding) {
    boolean atOnce = finding.priority() == Priority.STAT || debounce.isZero();
    String key = key(finding);
    int revision = lastRevision(key) + 1;
    AlertRevision first =
        revision(finding, key, revision, AlertState.ACTIVE, finding.audience(), atOnce);
    revisions.add(first);
    open.open(
        finding,
        OpenAlert.of(
            first, finding.reasons(), atOnce ? Optional.empty() : Optional.of(now.plus(debounce))));
  }

  /** An alert that ended earlier in this very decision counts too. */
  private int lastRevision(String key) {
    for (Decision.Ended alert : ended) {
      if (alert.alertKey().equals(key)) {
        return alert.revision();
      }
    }
    return endedRevision.applyAsInt(key);
  }

  /**
   * Makes a revision if the alert doesn't say what the rules found. Whether it does depends on
   * nothing but the two.
   *
   * @return whether there is one
   */
  private boolean revise(Place place, AlertFinding finding) {
    OpenAlert alert = place.alert();
    AlertRevision last = alert.last();
    boolean newStage = finding.stage().isPresent() && !finding.stage().equals(last.stage());
    boolean laterStage =
        newStage
            && (last.stage().isEmpty() || finding.stage().get().compareTo(last.stage().get()) > 0);
    boolean higher = finding.priority().compareTo(last.priority()) > 0;
    boolean anotherReason =
        !finding.preliminary()
            && !finding.reasons().equals(alert.reasons())
            && !Set.copyOf(alert.reasons()).containsAll(finding.reasons());
    boolean silenced = last.state() != AlertState.ACTIVE && last.state() != AlertState.ESCALATED;
    boolean wakes = laterStage || higher || (silenced && anotherReason);
    AlertState state = silenced && wakes ? AlertState.ACTIVE : last.state();
    // Of an alert without stages a higher priority is what a later stage is of others.
    boolean begins = laterStage || (higher && finding.stage().isEmpty());
    int escalations = begins ? 0 : alert.escalations();
    List<Audience> audience = addressees(finding.audience(), state, escalations);
    boolean stat = finding.priority() == Priority.STAT;
    boolean waiting = alert.notifyAt().isPresent() && !stat;
    boolean notifies = wakes && !waiting;
    if (state == last.state() && audience.equals(last.audience()) && says(last, finding)) {
      return false;
    }
    AlertRevision next =
        revision(finding, last.alertKey(), last.revision() + 1, state, audience, notifies);
    put(
        place,
        new OpenAlert(
            next,
            union(alert.reasons(), finding.reasons()),
            wakes ? now : alert.changedAt(),
            escalations,
            alert.toldBy(next),
            notifies ? Optional.empty() : alert.notifyAt(),
            state == AlertState.SNOOZED ? alert.snoozedUntil() : Optional.empty()));
    return true;
  }

  private static List<String> union(List<String> one, List<String> other) {
    if (one.equals(other)) {
      return one;
    }
    Set<String> all = new java.util.TreeSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  /** Whether a revision says what the rules found. */
  private static boolean says(AlertRevision last, AlertFinding finding) {
    Reason reason = finding.reason();
    return last.stage().equals(finding.stage())
        && last.priority() == finding.priority()
        && last.dueAt().equals(finding.dueAt())
        && last.summary().equals(finding.summary())
        && last.preliminary() == finding.preliminary()
        && last.rule().equals(reason.rule())
        && last.evidence().equals(reason.evidence())
        && last.missing().equals(reason.missing());
  }

  private AlertRevision revision(
      AlertFinding finding,
      String key,
      int revision,
      AlertState state,
      List<Audience> audience,
      boolean notifies) {
    return new AlertRevision(
        key,
        revision,
        finding.slot().code(),
        state,
        finding.stage(),
        finding.priority(),
        notifies,
        now,
        finding.dueAt(),
        audience,
        finding.summary(),
        finding.slot().gap(),
        finding.preliminary(),
        finding.reason().rule(),
        finding.reason().evidence(),
        finding.reason().missing(),
        Optional.empty());
  }

  /** May be called while going over the open ones. */
  private void put(Place place, OpenAlert alert) {
    open.replace(place, alert);
    revisions.add(alert.last());
  }

  // ------------------------------------------------------------------ endings

  private void end(Place place, Findings findings) {
    OpenAlert alert = place.alert();
    ResolutionReason reason = reason(place, findings);
    boolean retracted = reason == ResolutionReason.FACT_WITHDRAWN;
    AlertRevision last =
        copy(
            alert.last(),
            retracted ? AlertState.RETRACTED : AlertState.RESOLVED,
            retracted ? everybody(alert) : alert.last().audience(),
            retracted && !alert.told().isEmpty(),
            Optional.of(reason));
    open.end(place);
    revisions.add(last);
    ended.removeIf(other -> other.alertKey().equals(last.alertKey()));
    ended.add(new Decision.Ended(last.alertKey(), last.revision()));
  }

  private ResolutionReason reason(Place place, Findings findings) {
    AlertRevision alert = place.alert().last();
    if (findings.stage().value() == io.meninx.guideline.Stage.CLOSED) {
      return ResolutionReason.PATHWAY_CLOSED;
    }
    if (cause.isPresent()) {
      Fact fact = cause.get();
      boolean restedOnIt = restedOn(alert, fact.header().reportId().value());
      if (restedOnIt && fact.header().status() == ResultStatus.WITHDRAWN) {
        return ResolutionReason.FACT_WITHDRAWN;
      }
      if (restedOnIt && (corrects || fact.header().status() == ResultStatus.AMENDED)) {
        return ResolutionReason.FACT_AMENDED;
      }
      if (fact.header().status().counts() && asked(place).isDoneBy(fact, parameters)) {
        return ResolutionReason.DONE;
      }
    }
    return ResolutionReason.CRITERIA_NO_LONGER_MET;
  }

  private AskedFor asked(Place place) {
    AlertRevision alert = place.alert().last();
    return new AskedFor(
        alert.code(), alert.evidence(), place.alert().reasons(), wanted.containsKey(place.slot()));
  }

  /** Whether an alert names a report as evidence, or is about it. */
  private boolean restedOn(AlertRevision alert, String reportId) {
    return alert.evidence().stream().anyMatch(evidence -> evidence.factId().equals(reportId))
        || alert
            .alertKey()
            .equals(keys.of(patient, new Findings.AlertSlot(alert.code(), alert.gap()), reportId));
  }

  // ------------------------------------------------------------------ people

  /** Applies a person's answer; one to an alert that is not open does nothing. */
  void answer(AlertResponse response) {
    for (Place place : open.places()) {
      if (meant(response, place.alert().last())) {
        answered(place, response);
      }
    }
  }

  private static boolean meant(AlertResponse response, AlertRevision alert) {
    if (response.alertKey().isPresent()) {
      return response.alertKey().get().equals(alert.alertKey());
    }
    return response.code().map(alert.code().name()::equals).orElse(false)
        && (response.gap().isEmpty() || response.gap().equals(alert.gap()));
  }

  private void answered(Place place, AlertResponse response) {
    OpenAlert alert = place.alert();
    AlertState state =
        switch (response.action()) {
          case ACKNOWLEDGED -> AlertState.ACKNOWLEDGED;
          case SNOOZED -> AlertState.SNOOZED;
          case OVERRIDDEN -> AlertState.OVERRIDDEN;
        };
    int days = Math.min(response.snoozeDays().orElse(1), limits.maximumSnoozeDays());
    Optional<Instant> until =
        state == AlertState.SNOOZED
            ? Optional.of(now.plus(Duration.ofDays(days)))
            : Optional.empty();
    if (state == alert.last().state() && until.equals(alert.snoozedUntil())) {
      return;
    }
    AlertRevision next = copy(alert.last(), state, ruleAudience(place), false, Optional.empty());
    put(
        place,
        new OpenAlert(
            next,
            alert.reasons(),
            alert.changedAt(),
            alert.escalations(),
            alert.told(),
            alert.notifyAt(), // the others it is for have not heard of it yet
            until));
  }

  // ------------------------------------------------------------------ time

  /**
   * Ends snoozes, sends debounced notifications and escalates, as far as their time has come. Two
   * of them can come at one time: those the rule names hear of it, and then the next.
   */
  void pass() {
    for (Place place : open.places()) {
      while (passes(place)) {
        // The place has the alert as it is now.
      }
    }
  }

  private boolean passes(Place place) {
    OpenAlert alert = place.alert();
    if (alert.snoozedUntil().filter(this::come).isPresent()) {
      awake(place);
    } else if (alert.notifyAt().filter(this::come).isPresent()) {
      notified(place);
    } else if (escalateAt(alert).filter(this::come).isPresent()) {
      escalate(place);
    } else {
      return false;
    }
    return true;
  }

  private boolean come(Instant instant) {
    return !now.isBefore(instant);
  }

  private void awake(Place place) {
    OpenAlert alert = place.alert();
    AlertRevision next =
        copy(alert.last(), AlertState.ACTIVE, ruleAudience(place), true, Optional.empty());
    put(
        place,
        new OpenAlert(
            next,
            alert.reasons(),
            now,
            alert.escalations(),
            alert.toldBy(next),
            Optional.empty(),
            Optional.empty()));
  }

  private void notified(Place place) {
    OpenAlert alert = place.alert();
    AlertRevision next =
        copy(alert.last(), alert.last().state(), alert.last().audience(), true, Optional.empty());
    put(
        place,
        new OpenAlert(
            next,
            alert.reasons(),
            alert.changedAt(),
            alert.escalations(),
            alert.toldBy(next),
            Optional.empty(),
            alert.snoozedUntil()));
  }

  private void escalate(Place place) {
    OpenAlert alert = place.alert();
    AlertRevision next =
        copy(
            alert.last(),
            AlertState.ESCALATED,
            addressees(ruleAudience(place), AlertState.ESCALATED, alert.escalations() + 1),
            true,
            Optional.empty());
    put(
        place,
        new OpenAlert(
            next,
            alert.reasons(),
            now,
            alert.escalations() + 1,
            alert.toldBy(next),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * Whom a revision addresses: the rule's roles; once escalated the next role, then the coordinator
   * of the board. Escalation goes on to others instead of telling the same people again.
   */
  private static List<Audience> addressees(List<Audience> rule, AlertState state, int escalations) {
    if (state != AlertState.ESCALATED
        || escalations == 0) { // a new stage begins with the rule's roles again
      return rule;
    }
    boolean bothKnow =
        rule.contains(Audience.NEURO_ONCOLOGY) && rule.contains(Audience.TREATING_ONCOLOGIST);
    if (escalations == 1 && !bothKnow) {
      return List.of(
          rule.contains(Audience.NEURO_ONCOLOGY)
              ? Audience.TREATING_ONCOLOGIST
              : Audience.NEURO_ONCOLOGY);
    }
    List<Audience> last = new ArrayList<>(List.of(Audience.MDT_COORDINATOR));
    if (escalations > 1 && bothKnow) { // the coordinator was told already: now all of them
      last.addAll(rule);
    }
    return List.copyOf(last);
  }

  /** The roles of the rule that wants the alert open now. */
  private List<Audience> ruleAudience(Place place) {
    AlertFinding finding = wanted.get(place.slot());
    return finding == null ? place.alert().last().audience() : finding.audience();
  }

  /**
   * Everybody an alert has reached, in whatever stage, and whom its last revision addresses: a
   * retraction goes to all of them.
   */
  private static List<Audience> everybody(OpenAlert alert) {
    Set<Audience> all = new LinkedHashSet<>(alert.last().audience());
    all.addAll(alert.told());
    return List.copyOf(all);
  }

  private Optional<Instant> escalateAt(OpenAlert alert) {
    boolean waiting =
        alert.last().state() == AlertState.ACTIVE || alert.last().state() == AlertState.ESCALATED;
    if (!waiting || alert.escalations() >= limits.maximumEscalations()) {
      return Optional.empty();
    }
    return switch (alert.last().priority()) {
      case STAT ->
          Optional.of(alert.changedAt().plus(Duration.ofMinutes(limits.statEscalationMinutes())));
      case URGENT ->
          Optional.of(alert.changedAt().plus(Duration.ofMinutes(limits.urgentEscalationMinutes())));
      case ROUTINE -> Optional.empty();
    };
  }

  /** When the life of any open alert goes on by itself. */
  Optional<Instant> next() {
    Optional<Instant> next = Optional.empty();
    for (Place place : open.places()) {
      OpenAlert alert = place.alert();
      next = Moment.earlier(next, alert.snoozedUntil());
      next = Moment.earlier(next, alert.notifyAt());
      next = Moment.earlier(next, escalateAt(alert));
    }
    return next;
  }

  private AlertRevision copy(
      AlertRevision of,
      AlertState state,
      List<Audience> audience,
      boolean notifies,
      Optional<ResolutionReason> reason) {
    return new AlertRevision(
        of.alertKey(),
        of.revision() + 1,
        of.code(),
        state,
        of.stage(),
        of.priority(),
        notifies,
        now,
        of.dueAt(),
        audience,
        of.summary(),
        of.gap(),
        of.preliminary(),
        of.rule(),
        of.evidence(),
        of.missing(),
        reason);
  }
}
