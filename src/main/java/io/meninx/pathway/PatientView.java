package io.meninx.pathway;

import io.meninx.fact.EventId;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import java.util.List;
import java.util.Optional;

/** What the engine may read of one patient: the port between the pure core and the stores. */
public interface PatientView {
  /** State after the last decision; {@link PatientState#EMPTY} when there was none. */
  PatientState state();

  /** The stored version with this event id, if any. */
  Optional<StoredFact> byEventId(EventId eventId);

  /** All stored versions of a report, in any order. */
  List<StoredFact> versions(ReportId reportId);

  /**
   * All stored fact versions of the patient, in any order; the costly way, for what belongs to the
   * part of a history that was thinned out.
   */
  List<StoredFact> all();

  /** The last revision of an alert that ended, 0 when there was none with this key. */
  int endedRevision(String alertKey);

  /** What the engine remembers of the patient; the same object as long as the state is held. */
  Recollection recollection();
}
