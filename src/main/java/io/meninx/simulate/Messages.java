package io.meninx.simulate;

import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The messages about one patient on their way from the systems of a hospital: versions of reports,
 * and what goes wrong with messages. 10 % of the messages are late, 5 % are sent again, 3 % of the
 * conclusive results are amended, 0.2 % withdrawn.
 */
final class Messages {
  /** Share of the messages that are sent again. */
  static final double REPEATED = 0.05;

  /** Share of the conclusive results that are amended. */
  static final double AMENDED = 0.03;

  /** Share of the messages that arrive days after they were sent. */
  static final double LATE = 0.10;

  /** Share of the conclusive results that turn out to be wrong altogether. */
  static final double WITHDRAWN = 0.002;

  /** Share of the ordered examinations that never take place. */
  static final double CANCELLED = 0.02;

  private static final int LATEST_DAYS = 60;

  private final Dice dice;
  private final PatientId patient;
  private final Instant start;
  private final List<Sent> sent = new ArrayList<>();
  private int reports;

  /**
   * No message yet.
   *
   * @param start nothing arrives before this
   */
  Messages(Dice dice, PatientId patient, Instant start) {
    this.dice = dice;
    this.patient = patient;
    this.start = start;
  }

  /** A message with its place in the order of sending, which decides between equal times. */
  private record Sent(Instant at, int order, Fact fact) {}

  /**
   * A result in the making.
   *
   * @param observed clinical time
   * @param reported when the conclusive version is issued
   * @param content of the conclusive version
   * @param ordered when it was ordered, if that is told
   * @param asked content of the order
   * @param preliminary when a preliminary version is issued, if any
   * @param early content of the preliminary version
   * @param corrected content after an amendment
   */
  record Result(
      ObservedAt observed,
      Instant reported,
      Function<Header, Fact> content,
      Optional<Instant> ordered,
      Function<Header, Fact> asked,
      Optional<Instant> preliminary,
      Function<Header, Fact> early,
      Function<Header, Fact> corrected) {

    static Result of(ObservedAt observed, Instant reported, Function<Header, Fact> content) {
      return new Result(
          observed,
          reported,
          content,
          Optional.empty(),
          content,
          Optional.empty(),
          content,
          content);
    }

    Result ordered(Instant at, Function<Header, Fact> as) {
      return new Result(
          observed, reported, content, Optional.of(at), as, preliminary, early, corrected);
    }

    Result preliminary(Instant at, Function<Header, Fact> as) {
      return new Result(
          observed, reported, content, ordered, asked, Optional.of(at), as, corrected);
    }

    Result corrected(Function<Header, Fact> as) {
      return new Result(observed, reported, content, ordered, asked, preliminary, early, as);
    }
  }

  /** Sends all versions of a result; returns when the conclusive one was issued. */
  Instant send(Result result) {
    Report report = new Report(result.observed());
    result.ordered().ifPresent(at -> report.version(ResultStatus.PENDING, at, result.asked()));
    if (result.ordered().isPresent() && dice.chance(CANCELLED)) {
      report.version(ResultStatus.CANCELLED, result.reported(), result.asked());
      return result.reported();
    }
    result
        .preliminary()
        .ifPresent(at -> report.version(ResultStatus.PRELIMINARY, at, result.early()));
    report.version(ResultStatus.FINAL, result.reported(), result.content());
    correct(report, result);
    return result.reported();
  }

  private void correct(Report report, Result result) {
    Instant later = plusDays(result.reported(), 0.2 + dice.waiting(4));
    if (dice.chance(AMENDED)) {
      report.version(ResultStatus.AMENDED, later, result.corrected());
    } else if (dice.chance(WITHDRAWN)) {
      report.version(ResultStatus.WITHDRAWN, later, result.content());
    }
  }

  /** One report and how many versions it has. */
  private final class Report {
    private final ObservedAt observed;
    private final ReportId id;
    private int versions;

    Report(ObservedAt observed) {
      this.observed = observed;
      this.id = new ReportId(patient.value() + "/" + ++reports);
    }

    void version(ResultStatus status, Instant reportedAt, Function<Header, Fact> content) {
      Instant reported = reportedAt.truncatedTo(ChronoUnit.SECONDS);
      String event = id.value() + "/" + ++versions;
      Fact fact = content.apply(header(event, status, reported));
      Instant at = arrival(reported);
      deliver(at, fact);
      if (dice.chance(REPEATED)) {
        // A sender that lost its memory numbers the message anew; most send the same again.
        boolean anew = dice.chance(0.2);
        deliver(
            at.plusSeconds((long) (30 + 86_400 * dice.waiting(0.3))),
            anew ? content.apply(header(event + "-again", status, reported)) : fact);
      }
    }

    private Header header(String event, ResultStatus status, Instant reported) {
      return new Header(
          new EventId(event),
          patient,
          id,
          status,
          observed,
          reported,
          new Source("simulation", event));
    }
  }

  private Instant arrival(Instant reported) {
    if (dice.chance(LATE)) {
      double days = Math.min(LATEST_DAYS, 1 + dice.skewed(2, 1));
      return plusDays(reported, days);
    }
    return reported.plusSeconds(dice.between(1, 600));
  }

  private void deliver(Instant at, Fact fact) {
    Instant told = at.isBefore(start) ? start.plusSeconds(sent.size()) : at;
    sent.add(new Sent(told.truncatedTo(ChronoUnit.SECONDS), sent.size(), fact));
  }

  /** Fractions of a day, to the second. */
  static Instant plusDays(Instant instant, double days) {
    return instant.plusSeconds((long) (days * 86_400));
  }

  /** How many were sent so far. */
  int count() {
    return sent.size();
  }

  /** All messages in the order of arrival. */
  List<Arrival> arrivals() {
    return sent.stream()
        .sorted(Comparator.comparing(Sent::at).thenComparing(Sent::order))
        .map(message -> new Arrival(message.at(), message.fact()))
        .toList();
  }
}
