package io.meninx.service.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.service.settings.TopicSettings;
import io.meninx.service.topics.TopicPlan.Wanted;
import io.meninx.wire.Topic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  private static final Duration OUTPUTS = Duration.ofDays(100);

  private static final TopicSettings SETTINGS =
      new TopicSettings(
          "",
          3,
          3,
          2,
          2_097_152,
          Duration.ofDays(30),
          Duration.ofDays(7),
          OUTPUTS,
          Duration.ofDays(365),
          Duration.ofDays(365));

  /** Events and alerts would bring the patient back into a read model that is made anew. */
  @Test
  void anErasureIsKeptLongerThanWhatItErases() {
    Wanted kept =
        TopicPlan.all(SETTINGS).stream()
            .filter(plan -> plan.topic() == Topic.PATIENT_PATHWAYS)
            .flatMap(plan -> plan.settings().stream())
            .filter(wanted -> wanted.setting().equals("delete.retention.ms"))
            .findFirst()
            .orElseThrow();

    assertThat(kept.fits(String.valueOf(OUTPUTS.toMillis()))).isFalse();
    assertThat(kept.fits(String.valueOf(OUTPUTS.plusDays(8).toMillis()))).isTrue();
    assertThat(kept.essential()).isFalse();
  }
}
