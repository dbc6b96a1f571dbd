package io.meninx.service.api;

import io.meninx.fact.AlertResponse;
import io.meninx.wire.PoisonRecordException;

/** Where answers to alerts go. Safe for use by several threads. */
@FunctionalInterface
public interface Responses {
  /**
   * Returns when the answer is stored for good.
   *
   * @throws PoisonRecordException it is not well-formed; nothing was sent
   * @throws UnavailableException it is not known to be stored
   */
  void send(AlertResponse response) throws PoisonRecordException, UnavailableException;

  /** The cluster or the registry does not take it now. */
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With its cause. */
    public UnavailableException(Throwable cause) {
      super("the answer was not taken", cause);
    }
  }
}
