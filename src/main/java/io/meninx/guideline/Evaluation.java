package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of the rules over a picture at a moment: what they share, and what they have found so
 * far.
 */
final class Evaluation {
  final Picture picture;
  final Parameters parameters;
  final Moment moment;
  final Diagnosis diagnosis;
  final Status status;
  final FlowState flow;
  final Molecular molecular;
  final List<Course> courses;
  private final Set<String> declined;

  private final SortedMap<Recommendation, Reason> recommendations = new TreeMap<>();
  private final SortedMap<Recommendation, Reason> withheld = new TreeMap<>();
  private final SortedMap<ContraindicationCode, Reason> contraindications = new TreeMap<>();
  private final SortedMap<ScheduleCode, Findings.Reasoned<Schedule>> schedules = new TreeMap<>();
  private final Map<Findings.AlertSlot, AlertFinding> alerts = new HashMap<>();

  Evaluation(Picture picture, Parameters parameters, Moment moment) {
    this.picture = picture;
    this.parameters = parameters;
    this.moment = moment;
    this.diagnosis = Diagnosis.of(picture, parameters);
    this.status = Status.of(picture, parameters);
    this.flow = FlowState.of(picture, parameters, moment);
    this.molecular = Molecular.of(picture, parameters.vocabulary());
    this.courses = Course.of(picture, parameters);
    this.declined =
        picture
            .lastAssessment(fact -> fact.declines().isPresent())
            .<Set<String>>map(known -> Set.copyOf(known.fact().declines().orElseThrow()))
            .orElse(Set.of());
  }

  boolean opened() {
    return picture.opening().isPresent();
  }

  boolean closed() {
    return picture
        .outcome()
        .map(known -> known.fact().vital() == OutcomeReport.Vital.DEAD)
        .orElse(false);
  }

  /** Whether the patient declines what a recommendation is about (G60). */
  boolean declines(RecommendationCode code) {
    return declined.contains("ALL") || declined.contains(code.name());
  }

  /** Whether the patient declines everything (G60). */
  boolean declinesAll() {
    return declined.contains("ALL");
  }

  // ------------------------------------------------------------------ what was found

  void recommend(RecommendationCode code, Reason reason) {
    recommend(new Recommendation(code, Optional.empty()), reason);
  }

  void recommend(Recommendation recommendation, Reason reason) {
    if (reason.outcome() == Outcome.MET && !declines(recommendation.code())) {
      recommendations.put(recommendation, reason);
    } else {
      withheld.put(recommendation, reason);
    }
  }

  boolean recommends(RecommendationCode code) {
    return recommendations.containsKey(new Recommendation(code, Optional.empty()));
  }

  void contraindicate(ContraindicationCode code, Reason reason) {
    contraindications.put(code, reason);
  }

  boolean contraindicated(ContraindicationCode code) {
    return contraindications.containsKey(code);
  }

  Optional<Reason> contraindication(ContraindicationCode code) {
    return Optional.ofNullable(contraindications.get(code));
  }

  void schedule(ScheduleCode code, List<ScheduleEntry> entries, Reason reason) {
    List<ScheduleEntry> sorted = new ArrayList<>(entries);
    sorted.sort(java.util.Comparator.comparing(ScheduleEntry::dueAt));
    schedules.put(code, new Findings.Reasoned<>(new Schedule(code, sorted), reason));
  }

  void alert(AlertDraft draft) {
    AlertFinding finding = draft.finding();
    alerts.put(finding.slot(), finding);
  }

  boolean alerts(AlertCode code) {
    return alerts.containsKey(new Findings.AlertSlot(code, Optional.empty()));
  }

  Collection<AlertFinding> alertFindings() {
    return alerts.values();
  }

  // ------------------------------------------------------------------ acts

  /**
   * The acts an alert about a past act is about now: those neither history nor ended, of the last
   * unbroken chain (each within 28 days of the one before), while the newest of them is less than
   * 28 days old. Oldest first; the first is the anchor.
   */
  List<Act> recent(Collection<Act> acts) {
    Duration span = Duration.ofDays(parameters.alerts().pastActDays());
    List<Act> chain = new ArrayList<>();
    for (Act act : acts) {
      if (picture.isHistory(act.known()) || picture.ended(act)) {
        continue;
      }
      if (!chain.isEmpty()
          && chain
              .getLast()
              .known()
              .observed()
              .instant()
              .plus(span)
              .isBefore(act.known().observed().instant())) {
        chain.clear();
      }
      chain.add(act);
    }
    if (chain.isEmpty()
        || moment.reached(chain.getLast().known().observed().instant().plus(span))) {
      return List.of();
    }
    return chain;
  }

  /** Whether something observed then is at most {@code hours} old now, at its own precision. */
  boolean atMostHoursOld(ObservedAt observed, int hours) {
    if (observed.precision() == ObservedAt.Precision.DAY) {
      return !moment.reachedDay(Days.of(observed.instant()) + hours / 24 + 1L);
    }
    Instant limit = observed.instant().plus(Duration.ofHours(hours));
    return !moment.reached(limit.plusMillis(1));
  }

  Optional<Known<ClinicalAssessment>> lastAssessment(
      java.util.function.Predicate<ClinicalAssessment> states) {
    return picture.lastAssessment(states);
  }

  Findings findings(Findings.Reasoned<Stage> stage, Optional<Findings.AssessedResponse> response) {
    return new Findings(
        diagnosis.classified(),
        status.group(),
        stage,
        recommendations,
        withheld,
        contraindications,
        schedules,
        alerts,
        response,
        moment.next());
  }
}
