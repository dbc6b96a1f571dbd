package io.meninx.fact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Facts for tests, in a line: {@code Facts.csf("r1").day(3).positive().build()}. Nothing is stated
 * that the line does not state. Day 0 is 2025-01-01 UTC, as in case files; {@code day} sets the
 * clinical day (precision DAY) and 12:00Z of it as reporting time. The event id follows from
 * report, status and reporting time, so another version is another event.
 */
public final class Facts {
  /** The patient of every fact that names none. */
  public static final PatientId PATIENT = new PatientId("patient-1");

  private static final LocalDate DAY_0 = LocalDate.of(2025, 1, 1);

  private Facts() {}

  /** 12:00Z of a day. */
  public static Instant noon(int day) {
    return at(day, "12:00");
  }

  /** A time of a day, HH:MM. */
  public static Instant at(int day, String time) {
    return DAY_0.plusDays(day).atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
  }

  /** A fact as it is kept when received at its reporting time. */
  public static StoredFact stored(Builder<?> fact) {
    return new StoredFact(fact.build(), fact.reportedAt);
  }

  public static Imaging imaging(String reportId) {
    return new Imaging(reportId);
  }

  /** A final MRI with contrast of brain and whole spine. */
  public static Imaging fullMri(String reportId) {
    return new Imaging(reportId).modality(ImagingReport.Modality.MRI).neuroaxis().contrast(true);
  }

  public static Csf csf(String reportId) {
    return new Csf(reportId);
  }

  public static Biopsy biopsy(String reportId) {
    return new Biopsy(reportId);
  }

  public static Performance kps(String reportId, int kps) {
    return new Performance(reportId).kps(kps);
  }

  public static Performance performance(String reportId) {
    return new Performance(reportId);
  }

  public static Assessment assessment(String reportId) {
    return new Assessment(reportId);
  }

  public static Treatment treatment(
      String reportId, TreatmentEvent.Modality modality, TreatmentEvent.Action action) {
    return new Treatment(reportId, modality, action);
  }

  /** Intrathecal methotrexate. */
  public static Treatment methotrexate(String reportId, TreatmentEvent.Action action) {
    return new Treatment(reportId, TreatmentEvent.Modality.INTRATHECAL, action)
        .agent("methotrexate");
  }

  public static Outcome outcome(String reportId, OutcomeReport.Vital vital) {
    return new Outcome(reportId, vital);
  }

  public static Response response(String reportId, AlertResponse.Action action) {
    return new Response(reportId, action);
  }

  /** The header, which all kinds share. */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<B extends Builder<B>> {
    private final String reportId;
    private PatientId patientId = PATIENT;
    private Optional<String> eventId = Optional.empty();
    private ResultStatus status = ResultStatus.FINAL;
    private ObservedAt observedAt = ObservedAt.day(DAY_0);
    private Instant reportedAt = noon(0);
    private Source source = Source.UNKNOWN;

    Builder(String reportId) {
      this.reportId = reportId;
    }

    /** The fact. */
    public abstract Fact build();

    public B patient(String id) {
      patientId = new PatientId(id);
      return (B) this;
    }

    public B event(String id) {
      eventId = Optional.of(id);
      return (B) this;
    }

    /** Clinical day, and 12:00Z of it as reporting time. */
    public B day(int day) {
      observedDay(day);
      return reportedAt(noon(day));
    }

    /** Clinical day, reporting time as it is. */
    public B observedDay(int day) {
      observedAt = ObservedAt.day(DAY_0.plusDays(day));
      return (B) this;
    }

    /** Exact clinical time, reporting time as it is. */
    public B observedAt(Instant instant) {
      observedAt = ObservedAt.at(instant);
      return (B) this;
    }

    /** Exact clinical time, and the same as reporting time. */
    public B time(int day, String time) {
      return observedAt(at(day, time)).reportedAt(at(day, time));
    }

    public B reportedDay(int day) {
      return reportedAt(noon(day));
    }

    public B reportedAt(Instant instant) {
      reportedAt = instant;
      return (B) this;
    }

    public B status(ResultStatus value) {
      status = value;
      return (B) this;
    }

    public B pending() {
      return status(ResultStatus.PENDING);
    }

    public B preliminary() {
      return status(ResultStatus.PRELIMINARY);
    }

    public B amended() {
      return status(ResultStatus.AMENDED);
    }

    public B withdrawn() {
      return status(ResultStatus.WITHDRAWN);
    }

    public B cancelled() {
      return status(ResultStatus.CANCELLED);
    }

    public B source(String system, String messageId) {
      source = new Source(system, messageId);
      return (B) this;
    }

    Header header() {
      return new Header(
          new EventId(eventId.orElseGet(() -> reportId + "/" + status + "/" + reportedAt)),
          patientId,
          new ReportId(reportId),
          status,
          observedAt,
          reportedAt,
          source);
    }
  }

