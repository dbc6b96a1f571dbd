package io.meninx.readmodel;

/** The files of the read model cannot be used. Its text holds no row. */
public final class ReadModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReadModelException(String message) {
    super(message);
  }

  ReadModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
