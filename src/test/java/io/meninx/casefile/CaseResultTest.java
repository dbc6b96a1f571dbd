package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.casefile.CaseResult.DecidedBy;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.fact.FactKind;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.pathway.ResolutionReason;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The form of {@code DIR/<case>.json}, contract section 6. */
class CaseResultTest {

  private static final Instant AT = Instant.parse("2025-01-01T12:00:00Z");
  private static final Instant DUE = Instant.parse("2025-01-05T00:00:00Z");
  private static final Evidence EVIDENCE =
      new Evidence(
          "facts[0]",
          FactKind.CSF,
          "cytology=POSITIVE",
          ResultStatus.FINAL,
          ObservedAt.day(LocalDate.parse("2025-01-01")));

  @Test
  void theKeysStandInTheOrderOfTheContract() throws IOException {
    assertThat(keys(json(everything())))
        .containsExactly("case", "guideline", "events", "alerts", "rejected", "final");
    assertThat(keys(json(everything()).path("guideline"))).containsExactly("id", "version", "hash");
    assertThat(keys(json(everything()).path("rejected").path(0)))
        .containsExactly("index", "reason", "field");
    assertThat(keys(json(everything()).path("final")))
        .containsExactly(
            "at",
            "type",
            "certainty",
            "statusGroup",
            "stage",
            "recommendations",
            "contraindications",
            "openAlerts",
            "schedules");
  }

  @ParameterizedTest
  @CsvSource({
    "CLASSIFICATION_CHANGED, previous",
    "STATUS_GROUP_CHANGED, previous",
    "STAGE_CHANGED, previous",
    "RECOMMENDATION_ISSUED, gap",
    "RECOMMENDATION_WITHDRAWN, gap",
    "CONTRAINDICATION_RAISED,",
    "CONTRAINDICATION_LIFTED,",
    "SCHEDULE_ISSUED, entries",
    "SCHEDULE_CHANGED, entries",
    "RESPONSE_ASSESSED,",
    "FACT_SUPERSEDED, factId",
    "FACT_WITHDRAWN, factId"
  })
  void anEventHasTheCommonKeysAndThoseOfItsType(EventType type, String own) throws IOException {
    List<String> expected =
        new ArrayList<>(
            List.of("eventId", "type", "code", "at", "rule", "outcome", "evidence", "missing"));
    Optional.ofNullable(own).ifPresent(expected::add);

    JsonNode event = json(with(event(type))).path("events").path(0);

    assertThat(keys(event)).containsExactlyElementsOf(expected);
    assertThat(keys(event.path("rule"))).containsExactly("id", "statements");
    assertThat(keys(event.path("evidence").path(0)))
        .containsExactly("factId", "kind", "value", "status", "observedAt");
  }

  @Test
  void anAlertRevisionHasAllFieldsAndTheGuidelineOfItsRule() throws IOException {
    JsonNode alert = json(everything()).path("alerts").path(0);

    assertThat(keys(alert))
        .containsExactly(
            "alertKey",
            "revision",
            "code",
            "state",
            "stage",
            "priority",
            "notify",
            "at",
            "dueAt",
            "audience",
            "summary",
            "gap",
            "rule",
            "evidence",
            "missing",
            "resolutionReason",
            "preliminary");
    assertThat(alert.path("rule").toString())
        .isEqualTo(
            "{\"id\":\"S33\",\"guideline\":\"g\",\"version\":\"1\",\"statements\":[\"S33\"]}");
    assertThat(alert.path("dueAt").textValue()).isEqualTo("2025-01-05T00:00:00Z");
    assertThat(alert.path("gap").isNull()).isTrue();
    assertThat(alert.path("resolutionReason").textValue()).isEqualTo("DONE");
  }

  @Test
  void listsOfTheFinalStateAreSortedByCodeThenGap() throws IOException {
    JsonNode end = json(everything()).path("final");

    assertThat(end.path("recommendations").toString())
        .isEqualTo(
            "[{\"code\":\"CSF_FLOW_STUDY\",\"gap\":null},{\"code\":\"MDT_REVIEW\",\"gap\":\"G1\"},"
                + "{\"code\":\"MDT_REVIEW\",\"gap\":\"G4\"}]");
    assertThat(end.path("contraindications").toString())
        .isEqualTo("[\"LUMBAR_PUNCTURE_LABS\",\"METHOTREXATE_NEAR_WHOLE_BRAIN\"]");
    assertThat(end.path("openAlerts").findValuesAsText("code"))
        .containsExactly("DATA_CONFLICT", "MDT_REVIEW_NEEDED", "MDT_REVIEW_NEEDED");
    assertThat(end.path("openAlerts").findValuesAsText("gap")).endsWith("G1", "G4");
    assertThat(end.path("schedules").findValuesAsText("code"))
        .containsExactly("KPS", "MRI_NEUROAXIS");
  }

