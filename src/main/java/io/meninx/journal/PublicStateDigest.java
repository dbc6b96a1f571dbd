package io.meninx.journal;

import io.meninx.guideline.Recommendation;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.time.LocalDate;
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
  private static final long SECONDS_A_DAY = 86_400;

  /** From then on years have a sign. */
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_A_DAY;

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
        line(text, "entry", text(entry.dueAt()), entry.state().name());
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
        alert.dueAt().map(PublicStateDigest::text).orElse("-"));
  }

  private static String name(Optional<? extends Enum<?>> value) {
    return value.<String>map(Enum::name).orElse("-");
  }

  /** What {@link Instant#toString} gives; what is due is due at 00:00Z, which is soon written. */
  private static String text(Instant instant) {
    long second = instant.getEpochSecond();
    boolean midnight = instant.getNano() == 0 && second % SECONDS_A_DAY == 0;
    return midnight && second >= 0 && second < YEAR_10000
        ? LocalDate.ofEpochDay(second / SECONDS_A_DAY) + "T00:00:00Z"
        : instant.toString();
  }

  private static void line(StringBuilder text, String... words) {
    for (int i = 0; i < words.length; i++) {
      text.append(i == 0 ? "" : " ").append(words[i]);
    }
    text.append('\n');
  }
}
