package io.meninx.wire;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;

/**
 * A value as it was written, for people to look at: by the schema of its writer and whatever it
 * says. Holds what the value holds, patient data included.
 */
public final class RawValue {
  private RawValue() {}

  /** As JSON on one line; absent when the bytes are not what the schema says. */
  public static Optional<String> json(Schema writerSchema, byte[] framed) {
    ByteDecoder decoder =
        new ByteDecoder().over(framed, Frames.HEADER_LENGTH, framed.length - Frames.HEADER_LENGTH);
    try {
      Object datum = new GenericDatumReader<Object>(writerSchema).read(null, decoder);
      return decoder.remaining() == 0 ? Optional.of(String.valueOf(datum)) : Optional.empty();
    } catch (IOException | RuntimeException | StackOverflowError _) {
      return Optional.empty(); // As in AvroCodec: what broken bytes lead to is not closed.
    }
  }
}
