package io.meninx.wire;

/**
 * Stored state this engine can't read: written by a newer engine, or damaged. A bug or a wrong
 * downgrade: the process stops.
 */
public final class StateFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}
