package io.meninx.readmodel;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * How many there are at present, over all patients: counted as decisions are read, so asking costs
 * next to nothing, and the same on every instance that has read as far. Safe for use by several
 * threads.
 */
public final class Figures {
  static final String NOT_READ = "not read";

  private final Database database;
  private final Tally tally;

  Figures(Database database, Tally tally) {
    this.database = database;
    this.tally = tally;
  }

  /** Patients at a stage of the pathway. */
  public long patients(Stage stage) {
    return tally.written(ofPatients(stage.name()));
  }

  /** Open alerts of one kind, priority and stage; without a stage, those that have none. */
  public long open(AlertCode code, Priority priority, Optional<AlertStage> stage) {
    return tally.written(ofOpen(code.name(), priority, stage.map(AlertStage::name).orElse("")));
  }

  /** Open alerts whose due date was passed: OVERDUE or CRITICAL. */
  public long overdue(Priority priority) {
    return Arrays.stream(AlertCode.values())
        .mapToLong(
            code ->
                open(code, priority, Optional.of(AlertStage.OVERDUE))
                    + open(code, priority, Optional.of(AlertStage.CRITICAL)))
        .sum();
  }

  /** Open alerts that nobody has answered: ACTIVE or ESCALATED. */
  public long unacknowledged(Priority priority) {
    return tally.written(ofWaiting(priority));
  }

  /**
   * Since when the one has waited that waits longest for an answer: logical time at which it became
   * ACTIVE with this priority.
   */
  public Optional<Instant> waitingSince(Priority priority) {
    return unacknowledged(priority) == 0 ? Optional.empty() : first(priority);
  }

  private Optional<Instant> first(Priority priority) {
    byte[] prefix = Rows.waiting(priority);
    Instant[] found = new Instant[1];
    database.walk(
        prefix,
        new byte[0],
        row -> {
          found[0] = Rows.waitingSince(row.key());
          return false;
        });
    return Optional.ofNullable(found[0]);
  }

  /**
   * Open alerts that states of patients name and of which no revision is here. While both are being
   * read that is more than what stays so.
   */
  public long alertsNotRead() {
    return tally.written(NOT_READ);
  }

  /** Size of the files and of what is not in files yet, bytes. */
  public long bytes() {
    return database.bytes();
  }

  static String ofPatients(String stage) {
    return "patients " + stage;
  }

  static String ofOpen(String code, Priority priority, String stage) {
    return "open " + code + " " + priority + " " + stage;
  }

  static String ofWaiting(Priority priority) {
    return "waiting " + priority;
  }
}
