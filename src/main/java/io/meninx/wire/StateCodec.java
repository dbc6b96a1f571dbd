package io.meninx.wire;

import io.meninx.fact.StoredFact;
import io.meninx.pathway.PatientState;

/**
 * Rows of the stores: one byte with the format, then Avro binary by the internal schema of that
 * format. The same state gives the same bytes. Since no schema is kept with a row, every change of
 * the internal schemas, and of the input schemas they contain, needs a new format number and a
 * reader of the old one. Not safe for use by several threads.
 */
public final class StateCodec {
  /** The format written. */
  public static final byte FORMAT = 1;

  private final StateEncoder encoder = new StateEncoder();
  private final StateDecoder decoder = new StateDecoder();

  /** A codec with fresh buffers. */
  public StateCodec() {}

  /** Writes a row of the store of pathways. */
  public byte[] encode(PatientState state) {
    return encoder.state(FORMAT, state);
  }

  /** Writes a row of the store of facts. */
  public byte[] encode(StoredFact fact) {
    return encoder.fact(FORMAT, fact);
  }

  /**
   * Reads a row of the store of pathways.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public PatientState decodeState(byte[] row) {
    return read(row, decoder::state);
  }

  /**
   * Reads a row of the store of facts.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public StoredFact decodeFact(byte[] row) {
    return read(row, decoder::fact);
  }

  @SuppressWarnings("UnusedException") // Its message may quote the row.
  private static <T> T read(byte[] row, Reading<T> reading) {
    if (row.length == 0) {
      throw new StateFormatException("an empty row in a store");
    }
    if (row[0] != FORMAT) {
      throw new StateFormatException(
          "a row in a store has format "
              + row[0]
              + ", this engine reads format "
              + FORMAT
              + " and no other");
    }
    try {
      return reading.read(row, 1);
    } catch (RuntimeException e) {
      throw new StateFormatException("a row in a store is damaged");
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(byte[] row, int offset);
  }
}
