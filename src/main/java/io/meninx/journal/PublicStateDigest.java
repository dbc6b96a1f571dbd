package io.meninx.journal;

import io.meninx.guideline.Recommendation;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.Optional;

/**
 * Digest of a patient's public state: SHA-256 over a canonical text. It covers what users see and
 * nothing else, so that a new field in the internal state changes nothing; the time of the state is
 * not part of it.
 *
 * <p>The text: one line per item, words separated by a space, absent words {@code -}, instants in
 * ISO-8601, lists in the order of the state. A new kind of item must be written only when it is
 * there, so that older digests stay.
 */
public final class PublicStateDigest {
  private PublicStateDigest() {}

  /** The digest. */
  public static Sha256 of(PublicState state) {
    return Sha256.of(canonicalText(state));
  }

  /** The text the digest covers. */
  public static String canonicalText(PublicState state) {
    StringBuilder text = new StringBuilder(256);
    line(text, "type", state.type().name());
    line(text, "certainty", state.certainty().name());
    line(text, "statusGroup", state.statusGroup().name());
    line(text, "stage", state.stage().name());
    for (Recommendation recommendation : state.recommendations()) {
      line(text, "recommendation", recommendation.code().name(), recommendation.gap().orElse("-"));
    }
    state.contraindications().forEach(code -> line(text, "contraindication", code.name()));
    state.openAlerts().forEach(alert -> alert(text, alert));
    for (Schedule schedule : state.schedules()) {
      line(text, "schedule", schedule.code().name());
      for (ScheduleEntry entry : schedule.entries()) {
        line(text, "entry", entry.dueAt().toString(), entry.state().name());
      }
    }
    return text.toString();
  }

  private static void alert(StringBuilder text, PublicState.AlertLine alert) {
    line(
        text,
        "alert",
        alert.code().name(),
        name(alert.stage()),
        alert.priority().name(),
        alert.state().name(),
        alert.gap().orElse("-"),
        alert.dueAt().map(Instant::toString).orElse("-"));
  }

  private static String name(Optional<? extends Enum<?>> value) {
    return value.<String>map(Enum::name).orElse("-");
  }

  private static void line(StringBuilder text, String... words) {
    text.append(String.join(" ", words)).append('\n');
  }
}
