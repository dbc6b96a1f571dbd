package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.journal.Sha256;
import io.meninx.topology.InputRecord.Header;
import io.meninx.wire.Topic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The store {@code partition}: one row with where the partition stands, one per kept input, and one
 * per guideline whose text is in the journal. Every row starts with the version of its format.
 */
final class PartitionTable {
  private static final Bytes STATE = Keys.key().tag(1).bytes();
  private static final int HELD = 2;
  private static final int GUIDELINE = 3;

  private final BufferedStore store;
  private final int partition;

  /** As it stands in the store, or will with the next flush; nobody else writes it. */
  private @Nullable PartitionState current;

  PartitionTable(BufferedStore store, int partition) {
    this.store = store;
    this.partition = partition;
  }

  PartitionState state() {
    PartitionState known = current;
    if (known == null) {
      known =
          Optional.ofNullable(store.get(STATE))
              .map(bytes -> read(bytes, PartitionTable::readState))
              .orElse(PartitionState.NEW);
      current = known;
    }
    return known;
  }

  void put(PartitionState state) {
    store.put(STATE, written(out -> writeState(out, state)));
    current = state;
  }

  HeldInput held(long number) {
    byte[] bytes = store.get(heldKey(number));
    if (bytes == null) {
      throw new IllegalStateException("A kept input is missing from the store");
    }
    return read(bytes, this::readHeld);
  }

  void putHeld(long number, HeldInput held) {
    store.put(heldKey(number), written(out -> writeHeld(out, held)));
  }

  void deleteHeld(long number) {
    store.delete(heldKey(number));
  }

  /** Whether the text of a guideline is in the journal already; from now on it is. */
  boolean firstMeets(String guidelineHash) {
    Bytes key = Keys.key().tag(GUIDELINE).rest(guidelineHash).bytes();
    boolean first = store.get(key) == null;
    if (first) {
      store.put(key, Rows.mark());
    }
    return first;
  }

  private static Bytes heldKey(long number) {
    return Keys.key().tag(HELD).ordered(number).bytes();
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] written(Writing writing) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      DataOutputStream out = new DataOutputStream(bytes);
      writing.to(out);
      return Rows.row(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      byte[] content = Rows.content(Names.PARTITION, bytes);
      return reading.from(new DataInputStream(new ByteArrayInputStream(content)));
    } catch (IOException e) {
      throw new UncheckedIOException("A row of the store partition is damaged", e);
    }
  }

  private static void writeState(DataOutputStream out, PartitionState state) throws IOException {
    writeInstant(out, state.logicalTime());
    writeInstant(out, state.firstTick());
    out.writeLong(state.nextSequence());
    out.write(state.link().bytes());
    out.writeUTF(state.guidelineHash());
    writeInstant(out, state.nothingDueBefore());
    out.writeLong(state.heldFrom());
    out.writeLong(state.heldTo());
    out.writeBoolean(state.evaluating());
    out.writeUTF(state.evaluated().map(PatientId::value).orElse(""));
    out.writeLong(state.lastTimestamp());
  }

  private static PartitionState readState(DataInputStream in) throws IOException {
    return new PartitionState(
        readInstant(in),
        readInstant(in),
        in.readLong(),
        Sha256.ofHashBytes(in.readNBytes(Sha256.LENGTH)),
        in.readUTF(),
        readInstant(in),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        Optional.of(in.readUTF()).filter(text -> !text.isEmpty()).map(PatientId::new),
        in.readLong());
  }

  private static void writeHeld(DataOutputStream out, HeldInput held) throws IOException {
    InputRecord input = held.input();
    out.writeLong(held.sequence());
    writeInstant(out, held.at());
    out.writeUTF(input.topic().baseName());
    out.writeLong(input.offset());
    out.writeLong(input.timestamp());
    writeBytes(out, input.key());
    writeBytes(out, input.value());
    out.writeInt(input.headers().size());
    for (Header header : input.headers()) {
      writeBytes(out, header.name().getBytes(StandardCharsets.UTF_8)); // may be of any length
      writeBytes(out, header.value());
    }
  }

  private HeldInput readHeld(DataInputStream in) throws IOException {
    long sequence = in.readLong();
    Optional<Instant> at = readInstant(in);
    String name = in.readUTF();
    Topic topic =
        Topic.of("", name)
            .orElseThrow(() -> new IllegalStateException("No topic is called " + name));
    return new HeldInput(
        sequence,
        at,
        new InputRecord(
            topic,
            partition,
            in.readLong(),
            in.readLong(),
            readBytes(in),
            readBytes(in),
            readHeaders(in)));
  }

  private static List<Header> readHeaders(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      headers.add(new Header(name, readBytes(in)));
    }
    return headers;
  }

  private static void writeInstant(DataOutputStream out, Optional<Instant> instant)
      throws IOException {
    out.writeBoolean(instant.isPresent());
    out.writeLong(instant.map(Micros::of).orElse(0L));
  }

  private static Optional<Instant> readInstant(DataInputStream in) throws IOException {
    boolean present = in.readBoolean();
    Instant instant = Micros.instant(in.readLong());
    return present ? Optional.of(instant) : Optional.empty();
  }

  private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    out.write(bytes == null ? new byte[0] : bytes);
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
