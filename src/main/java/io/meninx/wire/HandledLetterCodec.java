package io.meninx.wire;

import io.meninx.wire.HandledLetter.Action;
import io.meninx.wire.avro.DeadLetterHandled;
import java.util.Arrays;
import org.apache.avro.Schema;

/**
 * Values of dead-letters-handled, without frames. Not safe for use by several threads: it keeps its
 * readers and buffers.
 */
public final class HandledLetterCodec {
  private final AvroCodec<DeadLetterHandled> codec =
      new AvroCodec<>(Topic.DEAD_LETTERS_HANDLED.valueSchema());

  /** A codec with nothing cached. */
  public HandledLetterCodec() {}

  /** Writes one. */
  public Encoded encode(HandledLetter handled) {
    DeadLetterHandled datum =
        new DeadLetterHandled(
            handled.topic(),
            handled.partition(),
            handled.offset(),
            handled.action().name(),
            handled.by(),
            handled.note().orElse(null),
            handled.at(),
            handled.engineVersion());
    return new Encoded(
        Topic.DEAD_LETTERS_HANDLED, Topic.DEAD_LETTERS_HANDLED.valueSchema(), codec.write(datum));
  }

  /**
   * Reads one of any writer schema.
   *
   * @throws PoisonRecordException it can't be read, or only a newer program knows its action
   */
  public HandledLetter decode(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    DeadLetterHandled datum = codec.read(writerSchema, payload, offset, length);
    return new HandledLetter(
        Values.text(datum.getTopic(), "topic"),
        datum.getPartition(),
        datum.getOffset(),
        action(Values.text(datum.getAction(), "action")),
        Values.text(datum.getBy(), "by"),
        Values.optional(datum.getNote(), "note"),
        datum.getAt(),
        Values.text(datum.getEngineVersion(), "engineVersion"));
  }

  private static Action action(String code) throws PoisonRecordException {
    return Arrays.stream(Action.values())
        .filter(action -> action.name().equals(code))
        .findFirst()
        .orElseThrow(() -> new PoisonRecordException(PoisonReason.UNRECOGNIZED_ENUM, "action"));
  }
}
