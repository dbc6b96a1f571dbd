package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.Findings.AlertSlot;
import io.meninx.guideline.Stage;
import io.meninx.journal.PublicStateDigest;
import io.meninx.journal.Sha256;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.Recollection;
import io.meninx.wire.StateCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The store {@code pathways}: what the engine keeps of a patient, a row for what changes together,
 * so that an input writes what it changed and no more: one for numbers and the next due time, one
 * for the public state, and one for every open alert. The retained reports are rows of the store
 * {@code facts}. And one row per ended alert with its last revision, so that revisions count up
 * when it comes back.
 */
final class PathwayTable {
  private static final int STATE = 1;
  private static final int ENDED = 2;
  private static final int PART = 3;
  private static final int VISIBLE = 1;
  private static final int ALERT = 2;
  private static final Bytes AFTER_STATES = Keys.key().tag(ENDED).bytes();

  /** What a report of a state takes in memory, bytes, about. */
  private static final int REPORT_BYTES = 600;

  /**
   * A third of that as a row: a report with long texts, or very many findings, counts as several.
   */
  private static final int ROW_BYTES = 200;

  /**
   * States lately read or written take at most one part in so many of the heap: the next input of a
   * patient often follows soon.
   */
  private static final int HEAP_PARTS = 12;

  /**
   * Those of patients of whom hardly anything more comes, since their pathway is closed, at most
   * one part in so many of that, besides.
   */
  private static final int CLOSED_PARTS = 4;

  private static final Comparator<OpenAlert> BY_SLOT = Comparator.comparing(PathwayTable::slot);

  private final BufferedStore store;
  private final StateCodec codec;
  private final FactTable facts;
  private final Recent<PatientId, Row> open;
  private final Recent<PatientId, Row> closed;

  /** What is known of a patient without reading it again. */
  private static final class Row {
    private final PatientState state;
    private final int length;
    private final long others;
    private final Digest digest;
    private final Recollection recollection;
    private final int weight;

    /**
     * A state.
     *
     * @param length of what is retained, bytes; 0 when there is nothing yet
     * @param others length of the other rows of facts, bytes
     */
    Row(PatientState state, int length, long others) {
      this(state, length, others, new Digest(state.visible()), new Recollection());
    }

    private Row(
        PatientState state, int length, long others, Digest digest, Recollection recollection) {
      this.state = state;
      this.length = length;
      this.others = others;
      this.digest = digest;
      this.recollection = recollection;
      this.weight =
          1 + Math.max(state.retained().size(), length / ROW_BYTES) + recollection.weight();
    }

    /** The row that follows; a public state that is still the same has the digest it had. */
    Row next(PatientState after, FactTable.Grown grown) {
      Digest next = after.visible().equals(state.visible()) ? digest : new Digest(after.visible());
      return new Row(after, length + grown.retained(), others + grown.others(), next, recollection);
    }

    /** Of the state with what is remembered when it is put here, in reports. */
    int weight() {
      return weight;
    }

    boolean isClosed() {
      return state.visible().stage() == Stage.CLOSED;
    }
  }

  /** Digest of a public state, computed when it is asked for. */
  private static final class Digest {
    private final PublicState visible;
    private @Nullable Sha256 value;

    Digest(PublicState visible) {
      this.visible = visible;
    }

    Sha256 value() {
      Sha256 known = value;
      if (known == null) {
        known = PublicStateDigest.of(visible);
        value = known;
      }
      return known;
    }
  }

  /**
   * Of one partition.
   *
   * @param partitions that share what may be kept in memory: an instance may have all of them
   */
  PathwayTable(BufferedStore store, StateCodec codec, FactTable facts, int partitions) {
    long reports = Runtime.getRuntime().maxMemory() / HEAP_PARTS / REPORT_BYTES / partitions;
    this.open = new Recent<>(reports, Row::weight);
    this.closed = new Recent<>(reports / CLOSED_PARTS, Row::weight);
    this.store = store;
    this.codec = codec;
    this.facts = facts;
  }

  PatientState state(PatientId patient) {
    return row(patient).state;
  }

  /** Digest of the public state of a patient. */
  Sha256 digest(PatientId patient) {
    return row(patient).digest.value();
  }

  /** What the engine remembers of a patient, as long as the state stays in memory. */
  Recollection recollection(PatientId patient) {
    return row(patient).recollection;
  }

