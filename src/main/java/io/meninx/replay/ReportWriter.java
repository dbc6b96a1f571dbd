package io.meninx.replay;

import io.meninx.fact.PatientId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Writes one file of a report, or several. Each is given the same; none may put the time of the
 * machine into what it writes, since two runs give identical files.
 */
@FunctionalInterface
public interface ReportWriter {
  /**
   * Writes.
   *
   * @param directory of the report; it is there
   * @param result what came of the run
   * @param timelines of patients one wants to draw: goes through the journal once more
   * @throws IOException a file can't be written
   */
  void write(Path directory, ReplayResult result, Timelines timelines) throws IOException;

  /** Gets everything about patients, see {@link Replay#timelines}. */
  @FunctionalInterface
  interface Timelines {
    /** Of these patients, sorted; those the journal does not have are left out. */
    List<PatientTimeline> of(Set<PatientId> patients);
  }
}
