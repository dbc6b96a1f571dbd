package io.meninx.service.http;

/**
 * A request that is not answered, with what its sender is told (RFC 9457). The text is for the
 * sender: it never holds anything of a patient or of this machine.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;

  private final int status;

  /** With a status of HTTP and a sentence. */
  public ProblemException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /** The same, with its cause, which is not told. */
  public ProblemException(int status, String detail, Throwable cause) {
    super(detail, cause);
    this.status = status;
  }

  /** Nobody known. */
  public static ProblemException unauthorized(String detail) {
    return new ProblemException(UNAUTHORIZED, detail);
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** A sentence for the sender. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
