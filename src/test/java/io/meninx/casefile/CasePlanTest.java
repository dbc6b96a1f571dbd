package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.casefile.CasePlan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasePlanTest {

  @Test
  void timeTicksJustBeforeAFactAtFullHoursBetweenAndAtTheEnd() {
    assertThat(
            steps(
                "{'kind':'CSF','day':0,'time':'21:30'}",
                "{'kind':'CSF','day':0,'time':'21:30'}",
                "{'kind':'CSF','day':0,'time':'23:00'}"))
        .containsExactly(
            "tick 2025-01-01T21:30:00Z",
            "fact 2025-01-01T21:30:00Z",
            "tick 2025-01-01T21:30:01Z",
            "fact 2025-01-01T21:30:01Z",
            "tick 2025-01-01T22:00:00Z",
            "tick 2025-01-01T23:00:00Z",
            "fact 2025-01-01T23:00:00Z",
            "tick 2025-01-01T23:59:00Z");
  }

  @Test
  void timePassesHourByHourToTheEndOfAClocksDay() {
    assertThat(steps("{'kind':'CSF','day':-1,'time':'22:00'}", "{'kind':'CLOCK','day':1}"))
        .hasSize(2 + 1 + 24 + 24 + 1)
        .endsWith("tick 2025-01-02T23:00:00Z", "tick 2025-01-02T23:59:00Z");
  }

  @Test
  void aCaseWithoutFactsHasOneTick() {
    assertThat(steps("{'kind':'CLOCK','day':3}")).containsExactly("tick 2025-01-04T23:59:00Z");
  }

  private static List<String> steps(String... facts) {
    String json = "{'case':'c','facts':[" + String.join(",", facts) + "]}";
    CaseFile file =
        CaseFile.read("c.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    List<String> steps = new ArrayList<>();
    CasePlan.play(
        file,
        (Step step) -> steps.add((step instanceof CasePlan.Tick ? "tick " : "fact ") + step.at()));
    return steps;
  }
}
