package io.meninx.faults;

import io.meninx.fact.PatientId;
import io.meninx.faults.Recomputation.Decided;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.PublicStateDigest;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.wire.Frames;
import io.meninx.wire.LinkedEntry;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.HttpRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything a history committed, held against what should have been committed. Reads the topics
 * once, when it is made.
 *
 * <ul>
 *   <li>Every input offset is in the journal exactly once, partition by partition in order, the
 *       sequence has no gap, the chain verifies.
 *   <li>What the journal says was decided, and what stands in pathway-events, pathway-alerts,
 *       patient-pathways and dead-letters, is what the pure core decides on the inputs in the order
 *       of the journal: record by record, in order; and {@code replay} reproduces the journal.
 *   <li>{@link #against}: the state each patient ends in is that of another run.
 * </ul>
 */
final class Comparison {
  private static final int SHOWN = 20;

  private final KafkaSide kafka;
  private final PathwayEngine engine;
  private final OutputReader reader = new OutputReader();
  private final List<String> differences = new ArrayList<>();
  private final TreeMap<String, PublicState> finals = new TreeMap<>();
  private final TreeSet<String> versions = new TreeSet<>();
  private int differenceCount;
  private long inputs;
  private long entries;
  private long decisions;
  private long events;
  private long alerts;
  private long letters;
  private long answeredOtherwise;

  /**
   * Reads and compares.
   *
   * @param registry address of the one that has the schemas
   */
  Comparison(KafkaSide kafka, PathwayEngine engine, String registry) {
    this.kafka = kafka;
    this.engine = engine;
    compare();
    replay(registry);
  }

  /** What {@code meninx replay} says of the journal. */
  private void replay(String registry) {
    try (RegistryClient client = new HttpRegistryClient(RegistrySettings.of(registry))) {
      ReplayResult result =
          Replay.run(kafka.journal(client), ReplayOptions.all(String.join(",", versions)));
      if (!result.reproduced() || result.identical() != entries) {
        differs(
            "replay: %d of %d entries identical, %d diverged, chains whole: %s"
                .formatted(result.identical(), entries, result.diverged(), result.chainsWhole()));
      }
    }
  }

  /** One reads a record of an output. */
  private interface Read<T> {
    T from(Schema writer, byte[] payload, int offset, int length) throws PoisonRecordException;
  }

  private <T> T read(Topic topic, ConsumerRecord<byte[], byte[]> row, Read<T> read) {
    byte[] value = row.value();
    try {
      return read.from(
          topic.valueSchema(), value, Frames.HEADER_LENGTH, value.length - Frames.HEADER_LENGTH);
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("an output can't be read", e);
    }
  }

  private void compare() {
    List<List<JournalEntry>> journal = journal();
    coverage(journal);
    Map<PatientId, List<Decided>> recorded = new LinkedHashMap<>();
    Map<PatientId, List<Decided>> recomputed = new LinkedHashMap<>();
    Map<PatientId, List<PublicState>> states = new LinkedHashMap<>();
    for (List<JournalEntry> partition : journal) {
      Recomputation recomputation = new Recomputation(engine);
      for (JournalEntry entry : partition) {
        recomputation.accept(entry);
        entry.groups().forEach(group -> record(group, recorded));
      }
      recomputation.finish();
      recomputation.differences().forEach(this::differs);
      recomputed.putAll(recomputation.decided());
      states.putAll(recomputation.states());
    }
    same("decisions in the journal", recorded, recomputed);
    events(recomputed);
    alerts(recomputed);
    pathways(states);
    deadLetters(journal);
  }

  private static void record(Group group, Map<PatientId, List<Decided>> recorded) {
    recorded
        .computeIfAbsent(group.patientId(), _ -> new ArrayList<>())
        .add(new Decided(group.at(), group.events(), group.alerts(), group.digest()));
  }

  /** The journal, verified. */
  private List<List<JournalEntry>> journal() {
    List<List<JournalEntry>> journal = new ArrayList<>();
    for (List<ConsumerRecord<byte[], byte[]>> rows : kafka.read(Topic.PATHWAY_JOURNAL)) {
      List<JournalEntry> partition = new ArrayList<>();
      Sha256 link = Chain.GENESIS;
      for (ConsumerRecord<byte[], byte[]> row : rows) {
        LinkedEntry linked = read(Topic.PATHWAY_JOURNAL, row, reader::journal);
        byte[] encoded = Arrays.copyOfRange(row.value(), Frames.HEADER_LENGTH, row.value().length);
        if (Chain.verify(link, encoded).isEmpty()) {
          differs("chain of partition %d at %d".formatted(row.partition(), row.offset()));
        }
        link = linked.link();
        if (linked.entry().sequence() != partition.size()) {
          differs("sequence of partition %d at %d".formatted(row.partition(), row.offset()));
        }
        partition.add(linked.entry());
        versions.add(linked.entry().engineVersion());
        entries++;
        decisions += linked.entry().groups().size();
      }
      journal.add(partition);
    }
    return journal;
  }

  /** Every input offset exactly once, and in order within its topic. */
  private void coverage(List<List<JournalEntry>> journal) {
    Map<String, List<Long>> journaled = new HashMap<>();
    for (List<JournalEntry> partition : journal) {
      for (JournalEntry entry : partition) {
        entry
            .coordinates()
            .ifPresent(
                at ->
                    journaled
                        .computeIfAbsent(at.topic() + "-" + at.partition(), _ -> new ArrayList<>())
                        .add(at.offset()));
      }
    }
    for (Topic topic : Topic.inputs()) {
      List<List<ConsumerRecord<byte[], byte[]>>> rows = kafka.read(topic);
      for (int partition = 0; partition < rows.size(); partition++) {
        List<Long> sent = rows.get(partition).stream().map(ConsumerRecord::offset).toList();
        inputs += sent.size();
        String name = topic.baseName() + "-" + partition;
        List<Long> found = journaled.getOrDefault(name, List.of());
        if (!found.equals(sent)) {
          differs(
              "offsets of %s: %d sent, %d in the journal, %d of them different"
                  .formatted(name, sent.size(), found.size(), new TreeSet<>(found).size()));
        }
      }
    }
  }

  private void events(Map<PatientId, List<Decided>> recomputed) {
    Map<PatientId, List<PathwayEvent>> wanted = new LinkedHashMap<>();
    recomputed.forEach(
        (patient, all) ->
            wanted.put(patient, all.stream().flatMap(one -> one.events().stream()).toList()));
    Map<PatientId, List<PathwayEvent>> found =
        published(Topic.PATHWAY_EVENTS, row -> read(Topic.PATHWAY_EVENTS, row, reader::event));
    events = found.values().stream().mapToLong(List::size).sum();
    same("pathway-events", found, wanted);
  }

  private void alerts(Map<PatientId, List<Decided>> recomputed) {
    Map<PatientId, List<AlertRevision>> wanted = new LinkedHashMap<>();
    recomputed.forEach(
        (patient, all) ->
            wanted.put(patient, all.stream().flatMap(one -> one.alerts().stream()).toList()));
    Map<PatientId, List<AlertRevision>> found =
        published(Topic.PATHWAY_ALERTS, row -> read(Topic.PATHWAY_ALERTS, row, reader::alert));
    alerts = found.values().stream().mapToLong(List::size).sum();
    same("pathway-alerts", found, wanted);
  }

  private <T> Map<PatientId, List<T>> published(
      Topic topic, java.util.function.Function<ConsumerRecord<byte[], byte[]>, Published<T>> read) {
    Map<PatientId, List<T>> found = new LinkedHashMap<>();
    for (List<ConsumerRecord<byte[], byte[]>> rows : kafka.read(topic)) {
      for (ConsumerRecord<byte[], byte[]> row : rows) {
        Published<T> one = read.apply(row);
        if (!one.guidelineVersion().equals(engine.guideline().version())) {
          differs("guideline of a record in " + topic.baseName());
        }
        found.computeIfAbsent(one.patientId(), _ -> new ArrayList<>()).add(one.value());
      }
    }
    return found;
  }

  /** The topic is compacted, but not within the time of a history: every state is still there. */
  private void pathways(Map<PatientId, List<PublicState>> wanted) {
    Map<PatientId, List<PublicState>> found = new LinkedHashMap<>();
    for (List<ConsumerRecord<byte[], byte[]>> rows : kafka.read(Topic.PATIENT_PATHWAYS)) {
      for (ConsumerRecord<byte[], byte[]> row : rows) {
        OutputReader.Pathway one = read(Topic.PATIENT_PATHWAYS, row, reader::pathway);
        found.computeIfAbsent(one.patientId(), _ -> new ArrayList<>()).add(one.state());
      }
    }
    found.forEach((patient, states) -> finals.put(patient.value(), states.getLast()));
    same("patient-pathways", found, wanted);
  }

  private void deadLetters(List<List<JournalEntry>> journal) {
    List<List<ConsumerRecord<byte[], byte[]>>> rows = kafka.read(Topic.DEAD_LETTERS);
    for (int partition = 0; partition < rows.size(); partition++) {
      List<String> found =
          rows.get(partition).stream()
              .map(row -> read(Topic.DEAD_LETTERS, row, reader::deadLetter))
              .map(letter -> letter.topic() + "@" + letter.offset() + " " + letter.reason())
              .toList();
      List<String> wanted =
          journal.get(partition).stream()
              .filter(entry -> entry.disposition() == Disposition.DEAD_LETTER)
              .map(Comparison::letter)
              .toList();
      letters += found.size();
      if (!found.equals(wanted)) {
        differs(
            "dead-letters-%d: %d records, %d in the journal"
                .formatted(partition, found.size(), wanted.size()));
      }
    }
  }

  private static String letter(JournalEntry entry) {
    Coordinates at = entry.coordinates().orElseThrow();
    return at.topic() + "@" + at.offset() + " " + entry.deadLetter().orElseThrow().reason();
  }

  private <T> void same(
      String what, Map<PatientId, List<T>> found, Map<PatientId, List<T>> wanted) {
    TreeSet<String> patients = new TreeSet<>();
    found.keySet().forEach(patient -> patients.add(patient.value()));
    wanted.keySet().forEach(patient -> patients.add(patient.value()));
    for (String name : patients) {
      PatientId patient = new PatientId(name);
      List<T> there = found.getOrDefault(patient, List.of());
      List<T> expected = wanted.getOrDefault(patient, List.of());
      if (!there.equals(expected)) {
        differs(
            "%s of %s: %d found, %d recomputed, first difference at %d"
                .formatted(
                    what, name, there.size(), expected.size(), firstDifference(there, expected)));
      }
    }
  }

  private static <T> int firstDifference(List<T> one, List<T> other) {
    int common = Math.min(one.size(), other.size());
    for (int i = 0; i < common; i++) {
      if (!one.get(i).equals(other.get(i))) {
        return i;
      }
    }
    return common;
  }

  /**
   * Compares the state each patient ended in. What people's answers make of an open alert (its
   * state ACTIVE, ESCALATED, ACKNOWLEDGED ...) depends on when they came among the other topics, so
   * it may differ between runs (invariant 4); it is counted apart, and within a run it is compared
   * with the recomputation like everything else.
   */
  Comparison against(Comparison calm) {
    TreeSet<String> patients = new TreeSet<>(finals.keySet());
    patients.addAll(calm.finals.keySet());
    for (String patient : patients) {
      String here = text(Optional.ofNullable(finals.get(patient)));
      String there = text(Optional.ofNullable(calm.finals.get(patient)));
      if (!withoutAnswers(here).equals(withoutAnswers(there))) {
        differs("final state of " + patient + ":\n" + here + "instead of\n" + there);
      } else if (!here.equals(there)) {
        answeredOtherwise++;
      }
    }
    return this;
  }

  private static String text(Optional<PublicState> state) {
    return state.map(PublicStateDigest::canonicalText).orElse("none\n");
  }

  /** Word 4 of the line of an alert is its state. */
  private static String withoutAnswers(String text) {
    return text.replaceAll("(?m)^(alert \\S+ \\S+ \\S+) \\S+", "$1 *");
  }

  private void differs(String what) {
    differenceCount++;
    if (differences.size() < SHOWN) {
      differences.add(what);
    }
  }

  /** What differs, the first of it. */
  List<String> differences() {
    return differences;
  }

  /** Versions of the engine that the journal names. */
  TreeSet<String> versions() {
    return versions;
  }

  /** Records in dead-letters. */
  long deadLetters() {
    return letters;
  }

  /** Patients with a public state. */
  int patients() {
    return finals.size();
  }

  /** What there was, in a line. */
  String figures() {
    return ("inputs %d, journal entries %d, decisions %d, events %d, alert revisions %d, dead"
            + " letters %d, patients %d (%d answered at another time), differences %d")
        .formatted(
            inputs,
            entries,
            decisions,
            events,
            alerts,
            letters,
            finals.size(),
            answeredOtherwise,
            differenceCount);
  }
}
