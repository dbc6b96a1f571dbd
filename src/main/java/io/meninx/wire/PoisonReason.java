package io.meninx.wire;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why an input can't be kept: the reason codes of dead letters and of the journal. What a code
 * means and what to do about it stands here, for people: topology-docs/dead-letters.md and {@code
 * dlq show} say it in these words.
 */
public enum PoisonReason {
  NULL_VALUE(
      Kind.FRAME,
      "There is no value at all.",
      "Ask the sender: inputs are never deleted by a null value, a report is withdrawn by status"
          + " WITHDRAWN. Discard."),
  RECORD_TOO_LARGE(
      Kind.FRAME,
      "Key, value and headers are together larger than a record may be.",
      "Ask the sender to send less in one record. Replay helps only after the limit was raised."),
  FRAME_TOO_SHORT(
      Kind.FRAME,
      "Fewer than the five bytes of the Confluent frame.",
      "Not written by a registry serializer: ask the sender to send it again. Discard."),
  FRAME_MAGIC(
      Kind.FRAME,
      "The first byte is not 0x00, the only frame supported.",
      "Not written by a registry serializer, or by one that puts the schema id into headers: set"
          + " the sender to the prefix frame and let it send again. Discard."),
  UNKNOWN_SCHEMA_ID(
      Kind.SCHEMA,
      "The registry does not know the schema id.",
      "The sender used another registry, or the schema was deleted: register it, then replay."),
  UNUSABLE_SCHEMA(
      Kind.SCHEMA,
      "The registry knows the id, but what it names is no Avro schema this engine can use.",
      "Let the sender use a plain Avro schema and send again. Discard."),
  SCHEMA_MISMATCH(
      Kind.SCHEMA,
      "The writer's schema gives no value for a field that is needed, or one of another type, or"
          + " a time in another unit; for instance the schema of another subject.",
      "Let the sender use a compatible schema and send again. Replay helps only when a newer engine"
          + " reads that schema."),
  UNDECODABLE(
      Kind.CONTENT,
      "The bytes are not what the writer's schema says.",
      "Cut or damaged on the way: ask the sender to send it again. Discard."),
  TRAILING_BYTES(
      Kind.CONTENT,
      "Bytes are left after the record.",
      "Damaged, or framed with the wrong schema id: ask the sender to send it again. Discard."),
  MALFORMED_TEXT(
      Kind.CONTENT,
      "A text is not valid Unicode.",
      "Ask the sender for UTF-8, and to send it again. Discard."),
  UNRECOGNIZED_ENUM(
      Kind.CONTENT,
      "A code this engine does not know: never guessed, never taken for unknown.",
      "A newer sender: upgrade the engine, then replay. Otherwise the sender must use a known"
          + " code."),
  MISSING_VALUE(
      Kind.CONTENT,
      "A needed value is empty or absent.",
      "The sender must fill the field and send it again. Discard."),
  OUT_OF_RANGE(
      Kind.CONTENT,
      "A number or instant outside the range of its type, such as KPS 75 or a volume of -1 mL.",
      "The sender must correct the value and send it again. Discard."),
  TEXT_TOO_LONG(
      Kind.CONTENT,
      "A text longer than allowed.",
      "Often a whole document in a field for a code: the sender must send it shorter. Discard."),
  LIST_TOO_LONG(
      Kind.CONTENT, "A list longer than allowed.", "The sender must split or shorten it. Discard."),
  REPEATED_KEY(
      Kind.CONTENT,
      "The same key twice in a list, for instance one gene with two findings.",
      "The sender must say which one holds. Discard."),
  CONTRADICTION(
      Kind.CONTENT,
      "Two fields exclude each other.",
      "The sender must say which one holds, and send it again. Discard."),
  KEY_MISMATCH(
      Kind.PLACE,
      "The key of the record is not the patient the value is about.",
      "Possibly one patient's result under another's key: have the sender find out which is right"
          + " before anything is sent again. Discard."),
  MISPARTITIONED(
      Kind.PLACE,
      "Found on a partition that is not the patient's.",
      "The sender partitions in another way than Kafka's default for a string key, or the number of"
          + " partitions was changed: correct that, let it send again. Replay goes to the same"
          + " partition and does not help. Discard."),
  TICK_FROM_FUTURE(
      Kind.TIME,
      "A tick more than five minutes ahead of its own record time.",
      "A clock is wrong, of an instance or of a broker: correct it. Nothing is lost. Discard."),
  EVENT_ID_REUSED(
      Kind.HISTORY,
      "An event id seen before for this patient, with other content.",
      "The sender must give every message its own id; a new version of a report has a new event id"
          + " and the same report id. Discard."),
  PATIENT_TOO_LARGE(
      Kind.HISTORY,
      "The patient, or one report with its versions, has as much as may be kept: facts by number,"
          + " or bytes.",
      "A sender in a loop, very long texts, or many patients under one pseudonym: a person must"
          + " look. Discard."),
  SKIPPED_BY_OPERATOR(
      Kind.OPERATOR,
      "Put aside by an operator with run --skip, because it stopped the stream.",
      "Upgrade to an engine without the fault, then replay: it comes back at a new offset.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  PoisonReason(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** Where the fault lies: the class of a reason. */
  public enum Kind {
    FRAME("what is around the value"),
    SCHEMA("the schema it was written with"),
    CONTENT("what the value says"),
    PLACE("where the record stands: key and partition"),
    TIME("a clock"),
    HISTORY("what came before for the same patient"),
    OPERATOR("the engine; an operator put the record aside");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    /** What the fault is about, in words. */
    public String meaning() {
      return meaning;
    }
  }

  /** The reason with this code; absent when only another engine knows it. */
  public static Optional<PoisonReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.name().equals(code)).findFirst();
  }

  /** Its class. */
  public Kind kind() {
    return kind;
  }

  /** What it means, one sentence. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
