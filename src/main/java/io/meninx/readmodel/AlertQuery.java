package io.meninx.readmodel;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertState;
import java.util.Optional;

/**
 * Which alerts. Nothing given means every open one.
 *
 * @param state only this one; open alerts when absent
 * @param priority only this one
 * @param code only this one
 */
public record AlertQuery(
    Optional<AlertState> state, Optional<Priority> priority, Optional<AlertCode> code) {

  /** Every open alert. */
  public static final AlertQuery OPEN =
      new AlertQuery(Optional.empty(), Optional.empty(), Optional.empty());

  boolean open() {
    return state.map(AlertState::open).orElse(true);
  }
}
