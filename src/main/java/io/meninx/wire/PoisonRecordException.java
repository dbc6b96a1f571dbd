package io.meninx.wire;

/**
 * This record can never be read, however often it is tried: a dead letter. Names the field and
 * never its value (invariant 9); has no cause and no stack trace, since those may quote the value.
 */
public final class PoisonRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PoisonReason reason;
  private final String field;

  /** A record that can't be read as a whole. */
  public PoisonRecordException(PoisonReason reason) {
    this(reason, "");
  }

  /**
   * A record that can't be read because of a field.
   *
   * @param field path as in the schema, for instance {@code header.eventId} or {@code
   *     markers[2].gene}; empty = the whole
   */
  public PoisonRecordException(PoisonReason reason, String field) {
    super(field.isEmpty() ? reason.name() : reason + " at " + field, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  /** Why. */
  public PoisonReason reason() {
    return reason;
  }

  /** Path of the field at fault; empty when it is the record as a whole. */
  public String field() {
    return field;
  }
}
