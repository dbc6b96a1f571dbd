package io.meninx.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicStateDigestTest {
  private static final PublicState STATE =
      new PublicState(
          LmType.IA,
          Certainty.CONFIRMED,
          StatusGroup.GOOD,
          Stage.DIAGNOSED,
          List.of(
              new Recommendation(RecommendationCode.INTRATHECAL_ELIGIBLE, Optional.empty()),
              new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G7"))),
          List.of(ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED),
          List.of(
              new PublicState.AlertLine(
                  AlertCode.MRI_DUE,
                  Optional.of(AlertStage.DUE),
                  Priority.ROUTINE,
                  AlertState.ACTIVE,
                  Optional.empty(),
                  Optional.of(Facts.at(3, "00:00")))),
          List.of(
              new Schedule(
                  ScheduleCode.MRI_NEUROAXIS,
                  List.of(new ScheduleEntry(Facts.at(3, "00:00"), EntryState.DUE)))));

  /** Digests are kept for years: this text is part of the format of the journal. */
  @Test
  void theCanonicalTextStaysAsItIs() {
    assertThat(PublicStateDigest.canonicalText(STATE))
        .isEqualTo(
            """
            type IA
            certainty CONFIRMED
            statusGroup GOOD
            stage DIAGNOSED
            recommendation INTRATHECAL_ELIGIBLE -
            recommendation MDT_REVIEW G7
            contraindication INTRATHECAL_FLOW_OBSTRUCTED
            alert MRI_DUE DUE ROUTINE ACTIVE - 2025-01-04T00:00:00Z
            schedule MRI_NEUROAXIS
            entry 2025-01-04T00:00:00Z DUE
            """);
  }

  /** At midnight, just beside it, before 1970 and beyond the year 9999. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-02-28T00:00:00Z",
        "2025-02-28T00:00:00.000001Z",
        "2025-02-28T00:00:01Z",
        "2025-02-28T11:30:00Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T00:00:00Z",
        "9999-12-31T00:00:00Z",
        "+10000-01-01T00:00:00Z"
      })
  void instantsAreWrittenAsIso8601(String instant) {
    Schedule due =
        new Schedule(
            ScheduleCode.NEUROLOGICAL_EXAM,
            List.of(new ScheduleEntry(Instant.parse(instant), EntryState.PLANNED)));
    PublicState state =
        new PublicState(
            STATE.type(),
            STATE.certainty(),
            STATE.statusGroup(),
            STATE.stage(),
            List.of(),
            List.of(),
            List.of(),
            List.of(due));
    assertThat(PublicStateDigest.canonicalText(state))
        .endsWith("entry " + Instant.parse(instant) + " PLANNED\n");
  }

  @Test
  void theDigestIsTheHashOfTheText() {
    assertThat(PublicStateDigest.of(STATE))
        .isEqualTo(Sha256.of(PublicStateDigest.canonicalText(STATE)));
  }

  @Property(tries = 300)
  void differentStatesHaveDifferentTextsAndEqualStatesTheSame(@ForAll long seed) {
    Set<PublicState> states = new HashSet<>();
    Set<Sha256> digests = new HashSet<>();
    Samples samples = new Samples(seed);
    for (int i = 0; i < 50; i++) {
      PublicState state = samples.state();
      states.add(state);
      digests.add(PublicStateDigest.of(state));
    }
    assertThat(digests).hasSameSizeAs(states);
  }
}
