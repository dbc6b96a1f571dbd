package io.meninx.readmodel;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertStage;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PathwayEvent;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Puts what was read into rows, with the offsets in the same batch. A record that comes twice gives
 * the same rows, so that topics may be read again from any place. Not safe for use by several
 * threads.
 */
final class Applier implements AutoCloseable {
  static final String NEWEST = "newest";

  private static final String UNREADABLE = "unreadable";
  private static final String SKIPPED = "skipped";

  private final Database database;
  private final Database.Batch batch;
  private final Tally tally;
  private final Map<String, OutputWriter> writers = new HashMap<>();
  private final Map<String, AlertRow> changed = new LinkedHashMap<>();
  private Optional<Instant> newest;
  private long unreadable;
  private long skipped;

  Applier(Database database, Tally tally) {
    this.database = database;
    this.tally = tally;
    tally.load(database);
    this.batch = database.batch();
    this.newest = number(NEWEST).map(Rows::instant);
    this.unreadable = number(UNREADABLE).orElse(0L);
    this.skipped = number(SKIPPED).orElse(0L);
  }

  /** Logical time of the newest decision put so far. */
  Optional<Instant> newest() {
    return newest;
  }

  /** How many records were left out since the read model was made. */
  long unreadable() {
    return unreadable;
  }

  /** Leaves one more out. */
  void leaveOut() {
    batch.put(Rows.meta(UNREADABLE), bytes(++unreadable));
  }

  /** How many were deleted before they were read, since the read model was made. */
  long skipped() {
    return skipped;
  }

  /** So many more were. */
  void skip(long records) {
    skipped += records;
    batch.put(Rows.meta(SKIPPED), bytes(skipped));
  }

