package io.meninx.wire;

import static io.meninx.wire.Values.optional;
import static io.meninx.wire.Values.text;
import static io.meninx.wire.Values.tri;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PatientId;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.ReportId;
import io.meninx.fact.Source;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import io.meninx.wire.avro.BiopsyMolecularResult;
import io.meninx.wire.avro.BodyRegion;
import io.meninx.wire.avro.CsfCytologyResult;
import io.meninx.wire.avro.EventHeader;
import io.meninx.wire.avro.EventSource;
import io.meninx.wire.avro.KpsUpdate;
import io.meninx.wire.avro.Labs;
import io.meninx.wire.avro.Marker;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Generated records to facts. Checks here only what a fact can't hold (unknown codes, texts that
 * are none, ids that are empty, a wrong KPS, a repeated gene); {@link FactStructure} checks the
 * rest.
 */
final class FactsFromAvro {
  Fact fact(Object datum) throws PoisonRecordException {
    return switch (datum) {
      case io.meninx.wire.avro.ImagingReport imaging -> imaging(imaging);
      case CsfCytologyResult csf -> csf(csf);
      case BiopsyMolecularResult biopsy -> biopsy(biopsy);
      case KpsUpdate update -> performance(update);
      case io.meninx.wire.avro.ClinicalAssessment assessment -> assessmentOrOutcome(assessment);
      case io.meninx.wire.avro.TreatmentEvent treatment -> treatment(treatment);
      case io.meninx.wire.avro.AlertResponse response -> response(response);
      default ->
          throw new IllegalArgumentException(
              "no fact is made of a " + datum.getClass().getSimpleName());
    };
  }

  Header header(EventHeader header) throws PoisonRecordException {
    return new Header(
        new EventId(filled(header.getEventId(), "header.eventId")),
        new PatientId(filled(header.getPatientId(), "header.patientId")),
        new ReportId(filled(header.getReportId(), "header.reportId")),
        Vocabulary.STATUS.read(header.getStatus(), "header.status"),
        observedAt(header.getObservedAt(), "header.observedAt.precision"),
        header.getReportedAt(),
        source(header.getSource()));
  }

  static ObservedAt observedAt(io.meninx.wire.avro.ObservedAt observed, String field)
      throws PoisonRecordException {
    return new ObservedAt(
        observed.getInstant(), Vocabulary.PRECISION.read(observed.getPrecision(), field));
  }

  private static Source source(EventSource source) throws PoisonRecordException {
    if (source.getSystem().isEmpty() && source.getMessageId().isEmpty()) {
      return Source.UNKNOWN;
    }
    return new Source(
        text(source.getSystem(), "header.source.system"),
        text(source.getMessageId(), "header.source.messageId"));
  }

  private ImagingReport imaging(io.meninx.wire.avro.ImagingReport imaging)
      throws PoisonRecordException {
    Double tesla = imaging.getTesla();
    if (tesla != null && tesla.isNaN()) { // In a fact NaN says "not stated", which null says here.
      throw new PoisonRecordException(PoisonReason.OUT_OF_RANGE, "tesla");
    }
    return new ImagingReport(
        header(imaging.getHeader()),
        Vocabulary.IMAGING_MODALITY.read(imaging.getModality(), "modality"),
        regions(imaging.getRegions(), "regions"),
        tri(imaging.getContrast()),
        tesla == null ? Double.NaN : tesla,
        Vocabulary.PATTERN.read(imaging.getLeptomeningealPattern(), "leptomeningealPattern"),
        tri(imaging.getThinDeposits()),
        tri(imaging.getHydrocephalus()),
        tri(imaging.getMassEffect()),
        Vocabulary.FLOW.read(imaging.getCsfFlow(), "csfFlow"),
        tri(imaging.getParenchymalMetastases()),
        tri(imaging.getLungMass()),
        regions(imaging.getEnhancementLevels(), "enhancementLevels"),
        tri(imaging.getCordCompression()),
        Vocabulary.RESPONSE.read(imaging.getResponse(), "response"));
  }

  private static Set<ImagingReport.Region> regions(List<BodyRegion> listed, String field)
      throws PoisonRecordException {
    if (listed.isEmpty()) {
      return Set.of();
    }
    if (listed.size() > FactStructure.MAX_REGIONS) {
      throw new PoisonRecordException(PoisonReason.LIST_TOO_LONG, field);
    }
    Set<ImagingReport.Region> regions = EnumSet.noneOf(ImagingReport.Region.class);
    for (int i = 0; i < listed.size(); i++) {
      if (listed.get(i) == BodyRegion.SPINE) {
        regions.add(ImagingReport.Region.CERVICAL_SPINE);
        regions.add(ImagingReport.Region.THORACIC_SPINE);
        regions.add(ImagingReport.Region.LUMBOSACRAL_SPINE);
      } else {
        regions.add(Vocabulary.REGION.read(listed.get(i), field));
      }
    }
    return regions;
  }

  private CsfResult csf(CsfCytologyResult csf) throws PoisonRecordException {
    return new CsfResult(
        header(csf.getHeader()),
        Vocabulary.SITE.read(csf.getSite(), "site"),
        Vocabulary.CYTOLOGY.read(csf.getCytology(), "cytology"),
        optional(csf.getVolumeMl()),
        optional(csf.getMinutesToProcessing()),
        tri(csf.getFixed()),
        optional(csf.getProteinMgDl()),
        optional(csf.getGlucoseMgDl()),
        optional(csf.getWbcPerUl()),
        optional(csf.getOpeningPressureCmH2O()),
        optional(csf.getCsfMutation(), "csfMutation"));
  }