  /** Length of what is retained of a patient, bytes. */
  int length(PatientId patient) {
    return row(patient).length;
  }

  /** Length of all rows of a patient's reports, retained or not, bytes. */
  long lengthOfAll(PatientId patient) {
    Row row = row(patient);
    return row.length + row.others;
  }

  private Row row(PatientId patient) {
    Row row = open.get(patient);
    if (row == null) {
      row = closed.get(patient);
    }
    return row == null ? keep(patient, read(patient)) : row;
  }

  private Row keep(PatientId patient, Row row) {
    (row.isClosed() ? open : closed).remove(patient);
    (row.isClosed() ? closed : open).put(patient, row);
    return row;
  }

  private Row read(PatientId patient) {
    byte[] head = store.get(key(patient));
    if (head == null) {
      return new Row(PatientState.EMPTY, 0, 0);
    }
    PatientState state = codec.decodeState(head);
    return head[0] == StateCodec.WHOLE_PATIENT ? upgraded(patient, state) : whole(patient, state);
  }

  /** A patient as format 1 had it; from now on in rows of today's. */
  private Row upgraded(PatientId patient, PatientState state) {
    int length = facts.upgrade(patient, state.retained());
    store.put(key(patient), codec.encode(head(state)));
    parts(patient, PatientState.EMPTY, state);
    return new Row(state, length, facts.others(patient));
  }

  private Row whole(PatientId patient, PatientState head) {
    PublicState visible = PublicState.EMPTY;
    List<OpenAlert> alerts = new ArrayList<>();
    Bytes prefix = part(patient).bytes();
    for (KeyValue<Bytes, byte[]> row : store.startingWith(prefix)) {
      if (row.key.get()[prefix.get().length] == VISIBLE) {
        visible = codec.decodeVisible(row.value);
      } else {
        alerts.add(codec.decodeAlert(row.value));
      }
    }
    alerts.sort(BY_SLOT);
    FactTable.Retained retained = facts.retained(patient);
    PatientState state =
        new PatientState(
            head.factCount(),
            ReportList.copyOf(retained.reports()),
            head.frontier(),
            head.corrections(),
            alerts,
            visible,
            head.responseAssessed(),
            head.nextDue());
    return new Row(state, retained.bytes(), facts.others(patient));
  }

  /** What has no rows of its own. */
  private static PatientState head(PatientState state) {
    return new PatientState(
        state.factCount(),
        ReportList.EMPTY,
        state.frontier(),
        state.corrections(),
        List.of(),
        PublicState.EMPTY,
        state.responseAssessed(),
        state.nextDue());
  }

  /**
   * Keeps a state, and the fact that led to it.
   *
   * @param arrived to be added to the facts, if any
   */
  void put(PatientId patient, PatientState state, Optional<StoredFact> arrived) {
    Row before = row(patient);
    FactTable.Grown grown =
        facts.change(patient, before.state.retained(), state.retained(), arrived);
    PatientState head = head(state);
    if (before.state.equals(PatientState.EMPTY) || !head.equals(head(before.state))) {
      store.put(key(patient), codec.encode(head));
    }
    parts(patient, before.state, state);
    keep(patient, before.next(state, grown));
  }

  private void parts(PatientId patient, PatientState before, PatientState after) {
    if (!after.visible().equals(before.visible())) {
      store.put(part(patient).tag(VISIBLE).bytes(), codec.encode(after.visible()));
    }
    Map<AlertSlot, OpenAlert> left = new HashMap<>();
    before.alerts().forEach(alert -> left.put(slot(alert), alert));
    for (OpenAlert alert : after.alerts()) {
      if (!alert.equals(left.remove(slot(alert)))) {
        store.put(alert(patient, slot(alert)), codec.encode(alert));
      }
    }
    left.keySet().forEach(slot -> store.delete(alert(patient, slot)));
  }

  private static AlertSlot slot(OpenAlert alert) {
    return new AlertSlot(alert.last().code(), alert.last().gap());
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

  private static Keys part(PatientId patient) {
    return Keys.key().tag(PART).sized(patient.value());
  }

  private static Bytes alert(PatientId patient, AlertSlot slot) {
    return part(patient).tag(ALERT).sized(slot.code().name()).rest(slot.gap().orElse("")).bytes();
  }

  private static Bytes ended(PatientId patient, String alertKey) {
    return Keys.key().tag(ENDED).sized(patient.value()).rest(alertKey).bytes();
  }
}
