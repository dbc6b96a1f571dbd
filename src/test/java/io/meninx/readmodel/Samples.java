package io.meninx.readmodel;

import io.meninx.fact.FactKind;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.pathway.ResolutionReason;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decisions for tests, of patients that nobody has. */
public final class Samples {
  public static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Evidence EVIDENCE =
      new Evidence(
          "report-1",
          FactKind.CSF,
          "cytology=POSITIVE",
          ResultStatus.FINAL,
          ObservedAt.at(START.minus(Duration.ofDays(1))));

  private Samples() {}

  /** A revision of an alert, so many minutes after the start. */
  public static Published<AlertRevision> alert(
      String patient,
      String key,
      int revision,
      AlertCode code,
      AlertState state,
      Priority priority,
      int minute) {
    AlertRevision alert =
        new AlertRevision(
            key,
            revision,
            code,
            state,
            Optional.of(AlertStage.DUE),
            priority,
            true,
            START.plus(Duration.ofMinutes(minute)),
            Optional.empty(),
            List.of(Audience.NEURO_ONCOLOGY),
            "Summary of " + key,
            Optional.empty(),
            false,
            RuleRef.of("S6", "S30"),
            List.of(EVIDENCE),
            List.of("CSF.cytology"),
            state == AlertState.RESOLVED ? Optional.of(ResolutionReason.DONE) : Optional.empty());
    return new Published<>(new PatientId(patient), alert, "lm-nsclc", "1");
  }

  /** An event, so many minutes after the start. */
  public static Published<PathwayEvent> event(String patient, String id, int minute) {
    return event(patient, id, EventType.CLASSIFICATION_CHANGED, "IA/CONFIRMED", minute);
  }

  /** An event about this, so many minutes after the start. */
  public static Published<PathwayEvent> event(
      String patient, String id, EventType type, String code, int minute) {
    PathwayEvent event =
        new PathwayEvent(
            id,
            type,
            code,
            START.plus(Duration.ofMinutes(minute)),
            RuleRef.of("S2"),
            Outcome.MET,
            List.of(EVIDENCE),
            List.of(),
            Optional.empty(),
            type == EventType.CLASSIFICATION_CHANGED
                ? Optional.of("UNDETERMINED/UNDETERMINED")
                : Optional.empty(),
            Optional.empty(),
            List.of());
    return new Published<>(new PatientId(patient), event, "lm-nsclc", "1");
  }

  /** An alert of the code, as the state of its patient names it. */
  public static AlertLine line(AlertCode code) {
    return new AlertLine(
        code,
        Optional.of(AlertStage.OVERDUE),
        Priority.STAT,
        AlertState.ESCALATED,
        Optional.empty(),
        Optional.of(START));
  }

  /** A state that names these open alerts, so many minutes after the start. */
  public static Pathway pathway(String patient, int minute, AlertLine... open) {
    return pathway(patient, minute, List.of(), List.of(), open);
  }

  /** The same, with what it recommends and what stands against something. */
  public static Pathway pathway(
      String patient,
      int minute,
      List<Recommendation> recommendations,
      List<ContraindicationCode> contraindications,
      AlertLine... open) {
    return new Pathway(
        new PatientId(patient),
        START.plus(Duration.ofMinutes(minute)),
        new PublicState(
            LmType.IA,
            Certainty.CONFIRMED,
            StatusGroup.GOOD,
            Stage.DIAGNOSED,
            recommendations,
            contraindications,
            List.of(open),
            List.of()));
  }
}
