package io.meninx.wire;

import static io.meninx.wire.Values.nullable;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.wire.avro.BiopsyMolecularResult;
import io.meninx.wire.avro.BodyRegion;
import io.meninx.wire.avro.CsfCytologyResult;
import io.meninx.wire.avro.EventHeader;
import io.meninx.wire.avro.EventSource;
import io.meninx.wire.avro.ExtracranialDisease;
import io.meninx.wire.avro.KpsUpdate;
import io.meninx.wire.avro.Labs;
import io.meninx.wire.avro.Marker;
import io.meninx.wire.avro.NeurologicalExam;
import io.meninx.wire.avro.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Facts to generated records: the inverse of {@link FactsFromAvro}. */
final class FactsToAvro {
  SpecificRecord fact(Fact fact) {
    return switch (fact) {
      case ImagingReport imaging -> imaging(imaging);
      case CsfResult csf -> csf(csf);
      case BiopsyResult biopsy -> biopsy(biopsy);
      case PerformanceStatus status ->
          new KpsUpdate(header(status.header()), nullable(status.kps()), nullable(status.ecog()));
      case ClinicalAssessment assessment -> assessment(assessment);
      case TreatmentEvent treatment -> treatment(treatment);
      case OutcomeReport outcome -> outcome(outcome);
      case AlertResponse response -> response(response);
    };
  }

  private EventHeader header(Header header) {
    return new EventHeader(
        header.eventId().value(),
        header.patientId().value(),
        header.reportId().value(),
        Vocabulary.STATUS.write(header.status()),
        observedAt(header.observedAt()),
        header.reportedAt(),
        new EventSource(header.source().system(), header.source().messageId()));
  }

  static io.meninx.wire.avro.ObservedAt observedAt(ObservedAt observed) {
    return new io.meninx.wire.avro.ObservedAt(
        observed.instant(), Vocabulary.PRECISION.write(observed.precision()));
  }

  private io.meninx.wire.avro.ImagingReport imaging(ImagingReport imaging) {
    return new io.meninx.wire.avro.ImagingReport(
        header(imaging.header()),
        Vocabulary.IMAGING_MODALITY.write(imaging.modality()),
        regions(imaging.regions()),
        nullable(imaging.contrast()),
        Double.isNaN(imaging.tesla()) ? null : (Double) imaging.tesla(),
        Vocabulary.PATTERN.write(imaging.pattern()),
        nullable(imaging.thinDeposits()),
        nullable(imaging.hydrocephalus()),
        nullable(imaging.massEffect()),
        Vocabulary.FLOW.write(imaging.csfFlow()),
        nullable(imaging.parenchymalMetastases()),
        nullable(imaging.lungMass()),
        regions(imaging.enhancementLevels()),
        nullable(imaging.cordCompression()),
        Vocabulary.RESPONSE.write(imaging.response()));
  }

  private static List<BodyRegion> regions(Set<ImagingReport.Region> regions) {
    List<BodyRegion> listed = new ArrayList<>(regions.size());
    regions.forEach(region -> listed.add(Vocabulary.REGION.write(region)));
    return listed;
  }

  private CsfCytologyResult csf(CsfResult csf) {
    return new CsfCytologyResult(
        header(csf.header()),
        Vocabulary.SITE.write(csf.site()),
        Vocabulary.CYTOLOGY.write(csf.cytology()),
        nullable(csf.volumeMl()),
        nullable(csf.minutesToProcessing()),
        nullable(csf.fixed()),
        nullable(csf.proteinMgDl()),
        nullable(csf.glucoseMgDl()),
        nullable(csf.wbcPerUl()),
        nullable(csf.openingPressureCmH2O()),
        csf.csfMutation().orElse(null));
  }

  private BiopsyMolecularResult biopsy(BiopsyResult biopsy) {
    List<Marker> markers = new ArrayList<>(biopsy.markers().size());
    biopsy.markers().forEach((gene, result) -> markers.add(new Marker(gene, result)));
    return new BiopsyMolecularResult(
        header(biopsy.header()),
        biopsy.site().orElse(null),
        Vocabulary.HISTOLOGY.write(biopsy.histology()),
        markers);
  }

  private io.meninx.wire.avro.ClinicalAssessment assessment(ClinicalAssessment assessment) {
    return new io.meninx.wire.avro.ClinicalAssessment(
        header(assessment.header()),
        null,
        Values.sequences(assessment.signs()),
        Vocabulary.SUSPICION.write(assessment.suspicion()),
        Vocabulary.EXTRACRANIAL.write(assessment.extracranialDisease()),
        nullable(assessment.lifeExpectancyDays()),
        nullable(assessment.severeSymptoms()),
        Vocabulary.EXAM.write(assessment.neurologicalExam()),
        nullable(assessment.ommayaFeasible()),
        assessment.labs().map(FactsToAvro::labs).orElse(null),
        nullable(assessment.restagingDone()),
        nullable(assessment.dexamethasoneMg()),
        nullable(assessment.pleuralEffusion()),
        assessment.declines().map(Values::sequences).orElse(null),
        nullable(assessment.palliativeReferral()));
  }

  private static Labs labs(ClinicalAssessment.Labs labs) {
    return new Labs(
        nullable(labs.plateletsE9L()),
        nullable(labs.inr()),
        nullable(labs.ancE9L()),
        nullable(labs.egfr()));
  }

  private io.meninx.wire.avro.ClinicalAssessment outcome(OutcomeReport outcome) {
    return new io.meninx.wire.avro.ClinicalAssessment(
        header(outcome.header()),
        Vocabulary.VITAL.write(outcome.vital()),
        List.of(),
        Suspicion.UNKNOWN,
        ExtracranialDisease.UNKNOWN,
        null,
        null,
        NeurologicalExam.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private io.meninx.wire.avro.TreatmentEvent treatment(TreatmentEvent treatment) {
    return new io.meninx.wire.avro.TreatmentEvent(
        header(treatment.header()),
        Vocabulary.TREATMENT_MODALITY.write(treatment.modality()),
        Vocabulary.TREATMENT_ACTION.write(treatment.action()),
        treatment.orderId().orElse(null),
        treatment.agent().orElse(null),
        treatment.dose().orElse(null),
        nullable(treatment.doseMg()),
        Vocabulary.ROUTE.write(treatment.route()),
        Vocabulary.FIELD.write(treatment.field()),
        nullable(treatment.doseGy()),
        nullable(treatment.fractions()),
        Vocabulary.INDICATION.write(treatment.indication()));
  }

  private io.meninx.wire.avro.AlertResponse response(AlertResponse response) {
    return new io.meninx.wire.avro.AlertResponse(
        header(response.header()),
        response.alertKey().orElse(null),
        response.code().orElse(null),
        response.gap().orElse(null),
        Vocabulary.ALERT_ACTION.write(response.action()),
        response.reason().orElse(null),
        nullable(response.snoozeDays()),
        response.mdtId().orElse(null));
  }
}
