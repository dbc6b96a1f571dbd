package io.meninx.wire;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.FactKind;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.journal.JournalEntry;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import io.meninx.wire.avro.AlertAction;
import io.meninx.wire.avro.BodyRegion;
import io.meninx.wire.avro.DecisionCause;
import io.meninx.wire.avro.Disposition;
import io.meninx.wire.avro.ImagingModality;
import io.meninx.wire.avro.ImagingResponse;
import io.meninx.wire.avro.LeptomeningealPattern;
import io.meninx.wire.avro.PathwayStage;
import io.meninx.wire.avro.PunctureSite;
import io.meninx.wire.avro.RadiotherapyField;
import io.meninx.wire.avro.RadiotherapyIndication;
import io.meninx.wire.avro.RuleOutcome;
import io.meninx.wire.avro.TimePrecision;
import io.meninx.wire.avro.TreatmentAction;
import io.meninx.wire.avro.TreatmentModality;
import io.meninx.wire.avro.VitalStatus;

/**
 * Every closed vocabulary in its two forms; loading it fails when the core has a word the schemas
 * lack.
 */
final class Vocabulary {
  static final Codes<io.meninx.wire.avro.ResultStatus, ResultStatus> STATUS =
      Codes.of(io.meninx.wire.avro.ResultStatus.class, ResultStatus.class);
  static final Codes<TimePrecision, ObservedAt.Precision> PRECISION =
      Codes.of(TimePrecision.class, ObservedAt.Precision.class);
  static final Codes<ImagingModality, ImagingReport.Modality> IMAGING_MODALITY =
      Codes.of(ImagingModality.class, ImagingReport.Modality.class);
  static final Codes<BodyRegion, ImagingReport.Region> REGION =
      Codes.of(BodyRegion.class, ImagingReport.Region.class);
  static final Codes<LeptomeningealPattern, ImagingReport.Pattern> PATTERN =
      Codes.of(LeptomeningealPattern.class, ImagingReport.Pattern.class);
  static final Codes<io.meninx.wire.avro.CsfFlow, ImagingReport.CsfFlow> FLOW =
      Codes.of(io.meninx.wire.avro.CsfFlow.class, ImagingReport.CsfFlow.class);
  static final Codes<ImagingResponse, ImagingReport.Response> RESPONSE =
      Codes.of(ImagingResponse.class, ImagingReport.Response.class);
  static final Codes<PunctureSite, CsfResult.Site> SITE =
      Codes.of(PunctureSite.class, CsfResult.Site.class);
  static final Codes<io.meninx.wire.avro.Cytology, CsfResult.Cytology> CYTOLOGY =
      Codes.of(io.meninx.wire.avro.Cytology.class, CsfResult.Cytology.class);
  static final Codes<io.meninx.wire.avro.Histology, BiopsyResult.Histology> HISTOLOGY =
      Codes.of(io.meninx.wire.avro.Histology.class, BiopsyResult.Histology.class);
  static final Codes<VitalStatus, OutcomeReport.Vital> VITAL =
      Codes.of(VitalStatus.class, OutcomeReport.Vital.class);
  static final Codes<io.meninx.wire.avro.Suspicion, ClinicalAssessment.Suspicion> SUSPICION =
      Codes.of(io.meninx.wire.avro.Suspicion.class, ClinicalAssessment.Suspicion.class);
  static final Codes<
          io.meninx.wire.avro.ExtracranialDisease, ClinicalAssessment.ExtracranialDisease>
      EXTRACRANIAL =
          Codes.of(
              io.meninx.wire.avro.ExtracranialDisease.class,
              ClinicalAssessment.ExtracranialDisease.class);
  static final Codes<io.meninx.wire.avro.NeurologicalExam, ClinicalAssessment.NeurologicalExam>
      EXAM =
          Codes.of(
              io.meninx.wire.avro.NeurologicalExam.class,
              ClinicalAssessment.NeurologicalExam.class);
  static final Codes<TreatmentModality, TreatmentEvent.Modality> TREATMENT_MODALITY =
      Codes.of(TreatmentModality.class, TreatmentEvent.Modality.class);
  static final Codes<TreatmentAction, TreatmentEvent.Action> TREATMENT_ACTION =
      Codes.of(TreatmentAction.class, TreatmentEvent.Action.class);
  static final Codes<io.meninx.wire.avro.Route, TreatmentEvent.Route> ROUTE =
      Codes.of(io.meninx.wire.avro.Route.class, TreatmentEvent.Route.class);
  static final Codes<RadiotherapyField, TreatmentEvent.Field> FIELD =
      Codes.of(RadiotherapyField.class, TreatmentEvent.Field.class);
  static final Codes<RadiotherapyIndication, TreatmentEvent.Indication> INDICATION =
      Codes.of(RadiotherapyIndication.class, TreatmentEvent.Indication.class);
  static final Codes<AlertAction, AlertResponse.Action> ALERT_ACTION =
      Codes.of(AlertAction.class, AlertResponse.Action.class);

