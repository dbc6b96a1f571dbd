package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meninx.casefile.CaseFile.Arrival;
import io.meninx.casefile.CaseFileException.Problem;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFileTest {

  // --- what is refused, and how it is told -------------------------------------------------

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'kind':'PERFORMANCE','day':0,'kps':75}          | $.facts[0].kps          | multiple of"
            + " 10",
        "{'kind':'PERFORMANCE','day':0,'kps':110}         | $.facts[0].kps          | from 0 to"
            + " 100",
        "{'kind':'PERFORMANCE','day':0,'kps':'80'}        | $.facts[0].kps          | whole number",
        "{'kind':'PERFORMANCE','day':0,'kps':80.5}        | $.facts[0].kps          | whole number",
        "{'kind':'CSF','day':0,'volumeMl':-1}             | $.facts[0].volumeMl     | 0 or more",
        "{'kind':'CSF','day':0,'volumeMl':true}           | $.facts[0].volumeMl     | must be a"
            + " number",
        "{'kind':'CSF','day':0,'volumeMl':1e999}          | $.facts[0].volumeMl     | must be a"
            + " number",
        "{'kind':'IMAGING','day':0,'tesla':0}             | $.facts[0].tesla        | more than 0",
        "{'kind':'TREATMENT','day':0,'fractions':0}       | $.facts[0].fractions    | 1 or more",
        "{'kind':'CSF','day':0,'cytology':'POSITVE'}      | $.facts[0].cytology     | POSITIVE,"
            + " NEGATIVE, EQUIVOCAL",
        "{'kind':'CSF','day':0,'cytology':'positive'}     | $.facts[0].cytology     | must be one"
            + " of",
        "{'kind':'CSF','day':0,'fixed':'yes'}             | $.facts[0].fixed        | true or"
            + " false",
        "{'kind':'CSF','day':0,'id':''}                   | $.facts[0].id           | must not be"
            + " empty",
        "{'kind':'CSF','day':0,'id':'facts[4]'}           | $.facts[0].id           | must not look"
            + " like that",
        "{'kind':'CSF','day':0,'status':'DONE'}           | $.facts[0].status       | PENDING,"
            + " PRELIMINARY",
        "{'kind':'CSF','day':0,'csf':1}                   | $.facts[0].csf          | no such key",
        "{'kind':'CSF','day':0,'a b':1}                   | $.facts[0]['a b']       | no such key",
        "{'kind':'CSF','day':0,'kps':80}                  | $.facts[0].kps          | no such key",
        "{'kind':'CSF','day':0,'day':1}                   | $.facts[0].day          | twice",
        "{'kind':'CSF','day':0,'time':'9:30'}             | $.facts[0].time         | such as"
            + " 09:30",
        "{'kind':'CSF','day':0,'time':'24:00'}            | $.facts[0].time         | such as"
            + " 09:30",
        "{'kind':'CSF','day':0,'reportedTime':930}        | $.facts[0].reportedTime | must be text",
        "{'kind':'CSF','day':0.5}                         | $.facts[0].day          | whole number",
        "{'kind':'CSF'}                                   | $.facts[0].day          | must be"
            + " there",
        "{'kind':'CSV','day':0}                           | $.facts[0].kind         | must be one"
            + " of IMAGING",
        "{'day':0}                                        | $.facts[0].kind         | must be one"
            + " of IMAGING",
        "{'kind':'CLOCK','day':0,'time':'10:00'}          | $.facts[0].time         | no such key",
        "{'kind':'IMAGING','day':0,'regions':'BRAIN'}     | $.facts[0].regions      | must be a"
            + " list",
        "{'kind':'IMAGING','day':0,'regions':['BRAIN','HEAD']} | $.facts[0].regions[1] | SPINE",
        "{'kind':'ASSESSMENT','day':0,'signs':['']}       | $.facts[0].signs[0]     | must not be"
            + " empty",
        "{'kind':'ASSESSMENT','day':0,'labs':{'inr':-1}}  | $.facts[0].labs.inr     | 0 or more",
        "{'kind':'ASSESSMENT','day':0,'labs':{'x':1}}     | $.facts[0].labs.x       | no such key",
        "{'kind':'ASSESSMENT','day':0,'labs':[]}          | $.facts[0].labs         | must be an"
            + " object",
        "{'kind':'ASSESSMENT','day':0,'declines':['TEA']} | $.facts[0].declines[0]  | ALL",
        "{'kind':'BIOPSY','day':0,'markers':{'EGFR':1}}   | $.facts[0].markers.EGFR | must be text",
        "{'kind':'BIOPSY','day':0,'markers':{'EGFR':'NEGATIVE','EGFR':'NEGATIVE'}} |"
            + " $.facts[0].markers.EGFR | twice",
        "{'kind':'RESPONSE_TO_ALERT','day':0,'action':'SNOOZED'} | $.facts[0].code    | must say",
        "{'kind':'RESPONSE_TO_ALERT','day':0,'code':'DATA_CONFLICT'} | $.facts[0].action | must"
            + " say",
        "{'kind':'OUTCOME','day':0,'status':'FINAL'}      | $.facts[0].status       | DEAD, ALIVE",
        "'CSF'                                            | $.facts[0]              | must be an"
            + " object",
      })
  void aMistakeIsToldWithItsPath(String fact, String path, String reason) {
    List<Problem> problems = problemsOf(withFacts(fact));

    assertThat(problems).singleElement().extracting(Problem::path).isEqualTo(path);
    assertThat(problems.getFirst().reason()).contains(reason);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'case':'c','facts':[],'colour':1}               | $.colour          | no such key",
        "{'case':'c','facts':[],'patient':{'name':'x'}}   | $.patient.name    | no such key",
        "{'case':'c','facts':[],'patient':{'ageYears':'48'}} | $.patient.ageYears | whole number",
        "{'case':'c','facts':[],'startsAt':'2025-02-30'}  | $.startsAt        | must be a date",
        "{'case':'c','facts':[],'startsAt':20250101}      | $.startsAt        | must be text",
        "{'case':'c','facts':{}}                          | $.facts           | must be a list",
        "{'case':'c'}                                     | $.facts           | must be a list",
        "{'facts':[]}                                     | $.case            | must be there",
        "{'case':'','facts':[]}                           | $.case            | must not be empty",
        "{'case':'../c','facts':[]}                       | $.case            | names a file",
        "{'case':'c','case':'d','facts':[]}               | $.case            | twice",
        "[]                                               | $                 | must be an object",
        "{'case':'c','facts':[]} {}                       | $                 | more after the end",
        "{'case':'c','facts':[                            | $                 | not JSON (line 1",
        "{'case':NaN,'facts':[]}                          | $                 | not JSON (line 1",
      })
  void aMistakeOutsideTheFactsIsToldWithItsPath(String json, String path, String reason) {
    Problem first = problemsOf(json).getFirst();

    assertThat(first.path()).isEqualTo(path);
    assertThat(first.reason()).contains(reason);
  }

  /** Where Jackson itself gives up, it names no place. */
  @Test
  void whatIsTooLongOrTooDeepIsRefusedAndNoCrash() {
    for (String json : List.of("{'case':'c','day':" + "9".repeat(1_001) + "}", "[".repeat(3_000))) {
      assertThat(problemsOf(json))
          .containsExactly(
              new Problem("$", "a number is too long, or something is nested too deep"));
    }
  }

  /** The name is the patient's id too, so what the wire refuses is refused where it stands. */
  @Test
  void aNameThatCanBeNoIdIsRefusedAsTheName() {
    for (String name : List.of("\\ud800", "\u75c5".repeat(100))) {
      assertThat(
              problemsOf(
                  "{'case':'" + name + "','facts':[{'day':0,'kind':'PERFORMANCE','kps':90}]}"))
          .singleElement()
          .satisfies(problem -> assertThat(problem.path()).isEqualTo("$.case"));
    }
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThat(problemsOf("")).containsExactly(new Problem("$", "the file is empty"));
  }

  @Test
  void everyMistakeOfAFileIsToldInOneLineThatNamesTheFile() {
    assertThatThrownBy(
            () ->
                read(
                    withFacts(
                        "{'kind':'PERFORMANCE','day':0,'kps':75}",
                        "{'kind':'CSF','day':'x','volumeMl':-1}")))
        .isInstanceOf(CaseFileException.class)
        .hasMessageMatching(
            "case.json: \\$\\.facts\\[0]\\.kps: .*; \\$\\.facts\\[1]\\.day: .*;"
                + " \\$\\.facts\\[1]\\.volumeMl: .*");
  }

  @Test
  void noMessageRepeatsAValueOfTheFile() {
    assertThatThrownBy(
            () ->
                read(
                    withFacts(
                        "{'kind':'CSF','day':0,'cytology':'SECRET','time':'SECRET'}",
                        "{'kind':'SECRET','day':'SECRET'}",
                        "SECRET")))
        .isInstanceOf(CaseFileException.class)
        .message()
        .doesNotContain("SECRET");
    assertThatThrownBy(() -> read("{'case':SECRET}")).message().doesNotContain("SECRET");
  }

  @Test
  void whatTheWireCouldNotCarryIsRefused() {
    Problem problem =
        problemsOf(withFacts("{'kind':'TREATMENT','day':0,'agent':'" + "x".repeat(10_001) + "'}"))
            .getFirst();

    assertThat(problem.path()).isEqualTo("$.facts[0]");
    assertThat(problem.reason()).isEqualTo("agent is too long or out of range");
  }

  @Test
  void oneIdForTwoKindsIsRefused() {
    assertThat(
            problemsOf(
                withFacts("{'kind':'CSF','day':0,'id':'a'}", "{'kind':'BIOPSY','day':0,'id':'a'}")))
        .singleElement()
        .extracting(Problem::path)
        .isEqualTo("$.facts[1].id");
  }

  @Test
  void aFileThatIsNotThereIsAnErrorWithItsName() {
    assertThatThrownBy(() -> CaseFile.read(Path.of("no-such-case.json")))
        .hasMessageContaining("no-such-case.json");
  }

  // --- what is accepted ---------------------------------------------------------------------

  @Test
  void allPublishedCasesAreAccepted() {
    List<CaseFile> cases = PublishedCases.all();

    assertThat(cases).hasSize(18).allSatisfy(c -> assertThat(c.arrivals()).isNotEmpty());
    assertThat(cases.stream().mapToInt(c -> c.arrivals().size()).sum()).isEqualTo(154);
  }

  @Test
  void commentsAreCarriedAnywhere() {
    CaseFile read =
        read(
            "{'case':'c','note':1,'textSeen':'x','completeness':'A','documentedDecisions':['y'],"
                + "'patient':{'ageYears':null,'sex':'FEMALE','note':'n'},"
                + "'facts':[{'kind':'CSF','day':0,'note':'n','dayNote':'n','dayBasis':'stated',"
                + "'orderOnly':true,'inferred':{'cytology':'POSITIVE'}}]}");

    assertThat(((CsfResult) only(read).fact()).cytology()).isEqualTo(CsfResult.Cytology.UNKNOWN);
  }

  @Test
  void absentAndNullAreNotKnown() {
    var absent = only(read(withFacts("{'kind':'IMAGING','day':0}"))).fact();
    var nulls =
        only(read(
                withFacts(
                    "{'kind':'IMAGING','day':0,'modality':null,'regions':null,'contrast':null,"
                        + "'tesla':null,'leptomeningealPattern':null,'thinDeposits':null,"
                        + "'hydrocephalus':null,'massEffect':null,'csfFlow':null,"
                        + "'parenchymalMetastases':null,'lungMass':null,'response':null,"
                        + "'enhancementLevels':null,'cordCompression':null,'status':null,"
                        + "'time':null,'observedDay':null,'reportedDay':null,'id':null}")))
            .fact();

    assertThat(nulls).isEqualTo(absent);
    ImagingReport imaging = (ImagingReport) absent;
    assertThat(imaging.modality()).isEqualTo(ImagingReport.Modality.UNKNOWN);
    assertThat(imaging.contrast()).isEqualTo(Tri.UNKNOWN);
    assertThat(imaging.tesla()).isNaN();
    assertThat(imaging.regions()).isEmpty();
    assertThat(imaging.header().status()).isEqualTo(ResultStatus.FINAL);
  }

  @Test
  void everyKeyOfAnImagingReportIsRead() {
    ImagingReport read =
        (ImagingReport)
            only(read(
                    withFacts(
                        "{'kind':'IMAGING','day':0,'modality':'MRI','regions':['BRAIN','SPINE'],"
                            + "'contrast':true,'tesla':3,'leptomeningealPattern':'LINEAR',"
                            + "'thinDeposits':true,'hydrocephalus':false,'massEffect':false,"
                            + "'csfFlow':'PARTIAL','parenchymalMetastases':true,'lungMass':true,"
                            + "'enhancementLevels':['LUMBOSACRAL_SPINE'],"
                            + "'cordCompression':false,'response':'STABLE'}")))
                .fact();

    assertThat(read)
        .isEqualTo(
            new ImagingReport(
                read.header(),
                ImagingReport.Modality.MRI,
                java.util.Set.of(
                    Region.BRAIN,
                    Region.CERVICAL_SPINE,
                    Region.THORACIC_SPINE,
                    Region.LUMBOSACRAL_SPINE),
                Tri.YES,
                3.0,
                ImagingReport.Pattern.LINEAR,
                Tri.YES,
                Tri.NO,
                Tri.NO,
                ImagingReport.CsfFlow.PARTIAL,
                Tri.YES,
                Tri.YES,
                java.util.Set.of(Region.LUMBOSACRAL_SPINE),
                Tri.NO,
                ImagingReport.Response.STABLE));
  }

  @Test
  void everyKeyOfACsfResultIsRead() {
    CsfResult read =
        (CsfResult)
            only(read(
                    withFacts(
                        "{'kind':'CSF','day':0,'site':'LUMBAR','cytology':'NEGATIVE','volumeMl':4.5,"
                            + "'minutesToProcessing':-5,'fixed':true,'proteinMgDl':80,'glucoseMgDl':40,"
                            + "'wbcPerUl':12,'openingPressureCmH2O':25,'csfMutation':'T790M'}")))
                .fact();

    assertThat(read)
        .isEqualTo(
            new CsfResult(
                read.header(),
                CsfResult.Site.LUMBAR,
                CsfResult.Cytology.NEGATIVE,
                OptionalDouble.of(4.5),
                OptionalInt.of(-5),
                Tri.YES,
                OptionalDouble.of(80),
                OptionalDouble.of(40),
                OptionalDouble.of(12),
                OptionalDouble.of(25),
                Optional.of("T790M")));
  }

  @Test
  void everyKeyOfATreatmentIsRead() {
    TreatmentEvent read =
        (TreatmentEvent)
            only(read(
                    withFacts(
                        "{'kind':'TREATMENT','day':0,'modality':'RADIOTHERAPY','action':'ORDERED',"
                            + "'orderId':'o','agent':'a','dose':'d','doseMg':15,'route':'OMMAYA',"
                            + "'radiotherapyField':'FOCAL','doseGy':30,'fractions':10,"
                            + "'indication':'CORD_COMPRESSION'}")))
                .fact();

    assertThat(read)
        .isEqualTo(
            new TreatmentEvent(
                read.header(),
                TreatmentEvent.Modality.RADIOTHERAPY,
                TreatmentEvent.Action.ORDERED,
                Optional.of("o"),
                Optional.of("a"),
                Optional.of("d"),
                OptionalDouble.of(15),
                TreatmentEvent.Route.OMMAYA,
                TreatmentEvent.Field.FOCAL,
                OptionalDouble.of(30),
                OptionalInt.of(10),
                TreatmentEvent.Indication.CORD_COMPRESSION));
  }

  @Test
  void everyKeyOfAnAssessmentIsRead() {
    ClinicalAssessment read =
        (ClinicalAssessment)
            only(read(
                    withFacts(
                        "{'kind':'ASSESSMENT','day':0,'signs':['NONE'],'suspicion':'HIGH',"
                            + "'extracranialDisease':'CONTROLLED','lifeExpectancyDays':30,"
                            + "'severeSymptoms':true,'neurologicalExam':'STANDARDIZED',"
                            + "'ommayaFeasible':false,'labs':{'plateletsE9L':90,'inr':1.1,"
                            + "'ancE9L':2,'egfr':60},'restagingDone':true,'dexamethasoneMg':8,"
                            + "'pleuralEffusion':false,'declines':['ALL','OMMAYA_RESERVOIR'],"
                            + "'palliativeReferral':true}")))
                .fact();

    assertThat(read)
        .isEqualTo(
            new ClinicalAssessment(
                read.header(),
                List.of("NONE"),
                ClinicalAssessment.Suspicion.HIGH,
                ClinicalAssessment.ExtracranialDisease.CONTROLLED,
                OptionalInt.of(30),
                Tri.YES,
                ClinicalAssessment.NeurologicalExam.STANDARDIZED,
                Tri.NO,
                Optional.of(
                    new ClinicalAssessment.Labs(
                        OptionalDouble.of(90),
                        OptionalDouble.of(1.1),
                        OptionalDouble.of(2),
                        OptionalDouble.of(60))),
                Tri.YES,
                OptionalDouble.of(8),
                Tri.NO,
                Optional.of(List.of("ALL", "OMMAYA_RESERVOIR")),
                Tri.YES));
  }

  @Test
  void everyKeyOfAResponseIsRead() {
    AlertResponse read =
        (AlertResponse)
            only(read(
                    withFacts(
                        "{'kind':'RESPONSE_TO_ALERT','day':0,'code':'MDT_REVIEW_NEEDED','gap':'G1',"
                            + "'action':'SNOOZED','reason':'r','snoozeDays':3,'mdtId':'m'}")))
                .fact();

    assertThat(read)
        .isEqualTo(
            new AlertResponse(
                read.header(),
                Optional.empty(),
                Optional.of("MDT_REVIEW_NEEDED"),
                Optional.of("G1"),
                AlertResponse.Action.SNOOZED,
                Optional.of("r"),
                OptionalInt.of(3),
                Optional.of("m")));
  }

  @Test
  void markersOfABiopsyAreReadAndNullIsNotKnown() {
    BiopsyResult read =
        (BiopsyResult)
            only(read(
                    withFacts(
                        "{'kind':'BIOPSY','day':0,'site':'LUNG','histology':'SQUAMOUS',"
                            + "'markers':{'EGFR':'NEGATIVE','ALK':null,'KRAS':'G12C'}}")))
                .fact();

    assertThat(read.markers()).containsOnlyKeys("EGFR", "KRAS").containsEntry("KRAS", "G12C");
    assertThat(read.histology()).isEqualTo(BiopsyResult.Histology.SQUAMOUS);
  }

  @Test
  void ecogIsKeptBesideAnUnknownKps() {
    PerformanceStatus read =
        (PerformanceStatus)
            only(read(withFacts("{'kind':'PERFORMANCE','day':0,'ecog':2,'kps':null}"))).fact();

    assertThat(read.kps()).isEmpty();
    assertThat(read.ecog()).hasValue(2);
  }

  @Test
  void statusOfAnOutcomeIsLifeOrDeathAndResultStatusTheStatus() {
    OutcomeReport read =
        (OutcomeReport)
            only(read(
                    withFacts(
                        "{'kind':'OUTCOME','day':0,'status':'DEAD','resultStatus':'WITHDRAWN'}")))
                .fact();

    assertThat(read.vital()).isEqualTo(OutcomeReport.Vital.DEAD);
    assertThat(read.header().status()).isEqualTo(ResultStatus.WITHDRAWN);
  }

  // --- times --------------------------------------------------------------------------------

  @Test
  void withoutATimeAFactArrivesAtNoonAndIsKnownToTheDay() {
    Arrival arrival = only(read(withFacts("{'kind':'CSF','day':2}")));

    assertThat(arrival.at()).isEqualTo("2025-01-03T12:00:00Z");
    Header header = arrival.fact().header();
    assertThat(header.observedAt()).isEqualTo(ObservedAt.day(LocalDate.parse("2025-01-03")));
    assertThat(header.reportedAt()).isEqualTo(arrival.at());
  }

  @Test
  void withATimeAFactIsKnownToTheInstant() {
    Arrival arrival = only(read(withFacts("{'kind':'CSF','day':2,'time':'09:30'}")));

    assertThat(arrival.fact().header().observedAt())
        .isEqualTo(ObservedAt.at(Instant.parse("2025-01-03T09:30:00Z")));
  }

  @Test
  void anObservedDayIsKnownToTheDayWhateverTheTimeOfArrival() {
    Arrival arrival =
        only(read(withFacts("{'kind':'CSF','day':2,'time':'09:30','observedDay':-1}")));

    assertThat(arrival.at()).isEqualTo("2025-01-03T09:30:00Z");
    assertThat(arrival.fact().header().observedAt())
        .isEqualTo(ObservedAt.day(LocalDate.parse("2024-12-31")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'reportedDay':1                        | 2025-01-02T09:30:00Z",
        "'reportedTime':'08:00'                 | 2025-01-03T08:00:00Z",
        "'reportedDay':1,'reportedTime':'08:00' | 2025-01-02T08:00:00Z",
      })
  void whatIsNotSaidOfTheReportingTimeIsThatOfTheArrival(String keys, String reportedAt) {
    Arrival arrival = only(read(withFacts("{'kind':'CSF','day':2,'time':'09:30'," + keys + "}")));

    assertThat(arrival.fact().header().reportedAt()).isEqualTo(reportedAt);
  }

  @Test
  void factsOfOneDayAndTimeArriveASecondApartInTheOrderWritten() {
    CaseFile read =
        read(
            withFacts(
                "{'kind':'CSF','day':0}",
                "{'kind':'CSF','day':-1}",
                "{'kind':'CSF','day':0,'time':'12:00'}",
                "{'kind':'CLOCK','day':0}",
                "{'kind':'CSF','day':0}",
                "{'kind':'CSF','day':0,'time':'11:00'}"));

    assertThat(read.arrivals()).extracting(Arrival::index).containsExactly(1, 5, 0, 2, 4);
    assertThat(read.arrivals())
        .extracting(arrival -> arrival.at().toString())
        .containsExactly(
            "2024-12-31T12:00:00Z",
            "2025-01-01T11:00:00Z",
            "2025-01-01T12:00:00Z",
            "2025-01-01T12:00:01Z",
            "2025-01-01T12:00:02Z");
  }

  @Test
  void day0MayBeAnotherDate() {
    CaseFile read =
        read("{'case':'c','startsAt':'2024-02-28','facts':[{'kind':'CSF','day':1,'time':null}]}");

    assertThat(only(read).at()).isEqualTo("2024-02-29T12:00:00Z");
  }

  @Test
  void aCaseEndsWithTheDayOfItsLastFact() {
    assertThat(read(withFacts("{'kind':'CSF','day':3}", "{'kind':'CSF','day':1}")).end())
        .isEqualTo("2025-01-04T23:59:00Z");
  }

  @ParameterizedTest
  @CsvSource({"5, 2025-01-06T23:59:00Z", "2, 2025-01-04T23:59:00Z"})
  void aClockLetsTimePassToTheEndOfItsDay(int day, Instant end) {
    assertThat(
            read(withFacts("{'kind':'CLOCK','day':" + day + "}", "{'kind':'CSF','day':3}")).end())
        .isEqualTo(end);
  }

  @Test
  void aCaseOfNothingButAClockHasAnEnd() {
    assertThat(read(withFacts("{'kind':'CLOCK','day':-5}")).end())
        .isEqualTo("2024-12-27T23:59:00Z");
  }

  @Test
  void aCaseNeverEndsBeforeItsLastFactArrived() {
    assertThat(
            read(withFacts(
                    "{'kind':'CSF','day':0,'time':'23:59'}",
                    "{'kind':'CSF','day':0,'time':'23:59'}"))
                .end())
        .isEqualTo("2025-01-01T23:59:01Z");
  }

  // --- versions and repeats -----------------------------------------------------------------

  @Test
  void aFactWithoutAnIdIsAReportOfItsOwn() {
    CaseFile read = read(withFacts("{'kind':'CSF','day':0}", "{'kind':'CSF','day':0}"));

    assertThat(header(read, 0).reportId()).isNotEqualTo(header(read, 1).reportId());
    assertThat(header(read, 0).eventId()).isNotEqualTo(header(read, 1).eventId());
  }

  @Test
  void factsWithOneIdAreVersionsOfOneReport() {
    CaseFile read =
        read(
            withFacts(
                "{'kind':'CSF','day':0,'id':'a','cytology':'NEGATIVE'}",
                "{'kind':'CSF','day':0,'id':'a','cytology':'POSITIVE'}"));

    assertThat(header(read, 0).reportId()).isEqualTo(header(read, 1).reportId());
    assertThat(header(read, 0).eventId()).isNotEqualTo(header(read, 1).eventId());
    assertThat(header(read, 1).reportedAt()).isAfter(header(read, 0).reportedAt());
  }

  @Test
  void anIdenticalRepeatIsTheSameMessageAgainAlthoughItArrivesLater() {
    CaseFile read =
        read(
            withFacts(
                "{'kind':'CSF','day':0,'id':'a','cytology':'NEGATIVE'}",
                "{'id':'a','day':0,'kind':'CSF','cytology':'NEGATIVE','note':'sent twice'}"));

    assertThat(read.arrivals().get(1).at()).isAfter(read.arrivals().get(0).at());
    assertThat(read.arrivals().get(1).fact()).isEqualTo(read.arrivals().get(0).fact());
  }

  @Test
  void aRepeatOnAnotherDayIsTheSameMessageWhenItsTimesAreSaid() {
    CaseFile read =
        read(
            withFacts(
                "{'kind':'CSF','day':1,'id':'a','observedDay':0,'reportedDay':1}",
                "{'kind':'CSF','day':4,'id':'a','observedDay':0,'reportedDay':1}"));

    assertThat(read.arrivals().get(1).fact()).isEqualTo(read.arrivals().get(0).fact());
  }

  @Test
  void sayingAnotherDayMakesANewVersion() {
    CaseFile read =
        read(
            withFacts(
                "{'kind':'CSF','day':0,'id':'a','observedDay':0}",
                "{'kind':'CSF','day':1,'id':'a','observedDay':0}"));

    assertThat(header(read, 1).eventId()).isNotEqualTo(header(read, 0).eventId());
    assertThat(header(read, 1).reportedAt()).isEqualTo("2025-01-02T12:00:00Z");
  }

  @Test
  void eventIdsAreTheSameInEveryRunAndDifferFromCaseToCase() {
    String facts = "'facts':[{'kind':'CSF','day':0,'id':'a'}]}";
    CaseFile one = read("{'case':'one'," + facts);

    assertThat(read("{'case':'one'," + facts)).isEqualTo(one);
    assertThat(header(read("{'case':'two'," + facts), 0).eventId())
        .isNotEqualTo(header(one, 0).eventId());
  }

  // --- helpers ------------------------------------------------------------------------------

  private static String withFacts(String... facts) {
    return "{'case':'c','facts':[" + String.join(",", facts) + "]}";
  }

  /** Single quotes stand for double ones. */
  private static CaseFile read(String json) {
    return CaseFile.read("case.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<Problem> problemsOf(String json) {
    return catchThrowableOfType(CaseFileException.class, () -> read(json)).problems();
  }

  private static Arrival only(CaseFile read) {
    assertThat(read.arrivals()).hasSize(1);
    return read.arrivals().getFirst();
  }

  private static Header header(CaseFile read, int arrival) {
    return read.arrivals().get(arrival).fact().header();
  }
}