  @Test
  void aCaseWithoutFactsEndsInTheStateBeforeTheFirstFact() throws IOException {
    var result =
        new CaseResult("c", guideline(), List.of(), List.of(), List.of(), AT, PublicState.EMPTY);

    assertThat(json(result).path("final").toString())
        .isEqualTo(
            "{\"at\":\"2025-01-01T12:00:00Z\",\"type\":\"UNDETERMINED\",\"certainty\":\"UNDETERMINED\","
                + "\"statusGroup\":\"UNKNOWN\",\"stage\":\"WORKUP\",\"recommendations\":[],"
                + "\"contraindications\":[],\"openAlerts\":[],\"schedules\":[]}");
  }

  @Test
  void theSameResultGivesTheSameBytes() {
    assertThat(everything().toJson()).isEqualTo(everything().toJson()).endsWith('\n');
  }

  @ParameterizedTest
  @EnumSource(AlertState.class)
  void whatIsDecidedForALaterMomentIsNotPartOfTheCase(AlertState state) {
    CaseFile file =
        new CaseFile("c", Optional.empty(), Optional.empty(), CaseFile.DAY_0, List.of(), AT);
    var log = new CaseLog(file);

    assertThat(log.add(alert(AT, state))).isTrue();
    assertThat(log.add(alert(AT.plusSeconds(1), state))).isFalse();
    assertThat(log.alerts()).hasSize(1);
  }

  private static CaseResult with(PathwayEvent event) {
    return new CaseResult(
        "c", guideline(), List.of(event), List.of(), List.of(), AT, PublicState.EMPTY);
  }

  private static CaseResult everything() {
    return new CaseResult(
        "c",
        guideline(),
        List.of(event(EventType.CLASSIFICATION_CHANGED)),
        List.of(alert(AT, AlertState.RESOLVED)),
        List.of(new Rejected(3, "OBSERVED_IN_FUTURE", "CSF.observedAt")),
        AT,
        new PublicState(
            LmType.IA,
            Certainty.CONFIRMED,
            StatusGroup.GOOD,
            Stage.TREATMENT,
            List.of(
                new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G4")),
                new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G1")),
                new Recommendation(RecommendationCode.CSF_FLOW_STUDY, Optional.empty())),
            List.of(
                ContraindicationCode.METHOTREXATE_NEAR_WHOLE_BRAIN,
                ContraindicationCode.LUMBAR_PUNCTURE_LABS),
            List.of(
                line(AlertCode.MDT_REVIEW_NEEDED, Optional.of("G4")),
                line(AlertCode.MDT_REVIEW_NEEDED, Optional.of("G1")),
                line(AlertCode.DATA_CONFLICT, Optional.empty())),
            List.of(
                new Schedule(
                    ScheduleCode.MRI_NEUROAXIS,
                    List.of(new ScheduleEntry(DUE, EntryState.PLANNED))),
                new Schedule(ScheduleCode.KPS, List.of()))));
  }

  private static AlertLine line(AlertCode code, Optional<String> gap) {
    return new AlertLine(
        code, Optional.empty(), Priority.ROUTINE, AlertState.ACTIVE, gap, Optional.empty());
  }

  private static PathwayEvent event(EventType type) {
    return new PathwayEvent(
        "e",
        type,
        "IA/CONFIRMED",
        AT,
        RuleRef.of("S1"),
        Outcome.MET,
        List.of(EVIDENCE),
        List.of("PERFORMANCE.kps"),
        Optional.of("G1"),
        Optional.of("UNDETERMINED/UNDETERMINED"),
        Optional.of("facts[0]"),
        List.of(new ScheduleEntry(DUE, EntryState.DUE)));
  }

  private static AlertRevision alert(Instant at, AlertState state) {
    return new AlertRevision(
        "k",
        2,
        AlertCode.NEURO_EXAM_DUE,
        state,
        Optional.of(AlertStage.OVERDUE),
        Priority.URGENT,
        true,
        at,
        Optional.of(DUE),
        List.of(Audience.NEURO_ONCOLOGY),
        "a summary",
        Optional.empty(),
        false,
        RuleRef.of("S33"),
        List.of(EVIDENCE),
        List.of(),
        Optional.of(ResolutionReason.DONE));
  }

  private static DecidedBy guideline() {
    return new DecidedBy("g", "1", "abc");
  }

  private static JsonNode json(CaseResult result) throws IOException {
    return new ObjectMapper().readTree(result.toJson());
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      keys.add(names.next());
    }
    return keys;
  }
}
