package io.meninx.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares the output of {@code play} with a hand-written {@code expected/NAME.json}. What an
 * expectation does not say is free. Keys it may have:
 *
 * <ul>
 *   <li>{@code covers}: statements and gaps it exercises, checked by {@link VignetteCoverageTest}
 *   <li>{@code final}: some of type, certainty, statusGroup, stage
 *   <li>{@code recommendations}, {@code contraindications}: has, hasNot; a code, or MDT_REVIEW:gap
 *   <li>{@code openAlerts}: has (some fields of one open alert each), hasNot (codes)
 *   <li>{@code everRaised}: some fields of one revision each; {@code neverRaised}: codes
 *   <li>{@code events}: TYPE:code, each at least once
 *   <li>{@code schedules}: code to some of its entries; {@code hasNot}: codes
 *   <li>{@code rejected}: the indices, all of them
 * </ul>
 */
final class Expectation {

  private static final Set<String> KEYS =
      Set.of(
          "covers",
          "final",
          "recommendations",
          "contraindications",
          "openAlerts",
          "everRaised",
          "neverRaised",
          "events",
          "schedules",
          "rejected");

  private final JsonNode expected;
  private final JsonNode played;
  private final List<String> differences = new ArrayList<>();

  private Expectation(JsonNode expected, JsonNode played) {
    this.expected = expected;
    this.played = played;
  }

  /** What is not as expected, a line each. */
  static List<String> differences(JsonNode expected, JsonNode played) {
    var expectation = new Expectation(expected, played);
    expectation.compare();
    return expectation.differences;
  }

  private void compare() {
    expected
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                differences.add("the expectation has an unknown key " + key);
              }
            });
    JsonNode state = played.path("final");
    if (!fits(expected.path("final"), state)) {
      differences.add("final: expected " + expected.path("final") + ", got " + head(state));
    }
    codes("recommendations", state.path("recommendations"), Expectation::recommendation);
    codes("contraindications", state.path("contraindications"), JsonNode::textValue);
    alerts("openAlerts", state.path("openAlerts"), expected.path("openAlerts").path("has"));
    absent("openAlerts", state.path("openAlerts"), expected.path("openAlerts").path("hasNot"));
    alerts("everRaised", played.path("alerts"), expected.path("everRaised"));
    absent("neverRaised", played.path("alerts"), expected.path("neverRaised"));
    events();
    schedules(state.path("schedules"));
    rejected();
  }

  private static String recommendation(JsonNode node) {
    String code = node.path("code").textValue();
    return node.path("gap").isNull() ? code : code + ":" + node.path("gap").textValue();
  }

  private void codes(String key, JsonNode list, Function<JsonNode, String> name) {
    Set<String> got = new HashSet<>();
    for (JsonNode node : list) {
      String code = name.apply(node);
      got.add(code);
      got.add(code.replaceAll(":.*", ""));
    }
    for (JsonNode code : expected.path(key).path("has")) {
      if (!got.contains(code.textValue())) {
        differences.add(key + ": missing " + code.textValue() + " in " + got);
      }
    }
    for (JsonNode code : expected.path(key).path("hasNot")) {
      if (got.contains(code.textValue())) {
        differences.add(key + ": must not have " + code.textValue());
      }
    }
  }

  private void alerts(String key, JsonNode got, JsonNode wanted) {
    for (JsonNode want : wanted) {
      boolean found = false;
      var same = new ArrayList<String>();
      for (JsonNode alert : got) {
        found |= fits(want, alert);
        if (want.path("code").equals(alert.path("code"))) {
          same.add(line(alert));
        }
      }
      if (!found) {
        differences.add(key + ": missing " + want + " in " + same);
      }
    }
  }

  private void absent(String key, JsonNode got, JsonNode unwanted) {
    for (JsonNode code : unwanted) {
      for (JsonNode alert : got) {
        if (alert.path("code").equals(code)) {
          differences.add(key + ": must not have " + line(alert));
        }
      }
    }
  }

  private void events() {
    Set<String> got = new HashSet<>();
    for (JsonNode event : played.path("events")) {
      got.add(event.path("type").textValue() + ":" + event.path("code").textValue());
    }
    for (JsonNode event : expected.path("events")) {
      if (!got.contains(event.textValue())) {
        String type = event.textValue().replaceAll(":.*", "");
        differences.add(
            "events: missing %s in %s"
                .formatted(
                    event.textValue(), got.stream().filter(it -> it.startsWith(type)).toList()));
      }
    }
  }

  private void schedules(JsonNode got) {
    for (Map.Entry<String, JsonNode> schedule : expected.path("schedules").properties()) {
      for (JsonNode want : schedule.getValue()) {
        if (schedule.getKey().equals("hasNot")) {
          if (!entries(got, want.textValue()).isMissingNode()) {
            differences.add("schedules: must not have " + want.textValue());
          }
          continue;
        }
        JsonNode entries = entries(got, schedule.getKey());
        boolean found = false;
        for (JsonNode entry : entries) {
          found |= fits(want, entry);
        }
        if (!found) {
          differences.add(
              "schedules: %s: missing %s in %s".formatted(schedule.getKey(), want, entries));
        }
      }
    }
  }

  private static JsonNode entries(JsonNode schedules, String code) {
    for (JsonNode schedule : schedules) {
      if (schedule.path("code").textValue().equals(code)) {
        return schedule.path("entries");
      }
    }
    return schedules.path("none");
  }

  private void rejected() {
    if (expected.has("rejected")) {
      List<Integer> got = new ArrayList<>();
      played.path("rejected").forEach(it -> got.add(it.path("index").intValue()));
      List<Integer> want = new ArrayList<>();
      expected.path("rejected").forEach(it -> want.add(it.intValue()));
      if (!got.equals(want)) {
        differences.add("rejected: expected " + want + ", got " + got);
      }
    }
  }

  /** Whether every field of the one has the same value in the other; a summary contains it. */
  private static boolean fits(JsonNode want, JsonNode got) {
    for (Map.Entry<String, JsonNode> field : want.properties()) {
      JsonNode value = got.path(field.getKey());
      boolean fits =
          field.getKey().equals("summary")
              ? value.asText().contains(field.getValue().textValue())
              : value.equals(field.getValue());
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static String head(JsonNode state) {
    return "%s %s %s %s"
        .formatted(
            state.path("type").asText(),
            state.path("certainty").asText(),
            state.path("statusGroup").asText(),
            state.path("stage").asText());
  }

  private static String line(JsonNode alert) {
    return "%s %s %s %s gap %s due %s %s"
        .formatted(
            alert.path("code").asText(),
            alert.path("stage").asText(),
            alert.path("priority").asText(),
            alert.path("state").asText(),
            alert.path("gap").asText(),
            alert.path("dueAt").asText(),
            alert.path("resolutionReason").asText());
  }
}
