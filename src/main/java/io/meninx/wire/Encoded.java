package io.meninx.wire;

import org.apache.avro.Schema;

/**
 * A value on its way to a topic, without its frame.
 *
 * @param topic where it goes
 * @param schema it was written with
 * @param body Avro binary; not copied, do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
public record Encoded(Topic topic, Schema schema, byte[] body) {
  /** The value in its frame. */
  public byte[] framed(int schemaId) {
    return Frames.frame(schemaId, body);
  }
}
