package io.meninx.service.http;

/**
 * A request that is not answered, with what its sender is told (RFC 9457). The text is for the
 * sender: it never holds anything of a patient or of this machine.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int UNAUTHORIZED = 401;

  private final int status;
  private final String behind;

  /** With a status of HTTP and a sentence. */
  public ProblemException(int status, String detail) {
    super(detail);
    this.status = status;
    this.behind = "";
  }

  /** The same, with its cause, which is not told. */
  public ProblemException(int status, String detail, Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.behind = "";
  }

  private ProblemException(ProblemException of, String behind) {
    super(of.detail(), of);
    this.status = of.status;
    this.behind = behind;
  }

  /**
   * The same, of a read model: what is not there may only not be there yet.
   *
   * @param json how far behind it is
   */
  public ProblemException behind(String json) {
    return new ProblemException(this, json);
  }

  /** Nobody known. */
  public static ProblemException unauthorized(String detail) {
    return new ProblemException(UNAUTHORIZED, detail);
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** How far behind the read model is that says so, in JSON; empty where none was asked. */
  String behind() {
    return behind;
  }

  /** A sentence for the sender. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
