package io.meninx.journal;

import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.time.LocalDate;

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

  private static final String ABSENT = "-";

  private PublicStateDigest() {}

  /** The digest. */
  public static Sha256 of(PublicState state) {
    return Sha256.of(canonicalText(state));
  }

  /** The text the digest covers. */
  public static String canonicalText(PublicState state) {
    StringBuilder text = new StringBuilder(1_024);
    text.append("type ").append(state.type().name());
    text.append("\ncertainty ").append(state.certainty().name());
    text.append("\nstatusGroup ").append(state.statusGroup().name());
    text.append("\nstage ").append(state.stage().name()).append('\n');
    for (Recommendation recommendation : state.recommendations()) {
      text.append("recommendation ").append(recommendation.code().name()).append(' ');
      text.append(recommendation.gap().orElse(ABSENT)).append('\n');
    }
    for (ContraindicationCode code : state.contraindications()) {
      text.append("contraindication ").append(code.name()).append('\n');
    }
    for (PublicState.AlertLine alert : state.openAlerts()) {
      alert(text, alert);
    }
    for (Schedule schedule : state.schedules()) {
      text.append("schedule ").append(schedule.code().name()).append('\n');
      for (ScheduleEntry entry : schedule.entries()) {
        text.append("entry ");
        instant(text, entry.dueAt());
        text.append(' ').append(entry.state().name()).append('\n');
      }
    }
    return text.toString();
  }

  private static void alert(StringBuilder text, PublicState.AlertLine alert) {
    text.append("alert ").append(alert.code().name()).append(' ');
    text.append(alert.stage().isPresent() ? alert.stage().get().name() : ABSENT).append(' ');
    text.append(alert.priority().name()).append(' ').append(alert.state().name()).append(' ');
    text.append(alert.gap().orElse(ABSENT)).append(' ');
    if (alert.dueAt().isPresent()) {
      instant(text, alert.dueAt().get());
    } else {
      text.append(ABSENT);
    }
    text.append('\n');
  }

  /** What {@link Instant#toString} gives; what is due is due at 00:00Z, which is soon written. */
  private static void instant(StringBuilder text, Instant instant) {
    long second = instant.getEpochSecond();
    boolean midnight = instant.getNano() == 0 && second % SECONDS_A_DAY == 0;
    if (midnight && second >= 0 && second < YEAR_10000) {
      LocalDate day = LocalDate.ofEpochDay(second / SECONDS_A_DAY);
      text.append(day.getYear());
      twoDigits(text.append('-'), day.getMonthValue());
      twoDigits(text.append('-'), day.getDayOfMonth());
      text.append("T00:00:00Z");
    } else {
      text.append(instant);
    }
  }

  private static void twoDigits(StringBuilder text, int number) {
    if (number < 10) {
      text.append('0');
    }
    text.append(number);
  }
}
