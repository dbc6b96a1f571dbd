package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void topicsAreThoseOfTheContract() {
    assertThat(Topic.inputs())
        .extracting(Topic::baseName)
        .containsExactly(
            "imaging-reports",
            "csf-cytology-results",
            "biopsy-molecular-results",
            "kps-updates",
            "clinical-assessments",
            "treatment-events",
            "alert-responses",
            "clock-ticks");
    assertThat(Topic.outputs())
        .extracting(Topic::baseName)
        .containsExactly(
            "pathway-events",
            "pathway-alerts",
            "patient-pathways",
            "pathway-journal",
            "dead-letters");
    assertThat(Topic.values())
        .filteredOn(topic -> topic.direction() == Topic.Direction.OPERATIONS)
        .extracting(Topic::baseName)
        .containsExactly("dead-letters-handled");
  }

  @Test
  void aTopicIsFoundUnderItsPrefixOnly() {
    assertThat(Topic.of("site-a.", "site-a.kps-updates")).contains(Topic.KPS_UPDATES);
    assertThat(Topic.of("", "site-a.kps-updates")).isEmpty();
    assertThat(Topic.of("site-a.", "kps-updates")).isEmpty();
  }

  @Test
  void theSubjectIsTheWholeNameWithValue() {
    assertThat(Topic.PATHWAY_JOURNAL.subject("site-a.")).isEqualTo("site-a.pathway-journal-value");
  }
}
