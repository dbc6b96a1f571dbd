package io.meninx.replay;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientView;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.Driven;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.test.TestRecord;

/** A journal as the topology writes it, decided in the test driver. */
public final class Recording implements AutoCloseable {
  /** Version of the engine in these journals. */
  public static final String ENGINE = "test";

  private final Switched engine;
  private final Driven driven;
  private final List<JournalRecord> records = new ArrayList<>();

  /** With small slices, so that work is left over and continued. */
  public Recording() {
    this.engine = new Switched(GuidelineEditions.standard());
    this.driven = new Driven(engine, Recording::sliced);
  }

  /** Goes on where another stopped, as a new start of the process with other settings does. */
  Recording(Recording before, UnaryOperator<TopologySettings> change) {
    this.engine = before.engine;
    this.records.addAll(before.records());
    this.driven = new Driven(before.driven, engine, s -> change.apply(sliced(s)));
  }

  private static TopologySettings sliced(TopologySettings settings) {
    return settings.withSlices(5, 2);
  }

  /** A history of simulated patients with a tick every few hours. */
  public static List<JournalRecord> simulated(long patients, Duration interval) {
    try (Recording recording = new Recording()) {
      recording.play(new Population(7).arrivals(patients), interval);
      return recording.records();
    }
  }

  /** What arrives, with a tick at every interval. */
  public void play(Iterator<Arrival> arrivals, Duration interval) {
    Instant next = Population.FIRST;
    while (arrivals.hasNext()) {
      Arrival arrival = arrivals.next();
      for (; !next.isAfter(arrival.at()); next = next.plus(interval)) {
        tick(next);
      }
      fact(arrival.fact(), arrival.at());
    }
    tick(next);
  }

  /** A tick; what it leaves over goes on when the pump runs, not always at once. */
  public void tick(Instant at) {
    driven.tick(at);
    if (at.getEpochSecond() / 3600 % 2 == 0) {
      driven.pump();
    }
  }

  /** A fact that is received at a time. */
  public void fact(Fact fact, Instant at) {
    driven.send(
        FactWriter.topicOf(fact), fact.header().patientId().value(), driven.bytes(fact), at);
  }

  /** Something nobody can read. */
  public void poison(Instant at) {
    driven.send(Topic.KPS_UPDATES, "k", new byte[] {1, 2}, at);
  }

  /** As a new start with another file does. */
  public void guideline(Guideline other) {
    engine.by(other);
  }

  /** Lets what is left over go on. */
  public void pump() {
    driven.pump();
  }

  /** The journal so far. */
  public List<JournalRecord> records() {
    for (TestRecord<byte[], byte[]> row : driven.output(Topic.PATHWAY_JOURNAL)) {
      byte[] body = Arrays.copyOfRange(row.value(), Frames.HEADER_LENGTH, row.value().length);
      records.add(
          new JournalRecord.Whole(records.size(), Topic.PATHWAY_JOURNAL.valueSchema(), body));
    }
    return List.copyOf(records);
  }

  /** One partition of these. */
  public static MemoryJournal journal(List<JournalRecord> records) {
    return new MemoryJournal(Map.of(0, records));
  }

  /** A record, decoded. */
  public static JournalEntry entry(JournalRecord record) {
    JournalRecord.Whole whole = (JournalRecord.Whole) record;
    try {
      return new OutputReader()
          .journal(whole.schema(), whole.encoded(), 0, whole.encoded().length)
          .entry();
    } catch (PoisonRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** The same journal with one entry written otherwise, its links made to fit: a forged one. */
  public static List<JournalRecord> forged(
      List<JournalRecord> records, int index, UnaryOperator<JournalEntry> change) {
    return rewritten(records, index, (i, entry) -> i == index ? change.apply(entry) : entry);
  }

  /** The same journal as another partition writes it. */
  public static List<JournalRecord> ofPartition(int partition, List<JournalRecord> records) {
    return rewritten(
        records,
        0,
        (_, entry) ->
            withCoordinates(
                entry,
                at -> new Coordinates(at.topic(), partition, at.offset(), at.recordTimestamp())));
  }

  /** The same entry of another input, if it has one. */
  static JournalEntry withCoordinates(JournalEntry entry, UnaryOperator<Coordinates> change) {
    return withGroups(entry, entry.groups(), entry.coordinates().map(change));
  }

  private static List<JournalRecord> rewritten(
      List<JournalRecord> records,
      int from,
      BiFunction<Integer, JournalEntry, JournalEntry> change) {
    OutputWriter writer = new OutputWriter("lm-nsclc", "1");
    List<JournalRecord> forged = new ArrayList<>(records.subList(0, from));
    Sha256 link = from == 0 ? io.meninx.journal.Chain.GENESIS : records.get(from - 1).link();
    for (int i = from; i < records.size(); i++) {
      OutputWriter.Linked linked = writer.journal(change.apply(i, entry(records.get(i))), link);
      link = linked.link();
      forged.add(
          new JournalRecord.Whole(i, Topic.PATHWAY_JOURNAL.valueSchema(), linked.encoded().body()));
    }
    return forged;
  }

  /** The same group with other decisions. */
  public static Group withDecisions(
      Group group, List<PathwayEvent> events, List<AlertRevision> alerts) {
    return new Group(
        group.patientId(), group.at(), group.cause(), group.held(), events, alerts, group.digest());
  }

  /** The same entry with other decisions and another place of its input. */
  public static JournalEntry withGroups(
      JournalEntry entry, List<Group> groups, Optional<Coordinates> coordinates) {
    return new JournalEntry(
        entry.sequence(),
        entry.disposition(),
        coordinates,
        entry.logicalTime(),
        entry.input(),
        entry.deadLetter(),
        entry.flag(),
        groups,
        entry.engineVersion(),
        entry.settings(),
        entry.guidelineHash(),
        entry.guidelineText());
  }

  @Override
  public void close() {
    driven.close();
  }

  /** The engine of the core; its guideline changes from one record to the next. */
  private static final class Switched implements DecisionEngine {
    private DecisionEngine now;

    Switched(Guideline guideline) {
      now = engine(guideline);
    }

    void by(Guideline guideline) {
      now = engine(guideline);
    }

    private static DecisionEngine engine(Guideline guideline) {
      return DecisionEngine.of(new PathwayEngine(guideline, EngineSettings.STANDARD));
    }

    @Override
    public Guideline guideline() {
      return now.guideline();
    }

    @Override
    public List<Setting> settings() {
      return now.settings();
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant at) {
      return now.decide(view, fact, receivedAt, at);
    }

    @Override
    public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
      return now.wake(view, patient, dueAt);
    }

    @Override
    public Decision reevaluate(PatientView view, PatientId patient, Instant at) {
      return now.reevaluate(view, patient, at);
    }
  }
}
