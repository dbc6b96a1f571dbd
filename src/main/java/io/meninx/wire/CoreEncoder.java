package io.meninx.wire;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PatientId;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.Correction;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PublicState;
import java.util.Optional;

/**
 * Values of the core to Avro binary, field after field as in their schemas. Written by hand because
 * they are written on every event: several times as fast as by way of generated records, with the
 * same bytes (tests read them by the schemas).
 */
final class CoreEncoder {
  private static final int IMAGING = 0;
  private static final int CSF = 1;
  private static final int BIOPSY = 2;
  private static final int PERFORMANCE = 3;
  private static final int ASSESSMENT = 4;
  private static final int TREATMENT = 5;
  private static final int RESPONSE = 6;

  private final ByteEncoder out;
  private Optional<PatientId> implied = Optional.empty();
  private int firstKind;

  /** Writes there. */
  CoreEncoder(ByteEncoder out) {
    this.out = out;
  }

  /** A patient whose id is left out of the facts, since it stands around them. */
  void imply(Optional<PatientId> patient) {
    implied = patient;
  }

  void report(Report report) {
    stored(report.current());
    out.list(report.earlier(), this::stored);
  }

  void stored(StoredFact stored) {
    out.instant(stored.receivedAt());
    fact(stored.fact());
  }

  private void fact(Fact fact) {
    fact(fact, 0);
  }

  /**
   * A fact in a union.
   *
   * @param before branches of the union before those of the facts
   */
  void fact(Fact fact, int before) {
    firstKind = before;
    switch (fact) {
      case ImagingReport imaging -> imaging(imaging);
      case CsfResult csf -> csf(csf);
      case BiopsyResult biopsy -> biopsy(biopsy);
      case PerformanceStatus status -> performance(status);
      case ClinicalAssessment assessment -> assessment(assessment);
      case OutcomeReport outcome -> outcome(outcome);
      case TreatmentEvent treatment -> treatment(treatment);
      case AlertResponse response -> response(response);
    }
  }

  private void start(int kind, Header header) {
    out.integer(firstKind + kind);
    out.text(header.eventId().value());
    boolean known = implied.isPresent() && implied.get().equals(header.patientId());
    out.text(known ? "" : header.patientId().value());
    out.text(header.reportId().value());
    out.code(Vocabulary.STATUS, header.status());
    observedAt(header.observedAt());
    out.instant(header.reportedAt());
    out.text(header.source().system());
    out.text(header.source().messageId());
  }

  private void observedAt(ObservedAt observed) {
    out.instant(observed.instant());
    out.code(Vocabulary.PRECISION, observed.precision());
  }

  private void imaging(ImagingReport imaging) {
    start(IMAGING, imaging.header());
    out.code(Vocabulary.IMAGING_MODALITY, imaging.modality());
    out.list(imaging.regions(), region -> out.code(Vocabulary.REGION, region));
    out.tri(imaging.contrast());
    if (out.present(!Double.isNaN(imaging.tesla()))) {
      out.real(imaging.tesla());
    }
    out.code(Vocabulary.PATTERN, imaging.pattern());
    out.tri(imaging.thinDeposits());
    out.tri(imaging.hydrocephalus());
    out.tri(imaging.massEffect());
    out.code(Vocabulary.FLOW, imaging.csfFlow());
    out.tri(imaging.parenchymalMetastases());
    out.tri(imaging.lungMass());
    out.list(imaging.enhancementLevels(), region -> out.code(Vocabulary.REGION, region));
    out.tri(imaging.cordCompression());
    out.code(Vocabulary.RESPONSE, imaging.response());
  }

  private void csf(CsfResult csf) {
    start(CSF, csf.header());
    out.code(Vocabulary.SITE, csf.site());
    out.code(Vocabulary.CYTOLOGY, csf.cytology());
    out.optionalReal(csf.volumeMl());
    out.optionalInt(csf.minutesToProcessing());
    out.tri(csf.fixed());
    out.optionalReal(csf.proteinMgDl());
    out.optionalReal(csf.glucoseMgDl());
    out.optionalReal(csf.wbcPerUl());
    out.optionalReal(csf.openingPressureCmH2O());
    out.optionalText(csf.csfMutation());
  }

