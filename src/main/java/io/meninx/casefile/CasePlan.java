package io.meninx.casefile;

import io.meninx.casefile.CaseFile.Arrival;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * What is sent, in order, to play a case: a tick just before each fact at its arrival, a tick at
 * every full hour between, and the last one at the end of the case (contract section 6).
 */
public final class CasePlan {

  private CasePlan() {}

  /** One thing to send. */
  public sealed interface Step {
    /** When it is sent. */
    Instant at();
  }

  /**
   * Time passes.
   *
   * @param at the logical time from now on
   */
  public record Tick(Instant at) implements Step {}

  /**
   * A fact arrives.
   *
   * @param arrival the fact
   */
  public record Arrive(Arrival arrival) implements Step {
    @Override
    public Instant at() {
      return arrival.at();
    }
  }

  /**
   * Hands over the steps of a case, one after the other: a list of them would hold years of hours.
   * A case without facts has no hours either, only its end.
   */
  public static void play(CaseFile file, Consumer<Step> taker) {
    Instant now = file.arrivals().isEmpty() ? file.end() : file.arrivals().getFirst().at();
    for (Arrival arrival : file.arrivals()) {
      hours(now, arrival.at(), taker);
      now = arrival.at();
      taker.accept(new Tick(now));
      taker.accept(new Arrive(arrival));
    }
    hours(now, file.end(), taker);
    taker.accept(new Tick(file.end()));
  }

  /** A tick at each full hour after one instant and before another. */
  private static void hours(Instant after, Instant before, Consumer<Step> taker) {
    Instant hour = after.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    while (hour.isBefore(before)) {
      taker.accept(new Tick(hour));
      hour = hour.plus(1, ChronoUnit.HOURS);
    }
  }
}
