package io.meninx.replay;

/**
 * A journal can't be read any further: a file is damaged or missing, a topic is not there, or an
 * entry can't be taken apart. Names the place, never a patient.
 */
public final class JournalUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what can't be read, where, and why
   */
  public JournalUnreadableException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what can't be read, where, and why
   * @param cause where it came from
   */
  public JournalUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