  private void biopsy(BiopsyResult biopsy) {
    start(BIOPSY, biopsy.header());
    out.optionalText(biopsy.site());
    out.code(Vocabulary.HISTOLOGY, biopsy.histology());
    out.list(
        biopsy.markers().entrySet(),
        marker -> {
          out.text(marker.getKey());
          out.text(marker.getValue());
        });
  }

  private void performance(PerformanceStatus status) {
    start(PERFORMANCE, status.header());
    out.optionalInt(status.kps());
    out.optionalInt(status.ecog());
  }

  private void assessment(ClinicalAssessment assessment) {
    start(ASSESSMENT, assessment.header());
    out.present(false); // vitalStatus
    out.texts(assessment.signs());
    out.code(Vocabulary.SUSPICION, assessment.suspicion());
    out.code(Vocabulary.EXTRACRANIAL, assessment.extracranialDisease());
    out.optionalInt(assessment.lifeExpectancyDays());
    out.tri(assessment.severeSymptoms());
    out.code(Vocabulary.EXAM, assessment.neurologicalExam());
    out.tri(assessment.ommayaFeasible());
    if (out.present(assessment.labs().isPresent())) {
      labs(assessment.labs().get());
    }
    out.tri(assessment.restagingDone());
    out.optionalReal(assessment.dexamethasoneMg());
    out.tri(assessment.pleuralEffusion());
    if (out.present(assessment.declines().isPresent())) {
      out.texts(assessment.declines().get());
    }
    out.tri(assessment.palliativeReferral());
  }

  private void labs(ClinicalAssessment.Labs labs) {
    out.optionalReal(labs.plateletsE9L());
    out.optionalReal(labs.inr());
    out.optionalReal(labs.ancE9L());
    out.optionalReal(labs.egfr());
  }

  private void outcome(OutcomeReport outcome) {
    start(ASSESSMENT, outcome.header());
    out.present(true);
    out.code(Vocabulary.VITAL, outcome.vital());
    out.integer(0); // no signs
    out.code(Vocabulary.SUSPICION, ClinicalAssessment.Suspicion.UNKNOWN);
    out.code(Vocabulary.EXTRACRANIAL, ClinicalAssessment.ExtracranialDisease.UNKNOWN);
    out.present(false); // lifeExpectancyDays
    out.present(false); // severeSymptoms
    out.code(Vocabulary.EXAM, ClinicalAssessment.NeurologicalExam.UNKNOWN);
    out.present(false); // ommayaFeasible
    out.present(false); // labs
    out.present(false); // restagingDone
    out.present(false); // dexamethasoneMg
    out.present(false); // pleuralEffusion
    out.present(false); // declines
    out.present(false); // palliativeReferral
  }

  private void treatment(TreatmentEvent treatment) {
    start(TREATMENT, treatment.header());
    out.code(Vocabulary.TREATMENT_MODALITY, treatment.modality());
    out.code(Vocabulary.TREATMENT_ACTION, treatment.action());
    out.optionalText(treatment.orderId());
    out.optionalText(treatment.agent());
    out.optionalText(treatment.dose());
    out.optionalReal(treatment.doseMg());
    out.code(Vocabulary.ROUTE, treatment.route());
    out.code(Vocabulary.FIELD, treatment.field());
    out.optionalReal(treatment.doseGy());
    out.optionalInt(treatment.fractions());
    out.code(Vocabulary.INDICATION, treatment.indication());
  }

  private void response(AlertResponse response) {
    start(RESPONSE, response.header());
    out.optionalText(response.alertKey());
    out.optionalText(response.code());
    out.optionalText(response.gap());
    out.code(Vocabulary.ALERT_ACTION, response.action());
    out.optionalText(response.reason());
    out.optionalInt(response.snoozeDays());
    out.optionalText(response.mdtId());
  }

