package io.meninx.replay;

import io.meninx.fact.EventId;
import io.meninx.fact.Header;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.journal.PublicStateDigest;
import io.meninx.journal.Sha256;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PatientView;
import io.meninx.pathway.Recollection;
import io.meninx.wire.StateCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One patient in memory, kept small: facts as rows of the stores' format and, while nobody asks for
 * it, the state too. Facts are found by hashes of their ids; equal hashes of different ids cost a
 * look and no more.
 */
final class ReplayedPatient implements PatientView {
  /** Digest of the public state of somebody of whom nothing is known. */
  static final Sha256 NOTHING_KNOWN = PublicStateDigest.of(PatientState.EMPTY.visible());

  private final PatientId id;
  private final StateCodec codec;
  private byte[][] rows = {};
  private long[] events = {};
  private long[] reports = {};
  private int count;
  private final Map<String, Integer> ended = new HashMap<>(4);
  private final Recollection recollection = new Recollection();
  private @Nullable PatientState state = PatientState.EMPTY;
  private byte @Nullable [] frozen;
  private Optional<Instant> due = Optional.empty();
  private Sha256 digest = NOTHING_KNOWN;

  ReplayedPatient(PatientId id, StateCodec codec) {
    this.id = id;
    this.codec = codec;
  }

  PatientId id() {
    return id;
  }

  /** When the patient's timer fires, to the microsecond. */
  Optional<Instant> due() {
    return due;
  }

  /** Digest of the public state. */
  Sha256 digest() {
    return digest;
  }

  /** Whether anything was decided and kept. */
  boolean isKnown() {
    return count > 0;
  }

  /** How much memory the state takes, in reports; 0 while it is frozen. */
  int weight() {
    PatientState thawed = state;
    return thawed == null ? 0 : 1 + thawed.retained().size() + recollection.weight();
  }

  void apply(Decision decision) {
    if (decision.kind() != Decision.Kind.DECIDED) {
      return;
    }
    decision.store().ifPresent(this::keep);
    state = decision.state();
    frozen = null;
    due = decision.state().nextDue().map(time -> time.truncatedTo(ChronoUnit.MICROS));
    decision.ended().forEach(end -> ended.put(end.alertKey(), end.revision()));
    if (decision.visibleChanged()) {
      digest = PublicStateDigest.of(decision.state().visible());
    }
  }

  /** Makes the state small until it is asked for again. */
  void freeze() {
    PatientState thawed = state;
    if (thawed != null) {
      frozen = codec.encode(thawed);
      state = null;
      recollection.forget();
    }
  }

  @Override
  public PatientState state() {
    PatientState thawed = state;
    byte[] row = frozen;
    if (thawed == null) {
      thawed = row == null ? PatientState.EMPTY : codec.decodeState(row);
      state = thawed;
      frozen = null;
    }
    return thawed;
  }

  @Override
  public Optional<StoredFact> byEventId(EventId eventId) {
    List<StoredFact> found =
        matching(events, hash(eventId.value()), header -> header.eventId().equals(eventId));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  @Override
  public List<StoredFact> versions(ReportId reportId) {
    return matching(reports, hash(reportId.value()), header -> header.reportId().equals(reportId));
  }

  @Override
  public List<StoredFact> all() {
    List<StoredFact> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(codec.decodeFact(rows[i]));
    }
    return all;
  }

  @Override
  public int endedRevision(String alertKey) {
    return ended.getOrDefault(alertKey, 0);
  }

  @Override
  public Recollection recollection() {
    return recollection;
  }

  private List<StoredFact> matching(long[] hashes, long hash, Predicate<Header> wanted) {
    List<StoredFact> found = List.of();
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        StoredFact fact = codec.decodeFact(rows[i]);
        if (wanted.test(fact.fact().header())) {
          found = found.isEmpty() ? new ArrayList<>(2) : found;
          found.add(fact);
        }
      }
    }
    return found;
  }

  private void keep(StoredFact fact) {
    if (count == rows.length) {
      int room = Math.max(8, count + count / 2);
      rows = Arrays.copyOf(rows, room);
      events = Arrays.copyOf(events, room);
      reports = Arrays.copyOf(reports, room);
    }
    rows[count] = codec.encode(fact);
    events[count] = hash(fact.fact().header().eventId().value());
    reports[count] = hash(fact.fact().header().reportId().value());
    count++;
  }

  /** FNV-1a over the characters. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
