package io.meninx.casefile;

import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Times, ids and versions of the facts of one case, in the order written (contract section 6).
 *
 * <p><b>Identical repeats.</b> A fact is an identical repeat of an earlier one with the same {@code
 * id} when status, clinical time, values and the <em>written</em> reporting time are the same. The
 * written reporting time is {@code reportedDay} and {@code reportedTime}, by default {@code day}
 * and {@code time}, before the seconds that keep facts of one minute apart. A repeat is the same
 * message again: same event id and, although it arrives later, the reportedAt of the first. So a
 * fact written twice at the same day and time is a duplicate; one that is written again on another
 * day without a reportedDay is a new version, reported on that day.
 *
 * <p>Event ids are name-based over case, report and content, so they do not depend on the order in
 * which the versions of a report are written.
 */
final class Timeline {

  /** Days are counted from day 0, not further than this either way: about 270 years. */
  static final int DAYS_AT_MOST = 100_000;

  static final LocalTime NOON = LocalTime.NOON;

  private static final Pattern OWN_ID = Pattern.compile("facts\\[\\d+]");

  private static final EventId NOT_YET = new EventId("not yet");

  private final PatientId patient;
  private final LocalDate startsAt;
  private final Map<LocalDateTime, Integer> arrivedAt = new HashMap<>();
  private final Map<Fact, Fact> versions = new HashMap<>();
  private final Map<ReportId, FactKind> reports = new HashMap<>();

  Timeline(String caseName, LocalDate startsAt) {
    this.patient = new PatientId(caseName);
    this.startsAt = startsAt;
  }

  /**
   * The times of one fact.
   *
   * @param arrival when it arrives: facts of one day and time a second apart
   * @param observedAt clinical time
   * @param reportedAsWritten the same for a fact and its identical repeat
   * @param reportedAt of this fact, unless it is a repeat
   */
  record Times(
      Instant arrival, ObservedAt observedAt, Instant reportedAsWritten, Instant reportedAt) {}

  Times times(
      int day,
      Optional<LocalTime> time,
      OptionalInt observedDay,
      OptionalInt reportedDay,
      Optional<LocalTime> reportedTime) {
    LocalDateTime written = startsAt.plusDays(day).atTime(time.orElse(NOON));
    LocalDateTime arrival = written.plusSeconds(arrivedAt.merge(written, 1, Integer::sum) - 1L);
    ObservedAt observedAt =
        time.isPresent() && observedDay.isEmpty()
            ? ObservedAt.at(written.toInstant(ZoneOffset.UTC))
            : ObservedAt.day(startsAt.plusDays(observedDay.orElse(day)));
    return new Times(
        arrival.toInstant(ZoneOffset.UTC),
        observedAt,
        reported(written, reportedDay, reportedTime),
        reported(arrival, reportedDay, reportedTime));
  }

  private Instant reported(
      LocalDateTime arrival, OptionalInt reportedDay, Optional<LocalTime> reportedTime) {
    LocalDate date =
        reportedDay.isPresent() ? startsAt.plusDays(reportedDay.getAsInt()) : arrival.toLocalDate();
    return date.atTime(reportedTime.orElse(arrival.toLocalTime())).toInstant(ZoneOffset.UTC);
  }

  /** The header of a fact as written; {@link #version} gives it its event id. */
  Header header(int index, FactKind kind, Fields fields, Times times) {
    Optional<String> given = fields.text("id");
    if (given.filter(OWN_ID.asMatchPredicate()).isPresent()) {
      fields.refuse("id", "must not look like that: facts without an id get such ids");
    }
    ReportId reportId = new ReportId(given.orElse("facts[" + index + "]"));
    FactKind earlier = reports.putIfAbsent(reportId, kind);
    if (earlier != null && earlier != kind) {
      fields.refuse(
          "id", "is that of a " + earlier + " already: an id names versions of one report");
    }
    String statusKey = kind == FactKind.OUTCOME ? "resultStatus" : "status";
    ResultStatus status = fields.code(statusKey, ResultStatus.class).orElse(ResultStatus.FINAL);
    return new Header(
        NOT_YET,
        patient,
        reportId,
        status,
        times.observedAt(),
        times.reportedAsWritten(),
        Source.UNKNOWN);
  }

  /** The version that a fact is: the earlier one when it is an identical repeat, else a new one. */
  Fact version(Fact asWritten, String content, Times times) {
    return versions.computeIfAbsent(
        asWritten,
        fact -> {
          Header header = fact.header();
          return fact.withHeader(
              new Header(
                  eventId(fact.header(), content),
                  header.patientId(),
                  header.reportId(),
                  header.status(),
                  header.observedAt(),
                  times.reportedAt(),
                  header.source()));
        });
  }

  private static EventId eventId(Header header, String content) {
    String name =
        String.join(
            "\n",
            header.patientId().value(),
            header.reportId().value(),
            header.status().name(),
            header.observedAt().precision() + " " + header.observedAt().instant(),
            header.reportedAt().toString(),
            content);
    return new EventId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
