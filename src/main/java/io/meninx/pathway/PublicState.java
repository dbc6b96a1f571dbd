package io.meninx.pathway;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The visible state of a patient: {@code final} of a case file, the value of {@code
 * patient-pathways}, and what the digest of the journal covers. Lists are sorted by code, then gap.
 *
 * @param type of leptomeningeal metastasis
 * @param certainty of the diagnosis
 * @param statusGroup performance arm
 * @param stage of the pathway
 * @param recommendations standing
 * @param contraindications standing
 * @param openAlerts open
 * @param schedules with their entries
 */
public record PublicState(
    LmType type,
    Certainty certainty,
    StatusGroup statusGroup,
    Stage stage,
    List<Recommendation> recommendations,
    List<ContraindicationCode> contraindications,
    List<AlertLine> openAlerts,
    List<Schedule> schedules) {

  /** Before the first fact. */
  public static final PublicState EMPTY =
      new PublicState(
          LmType.UNDETERMINED,
          Certainty.UNDETERMINED,
          StatusGroup.UNKNOWN,
          Stage.WORKUP,
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public PublicState {
    recommendations = List.copyOf(recommendations);
    contraindications = List.copyOf(contraindications);
    openAlerts = List.copyOf(openAlerts);
    schedules = List.copyOf(schedules);
  }

  /**
   * An open alert in a line.
   *
   * @param code kind
   * @param stage if it has one
   * @param priority now
   * @param state now
   * @param gap if it has one
   * @param dueAt if it has one
   */
  public record AlertLine(
      AlertCode code,
      Optional<AlertStage> stage,
      Priority priority,
      AlertState state,
      Optional<String> gap,
      Optional<Instant> dueAt) {}
}
