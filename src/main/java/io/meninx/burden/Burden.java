package io.meninx.burden;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The notifications of one source of patients. A notification is a revision of an alert with {@code
 * notify} true (contract section 5); those that take an alert back are counted apart.
 *
 * @param source what the patients are, in a word or two
 * @param patients number of them
 * @param patientDays sum over the patients of the days from the first message to the end, each
 *     begun day counted, at least one
 * @param lines by code and priority, the most frequent first; only those that occurred
 * @param roles what each role gets, in the order of {@link Audience}; only those that get any
 * @param peaks over all patients, of the most notifications a patient has within any 24 hours
 * @param rolePeaks the same for the one role that gets most about a patient: nobody gets more
 * @param worst the patients with the highest peaks, the worst first
 */
public record Burden(
    String source,
    int patients,
    long patientDays,
    List<Line> lines,
    List<Role> roles,
    Peaks peaks,
    Peaks rolePeaks,
    List<Worst> worst) {

  public Burden {
    lines = List.copyOf(lines);
    roles = List.copyOf(roles);
    worst = List.copyOf(worst);
  }

  /** Why an alert notified. */
  public enum Cause {
    /** The first notification of an alert. */
    FIRST,
    /** A new stage or a higher priority. */
    STAGE,
    /** Nobody answered. */
    ESCALATION,
    /** Back after an answer: end of a snooze, or another reason. */
    REOPENED,
    /** What was notified is taken back. */
    RETRACTION
  }

  /**
   * Notifications of one code and priority.
   *
   * @param code of the alerts
   * @param priority at the time of the notification
   * @param byCause how many, by cause; every cause is a key
   * @param patients how many patients had any
   */
  public record Line(AlertCode code, Priority priority, Map<Cause, Long> byCause, int patients) {
    public Line {
      byCause = Map.copyOf(byCause);
    }

    /** All but the retractions. */
    public long notifications() {
      return byCause.entrySet().stream()
          .filter(entry -> entry.getKey() != Cause.RETRACTION)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    /** The retractions. */
    public long retractions() {
      return byCause.getOrDefault(Cause.RETRACTION, 0L);
    }
  }

  /**
   * What one role gets. A notification is for every role of its audience, so that the roles
   * together get more than there are.
   *
   * @param role who
   * @param notifications but for retractions
   * @param retractions of what was notified
   * @param patients about how many patients there was any
   * @param peaks over these patients, of the most the role gets about one within any 24 hours
   */
  public record Role(
      Audience role, long notifications, long retractions, int patients, Peaks peaks) {}

  /**
   * Nearest-rank percentiles of the patients' peaks.
   *
   * @param median half of the patients have at most this
   * @param p90 nine of ten
   * @param max all
   */
  public record Peaks(int median, int p90, int max) {}

  /**
   * A patient with many notifications.
   *
   * @param patient pseudonym
   * @param peak most notifications within any 24 hours, retractions not counted
   * @param from start of the first such 24 hours
   * @param during what they were, by code
   * @param total notifications over the whole time
   */
  public record Worst(
      String patient, int peak, Instant from, Map<AlertCode, Long> during, long total) {}

  /** All notifications but the retractions. */
  public long notifications() {
    return lines.stream().mapToLong(Line::notifications).sum();
  }

  /** All retractions. */
  public long retractions() {
    return lines.stream().mapToLong(Line::retractions).sum();
  }

  /** Notifications of one cause. */
  public long notifications(Cause cause) {
    return lines.stream().mapToLong(line -> line.byCause().getOrDefault(cause, 0L)).sum();
  }

  /** Notifications per patient and day, on average; 0 without any patient. */
  public double perPatientDay() {
    return patientDays == 0 ? 0 : (double) notifications() / patientDays;
  }
}
