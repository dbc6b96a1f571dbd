package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the stores: one byte with the format, then Avro binary by the internal schema of that
 * format. The same state gives the same bytes. No schema is kept with a row, so every change of the
 * internal schemas, and of the input and output schemas they contain, that comes after a release
 * needs a new format number; the released schemas in {@code schemas/history} then read the rows of
 * the old one. A row is turned into today's format when it is read, and stays so once it is written
 * again. Not safe for use by several threads.
 */
public final class StateCodec {
  /** The format written. */
  public static final byte FORMAT = 2;

  /**
   * The format that had all that is kept of a patient in one row of the store of pathways, and a
   * row for every version in the store of facts. From 2 on a row holds what changes together.
   */
  public static final byte WHOLE_PATIENT = 1;

  /**
   * Formats before it, each with the release whose schemas it had. To raise the format: put the
   * number it had in here with the newest release under {@code schemas/history}.
   */
  private static final Map<Byte, String> EARLIER = Map.of(WHOLE_PATIENT, "1");

  private final byte format;
  private final Map<Byte, StateUpgrade> upgrades;
  private final StateEncoder encoder = new StateEncoder();
  private final StateDecoder decoder = new StateDecoder();

  /** A codec with fresh buffers. */
  public StateCodec() {
    this(FORMAT, ofReleases(EARLIER));
  }

  /** Of an engine that writes another format, as a later release may. */
  StateCodec(byte format, Map<Byte, StateUpgrade> upgrades) {
    this.format = format;
    this.upgrades = Map.copyOf(upgrades);
  }

  private static Map<Byte, StateUpgrade> ofReleases(Map<Byte, String> releases) {
    Map<Byte, StateUpgrade> upgrades = new HashMap<>();
    releases.forEach((number, release) -> upgrades.put(number, StateUpgrade.ofRelease(release)));
    return upgrades;
  }

  /** The schemas of {@link #FORMAT}: of a row of the store of facts, and of one of pathways. */
  public static List<Schema> schemas() {
    return List.of(
        io.meninx.wire.avro.StoredFact.getClassSchema(),
        io.meninx.wire.avro.PatientState.getClassSchema());
  }

  /** Writes a state, as a whole or without the parts that have rows of their own. */
  public byte[] encode(PatientState state) {
    return encoder.state(format, state);
  }

  /** Writes a fact version. */
  public byte[] encode(StoredFact fact) {
    return encoder.fact(format, fact);
  }

  /** Writes versions of a patient who is named beside them. */
  public byte[] encode(PatientId patient, List<StoredFact> versions) {
    return encoder.versions(format, patient, versions);
  }

  /** Writes an open alert. */
  public byte[] encode(OpenAlert alert) {
    return encoder.alert(format, alert);
  }

  /** Writes a public state. */
  public byte[] encode(PublicState visible) {
    return encoder.visible(format, visible);
  }

  /**
   * Reads versions of a patient, of this format or an earlier one.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public List<StoredFact> decodeVersions(PatientId patient, byte[] row) {
    return read(
        row, StateUpgrade::versions, (bytes, offset) -> decoder.versions(bytes, offset, patient));
  }

  /**
   * Reads an open alert, of this format or an earlier one.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public OpenAlert decodeAlert(byte[] row) {
    return read(row, StateUpgrade::alert, decoder::alert);
  }

  /**
   * Reads a public state, of this format or an earlier one.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public PublicState decodeVisible(byte[] row) {
    return read(row, StateUpgrade::visible, decoder::visible);
  }

  /**
   * Reads a state, of this format or an earlier one.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public PatientState decodeState(byte[] row) {
    return read(row, StateUpgrade::state, decoder::state);
  }

  /**
   * Reads a fact version, of this format or an earlier one.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public StoredFact decodeFact(byte[] row) {
    return read(row, StateUpgrade::fact, decoder::fact);
  }

  @SuppressWarnings("UnusedException") // Its message may quote the row.
  private <T> T read(
      byte[] row, BiFunction<StateUpgrade, byte[], byte[]> upgrading, Reading<T> reading) {
    if (row.length == 0) {
      throw new StateFormatException("an empty row in a store");
    }
    @Nullable StateUpgrade upgrade = row[0] == format ? null : upgrade(row[0]);
    try {
      return reading.read(upgrade == null ? row : upgrading.apply(upgrade, row), 1);
    } catch (RuntimeException e) {
      throw new StateFormatException("a row in a store is damaged");
    }
  }

  private StateUpgrade upgrade(byte earlier) {
    StateUpgrade upgrade = upgrades.get(earlier);
    if (upgrade == null) {
      Collection<Byte> known = new TreeSet<>(upgrades.keySet());
      known.add(format);
      throw new StateFormatException(
          "a row in a store has format %d, this engine reads %s and no other"
              .formatted(earlier, known));
    }
    return upgrade;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(byte[] row, int offset);
  }
}
