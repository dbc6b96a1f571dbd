package io.meninx.guideline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the guideline gives for a picture at a moment: everything that stands, each with its reason.
 *
 * @param classification type and certainty with their reason
 * @param statusGroup with its reason
 * @param stage with its reason
 * @param recommendations standing, with their reasons
 * @param withheld recommendations looked at and not given, with what stands against them
 * @param contraindications standing, with their reasons
 * @param schedules standing, with their reasons
 * @param alerts the open alerts the rules give, at most one per code and gap
 * @param response the last response assessed, if any
 * @param next when time alone changes something
 */
public record Findings(
    Classified classification,
    Reasoned<StatusGroup> statusGroup,
    Reasoned<Stage> stage,
    SortedMap<Recommendation, Reason> recommendations,
    SortedMap<Recommendation, Reason> withheld,
    SortedMap<ContraindicationCode, Reason> contraindications,
    SortedMap<ScheduleCode, Reasoned<Schedule>> schedules,
    SortedMap<AlertSlot, AlertFinding> alerts,
    Optional<AssessedResponse> response,
    Optional<Instant> next) {

  /**
   * The diagnosis.
   *
   * @param type of leptomeningeal metastasis
   * @param certainty of it
   * @param reason for both
   */
  public record Classified(LmType type, Certainty certainty, Reason reason) {}

  /**
   * A value with its reason.
   *
   * @param <T> kind of value
   * @param value itself
   * @param reason for it
   */
  public record Reasoned<T>(T value, Reason reason) {}

  /**
   * Where an alert is shown: at most one open alert per slot.
   *
   * @param code kind
   * @param gap of the guideline, for MDT_REVIEW_NEEDED
   */
  public record AlertSlot(AlertCode code, Optional<String> gap) implements Comparable<AlertSlot> {
    private static final NameOrder<AlertCode> CODES = new NameOrder<>(AlertCode.class);

    @Override
    public int compareTo(AlertSlot other) {
      int byCode = CODES.compare(code, other.code);
      return byCode != 0 ? byCode : gap.orElse("").compareTo(other.gap.orElse(""));
    }
  }

  /**
   * An assessed response to treatment (S27).
   *
   * @param code IMPROVED, STABLE, PROGRESSED or NOT_EVALUABLE
   * @param reportId of the report that states it
   * @param reason for it
   */
  public record AssessedResponse(String code, String reportId, Reason reason) {}

  /** The same, with another time at which something changes. */
  Findings until(Optional<Instant> changes) {
    return new Findings(
        classification,
        statusGroup,
        stage,
        recommendations,
        withheld,
        contraindications,
        schedules,
        alerts,
        response,
        changes);
  }

  /** Alerts in the order of their slots. */
  public List<AlertFinding> alertsInOrder() {
    return List.copyOf(alerts.values());
  }
}