  /** An imaging report. */
  public static final class Imaging extends Builder<Imaging> {
    private ImagingReport.Modality modality = ImagingReport.Modality.UNKNOWN;
    private final Set<ImagingReport.Region> regions = EnumSet.noneOf(ImagingReport.Region.class);
    private Tri contrast = Tri.UNKNOWN;
    private double tesla = Double.NaN;
    private ImagingReport.Pattern pattern = ImagingReport.Pattern.UNKNOWN;
    private Tri thinDeposits = Tri.UNKNOWN;
    private Tri hydrocephalus = Tri.UNKNOWN;
    private Tri massEffect = Tri.UNKNOWN;
    private ImagingReport.CsfFlow flow = ImagingReport.CsfFlow.UNKNOWN;
    private Tri parenchymalMetastases = Tri.UNKNOWN;
    private Tri lungMass = Tri.UNKNOWN;
    private final Set<ImagingReport.Region> levels = EnumSet.noneOf(ImagingReport.Region.class);
    private Tri cordCompression = Tri.UNKNOWN;
    private ImagingReport.Response response = ImagingReport.Response.UNKNOWN;

    private Imaging(String reportId) {
      super(reportId);
    }

    public Imaging modality(ImagingReport.Modality value) {
      modality = value;
      return this;
    }

    public Imaging regions(ImagingReport.Region... values) {
      regions.addAll(Arrays.asList(values));
      return this;
    }

    public Imaging brain() {
      return regions(ImagingReport.Region.BRAIN);
    }

    public Imaging spine() {
      return regions(
          ImagingReport.Region.CERVICAL_SPINE,
          ImagingReport.Region.THORACIC_SPINE,
          ImagingReport.Region.LUMBOSACRAL_SPINE);
    }

    public Imaging neuroaxis() {
      return brain().spine();
    }

    public Imaging contrast(boolean value) {
      contrast = Tri.of(value);
      return this;
    }

    public Imaging tesla(double value) {
      tesla = value;
      return this;
    }

    public Imaging pattern(ImagingReport.Pattern value) {
      pattern = value;
      return this;
    }

    public Imaging thinDeposits(boolean value) {
      thinDeposits = Tri.of(value);
      return this;
    }

    public Imaging hydrocephalus(boolean value) {
      hydrocephalus = Tri.of(value);
      return this;
    }

    public Imaging massEffect(boolean value) {
      massEffect = Tri.of(value);
      return this;
    }

    public Imaging flow(ImagingReport.CsfFlow value) {
      flow = value;
      return this;
    }

    public Imaging parenchymalMetastases(boolean value) {
      parenchymalMetastases = Tri.of(value);
      return this;
    }

    public Imaging lungMass(boolean value) {
      lungMass = Tri.of(value);
      return this;
    }

    public Imaging levels(ImagingReport.Region... values) {
      levels.addAll(Arrays.asList(values));
      return this;
    }

    public Imaging cordCompression(boolean value) {
      cordCompression = Tri.of(value);
      return this;
    }

    public Imaging response(ImagingReport.Response value) {
      response = value;
      return this;
    }

    @Override
    public ImagingReport build() {
      return new ImagingReport(
          header(),
          modality,
          regions,
          contrast,
          tesla,
          pattern,
          thinDeposits,
          hydrocephalus,
          massEffect,
          flow,
          parenchymalMetastases,
          lungMass,
          levels,
          cordCompression,
          response);
    }
  }

  /** A CSF sample. */
  public static final class Csf extends Builder<Csf> {
    private CsfResult.Site site = CsfResult.Site.UNKNOWN;
    private CsfResult.Cytology cytology = CsfResult.Cytology.UNKNOWN;
    private OptionalDouble volumeMl = OptionalDouble.empty();
    private OptionalInt minutes = OptionalInt.empty();
    private Tri fixed = Tri.UNKNOWN;
    private OptionalDouble protein = OptionalDouble.empty();
    private OptionalDouble glucose = OptionalDouble.empty();
    private OptionalDouble wbc = OptionalDouble.empty();
    private OptionalDouble pressure = OptionalDouble.empty();
    private Optional<String> mutation = Optional.empty();

    private Csf(String reportId) {
      super(reportId);
    }

    public Csf site(CsfResult.Site value) {
      site = value;
      return this;
    }

    public Csf cytology(CsfResult.Cytology value) {
      cytology = value;
      return this;
    }

    public Csf positive() {
      return cytology(CsfResult.Cytology.POSITIVE);
    }

    public Csf negative() {
      return cytology(CsfResult.Cytology.NEGATIVE);
    }