  private BiopsyResult biopsy(BiopsyMolecularResult biopsy) throws PoisonRecordException {
    return new BiopsyResult(
        header(biopsy.getHeader()),
        optional(biopsy.getSite(), "site"),
        Vocabulary.HISTOLOGY.read(biopsy.getHistology(), "histology"),
        markers(biopsy.getMarkers()));
  }

  private static SortedMap<String, String> markers(List<Marker> listed)
      throws PoisonRecordException {
    if (listed.size() > FactStructure.MAX_MARKERS) {
      throw new PoisonRecordException(PoisonReason.LIST_TOO_LONG, "markers");
    }
    SortedMap<String, String> markers = new TreeMap<>();
    for (int i = 0; i < listed.size(); i++) {
      String gene = text(listed.get(i).getGene(), "markers.gene");
      String result = text(listed.get(i).getFinding(), "markers.finding");
      FactStructure.marker(
          gene, result, i); // Here and not after sorting, so that the path names the place sent.
      if (markers.put(gene, result) != null) {
        throw new PoisonRecordException(PoisonReason.REPEATED_KEY, "markers[" + i + "].gene");
      }
    }
    return markers;
  }

  private PerformanceStatus performance(KpsUpdate update) throws PoisonRecordException {
    if (update.getKps() != null) {
      FactStructure.kps(update.getKps());
    }
    return new PerformanceStatus(
        header(update.getHeader()), optional(update.getKps()), optional(update.getEcog()));
  }

  private Fact assessmentOrOutcome(io.meninx.wire.avro.ClinicalAssessment datum)
      throws PoisonRecordException {
    ClinicalAssessment assessment = assessment(datum);
    if (datum.getVitalStatus() == null) {
      return assessment;
    }
    if (!assessment.equals(nothingStated(assessment.header()))) {
      throw new PoisonRecordException(PoisonReason.CONTRADICTION, "vitalStatus");
    }
    return new OutcomeReport(
        assessment.header(), Vocabulary.VITAL.read(datum.getVitalStatus(), "vitalStatus"));
  }

  private ClinicalAssessment assessment(io.meninx.wire.avro.ClinicalAssessment datum)
      throws PoisonRecordException {
    return new ClinicalAssessment(
        header(datum.getHeader()),
        Values.texts(datum.getSigns(), "signs"),
        Vocabulary.SUSPICION.read(datum.getSuspicion(), "suspicion"),
        Vocabulary.EXTRACRANIAL.read(datum.getExtracranialDisease(), "extracranialDisease"),
        optional(datum.getLifeExpectancyDays()),
        tri(datum.getSevereSymptoms()),
        Vocabulary.EXAM.read(datum.getNeurologicalExam(), "neurologicalExam"),
        tri(datum.getOmmayaFeasible()),
        optional(datum.getLabs(), FactsFromAvro::labs),
        tri(datum.getRestagingDone()),
        optional(datum.getDexamethasoneMg()),
        tri(datum.getPleuralEffusion()),
        optional(datum.getDeclines(), declines -> Values.texts(declines, "declines")),
        tri(datum.getPalliativeReferral()));
  }

  private static ClinicalAssessment nothingStated(Header header) {
    return new ClinicalAssessment(
        header,
        List.of(),
        ClinicalAssessment.Suspicion.UNKNOWN,
        ClinicalAssessment.ExtracranialDisease.UNKNOWN,
        optional((Integer) null),
        Tri.UNKNOWN,
        ClinicalAssessment.NeurologicalExam.UNKNOWN,
        Tri.UNKNOWN,
        Optional.empty(),
        Tri.UNKNOWN,
        optional((Double) null),
        Tri.UNKNOWN,
        Optional.empty(),
        Tri.UNKNOWN);
  }

  private static ClinicalAssessment.Labs labs(Labs labs) {
    return new ClinicalAssessment.Labs(
        optional(labs.getPlateletsE9L()),
        optional(labs.getInr()),
        optional(labs.getAncE9L()),
        optional(labs.getEgfr()));
  }

  private TreatmentEvent treatment(io.meninx.wire.avro.TreatmentEvent treatment)
      throws PoisonRecordException {
    return new TreatmentEvent(
        header(treatment.getHeader()),
        Vocabulary.TREATMENT_MODALITY.read(treatment.getModality(), "modality"),
        Vocabulary.TREATMENT_ACTION.read(treatment.getAction(), "action"),
        optional(treatment.getOrderId(), "orderId"),
        optional(treatment.getAgent(), "agent"),
        optional(treatment.getDose(), "dose"),
        optional(treatment.getDoseMg()),
        Vocabulary.ROUTE.read(treatment.getRoute(), "route"),
        Vocabulary.FIELD.read(treatment.getRadiotherapyField(), "radiotherapyField"),
        optional(treatment.getDoseGy()),
        optional(treatment.getFractions()),
        Vocabulary.INDICATION.read(treatment.getIndication(), "indication"));
  }

  private AlertResponse response(io.meninx.wire.avro.AlertResponse response)
      throws PoisonRecordException {
    return new AlertResponse(
        header(response.getHeader()),
        optional(response.getAlertKey(), "alertKey"),
        optional(response.getCode(), "code"),
        optional(response.getGap(), "gap"),
        Vocabulary.ALERT_ACTION.read(response.getAction(), "action"),
        optional(response.getReason(), "reason"),
        optional(response.getSnoozeDays()),
        optional(response.getMdtId(), "mdtId"));
  }

  private static String filled(CharSequence value, String field) throws PoisonRecordException {
    if (value.isEmpty()) {
      throw new PoisonRecordException(PoisonReason.MISSING_VALUE, field);
    }
    return text(value, field);
  }
}
