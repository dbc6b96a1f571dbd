package io.meninx.burden;

import io.meninx.burden.Burden.Cause;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.Source;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Decision;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures the alert burden of a source of patients, one after the other; keeps counts, not
 * patients. Not safe for use by several threads.
 */
public final class BurdenMeter {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int WORST = 5;
  private static final Comparator<Burden.Worst> WORST_FIRST =
      Comparator.comparingInt(Burden.Worst::peak)
          .thenComparingLong(Burden.Worst::total)
          .reversed()
          .thenComparing(Burden.Worst::patient);

  private final String source;
  private final PathwayEngine engine;
  private final Optional<Duration> answered;
  private final Map<Slot, Counts> counts = new TreeMap<>();
  private final List<Integer> peaks = new ArrayList<>();
  private final List<Integer> rolePeaks = new ArrayList<>();
  private final Map<Audience, RoleCounts> roles = new EnumMap<>(Audience.class);
  private final List<Burden.Worst> worst = new ArrayList<>();
  private long patientDays;

  /**
   * Measures nothing yet.
   *
   * @param source what the patients are, in a word or two
   * @param engine that decides
   * @param answered when given, somebody acknowledges every alert so long after it notified;
   *     otherwise only the answers among the facts are there
   */
  public BurdenMeter(String source, PathwayEngine engine, Optional<Duration> answered) {
    this.source = source;
    this.engine = engine;
    this.answered = answered;
  }

  /**
   * A fact on its way in.
   *
   * @param at record time
   * @param fact what arrives
   */
  public record Received(Instant at, Fact fact) {}