  private Optional<Long> number(String name) {
    return database.get(Rows.meta(name)).map(row -> ByteBuffer.wrap(row).getLong());
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  /**
   * Puts an event.
   *
   * @param time of the record, ms since 1970
   */
  void event(Published<PathwayEvent> event, long offset, long time) {
    String patient = event.patientId().value();
    if (isForgotten(patient, time)) {
      return;
    }
    byte[] body = writer(event).event(event.patientId(), event.value()).body();
    batch.put(
        Rows.timeline(patient, event.value().at(), false, offset),
        ByteBuffer.allocate(Long.BYTES + body.length).putLong(time).put(body).array());
    Thing.of(event.value())
        .ifPresent(
            thing -> isNewest(patient, thing, new Thing.Place(event.value().at(), offset, time)));
    seen(event.value().at());
  }

  /** Unless one that came later stands there: read again from an earlier place. */
  private void isNewest(String patient, String thing, Thing.Place place) {
    byte[] key = Rows.newest(patient, thing);
    if (batch
        .get(key)
        .map(Thing.Place::of)
        .filter(newer -> newer.offset() > place.offset())
        .isEmpty()) {
      batch.put(key, place.bytes());
    }
  }

  /**
   * Puts a state.
   *
   * @param time of the record, ms since 1970
   */
  void pathway(Pathway pathway, byte[] body, long time) {
    String patient = pathway.patientId().value();
    if (isForgotten(patient, time)) {
      // It stands behind the null, and so does what came with it.
      batch.put(Rows.forgotten(patient), bytes(time - 1));
    }
    batch.put(Rows.patient(patient), body);
    String stage = pathway.state().stage().name();
    Optional<String> before = stage(patient);
    if (!before.equals(Optional.of(stage))) {
      before.ifPresent(was -> tally.add(Figures.ofPatients(was), -1));
      tally.add(Figures.ofPatients(stage), 1);
      batch.put(Rows.stageOf(patient), stage.getBytes(StandardCharsets.UTF_8));
    }
    // Also of a patient who was forgotten: who is decided on again may not lack alerts unnoticed.
    names(patient, pathway.state().openAlerts().stream().map(Slot::of).collect(Collectors.toSet()));
    seen(pathway.at());
  }

  /** The state of a patient names open alerts there, and nowhere else. */
  private void names(String patient, Set<Slot> now) {
    byte[] key = Rows.named(patient);
    Set<Slot> before = batch.get(key).map(Slot::all).orElse(Set.of());
    if (before.equals(now)) {
      return;
    }
    before.stream()
        .filter(slot -> !now.contains(slot))
        .forEach(slot -> know(patient, slot, known -> new Slot.Known(false, known.open())));
    now.stream()
        .filter(slot -> !before.contains(slot))
        .forEach(slot -> know(patient, slot, known -> new Slot.Known(true, known.open())));
    if (now.isEmpty()) {
      batch.remove(key);
    } else {
      batch.put(key, Slot.bytes(now));
    }
  }

  private void know(String patient, Slot slot, UnaryOperator<Slot.Known> change) {
    byte[] key = Rows.slot(patient, slot);
    Slot.Known before = batch.get(key).map(Slot.Known::of).orElse(Slot.Known.NOTHING);
    Slot.Known now = change.apply(before);
    if (before.notRead() != now.notRead()) {
      tally.add(Figures.NOT_READ, now.notRead() ? 1 : -1);
    }
    if (now.equals(Slot.Known.NOTHING)) {
      batch.remove(key);
    } else {
      batch.put(key, now.bytes());
    }
  }

  private Optional<String> stage(String patient) {
    return batch.get(Rows.stageOf(patient)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * Puts a revision.
   *
   * @param time of the record, ms since 1970
   */
  void alert(Published<AlertRevision> alert, long offset, long time) {
    AlertRevision now = alert.value();
    String patient = alert.patientId().value();
    if (isForgotten(patient, time)) {
      return;
    }
    String key = now.alertKey();
    batch.put(
        Rows.revision(key, now.revision()), writer(alert).alert(alert.patientId(), now).body());
    batch.put(
        Rows.timeline(patient, now.at(), true, offset),
        new Rows.Key().text(key).number(now.revision()).number(time).bytes());
    Optional<Head> before = batch.get(Rows.head(key)).map(Head::of);
    // Read again from an earlier place: what came later stands already.
    if (before.isEmpty() || before.get().revision() <= now.revision()) {
      before.ifPresent(head -> removeFromIndexes(key, head));
      Head head = head(patient, now, before);
      addToIndexes(key, head);
      changed.put(key, new AlertRow(head.openedAt(), alert));
    }
    seen(now.at());
  }

  private static Head head(String patient, AlertRevision now, Optional<Head> before) {
    Instant openedAt =
        before
            .filter(head -> head.open() || !now.state().open())
            .map(Head::openedAt)
            .orElse(now.at());
    return new Head(
        patient,
        now.code().name(),
        now.gap().orElse(""),
        now.revision(),
        now.state().open(),
        now.priority(),
        now.stage().map(AlertStage::name).orElse(""),
        openedAt,
        now.at(),
        waitsSince(now, before));
  }

  /** Escalating or another stage does not end the waiting, a higher priority begins it anew. */
  private static Optional<Instant> waitsSince(AlertRevision now, Optional<Head> before) {
    if (now.state() != AlertState.ACTIVE && now.state() != AlertState.ESCALATED) {
      return Optional.empty();
    }
    return before
        .filter(head -> head.priority() == now.priority())
        .flatMap(Head::waitsSince)
        .or(() -> Optional.of(now.at()));
  }

  private void addToIndexes(String key, Head head) {
    batch.put(Rows.head(key), head.bytes());
    batch.put(Rows.byPriority(key, head), new byte[0]);
    batch.put(Rows.byCode(key, head), new byte[0]);
    if (head.open()) {
      batch.put(Rows.openOf(head.patient(), key), new byte[0]);
    }
    head.waitsSince()
        .ifPresent(since -> batch.put(Rows.waiting(key, head.priority(), since), new byte[0]));
    count(head, 1);
  }

  private void count(Head head, int change) {
    if (head.open()) {
      know(
          head.patient(),
          head.slot(),
          known -> new Slot.Known(known.named(), known.open() + change));
      tally.add(Figures.ofOpen(head.code(), head.priority(), head.stage()), change);
    }
    if (head.waitsSince().isPresent()) {
      tally.add(Figures.ofWaiting(head.priority()), change);
    }
  }

  private void removeFromIndexes(String key, Head head) {
    batch.remove(Rows.byPriority(key, head));
    batch.remove(Rows.byCode(key, head));
    batch.remove(Rows.openOf(head.patient(), key));
    head.waitsSince().ifPresent(since -> batch.remove(Rows.waiting(key, head.priority(), since)));
    count(head, -1);
  }

  /** Whether a patient was forgotten after a record of this time. */
  private boolean isForgotten(String patient, long time) {
    return batch
        .get(Rows.forgotten(patient))
        .filter(row -> time <= ByteBuffer.wrap(row).getLong())
        .isPresent();
  }

  /**
   * The topic was told to forget a patient: everything of theirs until then goes. The other topics
   * keep it for longer and are read in no order with this one, so what is forgotten stays written
   * down.
   *
   * @param time of the record, ms since 1970
   */
  void forget(PatientId patient, long time) {
    // What is in the batch is not seen by a walk over the rows.
    writeBatch();
    if (!isForgotten(patient.value(), time)) {
      batch.put(Rows.forgotten(patient.value()), bytes(time));
    }
    batch.remove(Rows.patient(patient.value()));
    stage(patient.value()).ifPresent(was -> tally.add(Figures.ofPatients(was), -1));
    batch.remove(Rows.stageOf(patient.value()));
    names(patient.value(), Set.of());
    database.walk(
        Rows.timeline(patient.value()),
        new byte[0],
        row -> {
          forget(row, time);
          return true;
        });
    database.walk(
        Rows.newest(patient.value()),
        new byte[0],
        row -> {
          if (Thing.Place.of(row.value()).time() <= time) {
            batch.remove(row.key());
          }
          return true;
        });
  }

  private void forget(Database.Row row, long until) {
    ByteBuffer value = ByteBuffer.wrap(row.value());
    if (!Rows.ofAlert(row.key())) {
      if (value.getLong() <= until) {
        batch.remove(row.key());
      }
      return;
    }
    String key = Rows.text(value);
    int revision = value.getInt();
    if ((value.getLong() ^ Long.MIN_VALUE) > until) {
      return;
    }
    batch.remove(row.key());
    batch.remove(Rows.revision(key, revision));
    batch
        .get(Rows.head(key))
        .map(Head::of)
        .filter(head -> head.revision() == revision)
        .ifPresent(
            head -> {
              removeFromIndexes(key, head);
              batch.remove(Rows.head(key));
            });
  }

  /** Everything before this offset was put. */
  void reached(Topic topic, int partition, long next) {
    batch.put(Rows.offset(topic, partition), bytes(next));
  }

  /** Writes what was put; returns the alerts that changed, as they are now. */
  List<AlertRow> write() {
    newest.ifPresent(at -> batch.put(Rows.meta(NEWEST), bytes(Rows.micros(at))));
    writeBatch();
    List<AlertRow> rows = new ArrayList<>(changed.values());
    changed.clear();
    return rows;
  }

  private void writeBatch() {
    tally.putInto(batch);
    batch.write();
    tally.wrote();
  }

  private void seen(Instant at) {
    if (newest.isEmpty() || newest.get().isBefore(at)) {
      newest = Optional.of(at);
    }
  }

  private OutputWriter writer(Published<?> decision) {
    return writers.computeIfAbsent(
        decision.guidelineId() + " " + decision.guidelineVersion(),
        _ -> new OutputWriter(decision.guidelineId(), decision.guidelineVersion()));
  }

  @Override
  public void close() {
    batch.close();
  }
}
