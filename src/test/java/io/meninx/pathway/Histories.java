package io.meninx.pathway;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generated histories of a patient: reports of every kind that the rules look at, late, in several
 * versions, repeated. What a report says follows from its seed, so that a history shrinks by
 * dropping reports.
 */
final class Histories {
  private Histories() {}

  /** How a report came about. */
  enum Versions {
    FINAL,
    REPEATED,
    REPEATED_AS_OTHER_EVENT,
    PENDING,
    PENDING_THEN_FINAL,
    PRELIMINARY,
    PRELIMINARY_THEN_FINAL,
    AMENDED,
    WITHDRAWN,
    WITHDRAWN_AND_BACK,
    CANCELLED
  }

  /**
   * A report in a line.
   *
   * @param kind what it is, see {@link #content}
   * @param day clinical day
   * @param reportedLater days until its first version
   * @param versions of it
   * @param apart days between two versions
   * @param seed of what it says
   */
  record Line(int kind, int day, int reportedLater, Versions versions, int apart, int seed) {}

  /** Histories of so many reports, observed on days -100 to 200. */
  static Arbitrary<List<Line>> ofSize(int minimum, int maximum) {
    Arbitrary<Versions> versions =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Versions.FINAL)),
            Tuple.of(5, Arbitraries.of(Versions.class)));
    Arbitrary<Integer> later =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0)),
            Tuple.of(2, Arbitraries.integers().between(0, 5)),
            Tuple.of(1, Arbitraries.integers().between(0, 90)));
    Arbitrary<Integer> days =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.integers().between(-100, 200)),
            Tuple.of(3, Arbitraries.integers().between(0, 40)));
    return Combinators.combine(
            Arbitraries.integers().between(0, KINDS - 1),
            days,
            later,
            versions,
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, 100_000))
        .as(Line::new)
        .list()
        .ofMinSize(minimum)
        .ofMaxSize(maximum);
  }

  /**
   * Long histories: mostly performance status and assessments, over years, so that old ones are
   * thinned out; now and then one is late or corrected.
   */
  static Arbitrary<List<Line>> overYears() {
    Arbitrary<Integer> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(9, 10, 11, 12)),
            Tuple.of(1, Arbitraries.integers().between(0, KINDS - 2)));
    Arbitrary<Versions> versions =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.just(Versions.FINAL)),
            Tuple.of(1, Arbitraries.of(Versions.class)));
    Arbitrary<Integer> later =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.integers().between(0, 3)),
            Tuple.of(1, Arbitraries.integers().between(0, 400)));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(-50, 1000),
            later,
            versions,
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 100_000))
        .as(Line::new)
        .list()
        .ofMinSize(210)
        .ofMaxSize(280);
  }

  /** The facts of a history, each with the time it would be received at. */
  static List<StoredFact> facts(List<Line> lines) {
    List<StoredFact> facts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      facts.addAll(versions("r" + i, lines.get(i)));
    }
    return facts;
  }

  private static List<StoredFact> versions(String id, Line line) {
    int first = line.day() + line.reportedLater();
    int second = first + line.apart();
    return switch (line.versions()) {
      case FINAL -> List.of(version(id, line, 0, ResultStatus.FINAL, first));
      case REPEATED ->
          List.of(
              version(id, line, 0, ResultStatus.FINAL, first),
              version(id, line, 0, ResultStatus.FINAL, first));
      case REPEATED_AS_OTHER_EVENT ->
          List.of(
              version(id, line, 0, ResultStatus.FINAL, first),
              Facts.stored(report(id, line, 0, ResultStatus.FINAL, first).event(id + "/again")));
      case PENDING -> List.of(version(id, line, 0, ResultStatus.PENDING, first));
      case PENDING_THEN_FINAL ->
          List.of(
              version(id, line, 0, ResultStatus.PENDING, first),
              version(id, line, 0, ResultStatus.FINAL, second));
      case PRELIMINARY -> List.of(version(id, line, 0, ResultStatus.PRELIMINARY, first));
      case PRELIMINARY_THEN_FINAL ->
          List.of(
              version(id, line, 1, ResultStatus.PRELIMINARY, first),
              version(id, line, 0, ResultStatus.FINAL, second));
      case AMENDED ->
          List.of(
              version(id, line, 0, ResultStatus.FINAL, first),
              version(id, line, 1, ResultStatus.AMENDED, second));
      case WITHDRAWN ->
          List.of(
              version(id, line, 0, ResultStatus.FINAL, first),
              version(id, line, 0, ResultStatus.WITHDRAWN, second));
      case WITHDRAWN_AND_BACK ->
          List.of(
              version(id, line, 0, ResultStatus.FINAL, first),
              version(id, line, 0, ResultStatus.WITHDRAWN, second),
              version(id, line, 2, ResultStatus.FINAL, second + 1));
      case CANCELLED -> List.of(version(id, line, 0, ResultStatus.CANCELLED, first));
    };
  }

  private static StoredFact version(
      String id, Line line, int says, ResultStatus status, int reportedDay) {
    return Facts.stored(report(id, line, says, status, reportedDay));
  }

  private static Facts.Builder<?> report(
      String id, Line line, int says, ResultStatus status, int reportedDay) {
    SplittableRandom random = new SplittableRandom(line.seed() * 31L + says);
    Facts.Builder<?> report = content(id, line.kind(), random).status(status);
    if (line.seed() % 3 == 0) {
      String hour = line.seed() % 2 == 0 ? "08:30" : "11:15";
      return report.observedAt(Facts.at(line.day(), hour)).reportedDay(reportedDay);
    }
    return report.observedDay(line.day()).reportedDay(reportedDay);
  }

  // ------------------------------------------------------------------ what a report says

  private static final int KINDS = 18;

  private static Facts.Builder<?> content(String id, int kind, SplittableRandom random) {
    return switch (kind) {
      case 0, 1 -> mri(Facts.fullMri(id), random);
      case 2 -> mri(Facts.imaging(id).modality(ImagingReport.Modality.MRI), random).brain();
      case 3 -> mri(Facts.imaging(id).modality(ImagingReport.Modality.MRI), random).spine();
      case 4, 5 ->
          Facts.imaging(id)
              .modality(ImagingReport.Modality.CSF_FLOW_STUDY)
              .flow(one(random, ImagingReport.CsfFlow.values()));
      case 6, 7 -> csf(id, random);
      case 8 -> biopsy(id, random);
      case 9, 10 -> Facts.kps(id, 10 * random.nextInt(3, 11));
      case 11, 12 -> assessment(id, random);
      case 13 -> intrathecal(id, random);
      case 14 -> radiotherapy(id, random);
      case 15 ->
          Facts.treatment(id, TreatmentEvent.Modality.SYSTEMIC, action(random))
              .agent(one(random, "osimertinib", "carboplatin + pemetrexed", "methotrexate", "xyz"));
      case 16 ->
          Facts.treatment(
              id,
              one(
                  random,
                  TreatmentEvent.Modality.LUMBAR_PUNCTURE,
                  TreatmentEvent.Modality.OMMAYA_PLACEMENT,
                  TreatmentEvent.Modality.VP_SHUNT,
                  TreatmentEvent.Modality.SUPPORTIVE_CARE),
              action(random));
      default ->
          random.nextInt(3) > 0
              ? response(id, random)
              : Facts.outcome(id, one(random, OutcomeReport.Vital.values()));
    };
  }

  private static Facts.Imaging mri(Facts.Imaging mri, SplittableRandom random) {
    mri.pattern(one(random, ImagingReport.Pattern.values()));
    if (random.nextBoolean()) {
      mri.thinDeposits(random.nextInt(3) > 0);
    }
    if (random.nextInt(4) == 0) {
      mri.hydrocephalus(random.nextBoolean()).massEffect(random.nextBoolean());
    }
    if (random.nextInt(4) == 0) {
      mri.response(one(random, ImagingReport.Response.values()));
    }
    if (random.nextInt(4) == 0) {
      mri.cordCompression(random.nextBoolean()).lungMass(true).tesla(1.5);
    }
    return mri;
  }

  private static Facts.Csf csf(String id, SplittableRandom random) {
    Facts.Csf csf =
        Facts.csf(id)
            .site(one(random, CsfResult.Site.values()))
            .cytology(one(random, CsfResult.Cytology.values()));
    if (random.nextInt(4) > 0) {
      csf.volumeMl(random.nextInt(2, 14)).minutesToProcessing(random.nextInt(-1, 50));
    }
    return csf;
  }

  private static Facts.Biopsy biopsy(String id, SplittableRandom random) {
    Facts.Biopsy biopsy = Facts.biopsy(id).histology(one(random, BiopsyResult.Histology.values()));
    for (String gene : List.of("EGFR", "ALK", "BRAF", "HER2", "KRAS")) {
      if (random.nextInt(3) > 0) {
        biopsy.marker(
            gene, one(random, "NEGATIVE", "NEGATIVE", "PENDING", "FAILED", "L858R", "fusion"));
      }
    }
    return biopsy;
  }

  private static Facts.Assessment assessment(String id, SplittableRandom random) {
    Facts.Assessment assessment = Facts.assessment(id);
    if (random.nextBoolean()) {
      assessment.signs(one(random, "HEADACHE", "DIPLOPIA", "BACK_PAIN", "NONE", "RASH"));
    }
    if (random.nextBoolean()) {
      assessment.suspicion(one(random, ClinicalAssessment.Suspicion.values()));
    }
    assessment.extracranial(
        one(
            random,
            ClinicalAssessment.ExtracranialDisease.CONTROLLED,
            ClinicalAssessment.ExtracranialDisease.CONTROLLED,
            ClinicalAssessment.ExtracranialDisease.PROGRESSIVE,
            ClinicalAssessment.ExtracranialDisease.UNKNOWN));
    if (random.nextInt(5) == 0) {
      assessment.lifeExpectancyDays(random.nextInt(20, 120)).severeSymptoms(random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      assessment.exam(one(random, ClinicalAssessment.NeurologicalExam.values()));
    }
    if (random.nextInt(3) == 0) {
      assessment.labs(random.nextInt(10, 200), 1 + random.nextInt(7) / 10.0, 2, 80);
    }
    if (random.nextInt(3) == 0) {
      assessment.ommayaFeasible(random.nextBoolean()).restagingDone(random.nextBoolean());
    }
    if (random.nextInt(6) == 0) {
      assessment.declines(one(random, "ALL", "INTRATHECAL_ELIGIBLE", "MDT_REVIEW"));
    }
    if (random.nextInt(4) == 0) {
      assessment.dexamethasoneMg(random.nextInt(0, 16)).pleuralEffusion(random.nextBoolean());
    }
    return assessment.palliativeReferral(random.nextInt(5) == 0);
  }

  private static TreatmentEvent.Action action(SplittableRandom random) {
    return one(
        random,
        TreatmentEvent.Action.ORDERED,
        TreatmentEvent.Action.STARTED,
        TreatmentEvent.Action.ADMINISTERED,
        TreatmentEvent.Action.ADMINISTERED,
        TreatmentEvent.Action.COMPLETED,
        TreatmentEvent.Action.STOPPED,
        TreatmentEvent.Action.CANCELLED);
  }

  private static Facts.Treatment intrathecal(String id, SplittableRandom random) {
    Facts.Treatment treatment =
        Facts.treatment(id, TreatmentEvent.Modality.INTRATHECAL, action(random))
            .agent(one(random, "methotrexate", "methotrexate", "cytarabine", "vincristine"))
            .route(one(random, TreatmentEvent.Route.LUMBAR, TreatmentEvent.Route.OMMAYA))
            .doseMg(one(random, 15.0, 15.0, 12.0, 20.0));
    return random.nextBoolean() ? treatment.order("it") : treatment;
  }

  private static Facts.Treatment radiotherapy(String id, SplittableRandom random) {
    return Facts.treatment(id, TreatmentEvent.Modality.RADIOTHERAPY, action(random))
        .field(one(random, TreatmentEvent.Field.values()))
        .doseGy(random.nextInt(20, 40))
        .fractions(random.nextInt(5, 15))
        .indication(one(random, TreatmentEvent.Indication.values()));
  }

  private static Facts.Response response(String id, SplittableRandom random) {
    Facts.Response response =
        Facts.response(
                id,
                one(
                    random,
                    AlertResponse.Action.ACKNOWLEDGED,
                    AlertResponse.Action.SNOOZED,
                    AlertResponse.Action.OVERRIDDEN))
            .code(
                one(
                    random,
                    "MDT_REVIEW_NEEDED",
                    "KPS_MISSING_OR_STALE",
                    "REPEAT_LUMBAR_PUNCTURE_NEEDED",
                    "INTRATHECAL_DOSE_DUE"))
            .snoozeDays(random.nextInt(1, 12));
    return random.nextBoolean() ? response.mdtId("board-1") : response;
  }

  @SafeVarargs
  private static <T> T one(SplittableRandom random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
