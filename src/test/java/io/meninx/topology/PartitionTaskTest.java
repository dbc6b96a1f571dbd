package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.csf;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientView;
import io.meninx.topology.ScriptedEngine.Call;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class PartitionTaskTest {
  private static final Instant T0 = at(0, "12:00");
  private static final Instant T1 = at(0, "12:01");

  private final ScriptedEngine engine = new ScriptedEngine();

  // Time.

  @Test
  void aFactIsDecidedAtTheLogicalTimeWhateverItsOwnTimesSay() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).day(5).build());

      assertThat(engine.calls()).containsExactly(new Call("decide", "patient-1", T0));
    }
  }

  @Test
  void aTickThatIsNotNewerIsDropped() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T1);
      driven.tick(T1);
      driven.tick(T0, T1);
      driven.fact(kps("r1", 90).day(1).build());

      assertThat(dispositions(driven))
          .containsExactly(
              Disposition.TICK, Disposition.DUPLICATE, Disposition.DUPLICATE, Disposition.DECIDED);
      assertThat(engine.calls()).containsExactly(new Call("decide", "patient-1", T1));
    }
  }

  @Test
  void aTickFarAheadOfItsRecordTimeIsADeadLetter() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);
      driven.tick(T0.plus(Duration.ofMinutes(5)), T0);
      driven.tick(T0.plus(Duration.ofMinutes(5)).plusMillis(1), T0);

      assertThat(dispositions(driven))
          .containsExactly(Disposition.TICK, Disposition.TICK, Disposition.DEAD_LETTER);
      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("TICK_FROM_FUTURE");
    }
  }

  @Test
  void factsBeforeTheFirstTickAreDecidedAtItInOrderOfArrival() {
    try (Driven driven = new Driven(engine)) {
      driven.fact(kps("r1", 90).patient("a").day(0).build());
      driven.fact(kps("r2", 90).patient("b").day(0).build());
      assertThat(engine.calls()).isEmpty();

      driven.tick(T1);

      assertThat(engine.calls())
          .containsExactly(new Call("decide", "a", T1), new Call("decide", "b", T1));
      List<JournalEntry> journal = inputsOf(driven);
      assertThat(journal)
          .extracting(JournalEntry::disposition)
          .containsExactly(Disposition.DECIDED, Disposition.DECIDED, Disposition.TICK);
      assertThat(journal.getLast().groups())
          .extracting(Group::cause)
          .containsExactly(Cause.HELD_INPUT, Cause.HELD_INPUT);
      assertThat(journal.getLast().groups().getFirst().held().orElseThrow().sequence())
          .isEqualTo(journal.getFirst().sequence());
    }
  }

  @Test
  void aKeptFactThatIsRefusedIsADeadLetterWithItsOwnBytes() {
    try (Driven driven = new Driven(engine)) {
      Fact first = kps("r1", 90).event("e1").day(0).build();
      Fact reused = kps("r2", 80).event("e1").day(0).build();
      driven.fact(first);
      driven.fact(reused);
      driven.tick(T1);

      DeadLetter letter = driven.deadLetters().getFirst();
      assertThat(letter.reason()).isEqualTo("EVENT_ID_REUSED");
      assertThat(letter.value().orElseThrow()).isEqualTo(driven.bytes(reused));
      assertThat(letter.offset()).isEqualTo(1);
      Group refused = inputsOf(driven).getLast().groups().getLast();
      assertThat(refused.held().orElseThrow().disposition()).isEqualTo(Disposition.DEAD_LETTER);
    }
  }

  @Test
  void keptFactsGoOnInSlicesBeforeAnythingLaterIsDecided() {
    try (Driven driven = new Driven(engine, settings -> settings.withSlices(2, 1))) {
      for (int i = 0; i < 5; i++) {
        driven.fact(kps("r" + i, 90).patient("p" + i).day(0).build());
      }
      driven.tick(T0);
      driven.tick(T1);
      driven.fact(kps("r9", 90).patient("p9").day(0).build());

      assertThat(engine.calls())
          .containsExactly(
              new Call("decide", "p0", T0),
              new Call("decide", "p1", T0),
              new Call("decide", "p2", T0),
              new Call("decide", "p3", T0),
              new Call("decide", "p4", T0),
              new Call("decide", "p9", T1));
    }
  }

  // Timers.

  @Test
  void timersFireInOrderOfDueTimeEachAtItsOwn() {
    try (Driven driven = new Driven(engine.waiting(Duration.ofMinutes(1), 3))) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).patient("a").day(0).build());
      driven.tick(T0.plusSeconds(30));
      driven.fact(kps("r2", 90).patient("b").day(0).build());
      engine.calls().clear();

      driven.tick(T0.plusSeconds(3600));

      assertThat(engine.calls())
          .containsExactly(
              new Call("wake", "a", T0.plusSeconds(60)),
              new Call("wake", "b", T0.plusSeconds(90)),
              new Call("wake", "a", T0.plusSeconds(120)),
              new Call("wake", "b", T0.plusSeconds(150)),
              new Call("wake", "a", T0.plusSeconds(180)),
              new Call("wake", "b", T0.plusSeconds(210)));
      assertThat(driven.journal().getLast().groups()).hasSize(6);
    }
  }

  @Test
  void aTimerFiresAtTheTickThatReachesItAndNotBefore() {
    try (Driven driven = new Driven(engine.waiting(Duration.ofMinutes(1), 1))) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).day(0).build());
      driven.tick(T1.minusMillis(1));
      assertThat(engine.calls()).extracting(Call::what).containsExactly("decide");

      driven.tick(T1);

      assertThat(engine.calls()).last().isEqualTo(new Call("wake", "patient-1", T1));
    }
  }

  @Test
  void aTimerMovesWhenTheNextDecisionSaysSo() {
    try (Driven driven = new Driven(engine.waiting(Duration.ofMinutes(1), 1))) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).day(0).build());
      engine.waiting(Duration.ofMinutes(10), 1);
      driven.fact(kps("r2", 90).day(0).build());
      driven.tick(T0.plusSeconds(300));
      assertThat(engine.calls()).extracting(Call::what).doesNotContain("wake");

      driven.tick(T0.plusSeconds(600));

      assertThat(engine.calls())
          .last()
          .isEqualTo(new Call("wake", "patient-1", T0.plusSeconds(600)));
    }
  }

  /** A decision may find that its next time has passed already. */
  @Test
  void aTimeThatHasPassedAlreadyIsNotMissed() {
    try (Driven driven = new Driven(engine.waiting(Duration.ofMinutes(-1), 1))) {
      driven.tick(T0);
      driven.tick(T1);
      driven.fact(kps("r1", 90).day(0).build());

      driven.pump();

      assertThat(engine.calls())
          .containsExactly(new Call("decide", "patient-1", T1), new Call("wake", "patient-1", T0));
    }
  }

  @Test
  void timersBeyondASliceFollowInEntriesOfTheirOwn() {
    try (Driven driven = waitingPatients(7, settings -> settings.withSlices(2, 10))) {
      driven.tick(T1);

      assertThat(wakesOf(driven.journal())).containsExactly(2, 2, 2, 1);
      assertThat(dispositions(driven))
          .endsWith(
              Disposition.TICK,
              Disposition.CONTINUED,
              Disposition.CONTINUED,
              Disposition.CONTINUED);
    }
  }

  @Test
  void whatATickLeavesThePumpDoesAndThenRests() {
    try (Driven driven = waitingPatients(7, settings -> settings.withSlices(2, 2))) {
      driven.tick(T1);
      assertThat(wakesOf(driven.journal())).containsExactly(2, 2);

      driven.pump();
      driven.pump();
      driven.pump();

      assertThat(wakesOf(driven.journal())).containsExactly(2, 2, 2, 1);
    }
  }

  @Test
  void aPatientsDueTimersFireBeforeItsNextInputThoughTheirTurnHasNotCome() {
    try (Driven driven = waitingPatients(7, settings -> settings.withSlices(1, 1))) {
      driven.tick(T1);
      driven.fact(kps("again", 90).patient("p6").day(1).build());

      List<Call> ofP6 = engine.calls().stream().filter(c -> c.patient().equals("p6")).toList();
      assertThat(ofP6)
          .containsExactly(
              new Call("decide", "p6", T0),
              new Call("wake", "p6", T1),
              new Call("decide", "p6", T1));
      assertThat(driven.journal().getLast().groups())
          .extracting(Group::cause)
          .containsExactly(Cause.TIMER, Cause.INPUT);
    }
  }

  @Test
  void noTimerIsLostOrFiredTwiceWhateverTheSlices() {
    for (int slice : new int[] {1, 2, 3, 100}) {
      ScriptedEngine scripted = new ScriptedEngine().waiting(Duration.ofMinutes(1), 3);
      try (Driven driven = new Driven(scripted, settings -> settings.withSlices(slice, 1))) {
        driven.tick(T0);
        for (int i = 0; i < 5; i++) {
          driven.fact(kps("r" + i, 90).patient("p" + i).day(0).build());
        }
        driven.tick(T0.plusSeconds(3600));
        for (int i = 0; i < 20; i++) {
          driven.pump();
        }
        List<Call> wakes = scripted.calls().stream().filter(c -> c.what().equals("wake")).toList();
        assertThat(wakes).as("slices of %d", slice).hasSize(15).doesNotHaveDuplicates();
        assertThat(wakes).extracting(Call::at).isSorted();
      }
    }
  }

  // Inputs.

  @Test
  void theSameEventAgainIsADuplicateAndChangesNothing() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);
      Fact fact = kps("r1", 90).day(0).build();
      driven.fact(fact);
      driven.output(Topic.PATIENT_PATHWAYS);

      driven.fact(fact);

      assertThat(driven.journal().getLast().disposition()).isEqualTo(Disposition.DUPLICATE);
      assertThat(driven.output(Topic.PATIENT_PATHWAYS)).isEmpty();
    }
  }

  @Test
  void anEventIdUnderAnotherReportIsADeadLetter() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).event("e").day(0).build());
      driven.fact(csf("r2").event("e").day(0).build());

      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("EVENT_ID_REUSED");
      assertThat(driven.journal().getLast().disposition()).isEqualTo(Disposition.DEAD_LETTER);
    }
  }

  @Test
  void aRecordOnAPartitionThatIsNotThePatientsIsADeadLetter() {
    String elsewhere = patientOn(1, 4);
    try (Driven driven = new Driven(engine, PartitionTaskTest::fourPartitions)) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).patient(elsewhere).day(0).build());
      driven.fact(kps("r1", 90).patient(patientOn(0, 4)).day(0).build());

      assertThat(dispositions(driven))
          .containsExactly(Disposition.TICK, Disposition.DEAD_LETTER, Disposition.DECIDED);
      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("MISPARTITIONED");
    }
  }

  @Test
  void aKeyThatIsNotThePatientIsADeadLetterWithThatKey() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);
      Fact fact = kps("r1", 90).patient("a").day(0).build();
      driven.send(Topic.KPS_UPDATES, "b", driven.bytes(fact), T0);

      DeadLetter letter = driven.deadLetters().getFirst();
      assertThat(letter.reason()).isEqualTo("KEY_MISMATCH");
      assertThat(letter.key().orElseThrow()).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aDeadLetterKeepsEveryByteAndNamesTheField() {
    try (Driven driven = new Driven(engine)) {
      byte[] junk = {0, 0, 0, 0, 99, 1, 2, 3};
      driven.send(Topic.KPS_UPDATES, "k", junk, T0, new RecordHeaders().add("h", new byte[] {7}));
      driven.send(Topic.KPS_UPDATES, "k", null, T0);

      List<DeadLetter> letters = driven.deadLetters();
      assertThat(letters)
          .extracting(DeadLetter::reason)
          .containsExactly("UNKNOWN_SCHEMA_ID", "NULL_VALUE");
      assertThat(letters.getFirst().value().orElseThrow()).isEqualTo(junk);
      assertThat(letters.getFirst().headers().getFirst().name()).isEqualTo("h");
      assertThat(letters.getFirst().headers().getFirst().value().orElseThrow()).containsExactly(7);
      assertThat(letters.getFirst().recordTimestamp()).isEqualTo(T0);
      assertThat(dispositions(driven))
          .containsExactly(Disposition.DEAD_LETTER, Disposition.DEAD_LETTER);
    }
  }

  @Test
  void aValueThatIsTooLargeIsADeadLetterBeforeItIsRead() {
    try (Driven driven = new Driven(engine)) {
      driven.send(Topic.KPS_UPDATES, "k", new byte[512 * 1024 + 1], T0);

      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("RECORD_TOO_LARGE");
    }
  }

  @Test
  void aRecordPutAsideByAnOperatorIsADeadLetter() {
    try (Driven driven =
        new Driven(
            engine,
            settings ->
                settings.withSkipped(
                    Set.of(new TopologySettings.SkippedRecord("kps-updates", 0, 0))))) {
      driven.tick(T0);
      driven.fact(kps("r1", 90).day(0).build());
      driven.fact(kps("r2", 90).day(0).build());

      assertThat(dispositions(driven))
          .containsExactly(Disposition.TICK, Disposition.DEAD_LETTER, Disposition.DECIDED);
      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly(PoisonReason.SKIPPED_BY_OPERATOR.name());
    }
  }

  @Test
  void everyOffsetIsInTheJournalOnceAndTheNumbersHaveNoGaps() {
    try (Driven driven = waitingPatients(5, settings -> settings.withSlices(2, 1))) {
      driven.send(Topic.CSF_CYTOLOGY_RESULTS, "k", new byte[] {1}, T0);
      driven.tick(T1);
      driven.tick(T1);
      driven.fact(kps("r0", 90).patient("p0").day(0).build());
      driven.pump();

      List<JournalEntry> journal = driven.journal();
      assertThat(
              journal.stream()
                  .flatMap(e -> e.coordinates().stream())
                  .map(c -> c.topic() + "@" + c.offset()))
          .containsExactlyInAnyOrder(
              "clock-ticks@0",
              "clock-ticks@1",
              "clock-ticks@2",
              "csf-cytology-results@0",
              "kps-updates@0",
              "kps-updates@1",
              "kps-updates@2",
              "kps-updates@3",
              "kps-updates@4",
              "kps-updates@5");
      for (int i = 0; i < journal.size(); i++) {
        assertThat(journal.get(i).sequence()).isEqualTo(i);
      }
    }
  }

  // Guideline.

  @Test
  void theTextOfTheGuidelineIsInTheJournalBeforeTheFirstDecision() {
    try (Driven driven = new Driven(engine)) {
      driven.tick(T0);

      JournalEntry first = driven.journal().getFirst();
      assertThat(first.disposition()).isEqualTo(Disposition.GUIDELINE_CHANGED);
      assertThat(first.guidelineText()).hasValue("text of g1");
    }
  }

  @Test
  void anotherGuidelineIsJournaledAndEveryPatientEvaluatedAnewInSlices() {
    Switching switching = new Switching(engine);
    try (Driven driven = new Driven(switching, settings -> settings.withSlices(2, 1))) {
      driven.tick(T0);
      for (int i = 0; i < 5; i++) {
        driven.fact(kps("r" + i, 90).patient("p" + i).day(0).build());
      }
      engine.calls().clear();
      switching.now = new ScriptedEngine("g2").guideline();

      driven.tick(T1);
      driven.pump();
      driven.pump();
      driven.pump();

      assertThat(engine.calls())
          .containsExactly(
              new Call("reevaluate", "p0", T1),
              new Call("reevaluate", "p1", T1),
              new Call("reevaluate", "p2", T1),
              new Call("reevaluate", "p3", T1),
              new Call("reevaluate", "p4", T1));
      assertThat(driven.journal())
          .filteredOn(entry -> entry.disposition() == Disposition.GUIDELINE_CHANGED)
          .extracting(JournalEntry::guidelineText)
          .containsExactly(Optional.of("text of g1"), Optional.of("text of g2"));
    }
  }

  @Test
  void theTextOfAGuidelineThatComesBackIsNotRepeated() {
    Switching switching = new Switching(engine);
    try (Driven driven = new Driven(switching)) {
      driven.tick(T0);
      switching.now = new ScriptedEngine("g2").guideline();
      driven.tick(T1);
      switching.now = engine.guideline();
      driven.tick(T1.plusSeconds(60));

      assertThat(driven.journal())
          .filteredOn(entry -> entry.disposition() == Disposition.GUIDELINE_CHANGED)
          .extracting(JournalEntry::guidelineHash, JournalEntry::guidelineText)
          .containsExactly(
              tuple("g1", Optional.of("text of g1")),
              tuple("g2", Optional.of("text of g2")),
              tuple("g1", Optional.empty()));
    }
  }

  /**
   * Decides by another guideline from one record to the next, as a new start with another file
   * does.
   */
  private static final class Switching implements DecisionEngine {
    private final ScriptedEngine engine;
    private Guideline now;

    Switching(ScriptedEngine engine) {
      this.engine = engine;
      this.now = engine.guideline();
    }

    @Override
    public Guideline guideline() {
      return now;
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant at) {
      return engine.decide(view, fact, receivedAt, at);
    }

    @Override
    public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
      return engine.wake(view, patient, dueAt);
    }

    @Override
    public Decision reevaluate(PatientView view, PatientId patient, Instant at) {
      return engine.reevaluate(view, patient, at);
    }
  }

  // Failures.

  /** Invariant 7. */
  @Test
  void whatThrowsWhileDecidingLeavesTheStoresAsTheyWere() {
    try (Driven driven = waitingPatients(3, settings -> settings)) {
      engine.failingOn("p2");
      Map<Bytes, List<Byte>> before = stored(driven);
      driven.output(Topic.PATHWAY_JOURNAL);

      assertThatThrownBy(() -> driven.tick(T1)).hasRootCauseInstanceOf(WorkFailureException.class);

      assertThat(engine.calls()).contains(new Call("wake", "p0", T1), new Call("wake", "p1", T1));
      assertThat(stored(driven)).isEqualTo(before);
      assertThat(driven.output(Topic.PATHWAY_JOURNAL)).isEmpty();
    }
  }

  @Test
  void aTimerThatFailsBeforeItsPatientsNextFactIsNotTheFaultOfThatFact() {
    try (Driven driven = waitingPatients(1, settings -> settings)) {
      engine.failingOn("p0");

      assertThatThrownBy(() -> driven.tick(T1))
          .hasRootCauseInstanceOf(WorkFailureException.class)
          .rootCause()
          .hasMessageNotContaining("clock-ticks")
          .hasMessageNotContaining("scripted");
    }
  }

  /** The tick that lets it be decided must not be named: putting it aside would help nobody. */
  @Test
  void aKeptFactThatFailsIsNamedItself() {
    try (Driven driven = new Driven(engine)) {
      driven.fact(kps("r1", 90).patient("a").day(0).build());
      driven.fact(kps("r2", 80).patient("b").day(0).build());
      engine.failingOnReport("r2");

      assertThatThrownBy(() -> driven.tick(T1))
          .rootCause()
          .isInstanceOf(RecordFailureException.class)
          .hasMessageStartingWith("Failed on kps-updates:0:1: IllegalStateException at ");
    }
  }

  /** Otherwise nobody could put aside the record for which there is never enough memory. */
  @Test
  void aFactForWhichThereIsNoMemoryIsNamed() {
    try (Driven driven = new Driven(engine.outOfMemory())) {
      driven.tick(T0);
      engine.failingOnReport("r1");

      assertThatThrownBy(() -> driven.fact(kps("r1", 90).patient("a").day(0).build()))
          .rootCause()
          .isInstanceOf(RecordFailureException.class)
          .hasMessageStartingWith("Failed on kps-updates:0:0: OutOfMemoryError at ");
    }
  }

  @Test
  void aKeptFactThatAnOperatorPutsAsideIsADeadLetterAndTheOthersAreDecided() {
    SkippedRecord second = new SkippedRecord(Topic.KPS_UPDATES.baseName(), 0, 1);
    try (Driven before = new Driven(engine)) {
      engine.failingOnReport("r2");
      before.fact(kps("r1", 90).patient("a").day(0).build());
      Fact fatal = kps("r2", 80).patient("b").day(0).build();
      before.fact(fatal);
      before.fact(kps("r3", 70).patient("c").day(0).build());
      try (Driven driven =
          new Driven(before, engine, settings -> settings.withSkipped(Set.of(second)))) {
        driven.tick(T1);

        assertThat(engine.calls())
            .containsExactly(new Call("decide", "a", T1), new Call("decide", "c", T1));
        DeadLetter letter = driven.deadLetters().getFirst();
        assertThat(letter.reason()).isEqualTo("SKIPPED_BY_OPERATOR");
        assertThat(letter.value().orElseThrow()).isEqualTo(driven.bytes(fatal));
        assertThat(inputsOf(driven).getLast().groups())
            .extracting(group -> group.held().orElseThrow().disposition())
            .containsExactly(Disposition.DECIDED, Disposition.DEAD_LETTER, Disposition.DECIDED);
      }
    }
  }

  private static Map<Bytes, List<Byte>> stored(Driven driven) {
    Map<Bytes, List<Byte>> rows = new TreeMap<>();
    for (String name : List.of(Names.FACTS, Names.PATHWAYS, Names.TIMERS, Names.PARTITION)) {
      KeyValueStore<Bytes, byte[]> store = driven.driver().getKeyValueStore(name);
      try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
        all.forEachRemaining(
            row ->
                rows.put(
                    Bytes.wrap((name + row.key).getBytes(StandardCharsets.UTF_8)),
                    bytes(row.value)));
      }
    }
    return rows;
  }

  private static List<Byte> bytes(byte[] value) {
    List<Byte> list = new ArrayList<>();
    for (byte one : value) {
      list.add(one);
    }
    return list;
  }

  @Test
  void aRegistryThatIsAwayStopsTheStreamAndSkipsNothing() {
    Flaky registry = new Flaky();
    try (Driven driven = new Driven(engine, registry, settings -> settings)) {
      driven.tick(T0);
      byte[] value = driven.bytes(kps("r1", 90).day(0).build());
      registry.away = true;

      assertThatThrownBy(() -> driven.send(Topic.KPS_UPDATES, "patient-1", value, T0))
          .hasCauseInstanceOf(TransientFailureException.class);

      assertThat(driven.deadLetters()).isEmpty();
      assertThat(engine.calls()).isEmpty();
    }
  }

  private static final class Flaky implements RegistryClient {
    private final InMemoryRegistryClient client = new InMemoryRegistryClient();
    private boolean away;

    @Override
    public int idFor(String subject, Schema schema) {
      return client.idFor(subject, schema);
    }

    @Override
    public Schema schemaById(int id, String subject) {
      if (away) {
        throw new RegistryUnavailableException("away");
      }
      return client.schemaById(id, subject);
    }

    @Override
    public boolean compatible(String subject, Schema schema) {
      return client.compatible(subject, schema);
    }

    @Override
    public Optional<Integer> newestVersion(String subject) {
      return client.newestVersion(subject);
    }

    @Override
    public String compatibilityLevel(String subject) {
      return client.compatibilityLevel(subject);
    }

    @Override
    public void setCompatibilityLevel(String subject, String level) {
      client.setCompatibilityLevel(subject, level);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private Driven waitingPatients(
      int count, java.util.function.UnaryOperator<TopologySettings> change) {
    Driven driven = new Driven(engine.waiting(Duration.ofMinutes(1), 1), change);
    driven.tick(T0);
    for (int i = 0; i < count; i++) {
      driven.fact(kps("r" + i, 90).patient("p" + i).day(0).build());
    }
    return driven;
  }

  /** How many timers fired in each entry that has any. */
  private static List<Integer> wakesOf(List<JournalEntry> journal) {
    List<Integer> wakes = new ArrayList<>();
    for (JournalEntry entry : journal) {
      int count = (int) entry.groups().stream().filter(g -> g.cause() == Cause.TIMER).count();
      if (count > 0) {
        wakes.add(count);
      }
    }
    return wakes;
  }

  private static List<JournalEntry> inputsOf(Driven driven) {
    return driven.journal().stream().filter(e -> e.disposition().ofAnInput()).toList();
  }

  /** Of the whole journal but the guideline's entry. */
  private static List<Disposition> dispositions(Driven driven) {
    return driven.dispositions().stream().filter(d -> d != Disposition.GUIDELINE_CHANGED).toList();
  }

  private static TopologySettings fourPartitions(TopologySettings settings) {
    return TopologySettings.of(
        settings.prefix(), 4, settings.engine(), settings.engineVersion(), settings.registry());
  }

  private static String patientOn(int partition, int partitions) {
    for (int i = 0; ; i++) {
      byte[] key = ("patient-" + i).getBytes(StandardCharsets.UTF_8);
      if (InputReader.partitionOf(key, partitions) == partition) {
        return "patient-" + i;
      }
    }
  }
}
