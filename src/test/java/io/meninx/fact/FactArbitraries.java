package io.meninx.fact;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.RecommendationCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Well-formed facts of every kind, each field stated or not independently of the others. */
public final class FactArbitraries {
  private FactArbitraries() {}

  /** Any kind. */
  public static Arbitrary<Fact> facts() {
    return Arbitraries.oneOf(
        imaging(),
        csf(),
        biopsy(),
        performance(),
        assessment(),
        treatment(),
        outcome(),
        response());
  }

  /** Instants of the type's whole range, to the microsecond. */
  public static Arbitrary<Instant> instants() {
    long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    Arbitrary<Long> seconds =
        Arbitraries.oneOf(
            Arbitraries.longs().between(first, last),
            Arbitraries.longs()
                .between(Facts.noon(0).getEpochSecond(), Facts.noon(400).getEpochSecond()));
    return Combinators.combine(seconds, Arbitraries.integers().between(0, 999_999))
        .as((second, micro) -> Instant.ofEpochSecond(second, micro * 1_000L));
  }

  /** Ids of any language, never blank. */
  public static Arbitrary<String> ids() {
    Arbitrary<String> plain =
        Arbitraries.strings().alpha().numeric().withChars("-_./:").ofMinLength(1).ofMaxLength(40);
    Arbitrary<String> worldly = Arbitraries.of("ä", "患者-1", "Ω≤", "𝒳1", "a b");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(5, plain), net.jqwik.api.Tuple.of(1, worldly));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, Arbitraries.strings().ascii().ofMaxLength(60)),
        net.jqwik.api.Tuple.of(1, Arbitraries.of("", "größer als 5 mm", "淋巴", "😀")));
  }

  /** Headers. */
  public static Arbitrary<Header> headers() {
    Arbitrary<ObservedAt> observed =
        Combinators.combine(instants(), Arbitraries.of(ObservedAt.Precision.class))
            .as(ObservedAt::new);
    Arbitrary<Source> source =
        Arbitraries.oneOf(
            Arbitraries.just(Source.UNKNOWN), Combinators.combine(ids(), ids()).as(Source::new));
    return Combinators.combine(
            ids().map(EventId::new),
            ids().map(PatientId::new),
            ids().map(ReportId::new),
            Arbitraries.of(ResultStatus.class),
            observed,
            instants(),
            source)
        .as(Header::new);
  }

  private static Arbitrary<Tri> tri() {
    return Arbitraries.of(Tri.class);
  }

  private static Arbitrary<OptionalDouble> amounts() {
    return Arbitraries.doubles().between(0, 5000).optional().map(FactArbitraries::optionalDouble);
  }

  private static OptionalDouble optionalDouble(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static Arbitrary<OptionalInt> integers(int least, int most) {
    return Arbitraries.integers()
        .between(least, most)
        .optional()
        .map(value -> value.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }

  private static Arbitrary<Set<ImagingReport.Region>> regions() {
    return Arbitraries.of(ImagingReport.Region.class).set().ofMaxSize(6);
  }

  /** Imaging reports. */
  public static Arbitrary<ImagingReport> imaging() {
    Arbitrary<Double> tesla =
        Arbitraries.oneOf(Arbitraries.just(Double.NaN), Arbitraries.of(0.5, 1.5, 3.0, 7.0));
    Arbitrary<ImagingReport> first =
        Combinators.combine(
                headers(),
                Arbitraries.of(ImagingReport.Modality.class),
                regions(),
                tri(),
                tesla,
                Arbitraries.of(ImagingReport.Pattern.class),
                tri(),
                tri())
            .as(FactArbitraries::imaging);
    return Combinators.combine(
            first,
            tri(),
            Arbitraries.of(ImagingReport.CsfFlow.class),
            tri(),
            tri(),
            regions(),
            tri(),
            Arbitraries.of(ImagingReport.Response.class))
        .as(
            (i, mass, flow, metastases, lung, levels, cord, response) ->
                new ImagingReport(
                    i.header(),
                    i.modality(),
                    i.regions(),
                    i.contrast(),
                    i.tesla(),
                    i.pattern(),
                    i.thinDeposits(),
                    i.hydrocephalus(),
                    mass,
                    flow,
                    metastases,
                    lung,
                    levels,
                    cord,
                    response));
  }

  private static ImagingReport imaging(
      Header header,
      ImagingReport.Modality modality,
      Set<ImagingReport.Region> regions,
      Tri contrast,
      double tesla,
      ImagingReport.Pattern pattern,
      Tri thin,
      Tri hydrocephalus) {
    return new ImagingReport(
        header,
        modality,
        regions,
        contrast,
        tesla,
        pattern,
        thin,
        hydrocephalus,
        Tri.UNKNOWN,
        ImagingReport.CsfFlow.UNKNOWN,
        Tri.UNKNOWN,
        Tri.UNKNOWN,
        Set.of(),
        Tri.UNKNOWN,
        ImagingReport.Response.UNKNOWN);
  }

  /** CSF samples. */
  public static Arbitrary<CsfResult> csf() {
    Arbitrary<List<OptionalDouble>> chemistry = amounts().list().ofSize(4);
    Arbitrary<OptionalDouble> pressure =
        Arbitraries.doubles().between(-20, 100).optional().map(FactArbitraries::optionalDouble);
    return Combinators.combine(
            headers(),
            Arbitraries.of(CsfResult.Site.class),
            Arbitraries.of(CsfResult.Cytology.class),
            chemistry,
            integers(-100, 10_000),
            tri(),
            pressure,
            texts().optional())
        .as(
            (header, site, cytology, amounts, minutes, fixed, opening, mutation) ->
                new CsfResult(
                    header,
                    site,
                    cytology,
                    amounts.get(0),
                    minutes,
                    fixed,
                    amounts.get(1),
                    amounts.get(2),
                    amounts.get(3),
                    opening,
                    mutation));
  }

  /** Biopsies. */
  public static Arbitrary<BiopsyResult> biopsy() {
    Arbitrary<String> findings =
        Arbitraries.of("NEGATIVE", "PENDING", "FAILED", "NOT_TESTED", "exon 19 deletion", "L858R");
    Arbitrary<SortedMap<String, String>> markers =
        Arbitraries.maps(Arbitraries.of("EGFR", "ALK", "ROS1", "KRAS", "MET"), findings)
            .ofMaxSize(5)
            .map(TreeMap::new);
    return Combinators.combine(
            headers(), texts().optional(), Arbitraries.of(BiopsyResult.Histology.class), markers)
        .as(BiopsyResult::new);
  }

  /** KPS and ECOG. */
  public static Arbitrary<PerformanceStatus> performance() {
    Arbitrary<OptionalInt> kps =
        integers(0, 10).map(tens -> tens.isPresent() ? OptionalInt.of(10 * tens.getAsInt()) : tens);
    return Combinators.combine(headers(), kps, integers(0, 5)).as(PerformanceStatus::new);
  }

  /** Clinical assessments. */
  public static Arbitrary<ClinicalAssessment> assessment() {
    Arbitrary<ClinicalAssessment.Labs> labs =
        Combinators.combine(amounts(), amounts(), amounts(), amounts())
            .as(ClinicalAssessment.Labs::new);
    Arbitrary<String> declined =
        Arbitraries.of(
            Stream.concat(Stream.of("ALL"), Stream.of(RecommendationCode.values()).map(Enum::name))
                .toList());
    Arbitrary<ClinicalAssessment> first =
        Combinators.combine(
                headers(),
                Arbitraries.of("HEADACHE", "NONE", "GAIT", "FATIGUE").list().ofMaxSize(4),
                Arbitraries.of(ClinicalAssessment.Suspicion.class),
                Arbitraries.of(ClinicalAssessment.ExtracranialDisease.class),
                integers(0, 3000),
                tri(),
                Arbitraries.of(ClinicalAssessment.NeurologicalExam.class),
                tri())
            .as(FactArbitraries::assessment);
    return Combinators.combine(
            first,
            labs.optional(),
            tri(),
            amounts(),
            tri(),
            declined.list().ofMaxSize(3).optional(),
            tri())
        .as(
            (a, blood, restaged, dexamethasone, effusion, declines, referral) ->
                new ClinicalAssessment(
                    a.header(),
                    a.signs(),
                    a.suspicion(),
                    a.extracranialDisease(),
                    a.lifeExpectancyDays(),
                    a.severeSymptoms(),
                    a.neurologicalExam(),
                    a.ommayaFeasible(),
                    blood,
                    restaged,
                    dexamethasone,
                    effusion,
                    declines,
                    referral));
  }

  private static ClinicalAssessment assessment(
      Header header,
      List<String> signs,
      ClinicalAssessment.Suspicion suspicion,
      ClinicalAssessment.ExtracranialDisease extracranial,
      OptionalInt lifeExpectancy,
      Tri severe,
      ClinicalAssessment.NeurologicalExam exam,
      Tri ommaya) {
    return new ClinicalAssessment(
        header,
        signs,
        suspicion,
        extracranial,
        lifeExpectancy,
        severe,
        exam,
        ommaya,
        Optional.empty(),
        Tri.UNKNOWN,
        OptionalDouble.empty(),
        Tri.UNKNOWN,
        Optional.empty(),
        Tri.UNKNOWN);
  }

  /** Treatments. */
  public static Arbitrary<TreatmentEvent> treatment() {
    Arbitrary<List<Optional<String>>> words = texts().optional().list().ofSize(2);
    Arbitrary<List<OptionalDouble>> doses = amounts().list().ofSize(2);
    Arbitrary<TreatmentEvent.Indication> indications =
        Arbitraries.of(TreatmentEvent.Indication.class);
    return Combinators.combine(
            headers(),
            Combinators.combine(
                    Arbitraries.of(TreatmentEvent.Modality.class),
                    Arbitraries.of(TreatmentEvent.Action.class))
                .as(net.jqwik.api.Tuple::of),
            ids().optional(),
            words,
            doses,
            Combinators.combine(
                    Arbitraries.of(TreatmentEvent.Route.class),
                    Arbitraries.of(TreatmentEvent.Field.class))
                .as(net.jqwik.api.Tuple::of),
            integers(1, 40),
            indications)
        .as(
            (header, act, order, texts, amounts, way, fractions, indication) ->
                new TreatmentEvent(
                    header,
                    act.get1(),
                    act.get2(),
                    order,
                    texts.get(0),
                    texts.get(1),
                    amounts.get(0),
                    way.get1(),
                    way.get2(),
                    amounts.get(1),
                    fractions,
                    indication));
  }

  /** Outcomes. */
  public static Arbitrary<OutcomeReport> outcome() {
    return Combinators.combine(headers(), Arbitraries.of(OutcomeReport.Vital.class))
        .as(OutcomeReport::new);
  }

  /** Responses; each names a key or a code. */
  public static Arbitrary<AlertResponse> response() {
    Arbitrary<Optional<String>> codes = Arbitraries.of(AlertCode.class).map(Enum::name).optional();
    return Combinators.combine(
            headers(),
            ids(),
            codes,
            ids().optional(),
            Arbitraries.of(AlertResponse.Action.class),
            texts().optional(),
            integers(1, 7),
            ids().optional())
        .as(
            (header, key, code, gap, action, reason, days, mdt) ->
                new AlertResponse(
                    header,
                    code.isPresent() && key.length() % 2 == 0 ? Optional.empty() : Optional.of(key),
                    code,
                    gap,
                    action,
                    reason,
                    days,
                    mdt));
  }
}
