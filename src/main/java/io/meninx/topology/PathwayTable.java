package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.pathway.PatientState;
import io.meninx.wire.StateCodec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The store {@code pathways}: one row per patient with what the engine keeps, and one per ended
 * alert with its last revision, so that revisions count up when it comes back.
 */
final class PathwayTable {
  private static final int STATE = 1;
  private static final int ENDED = 2;
  private static final Bytes AFTER_STATES = Keys.key().tag(ENDED).bytes();

  /** States lately read or written: the next input of a patient often follows soon. */
  private static final int KEPT = 128;

  private final BufferedStore store;
  private final StateCodec codec;
  private final Map<PatientId, Row> recent = new Recent();

  /** A state and the length of its row, bytes; 0 when there is no row yet. */
  private record Row(PatientState state, int length) {}

  private static final class Recent extends LinkedHashMap<PatientId, Row> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(2 * KEPT, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<PatientId, Row> eldest) {
      return size() > KEPT;
    }
  }

  PathwayTable(BufferedStore store, StateCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  PatientState state(PatientId patient) {
    return row(patient).state();
  }

  /** Length of the row of a patient, bytes. */
  int length(PatientId patient) {
    return row(patient).length();
  }

  private Row row(PatientId patient) {
    return recent.computeIfAbsent(
        patient,
        id ->
            Optional.ofNullable(store.get(key(id)))
                .map(bytes -> new Row(codec.decodeState(bytes), bytes.length))
                .orElse(new Row(PatientState.EMPTY, 0)));
  }

  void put(PatientId patient, PatientState state) {
    byte[] bytes = codec.encode(state);
    store.put(key(patient), bytes);
    recent.put(patient, new Row(state, bytes.length));
  }

  int endedRevision(PatientId patient, String alertKey) {
    return Optional.ofNullable(store.get(ended(patient, alertKey)))
        .map(row -> ByteBuffer.wrap(Rows.content(Names.PATHWAYS, row)).getInt())
        .orElse(0);
  }

  void putEnded(PatientId patient, String alertKey, int revision) {
    store.put(
        ended(patient, alertKey),
        Rows.row(ByteBuffer.allocate(Integer.BYTES).putInt(revision).array()));
  }

  /** The patients after this one in the order of the store; all of them when there is none. */
  List<PatientId> patientsAfter(Optional<PatientId> last, int limit) {
    // A key that ends in a zero byte is the first one after the same key without it.
    Bytes from =
        last.map(patient -> Keys.key().tag(STATE).rest(patient.value()).tag(0).bytes())
            .orElse(Keys.key().tag(STATE).bytes());
    return store.range(from, AFTER_STATES, limit).stream()
        .map(row -> new PatientId(Keys.rest(row.key.get(), 1)))
        .toList();
  }

  private static Bytes key(PatientId patient) {
    return Keys.key().tag(STATE).rest(patient.value()).bytes();
  }

  private static Bytes ended(PatientId patient, String alertKey) {
    return Keys.key().tag(ENDED).sized(patient.value()).rest(alertKey).bytes();
  }
}
