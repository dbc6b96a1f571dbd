package io.meninx.cli;

/**
 * The user asked for something that cannot be done, or gave input that cannot be used: ends the
 * command with exit code 2 and the message, in one line.
 */
public final class WrongUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong and what would be right, as a sentence; no patient's data
   */
  public WrongUseException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what is wrong and what would be right, as a sentence; no patient's data
   * @param cause where it came from; printed only with {@code -Dmeninx.debug}
   */
  public WrongUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
