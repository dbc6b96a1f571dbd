package io.meninx.wire;

/** Why an input can't be kept: the reason codes of dead letters and of the journal. */
public enum PoisonReason {
  /** No value at all. */
  NULL_VALUE,
  /** Larger than a record may be. */
  RECORD_TOO_LARGE,
  /** Fewer than the five bytes of the frame. */
  FRAME_TOO_SHORT,
  /** The first byte is not 0x00, the only frame supported. */
  FRAME_MAGIC,
  /** The registry does not know the schema id. */
  UNKNOWN_SCHEMA_ID,
  /** The registry knows the id, but what it names is no Avro schema this engine can use. */
  UNUSABLE_SCHEMA,
  /** The writer's schema gives no value for a field that is needed, or one of another type. */
  SCHEMA_MISMATCH,
  /** The bytes are not what the writer's schema says. */
  UNDECODABLE,
  /** Bytes are left after the record. */
  TRAILING_BYTES,
  /** A text is not valid Unicode. */
  MALFORMED_TEXT,
  /** A code this engine does not know: never guessed, never taken for unknown. */
  UNRECOGNIZED_ENUM,
  /** A needed value is empty or absent. */
  MISSING_VALUE,
  /** A number or instant outside the range of its type. */
  OUT_OF_RANGE,
  /** A text longer than allowed. */
  TEXT_TOO_LONG,
  /** A list longer than allowed. */
  LIST_TOO_LONG,
  /** The same key twice in a list. */
  REPEATED_KEY,
  /** Two fields exclude each other. */
  CONTRADICTION,
  /** The key of the record is not the patient the value is about. */
  KEY_MISMATCH,
  /** Found on a partition that is not the patient's. */
  MISPARTITIONED,
  /** A tick more than five minutes ahead of its own record time. */
  TICK_FROM_FUTURE,
  /** An event id seen before, with other content. */
  EVENT_ID_REUSED,
  /** The patient has as many facts as a patient may have. */
  PATIENT_TOO_LARGE,
  /** Put aside by an operator. */
  SKIPPED_BY_OPERATOR
}
