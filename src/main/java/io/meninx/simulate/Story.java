package io.meninx.simulate;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PatientId;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import io.meninx.guideline.AlertCode;
import io.meninx.simulate.Messages.Result;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What all chapters of a patient's story share: the calendar, the present state of the patient, and
 * the small acts that come again and again. Days are counted from the first visit, day 0.
 */
final class Story {
  /** Nobody is followed longer, in days. */
  static final int HORIZON = 540;

  final Dice dice;
  final Profile profile;
  final Messages messages;

  /** Lives until this day, or is followed until then. */
  final int lastDay;

  private final Instant start;
  private final LocalDate dayZero;
  private int orders;
  private int kps;

  Story(Dice dice, PatientId patient, Instant start) {
    this.dice = dice;
    this.start = start;
    this.dayZero = start.atOffset(ZoneOffset.UTC).toLocalDate();
    this.profile = Profile.draw(dice);
    this.messages = new Messages(dice, patient, start);
    this.lastDay = (int) Math.min(HORIZON, profile.survivalDays());
    this.kps = profile.kps();
  }

  // ------------------------------------------------------------------ the calendar

  /** Whether the patient is still there on this day. */
  boolean on(double day) {
    return day <= lastDay;
  }

  /** A minute within working hours of this day. */
  Instant hour(int day) {
    Instant morning = dayZero.plusDays(day).atTime(7, 0).toInstant(ZoneOffset.UTC);
    Instant at = morning.plusSeconds(60L * dice.between(0, 11 * 60));
    return day == 0 && at.isBefore(start) ? start : at;
  }