    public Csf equivocal() {
      return cytology(CsfResult.Cytology.EQUIVOCAL);
    }

    public Csf volumeMl(double value) {
      volumeMl = OptionalDouble.of(value);
      return this;
    }

    public Csf minutesToProcessing(int value) {
      minutes = OptionalInt.of(value);
      return this;
    }

    public Csf fixed(boolean value) {
      fixed = Tri.of(value);
      return this;
    }

    public Csf proteinMgDl(double value) {
      protein = OptionalDouble.of(value);
      return this;
    }

    public Csf glucoseMgDl(double value) {
      glucose = OptionalDouble.of(value);
      return this;
    }

    public Csf wbcPerUl(double value) {
      wbc = OptionalDouble.of(value);
      return this;
    }

    public Csf openingPressureCmH2O(double value) {
      pressure = OptionalDouble.of(value);
      return this;
    }

    public Csf mutation(String value) {
      mutation = Optional.of(value);
      return this;
    }

    @Override
    public CsfResult build() {
      return new CsfResult(
          header(), site, cytology, volumeMl, minutes, fixed, protein, glucose, wbc, pressure,
          mutation);
    }
  }

  /** Histology and markers. */
  public static final class Biopsy extends Builder<Biopsy> {
    private Optional<String> site = Optional.empty();
    private BiopsyResult.Histology histology = BiopsyResult.Histology.UNKNOWN;
    private final TreeMap<String, String> markers = new TreeMap<>();

    private Biopsy(String reportId) {
      super(reportId);
    }

    public Biopsy site(String value) {
      site = Optional.of(value);
      return this;
    }

    public Biopsy histology(BiopsyResult.Histology value) {
      histology = value;
      return this;
    }

    public Biopsy marker(String gene, String finding) {
      markers.put(gene, finding);
      return this;
    }

    @Override
    public BiopsyResult build() {
      return new BiopsyResult(header(), site, histology, markers);
    }
  }

  /** KPS or ECOG. */
  public static final class Performance extends Builder<Performance> {
    private OptionalInt kps = OptionalInt.empty();
    private OptionalInt ecog = OptionalInt.empty();

    private Performance(String reportId) {
      super(reportId);
    }

    public Performance kps(int value) {
      kps = OptionalInt.of(value);
      return this;
    }

    public Performance ecog(int value) {
      ecog = OptionalInt.of(value);
      return this;
    }

    @Override
    public PerformanceStatus build() {
      return new PerformanceStatus(header(), kps, ecog);
    }
  }

  /** A clinical assessment. */
  public static final class Assessment extends Builder<Assessment> {
    private final List<String> signs = new ArrayList<>();
    private ClinicalAssessment.Suspicion suspicion = ClinicalAssessment.Suspicion.UNKNOWN;
    private ClinicalAssessment.ExtracranialDisease extracranial =
        ClinicalAssessment.ExtracranialDisease.UNKNOWN;
    private OptionalInt lifeExpectancyDays = OptionalInt.empty();
    private Tri severeSymptoms = Tri.UNKNOWN;
    private ClinicalAssessment.NeurologicalExam exam = ClinicalAssessment.NeurologicalExam.UNKNOWN;
    private Tri ommayaFeasible = Tri.UNKNOWN;
    private Optional<ClinicalAssessment.Labs> labs = Optional.empty();
    private Tri restagingDone = Tri.UNKNOWN;
    private OptionalDouble dexamethasoneMg = OptionalDouble.empty();
    private Tri pleuralEffusion = Tri.UNKNOWN;
    private Optional<List<String>> declines = Optional.empty();
    private Tri palliativeReferral = Tri.UNKNOWN;

    private Assessment(String reportId) {
      super(reportId);
    }

    public Assessment signs(String... values) {
      signs.addAll(Arrays.asList(values));
      return this;
    }

    public Assessment suspicion(ClinicalAssessment.Suspicion value) {
      suspicion = value;
      return this;
    }

    public Assessment extracranial(ClinicalAssessment.ExtracranialDisease value) {
      extracranial = value;
      return this;
    }

    public Assessment lifeExpectancyDays(int value) {
      lifeExpectancyDays = OptionalInt.of(value);
      return this;
    }

    public Assessment severeSymptoms(boolean value) {
      severeSymptoms = Tri.of(value);
      return this;
    }

    public Assessment exam(ClinicalAssessment.NeurologicalExam value) {
      exam = value;
      return this;
    }

    public Assessment ommayaFeasible(boolean value) {
      ommayaFeasible = Tri.of(value);
      return this;
    }

    /** Platelets, INR, neutrophils and filtration rate; NaN = not stated. */
    public Assessment labs(double platelets, double inr, double anc, double egfr) {
      labs =
          Optional.of(
              new ClinicalAssessment.Labs(
                  stated(platelets), stated(inr), stated(anc), stated(egfr)));
      return this;
    }

