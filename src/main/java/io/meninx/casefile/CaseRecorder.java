package io.meninx.casefile;

import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.DeadLetterRef;
import io.meninx.journal.JournalEntry.Flag;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.PublicStateDigest;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Reads the output topics and writes down what was decided on each case: the same for {@code play}
 * and {@code demo}, so that they can only differ in what the topology decided. Not thread-safe.
 */
public final class CaseRecorder {

  private final RegistryClient registry;
  private final Listener listener;
  private final OutputReader reader = new OutputReader();
  private final Map<PatientId, CaseLog> logs = new LinkedHashMap<>();
  private final Map<Place, Sent> sent = new HashMap<>();
  private final Map<Position, Sent> held = new HashMap<>();
  private final Map<PatientId, Balance> balances = new HashMap<>();

  /**
   * A recorder of no case.
   *
   * @param registry that knows the schemas of the outputs
   * @param listener is told what becomes part of a case
   */
  public CaseRecorder(RegistryClient registry, Listener listener) {
    this.registry = registry;
    this.listener = listener;
  }

  /** Is told what becomes part of a case, when it does. */
  public interface Listener {
    /** Listens to nothing. */
    Listener NONE = new Listener() {};

    /** An event was decided. */
    default void decided(CaseFile file, PathwayEvent event) {}

    /** An alert was raised or revised. */
    default void alerted(CaseFile file, AlertRevision alert) {}

    /**
     * A fact was put aside, or kept and flagged.
     *
     * @param kept whether it was kept; else it is a dead letter
     */
    default void rejected(CaseFile file, Rejected fact, boolean kept) {}
  }

  /** Where an input record is. */
  private record Place(String topic, int partition, long offset) {}

  /** Which entry of the journal. */
  private record Position(int partition, long sequence) {}

  /** Which fact an input record is. */
  private record Sent(CaseLog log, int index) {}

  /** Starts to write down a case; returns its log, which grows. */
  public CaseLog follow(CaseFile file) {
    var log = new CaseLog(file);
    if (logs.putIfAbsent(file.patientId(), log) != null) {
      throw new IllegalArgumentException("this case is followed already");
    }
    return log;
  }

  /** Logs of all cases, in the order in which they were added. */
  public List<CaseLog> logs() {
    return List.copyOf(logs.values());
  }

  /**
   * A fact went in.
   *
   * @param file its case, which is followed
   * @param index of the fact
   * @param topic it went to
   * @param partition of the topic
   * @param offset in the partition
   */
  public void sent(CaseFile file, int index, Topic topic, int partition, long offset) {
    sent.put(
        new Place(topic.baseName(), partition, offset), new Sent(log(file.patientId()), index));
  }

  /**
   * A record came out.
   *
   * @param topic it was on; an input or a dead letter is passed over, for its entry is in the
   *     journal
   * @param value in its frame
   * @return the entry, when it is one of the journal
   */
  public Optional<JournalEntry> received(Topic topic, int partition, byte[] value) {
    try {
      return read(topic, partition, value);
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("a record of " + topic.baseName() + " cannot be read", e);
    }
  }

  private Optional<JournalEntry> read(Topic topic, int partition, byte[] value)
      throws PoisonRecordException {
    switch (topic) {
      case PATHWAY_EVENTS -> event(reader.event(schema(topic, value), value, START, body(value)));
      case PATHWAY_ALERTS -> alert(reader.alert(schema(topic, value), value, START, body(value)));
      case PATIENT_PATHWAYS ->
          state(reader.pathway(schema(topic, value), value, START, body(value)));
      case PATHWAY_JOURNAL -> {
        JournalEntry entry =
            reader.journal(schema(topic, value), value, START, body(value)).entry();
        entry(entry, partition);
        return Optional.of(entry);
      }
      default -> {}
    }
    return Optional.empty();
  }

  private static final Sha256 EMPTY = PublicStateDigest.of(PublicState.EMPTY);
  private static final int START = Frames.HEADER_LENGTH;

  private static int body(byte[] value) {
    return value.length - START;
  }

  private Schema schema(Topic topic, byte[] value) throws PoisonRecordException {
    return registry.schemaById(Frames.schemaId(value), topic.subject(""));
  }

  private void event(Published<PathwayEvent> event) {
    CaseLog log = log(event.patientId());
    balance(event.patientId()).events--;
    if (log.add(event.value())) {
      listener.decided(log.file(), event.value());
    }
  }

  private void alert(Published<AlertRevision> alert) {
    CaseLog log = log(alert.patientId());
    balance(alert.patientId()).alerts--;
    if (log.add(alert.value())) {
      listener.alerted(log.file(), alert.value());
    }
  }

  private void state(Pathway pathway) {
    CaseLog log = log(pathway.patientId());
    balance(pathway.patientId()).seen = PublicStateDigest.of(pathway.state());
    if (!pathway.at().isAfter(log.file().end())) {
      log.state(pathway.state());
    }
  }

  private void entry(JournalEntry entry, int partition) {
    Optional<Sent> fact =
        entry
            .coordinates()
            .flatMap(
                at -> Optional.ofNullable(sent.get(new Place(at.topic(), partition, at.offset()))));
    fact.ifPresent(it -> held.put(new Position(partition, entry.sequence()), it));
    rejected(fact, entry.deadLetter(), entry.flag());
    for (Group group : entry.groups()) {
      Balance balance = balance(group.patientId());
      balance.events += group.events().size();
      balance.alerts += group.alerts().size();
      balance.journaled = group.digest();
      group
          .held()
          .ifPresent(
              it ->
                  rejected(
                      Optional.ofNullable(held.get(new Position(partition, it.sequence()))),
                      it.deadLetter(),
                      it.flag()));
    }
  }

  private void rejected(Optional<Sent> fact, Optional<DeadLetterRef> letter, Optional<Flag> flag) {
    letter.ifPresent(it -> reject(fact, it.reason(), it.field().orElse(""), false));
    flag.ifPresent(it -> reject(fact, it.reason(), it.field(), true));
  }

  private void reject(Optional<Sent> fact, String reason, String field, boolean kept) {
    Sent refused =
        fact.orElseThrow(
            () -> new IllegalStateException("what is no fact of a case was refused: " + reason));
    var rejected = new Rejected(refused.index(), reason, field);
    refused.log().add(rejected);
    listener.rejected(refused.log().file(), rejected, kept);
  }

  /**
   * Whether everything the journal tells of was received. One transaction writes an entry and its
   * outputs, but its end reaches each partition by itself; so an entry may be read before them.
   */
  public boolean settled() {
    return balances.values().stream().allMatch(Balance::settled);
  }

  private Balance balance(PatientId patient) {
    return balances.computeIfAbsent(patient, _ -> new Balance());
  }

  /** What the journal tells of a patient, less what was received. */
  private static final class Balance {
    private int events;
    private int alerts;
    private Sha256 journaled = EMPTY;
    private Sha256 seen = EMPTY;

    boolean settled() {
      return events == 0 && alerts == 0 && journaled.equals(seen);
    }
  }

  private CaseLog log(PatientId patient) {
    return Objects.requireNonNull(logs.get(patient), "a decision on a patient that is no case");
  }
}
