package io.meninx.deadletter;

/** The work with dead letters cannot be done; the message says why, and holds no patient data. */
public final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadLetterException(String message) {
    super(message);
  }

  DeadLetterException(String message, Throwable cause) {
    super(message, cause);
  }
}
