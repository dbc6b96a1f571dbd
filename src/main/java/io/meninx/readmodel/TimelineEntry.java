package io.meninx.readmodel;

import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.wire.Published;
import java.time.Instant;

/** Something that was decided for a patient. */
public sealed interface TimelineEntry {
  /** Logical time of the decision. */
  Instant at();

  /** From pathway-events. */
  record OfEvent(Published<PathwayEvent> event) implements TimelineEntry {
    @Override
    public Instant at() {
      return event.value().at();
    }
  }

  /** From pathway-alerts. */
  record OfAlert(Published<AlertRevision> alert) implements TimelineEntry {
    @Override
    public Instant at() {
      return alert.value().at();
    }
  }
}