  void correction(Correction correction) {
    out.text(correction.reportId().value());
    out.instant(correction.at());
    out.text(correction.gap());
    out.bool(correction.newContraindication());
    out.texts(correction.differs());
    out.texts(correction.acts());
  }

  void openAlert(OpenAlert alert) {
    alert(alert.last());
    out.texts(alert.reasons());
    out.instant(alert.changedAt());
    out.integer(alert.escalations());
    out.bool(!alert.told().isEmpty());
    out.list(alert.told(), role -> out.code(Vocabulary.AUDIENCE, role));
    out.optionalInstant(alert.notifyAt());
    out.optionalInstant(alert.snoozedUntil());
  }

  private void alert(AlertRevision alert) {
    alert(alert, Published.NOT);
  }

  /** An alert, with what only a published one names. */
  void alert(AlertRevision alert, Published published) {
    out.text(alert.alertKey());
    out.optionalText(published.patientId());
    out.integer(alert.revision());
    out.code(Vocabulary.ALERT_CODE, alert.code());
    out.code(Vocabulary.ALERT_STATE, alert.state());
    out.optionalCode(Vocabulary.ALERT_STAGE, alert.stage());
    out.code(Vocabulary.PRIORITY, alert.priority());
    out.bool(alert.notifies());
    out.instant(alert.at());
    out.optionalInstant(alert.dueAt());
    out.list(alert.audience(), role -> out.code(Vocabulary.AUDIENCE, role));
    out.text(alert.summary());
    out.optionalText(alert.gap());
    out.bool(alert.preliminary());
    rule(alert.rule(), published);
    out.list(alert.evidence(), this::evidence);
    out.texts(alert.missing());
    out.optionalCode(Vocabulary.RESOLUTION, alert.resolutionReason());
  }

  /** A rule, with the guideline where that is not named around it. */
  void rule(RuleRef rule, Published published) {
    out.text(rule.id());
    out.texts(rule.statements());
    out.optionalText(published.guidelineId());
    out.optionalText(published.guidelineVersion());
  }

  /**
   * What a published decision names beside itself; in the journal and in stores it stands around
   * it.
   */
  record Published(
      Optional<String> patientId, Optional<String> guidelineId, Optional<String> guidelineVersion) {
    static final Published NOT =
        new Published(Optional.empty(), Optional.empty(), Optional.empty());
  }

  void evidence(Evidence evidence) {
    out.text(evidence.factId());
    out.code(Vocabulary.KIND, evidence.kind());
    out.text(evidence.value());
    out.code(Vocabulary.STATUS, evidence.status());
    observedAt(evidence.observedAt());
  }

  void visible(PublicState state) {
    out.code(Vocabulary.LM_TYPE, state.type());
    out.code(Vocabulary.CERTAINTY, state.certainty());
    out.code(Vocabulary.GROUP, state.statusGroup());
    out.code(Vocabulary.STAGE, state.stage());
    out.list(
        state.recommendations(),
        recommendation -> {
          out.code(Vocabulary.RECOMMENDATION, recommendation.code());
          out.optionalText(recommendation.gap());
        });
    out.list(state.contraindications(), code -> out.code(Vocabulary.CONTRAINDICATION, code));
    out.list(state.openAlerts(), this::line);
    out.list(state.schedules(), this::schedule);
  }

  private void line(PublicState.AlertLine line) {
    out.code(Vocabulary.ALERT_CODE, line.code());
    out.optionalCode(Vocabulary.ALERT_STAGE, line.stage());
    out.code(Vocabulary.PRIORITY, line.priority());
    out.code(Vocabulary.ALERT_STATE, line.state());
    out.optionalText(line.gap());
    out.optionalInstant(line.dueAt());
  }

  private void schedule(Schedule schedule) {
    out.code(Vocabulary.SCHEDULE, schedule.code());
    out.list(schedule.entries(), this::entry);
  }

  void entry(ScheduleEntry entry) {
    out.instant(entry.dueAt());
    out.code(Vocabulary.ENTRY, entry.state());
  }
}
