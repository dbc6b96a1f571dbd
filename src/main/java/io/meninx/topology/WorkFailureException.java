package io.meninx.topology;

import java.io.Serial;

/**
 * The program failed on work that was left from earlier: a bug. As in {@link
 * RecordFailureException} the fault is told by class and line, and has no words of its own.
 */
final class WorkFailureException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  WorkFailureException(Throwable fault) {
    super("Failed on work that is due: " + RecordFailureException.told(fault), null, false, true);
    setStackTrace(fault.getStackTrace());
  }
}
