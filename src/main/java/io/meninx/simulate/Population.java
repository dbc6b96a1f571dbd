package io.meninx.simulate;

import io.meninx.fact.PatientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * A synthetic population without end: patient by patient, each a function of the seed and its
 * number. Every four hours of simulated time a patient comes for the first time (the more is told
 * of each, the less often), so that what is to be held at one time does not grow with their number.
 *
 * <p>The frequencies are those of clinical-rules, section 2 and 3; what no source gives (how often
 * a dose is late, how often a field is left empty) is made up, and stands in the classes that tell
 * the story. Nothing in it is about a real person.
 */
public final class Population {
  /** When the first patient comes, at the earliest. */
  public static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  /** Simulated time from one new patient to the next. */
  public static final Duration INTERVAL = Duration.ofHours(4);

  /**
   * The most messages a patient that can be added, on average: the most active patients have eight
   * times as many, and 20,000 are kept of a patient.
   */
  public static final double MOST_EXTRA = 1_500;

  private final long seed;
  private final double extra;
  private final Duration interval;

  /**
   * A population.
   *
   * @param seed any number; the same seed gives the same facts
   */
  public Population(long seed) {
    this(seed, 0);
  }

  /**
   * A population of which more is told: values of routine monitoring are added.
   *
   * @param seed any number; the same seed gives the same facts
   * @param extra messages a patient, on average, beside the story; some have many times as many. 0
   *     or more
   */
  public Population(long seed, double extra) {
    if (!(extra >= 0) || extra > MOST_EXTRA) {
      throw new IllegalArgumentException("extra must be from 0 to " + MOST_EXTRA);
    }
    this.seed = seed;
    this.extra = extra;
    this.interval = INTERVAL.multipliedBy(Math.max(1, Math.round(extra / 100)));
  }

  /**
   * One patient.
   *
   * @param index number, from 0; the patient's id counts from 1
   */
  public SimulatedPatient patient(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("patients are counted from 0");
    }
    Dice dice = new Dice(seed, index);
    PatientId id = new PatientId("sim-%06d".formatted(index + 1));
    Instant start = earliest(index).plusSeconds((long) (dice.unit() * interval.toSeconds()));
    Story story = new Story(dice, id, start);
    Workup workup = new Workup(story);
    int decided = workup.tell();
    int declineDay = (int) (story.profile.survivalDays() * (0.6 + 0.3 * dice.unit()));
    Therapy therapy = new Therapy(story, workup);
    var treated = therapy.tell(decided, declineDay);
    new FollowUp(story, workup).tell(decided, treated, declineDay);
    story.monitoring(extra);
    return story.patient(id);
  }

  private Instant earliest(long index) {
    return FIRST.plus(interval.multipliedBy(index));
  }

  /**
   * What arrives from the first so many patients, in the order of arrival; at equal times, by
   * patient. Holds only the patients who are followed at the time.
   *
   * @param patients how many, 0 or more
   */
  public Arrivals arrivals(long patients) {
    return new Arrivals(patients);
  }

  /** Arrivals of many patients, merged. Not safe for use by several threads. */
  public final class Arrivals implements Iterator<Arrival> {
    private final long patients;
    private final PriorityQueue<Queue> active =
        new PriorityQueue<>(
            Comparator.comparing((Queue queue) -> queue.next().at())
                .thenComparing(queue -> queue.index));
    private long admitted;

    private Arrivals(long patients) {
      this.patients = patients;
    }

    @Override
    public boolean hasNext() {
      return !active.isEmpty() || admitted < patients;
    }

    @Override
    public Arrival next() {
      admit();
      Queue first = active.poll();
      if (first == null) {
        throw new NoSuchElementException("all have arrived");
      }
      Arrival arrival = first.next();
      first.at++;
      if (first.at < first.patient.arrivals().size()) {
        active.add(first);
      }
      return arrival;
    }

    /** Those whose first message could come before the next of those who are there. */
    private void admit() {
      while (admitted < patients) {
        Queue first = active.peek();
        if (first != null && first.next().at().isBefore(earliest(admitted))) {
          return;
        }
        active.add(new Queue(admitted, patient(admitted)));
        admitted++;
      }
    }

    /** How many patients it holds now. */
    public int active() {
      return active.size();
    }
  }

  /** What is still to come of one patient. */
  private static final class Queue {
    private final long index;
    private final SimulatedPatient patient;
    private int at;

    Queue(long index, SimulatedPatient patient) {
      this.index = index;
      this.patient = patient;
    }

    Arrival next() {
      return patient.arrivals().get(at);
    }
  }
}