  /** The day of an instant. */
  int dayOf(Instant instant) {
    return (int) ChronoUnit.DAYS.between(dayZero, instant.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  /** This day, or the Monday after when it is a weekend: what can wait is not done then. */
  int workday(int day) {
    DayOfWeek weekday = dayZero.plusDays(day).getDayOfWeek();
    return switch (weekday) {
      case SATURDAY -> day + 2;
      case SUNDAY -> day + 1;
      default -> day;
    };
  }

  /** A clinical time: some systems tell the instant, some the day. */
  ObservedAt observed(Instant at) {
    return dice.chance(0.4)
        ? ObservedAt.at(at)
        : ObservedAt.day(at.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  // ------------------------------------------------------------------ the patient

  /** Karnofsky at present. */
  int kps() {
    return kps;
  }

  /** For better or worse, by tens, within 10 to 100. */
  void kpsChanges(int by) {
    kps = Math.clamp(kps + by, 10, 100);
  }

  // ------------------------------------------------------------------ small acts

  /** A result without an order or a preliminary version, told hours after. */
  void tell(int day, double hoursLater, Function<Header, Fact> content) {
    tell(day, hoursLater, content, content);
  }

  void tell(
      int day,
      double hoursLater,
      Function<Header, Fact> content,
      Function<Header, Fact> corrected) {
    Instant at = hour(day);
    Instant reported = Messages.plusDays(at, hoursLater / 24);
    messages.send(Result.of(observed(at), reported, content).corrected(corrected));
  }

  /** The performance status; now and then only the ECOG, which is never converted (G3). */
  void tellKps(int day) {
    int ecog = kps >= 90 ? 0 : kps >= 70 ? 1 : kps >= 50 ? 2 : kps >= 30 ? 3 : 4;
    boolean onlyEcog = dice.chance(0.04);
    OptionalInt told = onlyEcog ? OptionalInt.empty() : OptionalInt.of(kps);
    OptionalInt beside = onlyEcog || dice.chance(0.2) ? OptionalInt.of(ecog) : OptionalInt.empty();
    OptionalInt corrected =
        onlyEcog ? told : OptionalInt.of(Math.clamp(kps + dice.oneOf(-10, 10), 0, 100));
    tell(
        day,
        dice.waiting(2),
        header -> new PerformanceStatus(header, told, beside),
        header -> new PerformanceStatus(header, corrected, beside));
  }

  /** An assessment as it was drafted. */
  void tell(int day, Drafts.Assessment assessment) {
    tell(day, dice.waiting(3), assessment::fact);
  }

  /** An act of treatment as it was drafted. */
  void act(int day, Drafts.Treatment treatment, TreatmentEvent.Action action) {
    tell(day, dice.waiting(2), header -> treatment.fact(header, action));
  }

  /** A new treatment; most systems number their orders. */
  Drafts.Treatment treatment(TreatmentEvent.Modality modality) {
    Drafts.Treatment treatment = new Drafts.Treatment(modality);
    orders++;
    if (dice.chance(0.85)) {
      treatment.orderId = Optional.of("order-" + orders);
    }
    return treatment;
  }

  /** Blood values: mostly fit for a puncture, some not, some not all measured. */
  ClinicalAssessment.Labs labs() {
    return new ClinicalAssessment.Labs(
        some(0.95, Math.clamp(dice.skewed(210, 0.45), 8, 900)),
        some(0.85, Math.clamp(dice.skewed(1.05, 0.12), 0.8, 4)),
        some(0.9, Math.clamp(dice.skewed(3.8, 0.5), 0.1, 30)),
        some(0.9, Math.clamp(dice.skewed(82, 0.25), 12, 140)));
  }

  private OptionalDouble some(double probability, double value) {
    return dice.chance(probability)
        ? OptionalDouble.of(StrictMath.rint(value * 100) / 100)
        : OptionalDouble.empty();
  }

  /** How a neurological examination was written down (S33 wants the form). */
  NeurologicalExam exam() {
    double kind = dice.unit();
    return kind < 0.6
        ? NeurologicalExam.STANDARDIZED
        : kind < 0.9 ? NeurologicalExam.FREE_TEXT : NeurologicalExam.UNKNOWN;
  }

  /** A yes or no that is stated with this probability. */
  Tri stated(double probability, boolean value) {
    return dice.chance(probability) ? Tri.of(value) : Tri.UNKNOWN;
  }

  /** Somebody answers the alerts of a code, an hour or a day after. */
  void answer(int day, AlertCode code, Optional<String> gap) {
    double how = dice.unit();
    AlertResponse.Action action =
        how < 0.8
            ? AlertResponse.Action.ACKNOWLEDGED
            : how < 0.93 ? AlertResponse.Action.SNOOZED : AlertResponse.Action.OVERRIDDEN;
    boolean board = gap.isPresent() || action == AlertResponse.Action.OVERRIDDEN;
    OptionalInt snooze =
        action == AlertResponse.Action.SNOOZED
            ? OptionalInt.of(dice.between(1, 7))
            : OptionalInt.empty();
    Optional<String> mdt = board ? Optional.of("board-" + day) : Optional.empty();
    Optional<String> reason =
        dice.chance(0.4) ? Optional.of("seen, plan made") : Optional.<String>empty();
    tell(
        day,
        0.1,
        header ->
            new AlertResponse(
                header,
                Optional.empty(),
                Optional.of(code.name()),
                gap,
                action,
                reason,
                snooze,
                mdt));
  }

  /**
   * Values of routine monitoring over the whole course: blood, steroid dose, performance status.
   *
   * @param average messages a patient; who is active has many more
   */
  void monitoring(double average) {
    // The mean of the activity, a log-normal of spread 0.8, is 1.38.
    long wanted = messages.count() + Math.round(average * profile.activity() / 1.38);
    while (messages.count() < wanted) {
      int day = dice.between(0, lastDay);
      if (dice.chance(0.35)) {
        tellKps(day);
      } else {
        Drafts.Assessment values = new Drafts.Assessment();
        values.labs = Optional.of(labs());
        if (dice.chance(0.3)) {
          values.dexamethasoneMg = OptionalDouble.of(dice.oneOf(0.0, 2.0, 4.0, 8.0));
        }
        tell(day, values);
      }
    }
  }

  /** Death, if it comes while the patient is followed; a few deaths are never told. */
  void ending() {
    if (profile.survivalDays() < HORIZON && dice.chance(0.97)) {
      tell(
          lastDay, dice.waiting(12), header -> new OutcomeReport(header, OutcomeReport.Vital.DEAD));
    }
  }

  /** Everything told, and until when the patient is followed. */
  SimulatedPatient patient(PatientId id) {
    var arrivals = messages.arrivals();
    Instant end = dayZero.plusDays(lastDay + 1L).atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant last = arrivals.getLast().at();
    return new SimulatedPatient(id, arrivals, last.isAfter(end) ? last : end);
  }
}
