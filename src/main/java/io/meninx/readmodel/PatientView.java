package io.meninx.readmodel;

import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.wire.OutputReader.Pathway;
import java.util.List;

/**
 * A patient as they are now.
 *
 * @param pathway the present state
 * @param why the newest event about each thing that stands in the state, oldest first
 * @param open alerts, the most urgent first
 * @param notRead open alerts that the state names and of which no revision is here, as the state
 *     says them: brokers deleted it before it was read, a null erased it, or it is not read yet
 */
public record PatientView(
    Pathway pathway, List<PathwayEvent> why, List<AlertRow> open, List<AlertLine> notRead) {
  public PatientView {
    why = List.copyOf(why);
    open = List.copyOf(open);
    notRead = List.copyOf(notRead);
  }
}
