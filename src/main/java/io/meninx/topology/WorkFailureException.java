package io.meninx.topology;

import io.meninx.wire.Failures;
import java.io.Serial;

/**
 * The program failed on work that no record brings with it (timers, evaluation after a change of
 * guideline, the start of a task): a bug, and nothing to put aside. As in {@link
 * RecordFailureException} the fault is told by class and line, and has no words of its own.
 */
public final class WorkFailureException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String fault;

  /**
   * Of what was thrown.
   *
   * @param fault what was thrown; only its classes and place are kept
   */
  public WorkFailureException(Throwable fault) {
    super("Failed on work that is due: " + Failures.told(fault), null, false, true);
    this.fault = Failures.told(fault);
    setStackTrace(fault.getStackTrace());
  }

  /** The fault: classes and place. */
  public String fault() {
    return fault;
  }
}