    private static OptionalDouble stated(double value) {
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    public Assessment restagingDone(boolean value) {
      restagingDone = Tri.of(value);
      return this;
    }

    public Assessment dexamethasoneMg(double value) {
      dexamethasoneMg = OptionalDouble.of(value);
      return this;
    }

    public Assessment pleuralEffusion(boolean value) {
      pleuralEffusion = Tri.of(value);
      return this;
    }

    /** Without a code: declines nothing. */
    public Assessment declines(String... codes) {
      declines = Optional.of(List.of(codes));
      return this;
    }

    public Assessment palliativeReferral(boolean value) {
      palliativeReferral = Tri.of(value);
      return this;
    }

    @Override
    public ClinicalAssessment build() {
      return new ClinicalAssessment(
          header(),
          signs,
          suspicion,
          extracranial,
          lifeExpectancyDays,
          severeSymptoms,
          exam,
          ommayaFeasible,
          labs,
          restagingDone,
          dexamethasoneMg,
          pleuralEffusion,
          declines,
          palliativeReferral);
    }
  }

  /** An act of treatment. */
  public static final class Treatment extends Builder<Treatment> {
    private final TreatmentEvent.Modality modality;
    private final TreatmentEvent.Action action;
    private Optional<String> orderId = Optional.empty();
    private Optional<String> agent = Optional.empty();
    private Optional<String> dose = Optional.empty();
    private OptionalDouble doseMg = OptionalDouble.empty();
    private TreatmentEvent.Route route = TreatmentEvent.Route.UNKNOWN;
    private TreatmentEvent.Field field = TreatmentEvent.Field.UNKNOWN;
    private OptionalDouble doseGy = OptionalDouble.empty();
    private OptionalInt fractions = OptionalInt.empty();
    private TreatmentEvent.Indication indication = TreatmentEvent.Indication.UNKNOWN;

    private Treatment(
        String reportId, TreatmentEvent.Modality modality, TreatmentEvent.Action action) {
      super(reportId);
      this.modality = modality;
      this.action = action;
    }

    public Treatment order(String value) {
      orderId = Optional.of(value);
      return this;
    }

    public Treatment agent(String value) {
      agent = Optional.of(value);
      return this;
    }

    public Treatment dose(String value) {
      dose = Optional.of(value);
      return this;
    }

    public Treatment doseMg(double value) {
      doseMg = OptionalDouble.of(value);
      return this;
    }

    public Treatment route(TreatmentEvent.Route value) {
      route = value;
      return this;
    }

    public Treatment field(TreatmentEvent.Field value) {
      field = value;
      return this;
    }

    public Treatment doseGy(double value) {
      doseGy = OptionalDouble.of(value);
      return this;
    }

    public Treatment fractions(int value) {
      fractions = OptionalInt.of(value);
      return this;
    }

    public Treatment indication(TreatmentEvent.Indication value) {
      indication = value;
      return this;
    }

    @Override
    public TreatmentEvent build() {
      return new TreatmentEvent(
          header(),
          modality,
          action,
          orderId,
          agent,
          dose,
          doseMg,
          route,
          field,
          doseGy,
          fractions,
          indication);
    }
  }

  /** Alive or dead. */
  public static final class Outcome extends Builder<Outcome> {
    private final OutcomeReport.Vital vital;

    private Outcome(String reportId, OutcomeReport.Vital vital) {
      super(reportId);
      this.vital = vital;
    }

    @Override
    public OutcomeReport build() {
      return new OutcomeReport(header(), vital);
    }
  }

  /** An answer to an alert. */
  public static final class Response extends Builder<Response> {
    private final AlertResponse.Action action;
    private Optional<String> alertKey = Optional.empty();
    private Optional<String> code = Optional.empty();
    private Optional<String> gap = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private OptionalInt snoozeDays = OptionalInt.empty();
    private Optional<String> mdtId = Optional.empty();

    private Response(String reportId, AlertResponse.Action action) {
      super(reportId);
      this.action = action;
    }

    public Response alertKey(String value) {
      alertKey = Optional.of(value);
      return this;
    }

    public Response code(String value) {
      code = Optional.of(value);
      return this;
    }

    public Response gap(String value) {
      gap = Optional.of(value);
      return this;
    }

    public Response reason(String value) {
      reason = Optional.of(value);
      return this;
    }

    public Response snoozeDays(int value) {
      snoozeDays = OptionalInt.of(value);
      return this;
    }

    public Response mdtId(String value) {
      mdtId = Optional.of(value);
      return this;
    }

    @Override
    public AlertResponse build() {
      return new AlertResponse(header(), alertKey, code, gap, action, reason, snoozeDays, mdtId);
    }
  }
}
