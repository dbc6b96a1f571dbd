package io.meninx.topology;

/**
 * Something outside is away, and waiting as long as a transaction allows did not help: the process
 * stops with this as its cause. Nothing was skipped; started again it goes on at the same record.
 */
public final class TransientFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransientFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
