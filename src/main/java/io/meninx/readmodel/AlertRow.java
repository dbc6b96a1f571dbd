package io.meninx.readmodel;

import io.meninx.pathway.AlertRevision;
import io.meninx.wire.Published;
import java.time.Instant;

/**
 * An alert as it is now.
 *
 * @param openedAt logical time at which it opened
 * @param last its newest revision, with its patient and guideline
 */
public record AlertRow(Instant openedAt, Published<AlertRevision> last) {
  /** Its key. */
  public String key() {
    return last.value().alertKey();
  }
}
