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

  /** What is kept for longer, or for good, is not lost. */
  @Test
  void inputsAndJournalMayBeKeptForLonger() {
    Wanted journal = setting(Topic.PATHWAY_JOURNAL, "retention.ms");

    assertThat(journal.fits(String.valueOf(Duration.ofDays(364).toMillis()))).isFalse();
    assertThat(journal.fits(String.valueOf(Duration.ofDays(365).toMillis()))).isTrue();
    assertThat(journal.fits(String.valueOf(Duration.ofDays(3650).toMillis()))).isTrue();
    assertThat(journal.fits("-1")).isTrue();
    assertThat(setting(Topic.KPS_UPDATES, "retention.ms").fits("-1")).isTrue();
    assertThat(setting(Topic.CLOCK_TICKS, "retention.ms").fits("1000")).isFalse();
    // The null that erases a patient is made to outlive what is set.
    assertThat(setting(Topic.PATHWAY_ALERTS, "retention.ms").fits("-1")).isFalse();
  }

  /** Events and alerts would bring the patient back into a read model that is made anew. */
  @Test
  void anErasureIsKeptLongerThanWhatItErases() {
    Wanted kept = setting(Topic.PATIENT_PATHWAYS, "delete.retention.ms");

    assertThat(kept.fits(String.valueOf(OUTPUTS.toMillis()))).isFalse();
    assertThat(kept.fits(String.valueOf(OUTPUTS.plusDays(8).toMillis()))).isTrue();
    assertThat(kept.essential()).isFalse();
  }

  private static Wanted setting(Topic topic, String name) {
    return TopicPlan.all(SETTINGS).stream()
        .filter(plan -> plan.topic() == topic)
        .flatMap(plan -> plan.settings().stream())
        .filter(wanted -> wanted.setting().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
