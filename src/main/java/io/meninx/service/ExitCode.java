package io.meninx.service;

/** How {@code run} ends, for what starts it: whether starting it again can help. */
public enum ExitCode {
  /** Stopped in order. */
  STOPPED(0),
  /** Failed in a way that has no code of its own. */
  FAILED(1),
  /** The settings are wrong. */
  WRONG_SETTINGS(2),
  /**
   * The cluster or the registry does not answer, or the instance stood still: start again, nothing
   * was skipped.
   */
  AWAY(3),
  /**
   * Topics, schemas, permissions, the port or the state directory are not as they must be: an
   * operator must act.
   */
  WRONG_SURROUNDINGS(4),
  /**
   * The program failed on a record: nothing was skipped, and the same record comes again; see
   * {@code --skip}.
   */
  BROKEN(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Of the process. */
  public int code() {
    return code;
  }
}
