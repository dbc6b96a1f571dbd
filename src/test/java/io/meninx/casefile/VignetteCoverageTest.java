package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.meninx.edition.Statements;
import io.meninx.edition.Statements.Statement;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.LmType;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.ResolutionReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vignettes leave nothing out: every code and state of contract section 5 stands in a reviewed
 * output, and every statement and every gap that is behaviour is exercised on purpose.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VignetteCoverageTest {

  /** Section 1 of the clinical rules, without S23: the source's list is empty there. */
  private static final List<String> STATEMENTS =
      IntStream.rangeClosed(1, 36).filter(s -> s != 23).mapToObj(s -> "S" + s).toList();

  /**
   * Gaps without behaviour of their own: a caution for the reader of an MRI that no field of an
   * output carries (G52), and how to print or cite (G57-G59).
   */
  private static final Set<String> NO_BEHAVIOUR = Set.of("G52", "G57", "G58", "G59");

  /** Gaps that ask the board (contract section 5, MDT_REVIEW). */
  private static final Set<String> BOARD_GAPS =
      new TreeSet<>(
          List.of(
              "G1", "G2", "G4", "G5", "G6", "G7", "G14", "G15", "G17", "G18", "G19", "G26", "G35",
              "G42", "G43", "G44", "G47"));

  private static final Set<AlertStage> ALL_STAGES = EnumSet.allOf(AlertStage.class);
  private static final Set<AlertStage> LATE = EnumSet.of(AlertStage.OVERDUE, AlertStage.CRITICAL);

  /** The table of contract section 5: which stages an alert can have besides none. */
  private static final Map<AlertCode, Set<AlertStage>> STAGES =
      new EnumMap<>(
          Map.of(
              AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED, ALL_STAGES,
              AlertCode.MRI_DUE, ALL_STAGES,
              AlertCode.NEURO_EXAM_DUE, ALL_STAGES,
              AlertCode.RESTAGING_DUE, ALL_STAGES,
              AlertCode.FLOW_STUDY_DUE, ALL_STAGES,
              AlertCode.INTRATHECAL_DOSE_DUE, ALL_STAGES,
              AlertCode.PALLIATIVE_REFERRAL_DUE, ALL_STAGES,
              AlertCode.RESULT_OVERDUE, LATE,
              AlertCode.KPS_MISSING_OR_STALE, LATE,
              AlertCode.NEUROAXIS_MRI_INCOMPLETE, LATE));

  private final Seen seen = new Seen();
  private final Set<String> covers = new TreeSet<>();

  @BeforeAll
  void readGoldens() {
    for (Vignette vignette : Vignette.vignettes()) {
      seen.add(vignette.goldenJson());
      vignette.expectation().path("covers").forEach(it -> covers.add(it.textValue()));
    }
  }

  Stream<Arguments> vocabularies() {
    return Stream.of(
        arguments("alert codes", AlertCode.values(), seen.alertCodes),
        arguments("alert states", AlertState.values(), seen.alertStates),
        arguments("resolution reasons", ResolutionReason.values(), seen.resolutionReasons),
        arguments("recommendations", RecommendationCode.values(), seen.recommendations),
        arguments("contraindications", ContraindicationCode.values(), seen.contraindications),
        arguments("schedules", ScheduleCode.values(), seen.schedules),
        arguments("entry states", EntryState.values(), seen.entryStates),
        arguments("types", LmType.values(), seen.types),
        arguments("certainties", Certainty.values(), seen.certainties),
        arguments("status groups", StatusGroup.values(), seen.statusGroups),
        arguments("stages of the pathway", Stage.values(), seen.stages),
        arguments("event types", EventType.values(), seen.eventTypes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vocabularies")
  void everyValueStandsInAnOutput(String what, Enum<?>[] values, Set<String> found) {
    assertThat(found).as(what).containsAll(Arrays.stream(values).map(Enum::name).toList());
  }

  @Test
  void everyStageAnAlertCanHaveStandsInAnOutput() {
    Set<String> allowed = new TreeSet<>();
    STAGES.forEach((code, stages) -> stages.forEach(stage -> allowed.add(code + " " + stage)));

    assertThat(seen.alertStages).containsAll(allowed);
  }

  @Test
  void theBoardIsAskedAboutEveryGapAndNoOther() {
    assertThat(seen.boardGaps).containsExactlyInAnyOrderElementsOf(BOARD_GAPS);
    assertThat(seen.boardAlerts).containsExactlyInAnyOrderElementsOf(BOARD_GAPS);
  }

  @Test
  void everyResponseIsAssessed() {
    assertThat(seen.responses)
        .containsExactlyInAnyOrder("IMPROVED", "STABLE", "PROGRESSED", "NOT_EVALUABLE");
  }

  @Test
  void everyStatementAndEveryBehaviouralGapIsExercisedOnPurpose() {
    Set<String> wanted = new TreeSet<>(STATEMENTS);
    Statements.shipped().all().stream()
        .map(Statement::id)
        .filter(id -> id.startsWith("G") && !NO_BEHAVIOUR.contains(id))
        .forEach(wanted::add);
    wanted.removeAll(covers);

    assertThat(wanted).as("in no covers of any expected/NAME.json").isEmpty();
  }

  /** Both sides of every limit the rules have a number for, each in a case of its own. */
  @Test
  void everyBoundaryHasAVignette() {
    assertThat(Vignette.vignettes())
        .hasSizeGreaterThanOrEqualTo(40)
        .extracting(Vignette::name)
        .contains(
            "edge-kps-70",
            "edge-volume-4-9",
            "edge-volume-5-0",
            "edge-volume-10-0",
            "edge-minutes-30",
            "edge-minutes-31",
            "edge-minutes-31-fixed",
            "edge-radiotherapy-29-9-gy-10",
            "edge-radiotherapy-30-gy-10",
            "edge-radiotherapy-36-gy-12",
            "edge-radiotherapy-36-1-gy-12",
            "edge-radiotherapy-30-gy-9",
            "edge-radiotherapy-36-gy-13",
            "edge-dose-15",
            "edge-dose-15-1",
            "edge-platelets-19",
            "edge-platelets-49",
            "edge-platelets-50",
            "edge-inr-1-4",
            "edge-inr-1-41",
            "edge-mri-window-day-63",
            "edge-mri-window-day-64",
            "edge-mri-window-day-84",
            "edge-mri-window-day-85",
            "edge-life-expectancy-29",
            "edge-life-expectancy-30",
            "edge-life-expectancy-31");
  }

  /**
   * Wording supports and never commands: no sentence or clause of a summary begins with a verb in
   * the imperative, apart from "consider".
   */
  @Test
  void noSummaryCommands() {
    Pattern command =
        Pattern.compile(
            "(?:^|[:;,.] )(?:please|stop|give|start|check|review|order|repeat|do not|confirm|state|"
                + "refer|obtain|perform|withhold)\\b|\\bmust\\b",
            Pattern.CASE_INSENSITIVE);

    assertThat(seen.summaries)
        .hasSizeGreaterThan(60)
        .noneMatch(summary -> command.matcher(summary).find())
        .allMatch(summary -> summary.length() <= 140);
  }

  /** What stands in the outputs. */
  private static final class Seen {
    private final Set<String> summaries = new TreeSet<>();
    private final Set<String> alertCodes = new TreeSet<>();
    private final Set<String> alertStates = new TreeSet<>();
    private final Set<String> alertStages = new TreeSet<>();
    private final Set<String> resolutionReasons = new TreeSet<>();
    private final Set<String> boardAlerts = new TreeSet<>();
    private final Set<String> boardGaps = new TreeSet<>();
    private final Set<String> recommendations = new TreeSet<>();
    private final Set<String> contraindications = new TreeSet<>();
    private final Set<String> schedules = new TreeSet<>();
    private final Set<String> entryStates = new TreeSet<>();
    private final Set<String> types = new TreeSet<>();
    private final Set<String> certainties = new TreeSet<>();
    private final Set<String> statusGroups = new TreeSet<>();
    private final Set<String> stages = new TreeSet<>();
    private final Set<String> eventTypes = new TreeSet<>();
    private final Set<String> responses = new TreeSet<>();

    void add(JsonNode golden) {
      golden.path("alerts").forEach(this::alert);
      golden.path("events").forEach(this::event);
      JsonNode state = golden.path("final");
      types.add(state.path("type").textValue());
      certainties.add(state.path("certainty").textValue());
      statusGroups.add(state.path("statusGroup").textValue());
      stages.add(state.path("stage").textValue());
      state.path("recommendations").forEach(this::recommendation);
      state.path("contraindications").forEach(it -> contraindications.add(it.textValue()));
      for (JsonNode schedule : state.path("schedules")) {
        schedules.add(schedule.path("code").textValue());
        schedule.path("entries").forEach(entry -> entryStates.add(entry.path("state").textValue()));
      }
    }

    private void alert(JsonNode alert) {
      String code = alert.path("code").textValue();
      alertCodes.add(code);
      summaries.add(alert.path("summary").textValue());
      alertStates.add(alert.path("state").textValue());
      if (alert.path("stage").isTextual()) {
        alertStages.add(code + " " + alert.path("stage").textValue());
      }
      if (alert.path("resolutionReason").isTextual()) {
        resolutionReasons.add(alert.path("resolutionReason").textValue());
      }
      if (code.equals(AlertCode.MDT_REVIEW_NEEDED.name())) {
        boardAlerts.add(alert.path("gap").textValue());
      }
    }

    private void event(JsonNode event) {
      String type = event.path("type").textValue();
      eventTypes.add(type);
      if (type.equals(EventType.RESPONSE_ASSESSED.name())) {
        responses.add(event.path("code").textValue());
      }
    }

    private void recommendation(JsonNode recommendation) {
      recommendations.add(recommendation.path("code").textValue());
      if (recommendation.path("gap").isTextual()) {
        boardGaps.add(recommendation.path("gap").textValue());
      }
    }
  }
}
