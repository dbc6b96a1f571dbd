package io.meninx.fact;

/**
 * Where a message came from. Never looked at by a rule; empty strings mean not known. Prints
 * redacted.
 *
 * @param system the sending system
 * @param messageId the sender's own message id
 */
public record Source(String system, String messageId) {
  /** A source nothing is known of. */
  public static final Source UNKNOWN = new Source("", "");

  @Override
  public String toString() {
    return "Source[redacted]";
  }
}
