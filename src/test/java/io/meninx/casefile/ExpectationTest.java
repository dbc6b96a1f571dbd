package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expectation that does not hold is told, whatever key it stands under. */
class ExpectationTest {

  private static final String PLAYED =
      """
      {"events": [{"type": "STAGE_CHANGED", "code": "TREATMENT"}],
       "alerts": [{"code": "MRI_DUE", "stage": "DUE", "priority": "ROUTINE"}],
       "rejected": [{"index": 3}],
       "final": {"type": "IA", "recommendations": [{"code": "MDT_REVIEW", "gap": "G1"}],
         "contraindications": ["LUMBAR_PUNCTURE_LABS"],
         "openAlerts": [{"code": "MRI_DUE", "stage": "OVERDUE", "gap": null}],
         "schedules": [{"code": "KPS", "entries": [{"dueAt": "d", "state": "DUE"}]}]}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'final': {'type': 'IB'}}",
        "{'recommendations': {'has': ['MDT_REVIEW:G2']}}",
        "{'recommendations': {'hasNot': ['MDT_REVIEW']}}",
        "{'contraindications': {'has': ['LUMBAR_PUNCTURE_MASS_EFFECT']}}",
        "{'contraindications': {'hasNot': ['LUMBAR_PUNCTURE_LABS']}}",
        "{'openAlerts': {'has': [{'code': 'MRI_DUE', 'stage': 'DUE'}]}}",
        "{'openAlerts': {'hasNot': ['MRI_DUE']}}",
        "{'everRaised': [{'code': 'MRI_DUE', 'priority': 'STAT'}]}",
        "{'neverRaised': ['MRI_DUE']}",
        "{'events': ['STAGE_CHANGED:CLOSED']}",
        "{'schedules': {'KPS': [{'state': 'OVERDUE'}]}}",
        "{'schedules': {'hasNot': ['KPS']}}",
        "{'rejected': []}",
        "{'finally': {}}"
      })
  void whatIsNotAsExpectedIsTold(String expectation) {
    assertThat(differences(expectation)).hasSize(1);
  }

  @Test
  void whatIsAsExpectedIsNot() {
    assertThat(
            differences(
                "{'final': {'type': 'IA'}, 'recommendations': {'has': ['MDT_REVIEW:G1']},"
                    + " 'openAlerts': {'has': [{'code': 'MRI_DUE', 'stage': 'OVERDUE'}]},"
                    + " 'everRaised': [{'code': 'MRI_DUE', 'stage': 'DUE'}],"
                    + " 'schedules': {'KPS': [{'state': 'DUE'}]}, 'rejected': [3]}"))
        .isEmpty();
  }

  private static List<String> differences(String expectation) {
    return Expectation.differences(
        Vignette.json(expectation.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        Vignette.json(PLAYED.getBytes(StandardCharsets.UTF_8)));
  }
}