  static final Codes<io.meninx.wire.avro.FactKind, FactKind> KIND =
      Codes.of(io.meninx.wire.avro.FactKind.class, FactKind.class);
  static final Codes<io.meninx.wire.avro.AlertCode, AlertCode> ALERT_CODE =
      Codes.of(io.meninx.wire.avro.AlertCode.class, AlertCode.class);
  static final Codes<io.meninx.wire.avro.AlertStage, AlertStage> ALERT_STAGE =
      Codes.of(io.meninx.wire.avro.AlertStage.class, AlertStage.class);
  static final Codes<io.meninx.wire.avro.AlertState, AlertState> ALERT_STATE =
      Codes.of(io.meninx.wire.avro.AlertState.class, AlertState.class);
  static final Codes<io.meninx.wire.avro.Priority, Priority> PRIORITY =
      Codes.of(io.meninx.wire.avro.Priority.class, Priority.class);
  static final Codes<io.meninx.wire.avro.Audience, Audience> AUDIENCE =
      Codes.of(io.meninx.wire.avro.Audience.class, Audience.class);
  static final Codes<io.meninx.wire.avro.ResolutionReason, ResolutionReason> RESOLUTION =
      Codes.of(io.meninx.wire.avro.ResolutionReason.class, ResolutionReason.class);
  static final Codes<io.meninx.wire.avro.ScheduleCode, ScheduleCode> SCHEDULE =
      Codes.of(io.meninx.wire.avro.ScheduleCode.class, ScheduleCode.class);
  static final Codes<io.meninx.wire.avro.EntryState, EntryState> ENTRY =
      Codes.of(io.meninx.wire.avro.EntryState.class, EntryState.class);
  static final Codes<io.meninx.wire.avro.LmType, LmType> LM_TYPE =
      Codes.of(io.meninx.wire.avro.LmType.class, LmType.class);
  static final Codes<io.meninx.wire.avro.Certainty, Certainty> CERTAINTY =
      Codes.of(io.meninx.wire.avro.Certainty.class, Certainty.class);
  static final Codes<io.meninx.wire.avro.StatusGroup, StatusGroup> GROUP =
      Codes.of(io.meninx.wire.avro.StatusGroup.class, StatusGroup.class);
  static final Codes<PathwayStage, Stage> STAGE = Codes.of(PathwayStage.class, Stage.class);
  static final Codes<io.meninx.wire.avro.RecommendationCode, RecommendationCode> RECOMMENDATION =
      Codes.of(io.meninx.wire.avro.RecommendationCode.class, RecommendationCode.class);
  static final Codes<io.meninx.wire.avro.ContraindicationCode, ContraindicationCode>
      CONTRAINDICATION =
          Codes.of(io.meninx.wire.avro.ContraindicationCode.class, ContraindicationCode.class);
  static final Codes<io.meninx.wire.avro.EventType, EventType> EVENT_TYPE =
      Codes.of(io.meninx.wire.avro.EventType.class, EventType.class);
  static final Codes<RuleOutcome, Outcome> OUTCOME = Codes.of(RuleOutcome.class, Outcome.class);
  static final Codes<Disposition, JournalEntry.Disposition> DISPOSITION =
      Codes.of(Disposition.class, JournalEntry.Disposition.class);
  static final Codes<DecisionCause, JournalEntry.Cause> CAUSE =
      Codes.of(DecisionCause.class, JournalEntry.Cause.class);

  private Vocabulary() {}
}