  private record Slot(AlertCode code, Priority priority) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int byCode = code.compareTo(other.code);
      return byCode != 0 ? byCode : priority.compareTo(other.priority);
    }
  }

  private static final class Counts {
    private final Map<Cause, Long> byCause = new EnumMap<>(Cause.class);
    private int patients;

    Counts() {
      for (Cause cause : Cause.values()) {
        byCause.put(cause, 0L);
      }
    }
  }

  private static final class RoleCounts {
    private final List<Integer> peaks = new ArrayList<>();
    private long notifications;
    private long retractions;
  }

  private record Notified(Instant at, Slot slot, Cause cause, List<Audience> audience) {}

  /**
   * Follows a patient.
   *
   * @param received what arrives, in order; about one patient
   * @param end until when time passes
   */
  public void patient(PatientId patient, List<Received> received, Instant end) {
    if (received.isEmpty()) {
      return;
    }
    Follower follower = new Follower(patient);
    follower.follow(received, end);
    Duration followed = Duration.between(received.getFirst().at(), end);
    patientDays += Math.max(1, followed.plus(DAY).minusNanos(1).toDays());
    count(follower.notified);
    countRoles(follower.notified);
    rank(patient, follower.notified);
  }

  private void count(List<Notified> notified) {
    for (Notified each : notified) {
      counts
          .computeIfAbsent(each.slot(), _ -> new Counts())
          .byCause
          .merge(each.cause(), 1L, Long::sum);
    }
    notified.stream()
        .map(Notified::slot)
        .distinct()
        .forEach(slot -> counts.computeIfAbsent(slot, _ -> new Counts()).patients++);
  }

  private void countRoles(List<Notified> notified) {
    int most = 0;
    for (Audience role : Audience.values()) {
      List<Notified> got =
          notified.stream().filter(each -> each.audience().contains(role)).toList();
      if (!got.isEmpty()) {
        List<Notified> counted = counted(got);
        RoleCounts sum = roles.computeIfAbsent(role, _ -> new RoleCounts());
        sum.notifications += counted.size();
        sum.retractions += got.size() - counted.size();
        int peak = peak(counted).count();
        sum.peaks.add(peak);
        most = Math.max(most, peak);
      }
    }
    rolePeaks.add(most);
  }

  /** All but the retractions. */
  private static List<Notified> counted(List<Notified> notified) {
    return notified.stream().filter(each -> each.cause() != Cause.RETRACTION).toList();
  }

  private void rank(PatientId patient, List<Notified> notified) {
    List<Notified> counted = counted(notified);
    Peak highest = peak(counted);
    int peak = highest.count();
    int start = highest.start();
    peaks.add(peak);
    if (peak > 0) {
      Map<AlertCode, Long> during = new TreeMap<>();
      counted
          .subList(start, start + peak)
          .forEach(each -> during.merge(each.slot().code(), 1L, Long::sum));
      worst.add(
          new Burden.Worst(patient.value(), peak, counted.get(start).at(), during, counted.size()));
      worst.sort(WORST_FIRST);
      if (worst.size() > WORST) {
        worst.removeLast();
      }
    }
  }

  /** The most within any 24 hours, and where they begin. */
  private record Peak(int count, int start) {}

  private static Peak peak(List<Notified> counted) {
    int first = 0;
    Peak peak = new Peak(0, 0);
    for (int i = 0; i < counted.size(); i++) {
      while (!counted.get(first).at().plus(DAY).isAfter(counted.get(i).at())) {
        first++;
      }
      if (i - first + 1 > peak.count()) {
        peak = new Peak(i - first + 1, first);
      }
    }
    return peak;
  }

  /** What was measured so far. */
  public Burden burden() {
    List<Burden.Line> lines = new ArrayList<>();
    counts.forEach(
        (slot, count) ->
            lines.add(
                new Burden.Line(slot.code(), slot.priority(), count.byCause, count.patients)));
    lines.sort(Comparator.comparingLong(Burden.Line::notifications).reversed());
    return new Burden(
        source,
        peaks.size(),
        patientDays,
        lines,
        roles.entrySet().stream().map(entry -> role(entry.getKey(), entry.getValue())).toList(),
        percentiles(peaks),
        percentiles(rolePeaks),
        worst);
  }

  private static Burden.Role role(Audience role, RoleCounts counts) {
    return new Burden.Role(
        role,
        counts.notifications,
        counts.retractions,
        counts.peaks.size(),
        percentiles(counts.peaks));
  }

  private static Burden.Peaks percentiles(List<Integer> values) {
    List<Integer> sorted = values.stream().sorted().toList();
    return new Burden.Peaks(
        percentile(sorted, 50), percentile(sorted, 90), percentile(sorted, 100));
  }

  /** Nearest rank. */
  private static int percentile(List<Integer> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }

  // ------------------------------------------------------------------ one patient

  /** Lets the time of one patient pass, and answers when somebody is to answer. */
  private final class Follower implements MemoryPatient.Listener {
    private final PatientId id;
    private final MemoryPatient patient = new MemoryPatient(engine, this);
    private final List<Notified> notified = new ArrayList<>();
    private final Map<String, AlertRevision> last = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Deque<Received> answers = new ArrayDeque<>();
    private int answersGiven;

    Follower(PatientId id) {
      this.id = id;
    }

    void follow(List<Received> received, Instant end) {
      for (Received next : received) {
        pass(next.at());
        patient.arrive(next.fact(), next.at());
      }
      pass(end);
    }

    /** Timers one by one, so that what they notify is answered in time. */
    private void pass(Instant until) {
      while (true) {
        Optional<Instant> due = patient.state().nextDue().filter(at -> !at.isAfter(until));
        Optional<Instant> answer =
            Optional.ofNullable(answers.peek()).map(Received::at).filter(at -> !at.isAfter(until));
        if (due.isPresent() && (answer.isEmpty() || !due.get().isAfter(answer.get()))) {
          patient.until(due.get());
        } else if (answer.isPresent()) {
          Received next = answers.remove();
          patient.arrive(next.fact(), next.at());
        } else {
          return;
        }
      }
    }

    @Override
    public void decided(Instant at, Optional<Fact> cause, Decision decision) {
      for (AlertRevision revision : decision.alerts()) {
        if (revision.notifies()) {
          notified.add(
              new Notified(
                  at,
                  new Slot(revision.code(), revision.priority()),
                  cause(revision),
                  revision.audience()));
          if (revision.state().open()) {
            told.add(revision.alertKey());
            answered.ifPresent(after -> answers.add(answer(at.plus(after), revision)));
          }
        }
        if (!revision.state().open()) { // should it come again, that is news
          told.remove(revision.alertKey());
        }
        last.put(revision.alertKey(), revision);
      }
    }

    private Cause cause(AlertRevision revision) {
      if (revision.state() == AlertState.RETRACTED) {
        return Cause.RETRACTION;
      }
      AlertRevision before = last.get(revision.alertKey());
      if (before == null || !told.contains(revision.alertKey())) {
        return Cause.FIRST;
      }
      boolean further =
          !before.stage().equals(revision.stage()) || before.priority() != revision.priority();
      return further
          ? Cause.STAGE
          : revision.state() == AlertState.ESCALATED ? Cause.ESCALATION : Cause.REOPENED;
    }

    private Received answer(Instant at, AlertRevision revision) {
      String name = "burden-answer-" + ++answersGiven;
      Header header =
          new Header(
              new EventId(name),
              id,
              new ReportId(name),
              ResultStatus.FINAL,
              ObservedAt.at(at),
              at,
              Source.UNKNOWN);
      return new Received(
          at,
          new AlertResponse(
              header,
              Optional.of(revision.alertKey()),
              Optional.empty(),
              Optional.empty(),
              AlertResponse.Action.ACKNOWLEDGED,
              Optional.empty(),
              OptionalInt.empty(),
              Optional.empty()));
    }
  }
}
